/** 训练类实验的中文。 */
import type * as en from "./races.en.js";

export const player: typeof en.player = {
  title: "回放",
  reset: "回到起点",
  back: "回到此网络的信号与梯度",
  play: "播放",
  pause: "暂停",
  next: "前进一帧",
  step: "当前步",
  speed: "速度",
  at: (step, steps) => `第 ${step} 步，共 ${steps} 步`,
  tableHelp:
    "每行一个样本，最后一列是目标：类别 0、1、2…，或任意数值。各列先标准化；每五行留一行作测试。",
};

export const figures: typeof en.figures = {
  step: "步",
  atStep: (step) => `第 ${step} 步`,
  nameAtStep: (name, step) => `${name}（第 ${step} 步）`,
  divergedAt: (step) => `第 ${step} 步发散`,
  progress: {
    loss: { title: "损失随步数的变化", axis: "训练小批量上的损失" },
    accuracy: { title: "准确率随步数的变化", axis: "测试集上分类正确的比例" },
    variance: { title: "解释方差随步数的变化", axis: "测试集上的 R²" },
  },
  training: {
    activation: { title: "各层的信号", axis: "信号：均方 E[h²]（末层为 z）" },
    gradient: { title: "各层的梯度", axis: "单个样本 ∂E/∂z 的均方" },
    ratio: { title: "更新量与权重之比", axis: "一步的 rms(ΔW) / rms(W)" },
  },
  boundary: { classes: "决策边界", surface: "各网络学到的曲面" },
  digits: "用来学习的数字",
  sample: "样本",
  unit: (unit) => `神经元 ${unit}`,
  unitHead: "神经元",
  inputHead: "输入",
  unitLines: (layer) => `第 ${layer} 层各神经元：同一输入的 z 随步数的变化`,
  unitWeights: (layer) => `第 ${layer} 层各神经元的输入权重`,
  unitGradients: (layer) => `第 ${layer} 层各神经元权重的梯度`,
  unitGradientAxis: "该神经元的 |∂E/∂w|",
  notFiniteUnit: (unit) => `自神经元 ${unit} 起不是有限值`,
  exactlyZero: "恰为 0",
  counts: {
    distinct: { title: "互不相同的神经元数", axis: "至少有一位不同的神经元" },
    effectiveRank: { title: "该层的有效秩", axis: "(Σs²)² / Σs⁴，s 为 h 的奇异值" },
  },
  oneUnit: "单个神经元",
};

export const columns: typeof en.columns = { loss: "损失", testLoss: "测试损失", score: "得分" };

export const captions: typeof en.captions = {
  atStep: (name, value, step) => `${name}：第 ${step} 步为 ${value}。`,
  shownStep: (step) => `第 ${step} 步。`,
  runs: (runs) => `点为 ${runs} 次运行的中位数（权重与小批量各不相同），竖线含其中 95%。`,
  boundary: "紫色圆点与黄色叉号是两个类别的样本；颜色越淡，网络越没有把握。",
  boundarySurface: "紫为负，黄为正。圆点是样本，颜色表示其数值。",
  digits: "由笔画画出的十个数字，带随机抖动，16 × 16，由种子决定。",
  unitLines: "每条线是一个神经元。互为副本的神经元重合在同一条线上。",
  unitWeights: "每行一个神经元，每列一个输入：紫为负，黄为正。",
  palette: (most) => `各图最深的颜色均为 ${most}。`,
  gradientsZero: (name) => `${name}：所有神经元的梯度恰为 0。`,
  gradientsSame: (name, value) => `${name}：所有神经元都是 ${value}。`,
  gradientsDiffer: (name, least, most) => `${name}：从 ${least} 到 ${most}。`,
  oneUnit: (score) => `每层只有一个神经元的网络最多达到 ${score}。`,
};

export const outcome: typeof en.outcome = {
  title: "结果如何",
  accuracy: (share) => `测试集正确率 ${share}`,
  variance: (share) => `解释了方差的 ${share}`,
  diverged: (name, step) => `${name} 发散：第 ${step} 步起损失不再是有限值。`,
  frozen: (name, score) => `${name} 学不到任何东西：没有一个权重移动；${score}。`,
  underway: (name, score) => `${name}：至此${score}。`,
  stalled: (name, score) => `${name} 停滞在随机水平附近：${score}。`,
  partly: (name, score) => `${name} 学到一部分：${score}。`,
  learned: (name, score) => `${name} 学会了：${score}。`,
  causes: {
    zeroGradients: (from, to) =>
      from === to ? `第 ${from} 层权重的梯度恰为 0。` : `第 ${from} 至 ${to} 层权重的梯度恰为 0。`,
    dead: (layer) => `第 ${layer} 层的神经元全部死亡：对任何输入都输出 0。`,
    exploding: (orders) => `起始时信号的均方从输入到输出增大 ${orders} 个数量级，梯度也随之增大。`,
    vanishingSignal: (orders) =>
      `起始时信号的均方从输入到输出缩小 ${orders} 个数量级：与偏置相比，输入几乎传不到输出。`,
    vanishingGradient: (orders) => `梯度的均方在传回第 1 层的途中缩小 ${orders} 个数量级。`,
    saturated: (layer, share) => `第 ${layer} 层有 ${share} 的激活值饱和，那里的斜率几乎为 0。`,
    smallUpdates: (ratio) => `一步只使第 1 层的权重改变其大小的 ${ratio}。`,
  },
};

export const symmetry: typeof en.symmetry = {
  allSame: (name, units) => `${name}：${units} 个神经元逐位相同，互为副本。`,
  someSame: (name, units, distinct) => `${name}：${units} 个神经元中有 ${distinct} 个互不相同。`,
  allDistinct: (name, units) => `${name}：${units} 个神经元各不相同。`,
  rank: (rank) => `有效秩 ${rank}。`,
  lastBiasAlone: "没有一个权重有梯度：只有最后的偏置在学习，也就是各类别所占的比例。",
  stillLayers: (layers) => `至今权重毫无梯度的层：${layers}。`,
  ceiling: (score, runs) =>
    `每层只有一个神经元的网络在 ${runs} 次运行中最多达到 ${score}：副本再多也不会更好。`,
  ceilingUnknown: (runs) => `正在训练每层只有一个神经元的网络，共 ${runs} 次。`,
  whyTitle: "原因",
  why: [
    "权重相同的神经元算出相同的值，得到相同的梯度，走出相同的一步：它们永远相同。",
    "全零更糟：φ(0) = 0 时信号出不了一层，梯度也传不回来，只有最后的偏置在学习。",
    "偏置为零没有问题：随机的权重已经把神经元区分开来。",
    "任意大小的噪声都能使神经元分开；噪声越小，差异增长得越慢。",
  ],
};

export const presets: typeof en.presets = {
  training: {
    zeros: "全零永远学不会",
    explodes: "N(0, 1) 会爆炸",
    stalls: "深度 30 时 Xavier 配 ReLU 停滞",
    alike: "He 均匀与 He 正态相近",
    biases: "偏置可以从零开始",
  },
  symmetry: {
    constant: "常数始终如一个神经元",
    zeros: "全零与 tanh",
    zerosRelu: "全零、全一与 ReLU",
    noise: "噪声使神经元分开",
    biases: "偏置相同并无妨碍",
  },
};
