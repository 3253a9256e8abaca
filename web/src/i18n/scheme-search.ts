/**
 * Finds schemes by what people call them: names in both languages, ids in libraries, authors, what
 * they are for. Loaded with the list that is searched.
 */
import type { Scheme, SchemeId } from "../engine/catalogue.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

const XAVIER = "xavier glorot bengio 泽维尔 格洛罗 格洛特 tanh sigmoid softmax";
const HE = "he kaiming msra 何 恺明 何恺明 何凯明 relu leaky resnet";
const LECUN = "lecun 勒昆 杨立昆 selu";
/** Weights of variance 1/fan_in, which μP draws too, but for its last layer, and T5's layers take. */
const FAN_IN = "fan_in mup μp t5";
const TORCH_DEFAULT =
  "torch.nn.linear nn.linear nn.conv1d nn.conv2d nn.conv3d default 默认 缺省 sqrt5";
const TRANSFORMER = "transformer bert vit llama 0.02";
const CUT = "truncated 截断";

/** What a scheme is called beside its name, id and family. */
const also: Readonly<Partial<Record<SchemeId, string>>> = {
  zeros: "0 零 bias 偏置 residual 残差 fixup rezero skipinit",
  ones: "1 一 batchnorm layernorm rmsnorm norm gamma 归一化",
  constant: "fill 常量",
  uniform: "rand 均匀",
  normal: `gaussian 高斯 randn ${TRANSFORMER}`,
  trunc_normal: `${CUT} gaussian 高斯 ${TRANSFORMER}`,
  xavier_uniform: XAVIER,
  xavier_normal: `${XAVIER} gaussian 高斯`,
  glorot_uniform: `${XAVIER} dense default 默认`,
  glorot_normal: `${XAVIER} ${CUT} gaussian 高斯`,
  kaiming_uniform: HE,
  kaiming_normal: `${HE} gaussian 高斯`,
  he_uniform: HE,
  he_normal: `${HE} ${CUT} gaussian 高斯`,
  lecun_uniform: `${LECUN} fan_in`,
  lecun_normal: `${LECUN} ${FAN_IN} ${CUT} flax default 默认 gaussian 高斯`,
  orthogonal: "saxe isometry 等距 rnn lstm 循环",
  torch_linear: TORCH_DEFAULT,
  torch_linear_bias: TORCH_DEFAULT,
  eye: "identity 恒等 单位矩阵 irnn",
  identity: "eye 恒等 单位矩阵 irnn",
  dirac: "identity 恒等 conv 卷积",
  delta_orthogonal: "isometry 等距 conv cnn 卷积",
  sparse: "hessian-free martens",
  variance_scaling: `fan ${FAN_IN} fan_out fan_avg 扇入 扇出 ${CUT}`,
  random_normal: "gaussian 高斯",
  random_uniform: "embedding 嵌入",
  truncated_normal: `${CUT} gaussian 高斯 ${TRANSFORMER}`,
  jax_normal: "gaussian 高斯",
  jax_truncated_normal: `${CUT} gaussian 高斯`,
  stft: "fourier 傅里叶",
  siren: "sine sin 正弦 nerf implicit 隐式 sitzmann",
  gpt2: `gpt residual 残差 attention 注意力 ${TRANSFORMER}`,
  zero_init: "residual 残差 hadamard identity 恒等 resnet fixup",
  looks_linear: "crelu mirrored 镜像",
  mimetic: "transformer vit attention 注意力",
  edge_of_chaos: "mean-field critical 临界 平均场",
  lsuv: "data 数据 mishkin",
  fixup: "residual 残差 resnet",
  t_fixup: `residual 残差 ${TRANSFORMER}`,
  deepnorm: `residual 残差 deepnet ${TRANSFORMER}`,
  library: TORCH_DEFAULT,
};

function textOf({ id, family }: Scheme): string {
  const named = [en, zh].map(({ schemes, families }) => `${schemes[id].name} ${families[family]}`);
  return [id, ...named, also[id] ?? ""].join(" ");
}

/** Whether a text has the word: one of letters from where a word begins, so that "he" is not in "the". */
function has(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/^[a-z]/.test(word) || !/[a-z]/.test(text.charAt(at - 1))) return true;
  return false;
}

/** Whether a text has every word of a search. */
export function hasWords(text: string, search: string): boolean {
  const lower = text.toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => has(lower, word));
}

/** Those that have every word of the search. */
export function findSchemes(schemes: readonly Scheme[], search: string): readonly Scheme[] {
  return schemes.filter((scheme) => hasWords(textOf(scheme), search));
}
