/** 诊断的中文文字。 */
import type { Words } from "./verdict.en.js";

export const words: Words = {
  title: (name) => `诊断：${name}`,
  signal: "信号",
  gradient: "梯度",
  ways: {
    signal: (depth) => `从输入到第 ${depth} 层`,
    gradient: (depth) => `从第 ${depth} 层回到第 1 层`,
  },
  steady: (what, way, factor) => `${what}大小基本保持：${way}，均方始终相差不到 ${factor} 倍。`,
  changes: (what, way, factor, spread) =>
    `${way}，${what}的均方变为 ${factor} 倍，途中最大与最小相差 ${spread} 倍。`,
  orders: (what, way, grows, orders) =>
    `${way}，${what}的均方${grows ? "增大" : "缩小"}了 ${orders} 个数量级。`,
  zero: {
    signal: (layer) => `信号消失：从第 ${layer} 层起恰为 0。`,
    inputs: "没有信号：输入全为 0。",
    gradient: (layer) => `梯度消失：从第 ${layer} 层往回直到第 1 层恰为 0。`,
  },
  notFinite: {
    signal: (layer) => `信号爆炸：float32 在第 ${layer} 层溢出。`,
    gradient: (layer) => `从第 ${layer} 层往回直到第 1 层，梯度不是有限值。`,
  },
  predicted: (factor) => `理论值为 ${factor} 倍。`,
  predictedOrders: (grows, orders) => `理论预计${grows ? "增大" : "缩小"} ${orders} 个数量级。`,
  predictedSteady: "理论预计大小不变。",
  underflows: (layer) => `从第 ${layer} 层起数值小于 1.2×10⁻³⁸，float32 丢失精度。`,
  expected: (layer) => `理论预计为第 ${layer} 层。`,
  alike: (from, to, depth) =>
    `不同输入趋于一致：两个输入的相关系数从第 1 层的 ${from} 变为第 ${depth} 层的 ${to}。`,
  correlates: (from, to, depth) =>
    `两个输入的相关系数从第 1 层的 ${from} 变为第 ${depth} 层的 ${to}。`,
  part: (from, to, depth) =>
    `输入彼此分开：两个输入的相关系数从第 1 层的 ${from} 变为第 ${depth} 层的 ${to}。`,
  departs: (list) => `此处以实测为准，而非理论，后者是层无限宽时的极限：${list}。`,
  departure: (what, measured, predicted) => `${what}变为 ${measured} 倍，而非 ${predicted} 倍`,
  narrow: (width, low, high, depth) =>
    `对 ${depth} 层来说，宽度 ${width} 太窄：理论的均值不代表典型的网络。末层的 E[h²] 有 95% 在 ${low} 与 ${high} 之间。`,
  inTheLimit: (chi) => `层数趋于无穷时 χ₁ = ${chi}；这些层尚未接近该极限。`,
  slow: (chi, depth) => `χ₁ = ${chi} 是梯度每层的倍数，与 1 太近，在 ${depth} 层之内看不出来。`,
  trainable: (layers, depth) => `可训练的深度约为 6ξ = ${layers} 层；此网络有 ${depth} 层。`,
  unlimited: (depth) => `深度在此不限制梯度：ξ 远大于这 ${depth} 层。`,
  noCritical: (activation) => `在这样的偏置下，没有 σ_w² 能使 ${activation} 临界。`,
  assumes: (name, assumed, activation) =>
    `${name}：为 ${assumed} 而设计，此网络用的却是 ${activation}。`,
  homeless: (name, blocks) => `${name}：为${blocks}而设计，此网络没有这样的块。`,
  homes: {
    residual: "不带归一化的残差块",
    preNorm: "带 LayerNorm 的残差块",
    postNorm: "求和之后带 LayerNorm 的残差块",
  },
  untried: "可以换成这样的块，但此处尚未试过。",
  holds: "信号与梯度都能保持，无需补救。",
  trying: "正在此网络上试验补救办法……",
  remedy: (setting, factor, depth, blocks) =>
    `更好的选择：${setting}。在此网络上试过，${depth} ${blocks ? "块" : "层"}之内信号与梯度${factor === "1" ? "保持不变" : `的变化不超过 ${factor} 倍`}。`,
  further: (setting, reach, depth, factor, blocks) =>
    `能走得更远：${setting}。在此网络上试过，${depth} ${blocks ? "块" : "层"}中有 ${reach} ${blocks ? "块" : "层"}信号与梯度的变化不超过 10 倍${factor ? `，全程不超过 ${factor} 倍` : ""}。`,
  setting: (name, w, b) => `${name}（σ_w² = ${w}，σ_b² = ${b}）`,
  frequency: (omega) => `ω₀ = ${omega}`,
  reasons: {
    tuned: "该方案正是为这一频率而设计的。",
    home: "该方案正是为这样的块而设计的。",
    critical: "此时 χ₁ = 1。",
    halfStable: "在其不动点处 χ₁ = χ_q = 1；q* 更小的临界点不稳定。",
    unitGain: (gain, chi) =>
      `增益 ${gain} = 1/√E[φ²] 使为 1 的 Var(z) 保持为 1，且该点稳定：χ_q = ${chi}。`,
    orthogonal: "正交权重不像独立的权重那样让长度随机游走。",
    measured: "它逐层测量，再除以测得的标准差。",
  },
  nothing: (depth) => `试过的办法都撑不过这 ${depth} 层：需要归一化、残差分支，或者减少层数。`,
};
