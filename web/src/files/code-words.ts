/** What the comments of programs say. */
import { spacedAll } from "../i18n/han.js";
import type { Locale } from "../i18n/locale.js";

export interface CodeWords {
  readonly load: (library: string) => string;
  readonly torchOrder: (shape: string) => string;
  readonly transposed: (shape: string) => string;
  readonly otherNumbers: string;
  readonly rejection: string;
  readonly notCut: string;
  readonly cut: string;
  readonly flax: string;
  readonly sameBits: string;
}

/** Comments above the seed of a program of PyTorch: whether the numbers that it draws are the page's. */
export function torchNotes(generator: string, body: string, words: CodeWords): string[] {
  return [
    ...(generator === "torch" ? [] : [`# ${words.otherNumbers}`]),
    ...(body.includes("trunc_normal_") ? [`# ${words.rejection}`] : []),
  ];
}

export const codeWords: Readonly<Record<Locale, CodeWords>> = {
  en: {
    load: (library) =>
      `${library} has no such initializer: load the weights, which the page saves.`,
    torchOrder: (shape) => `[out, in, kernel...], as PyTorch has it; Keras's ${shape}.`,
    transposed: (shape) => `[kernel..., in, out]: PyTorch's ${shape}, transposed.`,
    otherNumbers:
      "The same distribution; for the same numbers, choose those of PyTorch on the page.",
    rejection: "Its numbers changed in torch 2.12, which draws by rejection.",
    notCut: "Not cut at two std, as the library's own Glorot and He normal are.",
    cut: "Cut at two std and rescaled, unlike PyTorch's initializers of that name.",
    flax: "in Flax:",
    sameBits: "The numbers of this page, bit for bit; orthogonal matrices within 2e-6.",
  },
  zh: spacedAll<CodeWords>({
    load: (library) => `${library} 没有这种初始化：请读入网页保存的权重。`,
    torchOrder: (shape) => `PyTorch 的次序 [out, in, kernel...]；Keras 中为 ${shape}。`,
    transposed: (shape) => `[kernel..., in, out]：PyTorch 的 ${shape} 的转置。`,
    otherNumbers: "分布相同；要得到相同的数，请在网页中将随机数设为 PyTorch。",
    rejection: "torch 2.12 起改用拒绝抽样，抽出的数与此前不同。",
    notCut: "未在两倍标准差处截断；该库自己的 Glorot 与 He 正态则有截断。",
    cut: "在两倍标准差处截断并重新缩放，与 PyTorch 的同名初始化不同。",
    flax: "Flax 中：",
    sameBits: "与网页上的数逐位相同；正交矩阵相差在 2e-6 以内。",
  }),
};
