/** 图的名称、坐标轴与表头，以及图下的句子。 */
import type { Messages } from "./en.js";

export const figures: Messages["figures"] = {
  layer: "层",
  tick: undefined, // layers are numbers
  value: "数值",
  density: "概率密度",
  mass: "概率",
  measured: "实测",
  theory: "理论",
  statistic: "统计量",
  magnitudes: {
    second_moment: { title: "各层的信号", axis: "信号：激活值的均方 E[h²]" },
    variance: { title: "各层激活值的方差", axis: "激活值的方差 Var(h)" },
    gradient: { title: "各层的梯度", axis: "梯度的均方 E[(∂E/∂z)²]" },
    weightGradient: { title: "各层权重的梯度", axis: "单个样本 ∂E/∂W 的均方" },
    ratio: { title: "各层梯度与权重之比", axis: "rms(∂E/∂W) / rms(W)" },
  },
  flow: {
    title: (scheme) => `信号与梯度穿过网络，${scheme}`,
    signal: "信号",
    gradient: "梯度",
    inputs: "输入",
    activations: (layer) => `${layer}的激活值`,
    noHistogram: "没有直方图",
    dead: "死亡神经元",
    saturated: "饱和的激活值",
  },
  correlation: "两个输入在各层的相关系数",
  correlationAxis: "相关系数 c：两个输入的 z 的夹角余弦",
  layerQuantiles: (scheme) => `各层激活值的分位数，${scheme}`,
  activationAxis: "激活值 h",
  ridge: (scheme) => `各层激活值的分布，${scheme}`,
  dead: "各层死亡神经元",
  deadAxis: "对整个批量都输出 0 的神经元比例",
  saturated: "各层饱和的激活值",
  saturatedAxis: "饱和激活值的比例",
  histogram: "抽出的数与理论分布",
  quantiles: "样本分位数与理论分位数",
  quantileOfLaw: "理论分位数",
  quantileOfSample: "样本分位数",
  cumulative: "分布函数",
  probability: "P(w ≤ x)",
  heatMap: (scheme) => `权重矩阵，${scheme}`,
  row: "行",
  column: "列",
  zoomIn: "放大",
  zoomOut: "缩小",
  whole: "整个矩阵",
  directions: { up: "上", down: "下", left: "左", right: "右" },
  spectrum: "奇异值与 Marchenko-Pastur 分布",
  rank: "序号 / 奇异值个数",
  singularValue: "奇异值 s",
  statistics: "实测与理论对照",
  formula: "公式",
  overflow: (layer) => `第 ${layer} 层溢出`,
  vanished: (layer) => `第 ${layer} 层起为 0`,
  vanishedBackward: (layer) => `第 1 至 ${layer} 层为 0`,
  nothingFinite: "各层均非有限值",
  atLayer: (layer) => `第 ${layer} 层`,
  around: (value) => `${value} 附近`,
  columns: {
    mean: "均值",
    variance: "方差",
    secondMoment: "均方",
    nonfinite: "非有限值",
    std: "标准差",
    min: "最小值",
    max: "最大值",
    skewness: "偏度",
    excessKurtosis: "超额峰度",
    ks: "KS 距离",
    theory: "理论",
    low: "范围下限",
    high: "范围上限",
  },
};

