/** 各种宽度与深度的网络并列时的用语。 */
import { spacedAll } from "./han.js";
import type { Span, SweepWords } from "./sweep.en.js";

const ALONG = { width: "宽度", depth: "深度" } as const;

const spanText =
  (along: "width" | "depth") =>
  ({ place, decades, band }: Span) =>
    `${ALONG[along]}为 ${place} 时相差 ${decades} 个数量级${band ? `（理论范围 ${band} 个）` : ""}`;

export const words: SweepWords = spacedAll<SweepWords>({
  about: "取几种大小的网络，每种各抽若干个：看它们最终相差多远，理论又如何说。",
  titles: {
    values: {
      activation: { width: "不同宽度下末层的信号", depth: "不同深度下末层的信号" },
      gradient: { width: "不同宽度下第 1 层的梯度", depth: "不同深度下第 1 层的梯度" },
    },
    spans: {
      activation: { width: "不同宽度下信号相差多远", depth: "不同深度下信号相差多远" },
      gradient: { width: "不同宽度下梯度相差多远", depth: "不同深度下梯度相差多远" },
    },
  },
  axes: {
    second_moment: "末层的信号 E[h²]",
    variance: "末层激活值的方差 Var(h)",
    gradient: "第 1 层梯度的均方 E[(∂E/∂z)²]",
    span: "最小与最大的网络相差的数量级",
  },
  sizes: { width: "宽度 n", depth: "深度 L" },
  at: { width: (n) => `宽度 ${n}`, depth: (n) => `深度 ${n}` },
  nothingFinite: "至今各种大小都溢出",
  allZero: "至今各种大小都为 0",
  partial: (have, of) => `尚不完整：${of} 种大小中已算完 ${have} 种。`,
  overflow: (names, along, places) => `${names}：${ALONG[along]}为 ${places} 时有网络溢出。`,
  vanished: (names, along, places) => `${names}：${ALONG[along]}为 ${places} 时有网络的结果为 0。`,
  spans: (names, _count, along, places) => `${names}：${places.map(spanText(along)).join("，")}。`,
  marks: (networks, theory) =>
    `圆点为 ${networks} 个网络中最小与最大者相差的数量级${theory ? "，细线为理论色带的宽度" : ""}。`,
  uniform: "这里各层一样宽。",
  inputs: (batch) => `每个网络只看 ${batch} 个输入。`,
  along: "横轴",
  alongs: ALONG,
  reach: "最大",
  networks: "每种大小的网络数",
  compute: "计算",
  work: (sizes, networks, schemes, multiplications) =>
    `${sizes} 种大小，每种 ${networks} 个网络，${schemes} 种方案：约 ${multiplications} 次乘法。`,
  tooMuch: (most) => `上限为 ${most} 次：请减少网络数，或选小一些的网络。`,
  older: "设置已经改变：这里仍是原来的网络。",
});
