/** How texts call the glossary's terms, as patterns: what stands for one, and nothing that does not. */
import type { TermId } from "../generated/terms.js";
import type { Locale } from "./locale.js";

type Forms = Readonly<Record<TermId, string>>;

/** Symbols and names that both languages share. */
const SHARED = {
  signal: String.raw`E\[h²\]`,
  variance: String.raw`Var\([hz]\)`,
  gradient: String.raw`E\[\(∂E/∂z\)²\]|∂E/∂[zW]`,
  fan_in: "fan_in|n_in",
  fan_out: "fan_out|n_out",
  sigma_w2: "σ_w²?",
  sigma_b2: "σ_b²?",
  q_star: String.raw`q\*`,
  chi_1: "χ₁",
  chi_q: "χ_q",
  depth_scale: "6ξ|ξ(?:_[cq])?",
  float32: "float32",
  layer_norm: "LayerNorm",
  rms_norm: "RMSNorm",
  group_norm: "GroupNorm",
  batch_norm: "BatchNorm",
  marchenko_pastur: "Marchenko[–-]Pastur",
  rms: "rms",
} as const;

const en: Forms = {
  ...SHARED,
  signal: `signals?|${SHARED.signal}`,
  mean_square: "mean squares?|second moments?",
  variance: `variances?(?! scaling)|${SHARED.variance}`,
  std: "standard deviations?|std",
  activations: "activations|activation h",
  activation: "activation",
  bias: "bias(?:es)?",
  batch: "batch(?:es)?",
  gradient: `gradients?|${SHARED.gradient}`,
  loss: "loss",
  correlation: "correlations?",
  dead: "dead(?: units)?",
  saturated: "saturated",
  overflow: "overflows?",
  diverge: "diverge[sd]?",
  copies: "copies(?: of one another)?|distinct",
  effective_rank: "effective rank",
  singular_value: "singular values?",
  quantile: "quantiles?",
  median: "medians?",
  ks: "KS distance",
  skewness: "skewness",
  excess_kurtosis: "excess kurtosis",
  gain: "gains?",
  scale_free: "scale-free",
  mean_field: "mean-field theory|theory(?= says| expects|,|’s mean)|no theory",
  band: "bands?",
  fixed_point: "fixed points?",
  depth_scale: `depth scales?|${SHARED.depth_scale}`,
  critical: "critical",
  edge_of_chaos: "edge of chaos",
  ordered: "ordered",
  chaotic: "chaotic",
  half_stable: "half[ -]stable",
  repels: "repels?",
  attracts: "attracts?",
  trunk: "trunk",
  branch: "branch(?:es)?",
  residual: "residual(?: blocks?| branch(?:es)?)?",
  normalization: "normalization|norms?|normalizes",
  learning_rate: "learning rate",
  momentum: "momentum",
  weight_decay: "weight decay",
  rms: `root mean squares?|${SHARED.rms}`,
};

const zh: Forms = {
  ...SHARED,
  signal: `信号|${SHARED.signal}`,
  mean_square: "均方(?!误差|根)",
  variance: `方差(?!缩放)|${SHARED.variance}`,
  std: "标准差",
  activations: "激活值",
  activation: "激活函数",
  bias: "偏置",
  batch: "小?批量",
  gradient: `梯度|${SHARED.gradient}`,
  loss: "损失",
  correlation: "相关系数",
  dead: "死亡神经元|死亡",
  saturated: "饱和",
  overflow: "溢出",
  diverge: "发散",
  copies: "互为副本|互不相同|副本",
  effective_rank: "有效秩",
  singular_value: "奇异值",
  quantile: "分位数",
  median: "中位数",
  ks: "KS 距离",
  skewness: "偏度",
  excess_kurtosis: "超额峰度",
  fan_in: `扇入|${SHARED.fan_in}`,
  fan_out: `扇出|${SHARED.fan_out}`,
  gain: "增益",
  scale_free: "齐次",
  mean_field: "平均场理论|没有理论|理论(?=预计|值为[^。]*倍)",
  band: "色带|波动范围",
  fixed_point: "不动点",
  depth_scale: `深度尺度|${SHARED.depth_scale}`,
  critical: "临界",
  edge_of_chaos: "混沌边缘",
  ordered: "有序相",
  chaotic: "混沌相",
  half_stable: "半稳定点?",
  repels: "不稳定",
  attracts: "该点稳定|(?<=^)稳定$",
  trunk: "主干",
  branch: "分支",
  residual: "残差(?:块|分支)",
  normalization: "归一化",
  learning_rate: "学习率",
  momentum: "动量",
  weight_decay: "权重衰减",
  rms: `均方根|${SHARED.rms}`,
};

/** A word of Latin or Greek letters, digits and indices ends where none of them follows; Han words have no ends. */
const LETTER = String.raw`[\p{Script=Latin}\p{Script=Greek}\p{N}_]`;

const word = (form: string): string =>
  `(?:(?<!${LETTER})|(?=\\p{Script=Han}))(?:${form})(?:(?<=\\p{Script=Han})|(?!${LETTER}))`;

/** Patterns of one language: where any term begins, and each for itself at a place. */
function patternsOf(forms: Forms) {
  const entries = Object.entries(forms) as [TermId, string][];
  return {
    any: new RegExp(word(Object.values(forms).join("|")), "giu"),
    each: entries.map(([id, form]) => ({ id, here: new RegExp(word(form), "iuy") })),
  };
}

export const PATTERNS = { en: patternsOf(en), zh: patternsOf(zh) };

/** A piece of a text, and the term that it stands for. */
export interface Piece {
  readonly text: string;
  readonly term?: TermId;
  /** Whether it is the first term of the texts that share what was seen. */
  readonly first?: boolean;
}

/** The longest form that stands at a place of a text. */
function at(text: string, place: number, locale: Locale): { id: TermId; end: number } | undefined {
  let best: { id: TermId; end: number } | undefined;
  for (const { id, here } of PATTERNS[locale].each) {
    here.lastIndex = place;
    const end = place + (here.exec(text)?.[0].length ?? 0);
    if (end > (best?.end ?? place)) best = { id, end };
  }
  return best;
}

/** Terms that were marked already: each is marked once in texts that share this. */
export type Seen = Set<string>;

/** A text in pieces; only the first occurrence of a term that is not in `seen` stands for it. */
export function piecesOf(text: string, locale: Locale, seen: Seen = new Set()): readonly Piece[] {
  const pieces: Piece[] = [];
  const { any } = PATTERNS[locale];
  let done = 0;
  any.lastIndex = 0;
  for (let match = any.exec(text); match; match = any.exec(text)) {
    const { index } = match;
    const found = at(text, index, locale);
    if (!found) break; // each form of `any` is that of a term
    const { id, end } = found;
    any.lastIndex = end;
    if (seen.has(id)) continue;
    const first = seen.size === 0;
    seen.add(id);
    if (index > done) pieces.push({ text: text.slice(done, index) });
    pieces.push({ text: text.slice(index, end), term: id, first });
    done = end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}
