/** 各方案的名称与用法。 */
import type { SchemeId } from "../engine/catalogue.js";
import type { SchemeText } from "./schemes.en.js";

export const schemes: Record<SchemeId, SchemeText> = {
  zeros: {
    name: "全零",
    use: "用于偏置，以及残差分支的最后一层。",
    avoid: "不要用于权重：同层神经元始终相同，全零层之前的参数得不到梯度。",
  },
  ones: {
    name: "全一",
    use: "用于归一化层的缩放参数。",
    avoid: "不要用于权重：同层神经元始终互为副本。",
  },
  constant: {
    name: "常数",
    use: "用于需要固定偏移的偏置。",
    avoid: "不要用于权重：它不能打破神经元之间的对称性。",
  },
  uniform: {
    name: "均匀分布",
    use: "上下界已知时使用。",
    avoid: "深层网络中不要用固定的界：它的尺度与宽度无关。",
  },
  normal: {
    name: "正态分布",
    use: "尺度已知时使用，许多 Transformer 取 0.02。",
    avoid: "宽层中不要取标准差 1：信号按宽度的平方根增长。",
  },
  trunc_normal: {
    name: "截断正态",
    use: "不允许出现离群值时使用。界是数值本身，不是标准差的倍数。",
    avoid: "界远在标准差之外时等于没有截断。",
  },
  xavier_uniform: {
    name: "Xavier 均匀",
    use: "用于 tanh，或没有激活函数的层。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  xavier_normal: {
    name: "Xavier 正态",
    use: "用于 tanh，或没有激活函数的层。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  kaiming_uniform: {
    name: "He 均匀",
    use: "用于 ReLU 及其变体。与 He 正态效果相同：只有方差起作用。",
    avoid: "深层普通网络配 GELU、SiLU 或 sigmoid 时不合适：增益不匹配。",
  },
  kaiming_normal: {
    name: "He 正态",
    use: "用于 ReLU 及其变体。",
    avoid: "深层普通网络配 GELU、SiLU 或 sigmoid 时不合适：增益不匹配。",
  },
  orthogonal: {
    name: "正交",
    use: "用于深层线性网络、tanh 网络和循环权重：向量长度严格保持不变。",
    avoid: "配 ReLU 时不要期待更多：任何增益下 ReLU 都会破坏等距性。",
  },
  torch_linear: {
    name: "PyTorch Linear 默认",
    use: "看看什么都不选时 nn.Linear 做了什么。",
    avoid: "深层普通网络中不要依赖它：配 ReLU 时每层只剩六分之一的信号。",
  },
  torch_linear_bias: {
    name: "PyTorch Linear 默认偏置",
    use: "看看 nn.Linear 默认抽取的偏置。",
    avoid: "需要零偏置时（多数论文如此假设）不要用。",
  },
  eye: {
    name: "单位阵(eye)",
    use: "让线性层或循环层在开始时原样传递信号。",
    avoid: "不要指望它带来差异：没有任何随机性，各神经元只是复制不同的输入。",
  },
  dirac: {
    name: "Dirac",
    use: "让卷积层从通道上的恒等映射开始。",
    avoid: "不要用在需要自行打破对称的网络里：多余的通道全是 0。",
  },
  sparse: {
    name: "稀疏",
    use: "用于循环网络：每个神经元只有少数较强的连接。",
    avoid: "不要以为它按行置零：torch 在每一列内置零，即同一输入的各输出。",
  },
  variance_scaling: {
    name: "方差缩放",
    use: "分别选择尺度、扇入扇出和分布；Glorot、He、LeCun 都是它的特例。",
    avoid: "不要跨框架比较种子：Keras 与 JAX 抽出的数不同。",
  },
  glorot_uniform: {
    name: "Glorot 均匀",
    use: "Keras 中 Dense 与卷积层的默认值。",
    avoid: "不要在深层网络中配合 ReLU：每层信号减半。",
  },
  glorot_normal: {
    name: "Glorot 正态(截断)",
    use: "在 Keras 与 JAX 中配合 tanh：在两倍标准差处截断并重新缩放。",
    avoid: "不要当作 torch 的 xavier_normal：那里的分布有尾部，这里没有。",
  },
  he_uniform: {
    name: "He 均匀(Keras、JAX)",
    use: "用于 ReLU 及其变体。",
    avoid: "不要配合 sigmoid 或 tanh：会使其饱和。",
  },
  he_normal: {
    name: "He 正态(截断)",
    use: "在 Keras 与 JAX 中配合 ReLU：在两倍标准差处截断，方差与 torch 相同。",
    avoid: "不要当作 torch 的 kaiming_normal：方差相同，尾部不同。",
  },
  lecun_uniform: {
    name: "LeCun 均匀",
    use: "用于 SELU 和没有激活函数的层。",
    avoid: "不要配合 ReLU：每层信号减半。",
  },
  lecun_normal: {
    name: "LeCun 正态(截断)",
    use: "用于 SELU；也是 Flax 的默认值。",
    avoid: "不要在深层网络中配合 ReLU：每层信号减半。",
  },
  random_uniform: {
    name: "Keras 均匀",
    use: "用于嵌入层，是 Keras 的默认值。",
    avoid: "不要用于深层网络：它的尺度与宽度无关。",
  },
  random_normal: {
    name: "Keras 正态",
    use: "当你知道所需的尺度时；Keras 的默认值是 0.05。",
    avoid: "不要用于深层网络：它的尺度与宽度无关。",
  },
  truncated_normal: {
    name: "Keras 截断正态",
    use: "当不允许出现离群值时：在两倍标准差处截断。",
    avoid: "不要以为标准差就是给定的值：截断后只剩 88 %。",
  },
  identity: {
    name: "单位阵(Keras)",
    use: "用于需要保持状态的循环核，如 IRNN。",
    avoid: "不要用于卷积核：它只有二维形式。",
  },
  stft: {
    name: "STFT",
    use: "让卷积层计算输入的短时傅里叶变换。",
    avoid: "不要用于从头学习的层：没有随机性，各输入通道相同。",
  },
  jax_uniform: {
    name: "JAX 均匀",
    use: "用于需要正数的场合：从 0 抽到给定的尺度。",
    avoid: "不要用于权重：均值不为 0，会随输入个数累加。",
  },
  jax_normal: {
    name: "JAX 正态",
    use: "当你知道所需的尺度时；JAX 的默认值是 0.01。",
    avoid: "不要用于深层网络：它的尺度与宽度无关。",
  },
  jax_truncated_normal: {
    name: "JAX 截断正态",
    use: "当不允许出现离群值时：上下界是尺度的倍数。",
    avoid: "不要以为标准差就是给定的值：截断后会变小。",
  },
  delta_orthogonal: {
    name: "Delta 正交",
    use: "用于极深的普通卷积网络：只在卷积核的一个位置上放正交矩阵。",
    avoid: "输入通道多于输出通道时不存在。",
  },
  siren: {
    name: "SIREN",
    use: "用于正弦激活的网络：使相位均匀分布。",
    avoid: "不要配合其他激活函数：它的尺度以正弦内的 omega_0 为前提。",
  },
  gpt2: {
    name: "GPT-2",
    use: "用于 Transformer：残差分支末端的投影随深度缩小。",
    avoid: "不要用于没有残差分支的普通网络：0.02 会随深度消失。",
  },
  zero_init: {
    name: "ZerO",
    use: "用于残差网络，完全没有随机性：单位阵与 Hadamard 矩阵。",
    avoid: "不要用于等宽的普通网络：每一层都是恒等映射。",
  },
  looks_linear: {
    name: "看似线性",
    use: "用于 CReLU 网络：镜像的分块使网络在开始时是线性的。",
    avoid: "宽度为奇数或激活值不成镜像时不适用。",
  },
  mimetic: {
    name: "模仿",
    use: "用于小型视觉 Transformer：查询与键的初值模仿训练后的样子。",
    avoid: "只用于查询与键这一对矩阵。",
  },
  edge_of_chaos: {
    name: "相图上的点",
    use: "按平均场理论选择权重与偏置的方差，例如取混沌边缘上的点。",
    avoid: "网络比相关长度更深时，不要取临界线以外的值。",
  },
  lsuv: {
    name: "LSUV",
    use: "适用于任何激活函数：用一批数据逐层测量，再将权重除以标准差。",
    avoid: "没有代表性数据或层间共享权重时不适用。",
  },
};
