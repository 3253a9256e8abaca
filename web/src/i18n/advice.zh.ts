/** 各方案宜用于何处、不宜用于何处：读者查看时才载入。 */
import type { SchemeId } from "../engine/catalogue.js";
import type { SchemeAdvice } from "./advice.en.js";

export const advice: Record<SchemeId, SchemeAdvice> = {
  zeros: {
    use: "用于偏置，以及残差分支的最后一层。",
    avoid: "不要用于权重：同层神经元始终相同，全零层之前的参数得不到梯度。",
  },
  ones: {
    use: "用于归一化层的缩放参数。",
    avoid: "不要用于权重：同层神经元始终互为副本。",
  },
  constant: {
    use: "用于需要固定偏移的偏置。",
    avoid: "不要用于权重：它不能打破神经元之间的对称性。",
  },
  uniform: {
    use: "上下界已知时使用。",
    avoid: "深层网络中不要用固定的上下界：它的尺度与宽度无关。",
  },
  normal: {
    use: "尺度已知时使用，许多 Transformer 取 0.02。",
    avoid: "宽层中不要取标准差 1：用 ReLU 时，每过一层，均方约增大到宽度的一半那么多倍。",
  },
  trunc_normal: {
    use: "不允许出现离群值时使用。上下界是数值本身，不是标准差的倍数。",
    avoid: "上下界远在标准差之外时等于没有截断。",
  },
  xavier_uniform: {
    use: "用于 tanh，或没有激活函数的层。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  xavier_normal: {
    use: "用于 tanh，或没有激活函数的层。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  kaiming_uniform: {
    use: "用于 ReLU，以及给出斜率 a 的 leaky ReLU。与 He 正态效果相同：只有方差起作用。",
    avoid: "深层普通网络配 GELU、SiLU 或 sigmoid 时不合适：增益不匹配。",
  },
  kaiming_normal: {
    use: "用于 ReLU，以及给出斜率 a 的 leaky ReLU。",
    avoid: "深层普通网络配 GELU、SiLU 或 sigmoid 时不合适：增益不匹配。",
  },
  orthogonal: {
    use: "用于深层线性网络、tanh 网络和循环权重：神经元数不少于 fan_in 且增益为 1 时，任何向量的长度都不变。",
    avoid: "fan_in 多于神经元数时，不要指望长度保持不变；配 ReLU 时，任何增益都无法保持等距。",
  },
  torch_linear: {
    use: "看看什么都不选时 nn.Linear 做了什么。",
    avoid: "深层普通网络中不要依赖它：配 ReLU 时每层只剩六分之一的信号。",
  },
  torch_linear_bias: {
    use: "看看 nn.Linear 默认抽取的偏置。",
    avoid: "需要零偏置时（多数论文如此假设）不要用。",
  },
  eye: {
    use: "让线性层或循环层在开始时原样传递信号。",
    avoid: "不要指望它带来差异：没有任何随机性，各神经元只是复制不同的输入。",
  },
  dirac: {
    use: "让卷积层从通道上的恒等映射开始。",
    avoid: "不要用在需要自行打破对称的网络里：多余的通道全是 0。",
  },
  sparse: {
    use: "用于以 Hessian-free 方法训练的循环网络：每个神经元只有少数较强的连接。",
    avoid:
      "不要以为每个神经元的连接数都相同：torch 在每一列（同一个输入的权重）中将固定的比例置零。",
  },
  variance_scaling: {
    use: "分别设定尺度、扇入扇出和分布；Glorot、He、LeCun 的方案都是它的特例。",
    avoid: "不要跨框架比较种子：Keras 与 JAX 抽出的数不同。",
  },
  glorot_uniform: {
    use: "Keras 中 Dense 与卷积层的默认值。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  glorot_normal: {
    use: "在 Keras 与 JAX 中配合 tanh：正态分布，在两倍标准差处截断并重新缩放。",
    avoid: "不要当作 torch 的 xavier_normal：那里的分布有尾部，这里没有。",
  },
  he_uniform: {
    use: "在 Keras 与 JAX 中配合 ReLU。与 He 正态效果相同：只有方差起作用。",
    avoid: "深层普通网络配 GELU、SiLU 或 sigmoid 时不合适：增益不匹配。",
  },
  he_normal: {
    use: "在 Keras 与 JAX 中配合 ReLU：在两倍标准差处截断，方差与 torch 相同。",
    avoid: "不要当作 torch 的 kaiming_normal：方差相同，尾部不同。",
  },
  lecun_uniform: {
    use: "用于 SELU 和没有激活函数的层。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  lecun_normal: {
    use: "用于 SELU；也是 Flax 的默认值。",
    avoid: "深层 ReLU 网络中不要用：每层信号减半。",
  },
  random_uniform: {
    use: "用于嵌入层，是 Keras 的默认值。",
    avoid: "不要用于深层网络：它的尺度与宽度无关。",
  },
  random_normal: {
    use: "尺度已知时使用；Keras 的默认值是 0.05。",
    avoid: "不要用于深层网络：它的尺度与宽度无关。",
  },
  truncated_normal: {
    use: "不允许出现离群值时使用：在两倍标准差处截断。",
    avoid: "不要以为标准差就是给定的值：截断后只剩 88%。",
  },
  identity: {
    use: "用于需要保持状态的循环核，如 IRNN。",
    avoid: "不要用于卷积核：它只有二维形式。",
  },
  stft: {
    use: "让卷积层计算输入的短时傅里叶变换。",
    avoid: "不要用于从头学习的层：没有随机性，各输入通道相同。",
  },
  jax_uniform: {
    use: "用于需要正数的场合：从 0 抽到给定的尺度。",
    avoid: "不要用于权重：均值不为 0，各输入的均值会累加。",
  },
  jax_normal: {
    use: "尺度已知时使用；JAX 的默认值是 0.01。",
    avoid: "不要用于深层网络：它的尺度与宽度无关。",
  },
  jax_truncated_normal: {
    use: "不允许出现离群值时使用：上下界是尺度的倍数。",
    avoid: "不要以为标准差就是给定的值：截断后会变小。",
  },
  delta_orthogonal: {
    use: "用于极深的普通卷积网络：只在卷积核的一个位置上放正交矩阵。",
    avoid: "输入通道多于输出通道时不存在。",
  },
  siren: {
    use: "用于正弦激活的网络：使相位均匀分布。",
    avoid: "不要配合其他激活函数：它的尺度以正弦内的频率 ω₀ 为前提。",
  },
  gpt2: {
    use: "用于 Transformer：残差分支末端的投影随深度缩小。",
    avoid: "不要用于没有残差分支的普通网络：0.02 会随深度消失。",
  },
  zero_init: {
    use: "用于残差网络，完全没有随机性：单位阵与 Hadamard 矩阵。",
    avoid: "不要用于等宽的普通网络：每一层都是恒等映射。",
  },
  looks_linear: {
    use: "用于 CReLU 网络：镜像的分块使网络在开始时是线性的。",
    avoid: "宽度为奇数或激活值不成镜像时不适用。",
  },
  mimetic: {
    use: "用于小型视觉 Transformer：查询与键的初值模仿训练后的样子。",
    avoid: "只用于查询与键这一对矩阵。",
  },
  edge_of_chaos: {
    use: "按平均场理论选择权重与偏置的方差，例如取混沌边缘上的点。",
    avoid: "网络比相关长度更深时，不要取临界线以外的值。",
  },
  lsuv: {
    use: "适用于任何激活函数：用一个小批量逐层测量，再将权重除以标准差。",
    avoid: "没有代表性数据或层间共享权重时不适用。",
  },
  fixup: {
    use: "用于没有归一化的残差网络：分支从 0 开始，其余权重随深度缩小。",
    avoid: "不要用于普通网络：最后一层为 0，什么也传不下去。",
  },
  t_fixup: {
    use: "用于没有预热与 LayerNorm 的 Transformer。",
    avoid: "不要用于没有残差分支的网络。",
  },
  deepnorm: {
    use: "用于很深的后置归一化 Transformer，主干也要乘以它的 α。",
    avoid: "没有这个 α 时不适用；也可以缩小分支来代替。",
  },
  library: {
    use: "查看不作选择时 PyTorch 的层会怎样初始化。",
    avoid: "不要用于深的普通网络：使用 ReLU 时每层只保留六分之一的信号。",
  },
};