export const captions: Messages["captions"] = {
  said: (name, text) => `${name}：${text}。`,
  diagonal: "落在对角线上，样本便与理论一致；两端是尾部。",
  quantiles: (name, ks, n) => `${name}：共 ${n} 个数，两条分布函数最多相差 ${ks}。`,
  unknown: (name, std) => `${name}：实测标准差 ${std}；其分布没有已知的解析式。`,
  atoms: (name, list) => `${name}只取这些值：${list}。`,
  zeros: (share) => `其中 ${share} 为 0。`,
  heatMap: (rows, columns, step) =>
    step > 1
      ? `${rows} 行 ${columns} 列，每 ${step} 个显示一个。`
      : `${rows} 行 ${columns} 列，每个权重一格。`,
  spectrum: (name, most, least) => `${name}：奇异值在 ${least} 与 ${most} 之间。`,
  tooLarge: (most) => `矩阵至多显示 ${most} 个权重；此处超出。`,
  signals: {
    second_moment: "信号",
    variance: "h 的方差",
    gradient: "梯度的均方",
    ratio: "比值",
  },
  flow: (name, signal, gradient) => `${name}：${signal}；${gradient}。`,
  flowWay: {
    signal: "信号",
    gradient: "梯度",
    steady: (what, least, most) =>
      `${what}大小基本保持，${least === most ? `为 ${least}` : `介于 ${least} 与 ${most} 之间`}`,
    halves: "减半",
    doubles: "加倍",
    factor: (factor) => `变为 ${factor} 倍`,
    runs: (what, how, backward, last, layer, left) =>
      `${what}${backward ? "往回" : ""}每过一层${how}，到第 ${layer} 层${left ? "只剩" : "为"} ${last}`,
    ends: (what, first, from, last, to, between) =>
      `${what}从第 ${from} 层的 ${first} 变为第 ${to} 层的 ${last}${between ? `，途中介于 ${between[0]} 与 ${between[1]} 之间` : ""}`,
    overflow: (what, layer, backward) =>
      `${what}${backward ? `直到第 ${layer} 层都` : `从第 ${layer} 层起`}超出 float32 的范围`,
    vanished: (what, layer, backward) =>
      `${what}${backward ? `直到第 ${layer} 层都` : `从第 ${layer} 层起`}恰为 0`,
    nowhere: (what) => `${what}在各层均为非有限值或 0`,
  },
  flowSizes: "条带越高，信号或梯度越大（对数刻度）；点线是起点处的大小。",
  flowShade: "颜色越浓，激活值越密；正中是 0。",
  flowFoot: (what) => `底部的灰色是${what}的比例。`,
  factor: (name, what, factor, backward, last, layer) =>
    `${name}：${what}${backward ? "反向" : ""}每过一层变为 ${factor} 倍，第 ${layer} 层为 ${last}。`,
  steady: (name, what, _backward, layer, least, most) =>
    `${name}：${what}直到第 ${layer} 层保持平稳，${least === most ? `为 ${least}` : `介于 ${least} 与 ${most} 之间`}。`,
  overflow: (name, layer) => `${name}：从第 ${layer} 层起超出 float32 的范围。`,
  vanished: (name, layer) => `${name}：从第 ${layer} 层起全部为 0。`,
  gradientOverflow: (name, layer) => `${name}：梯度溢出，第 1 至 ${layer} 层超出 float32 的范围。`,
  gradientVanished: (name, layer) => `${name}：第 1 至 ${layer} 层的梯度恰为 0。`,
  gradientNowhere: (name) => `${name}：各层梯度均为非有限值或 0。`,
  theory: "细线为平均场理论。",
  band: "色带为各网络之间 ±2 个标准差，针对单个输入，精确到深度与宽度之比的一阶；整个批量的平均波动更小。",
  bandDrawn: (count) => `抽取的 ${count} 个网络有 95% 落在色带内。`,
  coincide: (names, activation) =>
    activation
      ? `${names}重合：${activation} 是齐次的，且偏置为 0，权重的大小在此不起作用。`
      : `${names}重合。`,
  widths: (widths, depth) => `宽度 ${widths} 循环重复，直到第 ${depth} 层。`,
  gaps: {
    structured: (name) => `${name}：权重并非均值为 0 的独立抽样，没有理论。`,
    measured: (name) => `${name}：权重取决于数据，没有理论。`,
    biased: (name) => `${name}：偏置的均值不为 0，没有理论。`,
    shaped: (name) => `${name}：某一块的输入不是高斯分布或不独立，没有理论。`,
    coherent: (name) => `${name}：分支与主干不独立，没有理论。`,
    batch: (name) => `${name}：归一化所用的值太少，没有理论。`,
  },
  repeats: (count) => `圆点为 ${count} 个网络的中位数，竖线为其范围。`,
  ends: (name, first, from, last, to, between) =>
    `${name}：从第 ${from} 层的 ${first} 变为第 ${to} 层的 ${last}${between ? `，途中介于 ${between[0]} 与 ${between[1]} 之间` : ""}。`,
  and: "与",
  correlation: (name, first, last, layer) =>
    layer === 1
      ? `${name}：第 1 层 c = ${last}。`
      : `${name}：c 从第 1 层的 ${first} 变为第 ${layer} 层的 ${last}。`,
  layerQuantiles: (both) => `细线为中位数；一半激活值落在深色区，${both} 落在两区之内。`,
  ridge: (zero, layer) => `每行是一层。第 ${layer} 层有 ${zero} 的激活值恰为 0。`,
  dead: (name, share, layer) => `${name}：第 ${layer} 层有 ${share} 的神经元死亡。`,
  saturated: (name, share, layer) => `${name}：第 ${layer} 层有 ${share} 的激活值饱和。`,
  distribution: (name, std, theory, n) =>
    `${name}：${n} 个数的实测标准差为 ${std}，理论值为 ${theory}。`,
  atom: (name, value) => `${name}：所有数都是 ${value}，神经元因此完全相同。`,
};
