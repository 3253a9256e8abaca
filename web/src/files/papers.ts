/** The papers that the catalogue names as sources of its schemes, for lists of references. */

export interface Paper {
  /** As a source of the catalogue begins. */
  readonly source: string;
  readonly key: string;
  readonly kind: "article" | "inproceedings" | "incollection" | "misc" | "techreport";
  /** Fields in BibTeX's names, in LaTeX's letters. */
  readonly fields: Readonly<Record<string, string>>;
}

const arxiv = (eprint: string) => ({ eprint, archivePrefix: "arXiv" });

export const PAPERS: readonly Paper[] = [
  {
    source: "LeCun et al. 1998",
    key: "lecun1998efficient",
    kind: "incollection",
    fields: {
      author:
        "LeCun, Yann and Bottou, L{\\'e}on and Orr, Genevieve B. and M{\\\"u}ller, Klaus-Robert",
      title: "Efficient {BackProp}",
      booktitle: "Neural Networks: Tricks of the Trade",
      series: "Lecture Notes in Computer Science",
      volume: "1524",
      publisher: "Springer",
      year: "1998",
    },
  },
  {
    source: "Glorot and Bengio 2010",
    key: "glorot2010understanding",
    kind: "inproceedings",
    fields: {
      author: "Glorot, Xavier and Bengio, Yoshua",
      title: "Understanding the difficulty of training deep feedforward neural networks",
      booktitle:
        "Proceedings of the Thirteenth International Conference on Artificial Intelligence and Statistics",
      series: "Proceedings of Machine Learning Research",
      volume: "9",
      pages: "249--256",
      year: "2010",
    },
  },
  {
    source: "Martens 2010",
    key: "martens2010deep",
    kind: "inproceedings",
    fields: {
      author: "Martens, James",
      title: "Deep learning via {Hessian}-free optimization",
      booktitle: "Proceedings of the 27th International Conference on Machine Learning",
      pages: "735--742",
      year: "2010",
    },
  },
  {
    source: "Saxe et al. 2013",
    key: "saxe2013exact",
    kind: "misc",
    fields: {
      author: "Saxe, Andrew M. and McClelland, James L. and Ganguli, Surya",
      title: "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
      year: "2013",
      ...arxiv("1312.6120"),
    },
  },
  {
    source: "He et al. 2015",
    key: "he2015delving",
    kind: "inproceedings",
    fields: {
      author: "He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian",
      title:
        "Delving deep into rectifiers: surpassing human-level performance on {ImageNet} classification",
      booktitle: "Proceedings of the IEEE International Conference on Computer Vision",
      pages: "1026--1034",
      year: "2015",
      ...arxiv("1502.01852"),
    },
  },
  {
    source: "Mishkin and Matas 2016",
    key: "mishkin2016all",
    kind: "inproceedings",
    fields: {
      author: "Mishkin, Dmytro and Matas, Jiri",
      title: "All you need is a good init",
      booktitle: "International Conference on Learning Representations",
      year: "2016",
      ...arxiv("1511.06422"),
    },
  },
  {
    source: "Balduzzi et al. 2017",
    key: "balduzzi2017shattered",
    kind: "inproceedings",
    fields: {
      author:
        "Balduzzi, David and Frean, Marcus and Leary, Lennox and Lewis, J. P. and Ma, Kurt Wan-Duo and McWilliams, Brian",
      title:
        "The shattered gradients problem: if resnets are the answer, then what is the question?",
      booktitle: "Proceedings of the 34th International Conference on Machine Learning",
      series: "Proceedings of Machine Learning Research",
      volume: "70",
      pages: "342--350",
      year: "2017",
      ...arxiv("1702.08591"),
    },
  },
  {
    source: "Schoenholz et al. 2017",
    key: "schoenholz2017deep",
    kind: "inproceedings",
    fields: {
      author:
        "Schoenholz, Samuel S. and Gilmer, Justin and Ganguli, Surya and Sohl-Dickstein, Jascha",
      title: "Deep information propagation",
      booktitle: "International Conference on Learning Representations",
      year: "2017",
      ...arxiv("1611.01232"),
    },
  },
  {
    source: "Xiao et al. 2018",
    key: "xiao2018dynamical",
    kind: "inproceedings",
    fields: {
      author:
        "Xiao, Lechao and Bahri, Yasaman and Sohl-Dickstein, Jascha and Schoenholz, Samuel S. and Pennington, Jeffrey",
      title:
        "Dynamical isometry and a mean field theory of {CNNs}: how to train 10,000-layer vanilla convolutional neural networks",
      booktitle: "Proceedings of the 35th International Conference on Machine Learning",
      series: "Proceedings of Machine Learning Research",
      volume: "80",
      pages: "5393--5402",
      year: "2018",
      ...arxiv("1806.05393"),
    },
  },
  {
    source: "Radford et al. 2019",
    key: "radford2019language",
    kind: "techreport",
    fields: {
      author:
        "Radford, Alec and Wu, Jeffrey and Child, Rewon and Luan, David and Amodei, Dario and Sutskever, Ilya",
      title: "Language models are unsupervised multitask learners",
      institution: "OpenAI",
      year: "2019",
    },
  },
  {
    source: "Zhang, Dauphin and Ma 2019",
    key: "zhang2019fixup",
    kind: "inproceedings",
    fields: {
      author: "Zhang, Hongyi and Dauphin, Yann N. and Ma, Tengyu",
      title: "Fixup initialization: residual learning without normalization",
      booktitle: "International Conference on Learning Representations",
      year: "2019",
      ...arxiv("1901.09321"),
    },
  },
  {
    source: "Huang et al. 2020",
    key: "huang2020improving",
    kind: "inproceedings",
    fields: {
      author: "Huang, Xiao Shi and P{\\'e}rez, Felipe and Ba, Jimmy and Volkovs, Maksims",
      title: "Improving transformer optimization through better initialization",
      booktitle: "Proceedings of the 37th International Conference on Machine Learning",
      series: "Proceedings of Machine Learning Research",
      volume: "119",
      pages: "4475--4483",
      year: "2020",
    },
  },
  {
    source: "Sitzmann et al. 2020",
    key: "sitzmann2020implicit",
    kind: "inproceedings",
    fields: {
      author:
        "Sitzmann, Vincent and Martel, Julien N. P. and Bergman, Alexander W. and Lindell, David B. and Wetzstein, Gordon",
      title: "Implicit neural representations with periodic activation functions",
      booktitle: "Advances in Neural Information Processing Systems",
      volume: "33",
      year: "2020",
      ...arxiv("2006.09661"),
    },
  },
  {
    source: "Wang et al. 2022 (DeepNet)",
    key: "wang2022deepnet",
    kind: "misc",
    fields: {
      author:
        "Wang, Hongyu and Ma, Shuming and Dong, Li and Huang, Shaohan and Zhang, Dongdong and Wei, Furu",
      title: "{DeepNet}: scaling transformers to 1,000 layers",
      year: "2022",
      ...arxiv("2203.00555"),
    },
  },
  {
    source: "Zhao, Schaefer and Anandkumar 2022",
    key: "zhao2022zero",
    kind: "article",
    fields: {
      author: 'Zhao, Jiawei and Sch{\\"a}fer, Florian and Anandkumar, Anima',
      title: "{ZerO} initialization: initializing neural networks with only zeros and ones",
      journal: "Transactions on Machine Learning Research",
      year: "2022",
      ...arxiv("2110.12661"),
    },
  },
  {
    source: "Trockman and Kolter 2023",
    key: "trockman2023mimetic",
    kind: "inproceedings",
    fields: {
      author: "Trockman, Asher and Kolter, J. Zico",
      title: "Mimetic initialization of self-attention layers",
      booktitle: "Proceedings of the 40th International Conference on Machine Learning",
      series: "Proceedings of Machine Learning Research",
      volume: "202",
      year: "2023",
      ...arxiv("2305.09828"),
    },
  },
];

/** The papers of sources, each once; a source that is a library's own has none. */
export function papersOf(sources: readonly string[]): readonly Paper[] {
  return PAPERS.filter(({ source }) => sources.some((text) => text.startsWith(source)));
}
