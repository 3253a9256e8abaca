/** 一层之内的分布，以及各方案逐层并列的分布：中文文字。 */
import { spacedAll } from "./han.js";
import type { LayerWords } from "./layer-figures.en.js";

export const words = spacedAll<LayerWords>({
  inputs: "输入",
  noHistogram: "没有直方图",
  noWeight: "没有自己的权重",
  parts: { activation: "激活值", gradient: "梯度", weight: "权重" },
  symbols: { activation: "h", gradient: "∂E/∂z", weight: "W" },
  said: {
    std: (std) => `σ ${std}`,
    activation: (zeros) => `${zeros} 为 0`,
    gradient: (times) => `末端的 ${times} 倍`,
    gradientShort: (times) => `末端 × ${times}`,
    alone: "梯度的起点",
    weight: (least, most) => `${least} 至 ${most}`,
    weightShort: (least, most) => `${least}…${most}`,
  },
  columns: {
    std: "标准差",
    zeros: "0 的比例",
    below: "低于各组",
    above: "高于各组",
    from: "组距起点",
    to: "组距终点",
    bin: (number) => `第 ${number} 组`,
  },
  scheme: "方案",
  signals: { title: "各方案的激活值", axis: "激活值 h，以输入的均方根为单位" },
  gradients: { title: "各方案的梯度", axis: "梯度 ∂E/∂z，以末端 ∂E/∂h 的标准差为单位" },
  multiples:
    "每行是一个方案，所有直方图共用一条横轴：缩小的成为尖峰，增大的超出画面。0 处的竖线是恰为 0 的比例。",
  ran: (name, from, first, to, last) => `${name}：${first} σ 为 ${from}，${last}为 ${to}。`,
  ranOut: (name, last) => `${name}：${last}不是有限值。`,
  beyond: (share) => `${share} 在外`,
  notFinite: "↑ 非有限值",
  notFiniteShort: "↑ ∞, NaN",
});
