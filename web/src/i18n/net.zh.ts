/** 网络编辑器及其图的文字。 */
import { spacedAll } from "./han.js";
import type { NetWords } from "./net.en.js";

export const words: NetWords = spacedAll({
  title: "网络结构（逐行）",
  inputs: (units: string) => `输入 ${units}`,
  columns: {
    row: "行",
    blocks: "块",
    units: "神经元数",
    branch: "分支",
    trunk: "主干",
    gradient: "梯度",
  },
  gradientSymbol: "E[(∂E/∂z)²]",
  more: (copies: number) => `另有 ${copies} 个相同`,
  caption: "每一条对应图中的一行，信号从左向右通过。",
  captionBranches: "每一条对应图中的一行。残差块的分支画在主干上方，在加号处汇入主干。",
  colours: (scheme: string) => `颜色表示 ${scheme} 下的均方。`,
  size: (rows: number, weights: number, multiplications: string) =>
    `共 ${rows} 行、${weights} 个权重矩阵，每个样本 ${multiplications} 次乘法。`,
  presets: {
    title: "网络",
    mlp: {
      name: "带输出层的 MLP",
      point: "没有跳跃连接时逐层相乘：He 保持信号，Xavier 每层减半。",
    },
    preActivation: {
      name: "预激活 ResNet",
      point: "每个分支给主干的均方加 1：主干线性增长，而不是指数增长。",
    },
    postActivation: {
      name: "后激活 ResNet",
      point: "相加之后再激活，主干会漂移：均值不再为 0。",
    },
    preLn: {
      name: "Pre-LN 前馈块",
      point: "主干不断增大，分支大小不变：越靠后的块占比越小。",
    },
    postLn: {
      name: "Post-LN 前馈块",
      point: "相加之后的 LayerNorm 使主干复位：每个分支的占比始终相同。",
    },
    gpt2: {
      name: "GPT-2 的 MLP",
      point: "除以 √(2L) 之后，24 个分支合起来只给主干增加约 1%。",
    },
    reZero: {
      name: "ReZero",
      point: "每个分支末端乘 0：网络从恒等映射开始。",
    },
    fixup: {
      name: "Fixup",
      point: "没有归一化时，He 使主干每块增至三倍；Fixup 则从 1 开始。",
    },
  },
  blocks: {
    dense: "全连接层",
    phi: "激活函数",
    res: "残差块",
    ln: "LayerNorm",
    rms: "RMSNorm",
    gn: "GroupNorm",
    bn: "BatchNorm",
    scale: "系数",
    dropout: "Dropout",
    repeat: "重复",
  },
  options: {
    out: "输出数",
    activation: "激活函数",
    negative_slope: "负半轴斜率",
    omega_0: "频率",
    scale: "分支系数",
    eps: "ε",
    groups: "分组数",
    value: "系数",
    p: "概率",
    count: "次数",
  },
  request: "与网络相同",
  structure: "网络中的块",
  pickOne: "在这里或图中点选一块，即可编辑。",
  units: (inputs: string, outputs: string) => `${inputs} → ${outputs} 个神经元`,
  newBlock: "新块",
  before: "插在前面",
  after: "插在后面",
  remove: "删除",
  extend: "连同下一个",
  wrap: "放入残差分支",
  repeat: "重复",
  unwrap: "去掉括号",
  undo: "撤销",
  faulty: "请先改正文本：只有成立的网络才能逐块编辑。",
  unitsThere: (count: string) => `（此处输入为 ${count} 个神经元）`,
  refused: (found: string, allowed: string) =>
    `这样不成立：${found}。需要：${allowed.replace(", not ", "，而不是 ")}。网络保持不变。`,
  picked: (what: string) => `已选：${what}`,
});
