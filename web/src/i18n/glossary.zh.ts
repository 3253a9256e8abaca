/** 词汇表的中文：每个术语的名称，以及一两句解释。 */
import type { Glossary } from "./glossary.en.js";

export const glossary: Glossary = {
  signal: {
    name: "信号",
    text: "一层激活值的均方，对神经元和输入取平均。此处“信号”总是这个意思。",
  },
  mean_square: {
    name: "均方",
    text: "平方的平均值，等于方差加上均值的平方。",
  },
  variance: { name: "方差", text: "与均值之差的平方的平均值。均值为 0 时，它就是均方。" },
  std: { name: "标准差", text: "方差的平方根。库函数要的是标准差，理论讲的是方差。" },
  activations: { name: "激活值", text: "一层神经元的输出：对加权和 z 施以激活函数的结果。" },
  activation: {
    name: "激活函数",
    text: "每个神经元对其加权和 z 施加的函数 φ，例如 ReLU 或 tanh。",
  },
  bias: { name: "偏置", text: "每个神经元在加权和之外再加上的数 b，可以从 0 开始。" },
  batch: { name: "批量", text: "一起通过网络的若干输入。训练时每一步用一个小批量。" },
  gradient: {
    name: "梯度",
    text: "损失 E 对某层加权和 z 的导数，或对其权重 W 的导数，从最后一层往回传。",
  },
  loss: { name: "损失", text: "训练要减小的量：用一个数衡量输出与目标相差多远。" },
  correlation: {
    name: "两个输入的相关系数 c",
    text: "两个输入到达某层时的夹角余弦。等于 1 时两者同向，至多长度不同。",
  },
  dead: {
    name: "死亡神经元",
    text: "对批量中每个输入都恰好输出 0 的神经元。若用 ReLU，它从这些输入得不到梯度。",
  },
  saturated: {
    name: "饱和的激活值",
    text: "离函数的上下界太近，斜率几乎为 0：此处指超出 ±0.97，sigmoid 则指小于 0.03 或大于 0.97。",
  },
  overflow: { name: "溢出", text: "数值超出 float32 所能表示的范围，其上限为 3.4×10³⁸。" },
  float32: {
    name: "float32",
    text: "32 位浮点数，多数网络用它计算：上限为 3.4×10³⁸，从 1.2×10⁻³⁸ 起精度完整。",
  },
  diverge: { name: "发散", text: "从某一步起损失不再是有限值，便说训练在这一步发散。" },
  copies: {
    name: "互为副本的神经元",
    text: "输入权重、输出权重和偏置都相同的神经元，每一步之后仍然相同，合起来只相当于一个。",
  },
  effective_rank: {
    name: "有效秩",
    text: "由奇异值 s 衡量：一层的激活值张成多少个方向。等于 1 时，所有神经元说的是同一件事。",
  },
  singular_value: {
    name: "奇异值",
    text: "矩阵在各主方向上的伸缩倍数。正交矩阵的奇异值全为 1。",
  },
  marchenko_pastur: {
    name: "Marchenko-Pastur 分布",
    text: "元素相互独立的大矩阵，其奇异值趋于这一分布。",
  },
  quantile: { name: "分位数", text: "有给定比例的数小于它。中位数就是一半的数小于它。" },
  median: { name: "中位数", text: "排在正中间的数：一半的数小于它。" },
  ks: {
    name: "KS 距离",
    text: "即 Kolmogorov-Smirnov 距离：样本与理论的两条分布函数之间的最大差。",
  },
  skewness: { name: "偏度", text: "以标准差为单位的三阶中心矩。对称的分布为 0。" },
  excess_kurtosis: {
    name: "超额峰度",
    text: "以标准差为单位的四阶中心矩，减去正态分布的 3。尾部越重，它越大。",
  },
  fan_in: {
    name: "扇入 fan_in",
    text: "进入本层每个神经元的连接数。卷积层为输入通道数乘以卷积核面积。",
  },
  fan_out: { name: "扇出 fan_out", text: "前一层每个神经元通向本层的连接数。" },
  gain: { name: "增益", text: "乘在权重标准差上的系数，用来补偿激活函数削弱的那部分信号。" },
  scale_free: {
    name: "齐次",
    text: "输入乘以任意正数，输出也乘以同一个数：linear、ReLU、leaky ReLU 都是如此。",
  },
  mean_field: {
    name: "平均场理论",
    text: "假如每层无限宽，结果会怎样。此时 z 服从高斯分布，几个数便足以描述一层。",
  },
  band: {
    name: "色带",
    text: "就单个输入而言，这样宽的网络约有 95% 落在其中：随机性造成的偏离就有这么大。",
  },
  sigma_w2: {
    name: "σ_w² 及其平方根 σ_w",
    text: "单个权重的方差乘以 fan_in。它与 σ_b² 一起决定网络在相图中的位置。",
  },
  sigma_b2: { name: "σ_b² 及其平方根 σ_b", text: "单个偏置的方差。" },
  fixed_point: {
    name: "不动点",
    text: "经过一层之后保持不变的 z 的方差。若它稳定，深层网络便趋于它。",
  },
  q_star: { name: "q*", text: "深层中 z 的方差所趋于的值：逐层映射的不动点。" },
  chi_1: { name: "χ₁", text: "在又宽又深的网络中，梯度的均方在反向途中每过一层所乘的倍数。" },
  chi_q: { name: "χ_q", text: "z 的方差若与不动点略有偏差，每过一层，这个偏差所乘的倍数。" },
  depth_scale: {
    name: "深度尺度 ξ",
    text: "经过这么多层，梯度（ξ）、相关系数与其极限之差（ξ_c）或方差与 q* 之差（ξ_q）变为 e 倍或 1/e。",
  },
  critical: {
    name: "临界",
    text: "χ₁ 等于 1：在宽网络中，梯度经过许多层仍大小相当，至多按深度的幂变化，而不按指数变化。",
  },
  edge_of_chaos: {
    name: "混沌边缘",
    text: "方差稳定而 χ₁ = 1 之处，是有序相与混沌相之间的边界。深层网络在这里最容易训练。",
  },
  ordered: {
    name: "有序相",
    text: "χ₁ 小于 1：梯度在反向途中缩小。若激活函数有界且有偏置，所有输入趋于一致。",
  },
  chaotic: {
    name: "混沌相",
    text: "χ₁ 大于 1：梯度在反向途中增大。若激活函数有界，相近的输入也会彼此分开。",
  },
  half_stable: {
    name: "半稳定点",
    text: "χ_q 也等于 1 的临界点。GELU、SiLU 与 Mish 各有一个，q* 更小的临界点不稳定。",
  },
  repels: { name: "不稳定", text: "对该点的微小偏差逐层增大：χ_q 大于 1。" },
  attracts: { name: "稳定", text: "对该点的微小偏差逐层消失：χ_q 小于 1。" },
  trunk: { name: "主干", text: "残差网络中从各分支旁边直接通过的部分，每个分支都加到它上面。" },
  branch: { name: "分支", text: "残差块中的若干层 f，其结果加到主干上。" },
  residual: {
    name: "残差块",
    text: "把分支的结果加到直接通过的部分上。分支为 0 时，它就是恒等映射。",
  },
  normalization: { name: "归一化", text: "把数值除以其自身的大小，此前权重的尺度便不再影响后面。" },
  layer_norm: {
    name: "LayerNorm",
    text: "对每个样本，各神经元减去它们的均值，再除以标准差。",
  },
  rms_norm: {
    name: "RMSNorm",
    text: "对每个样本，各神经元除以它们的均方根，均值保留。",
  },
  group_norm: { name: "GroupNorm", text: "把神经元分组，每组各自做 LayerNorm。" },
  batch_norm: {
    name: "BatchNorm",
    text: "对每个神经元，减去批量内的均值，再除以标准差。",
  },
  learning_rate: {
    name: "学习率",
    text: "SGD 的一步中梯度所乘的系数 η。Adam 的第一步使每个权重移动约 η。",
  },
  momentum: { name: "动量", text: "保留上一步方向的比例，许多步的梯度由此累加。" },
  weight_decay: {
    name: "权重衰减",
    text: "把每个参数按这个比例加到其梯度上，每一步便把它往 0 拉。",
  },
  rms: { name: "均方根 rms", text: "均方的平方根，即各元素的典型大小。" },
};
