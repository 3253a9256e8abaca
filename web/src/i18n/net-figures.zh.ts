/** 由块组成的网络：图与诊断的中文文字。 */
import { spacedAll } from "./han.js";
import type { NetWords } from "./net-figures.en.js";

export const words = spacedAll<NetWords>({
  input: "输入",
  inputTick: "输入",
  figures: {
    block: "块",
    signal: "各块的信号",
    signalAxis: "信号：块之后的均方 E[h²]",
    variance: "各块之后的方差",
    varianceAxis: "块之后的方差 Var(h)",
    gradient: "各块的梯度",
    weightGradient: "各块权重的梯度",
    ratio: "各块梯度与权重之比",
    correlation: "两个输入在各块的相关系数",
    correlationAxis: "相关系数 c：两个输入在该块处的夹角余弦",
    layerQuantiles: (scheme) => `各块的分位数，${scheme}`,
    activationAxis: "块之后的值 h",
    ridge: (scheme) => `各块之后的分布，${scheme}`,
    dead: "各块死亡神经元",
    saturated: "各块饱和的激活值",
    overflow: (at) => `${at} 处溢出`,
    vanished: (at) => `${at} 起为 0`,
    vanishedBackward: (at) => `直到 ${at} 为 0`,
    faint: (at) => `${at} 起 float32 精度下降`,
    faintBackward: (at) => `直到 ${at} float32 精度下降`,
    allDead: (at) => `${at} 起全部死亡`,
    allSaturated: (at) => `${at} 起全部饱和`,
    alike: (at) => `${at} 起 c > 0.99`,
    nothingFinite: "各块均非有限值",
    branch: "各块中分支与主干之比",
    branchAxis: "分支与主干的 E[h²] 之比",
    joined: (scheme) => `各块的主干与分支，${scheme}`,
    joinedAxis: "主干与分支的均方 E[h²]",
    trunk: "主干",
    branchName: "分支",
  },
  what: {
    trunk: "主干的 E[h²]",
    signal: "信号",
    variance: "h 的方差",
    gradient: "梯度的均方",
    ratio: "该比值",
  },
  growth: {
    steady: (name, what, at, least, most) =>
      `${name}：直到 ${at}，${what}基本不变，${least === most ? `为 ${least}` : `介于 ${least} 与 ${most} 之间`}。`,
    steadyBack: (name, what, at, least, most) =>
      `${name}：往回直到 ${at}，${what}基本不变，${least === most ? `为 ${least}` : `介于 ${least} 与 ${most} 之间`}。`,
    factor: (name, what, factor, at, last) =>
      `${name}：${what}每块乘以 ${factor}，呈指数变化，到 ${at} 为 ${last}。`,
    factorBack: (name, what, factor, at, last) =>
      `${name}：${what}往回每块乘以 ${factor}，呈指数变化，到 ${at} 为 ${last}。`,
    grows: (name, what, slope, at, last) =>
      `${name}：${what}每块增加 ${slope}，是线性而非指数增长，到 ${at} 为 ${last}。`,
    falls: (name, what, slope, at, last) =>
      `${name}：${what}每块减少 ${slope}，是线性而非指数变化，到 ${at} 为 ${last}。`,
    reciprocal: (name, what, place, at, last) =>
      `${name}：${what}与 1/${place} 成正比，l 为块的序号，并非指数变化，到 ${at} 为 ${last}。`,
    ends: (name, first, from, last, to, least, most) =>
      `${name}：从 ${from} 的 ${first} 变为 ${to} 的 ${last}${least ? `，途中介于 ${least} 与 ${most} 之间` : ""}。`,
  },
  captions: {
    overflow: (name, at) => `${name}：从 ${at} 起超出 float32 的范围。`,
    vanished: (name, at) => `${name}：从 ${at} 起全部为 0。`,
    gradientOverflow: (name, at) => `${name}：梯度溢出，直到 ${at} 都超出 float32 的范围。`,
    gradientVanished: (name, at) => `${name}：直到 ${at}，梯度恰为 0。`,
    gradientNowhere: (name) => `${name}：各块梯度均为非有限值或 0。`,
    noRatio: (name) => `${name}：这些权重为 0，因此没有比值。`,
    correlation: (name, first, from, last, to) =>
      from === to
        ? `${name}：${to} 处 c = ${last}。`
        : `${name}：c 从 ${from} 的 ${first} 变为 ${to} 的 ${last}。`,
    ridge: (zero, at) => `每行是一块。${at} 之后有 ${zero} 的值恰为 0。`,
    dead: (name, share, at) => `${name}：${at} 处有 ${share} 的神经元死亡。`,
    saturated: (name, share, at) => `${name}：${at} 处有 ${share} 的激活值饱和。`,
    branch: (name, first, from, last, to) =>
      from === to
        ? `${name}：在 ${to}，分支的均方是主干的 ${last} 倍。`
        : `${name}：分支的均方在 ${from} 是主干的 ${first} 倍，在 ${to} 是 ${last} 倍。`,
    branchZero: (name, passes) => `${name}：起始时各分支都为 0${passes ? "，主干原样通过" : ""}。`,
    branchMeans: "比值不变，主干便每块乘以同一倍数；比值按 1/l 减小，主干便线性增长。",
    joined: "每块的输出是两路之和。",
    changed: "两路之和在进入下一块之前，还要经过其后的归一化或激活函数。",
    scaled: "分支已乘以其系数，即相加时的大小。",
  },
  flow: {
    runs: (what, how, backward, last, at, left) =>
      `${what}${backward ? "往回" : ""}每过一块${how}，到 ${at} ${left ? "只剩" : "为"} ${last}`,
    ends: (what, first, from, last, to, between) =>
      `${what}从 ${from} 的 ${first} 变为 ${to} 的 ${last}${between ? `，途中介于 ${between[0]} 与 ${between[1]} 之间` : ""}`,
    overflow: (what, at, backward) =>
      `${what}${backward ? `直到 ${at} 都` : `从 ${at} 起`}超出 float32 的范围`,
    vanished: (what, at, backward) => `${what}${backward ? `直到 ${at} 都` : `从 ${at} 起`}恰为 0`,
    nowhere: (what) => `${what}在各块均为非有限值或 0`,
    inside: "直方图取自一块，横轴以各自的标准差 σ 为单位；指向、点按或用方向键换一块。",
  },
  gaps: {
    structured: (name, block, at) =>
      `${name}：${block}（${at}）的权重并非均值为 0 的独立抽样，没有理论。`,
    measured: (name, block, at) => `${name}：${block}（${at}）的权重取决于数据，没有理论。`,
    biased: (name, block, at) => `${name}：${block}（${at}）的偏置均值不为 0，没有理论。`,
    shaped: (name, block, at) => `${name}：${block}（${at}）的输入不是高斯分布或不独立，没有理论。`,
    coherent: (name, block, at) => `${name}：${block}（${at}）的分支与主干不独立，没有理论。`,
    batch: (name, block, at) => `${name}：${block}（${at}）归一化所用的值太少，没有理论。`,
  },
  training: {
    digits: "数据集为“数字”，共 10 类。",
    replaced: (classes) => `末层的输出改为 ${classes} 个，每类一个。`,
    added: (classes) => `末尾另加一层，有 ${classes} 个输出，每类一个。`,
    stem: "开头另加一层，把数据变换到网络的宽度。",
  },
  simulated: "色带改由模拟得出。",
  verdict: {
    trunk: "主干",
    path: (from, to) => (from === to ? `在 ${to} 处` : `从 ${from} 到 ${to}`),
    lost: (at) => `信号消失：从 ${at} 起恰为 0。`,
    gradientLost: (from, to) => `梯度消失：从 ${from} 往回直到 ${to} 恰为 0。`,
    explodes: (at) => `信号爆炸：float32 在 ${at} 溢出。`,
    gradientExplodes: (from, to) => `从 ${from} 往回直到 ${to}，梯度不是有限值。`,
    underflows: (at) => `从 ${at} 起数值小于 1.2×10⁻³⁸，float32 丢失精度。`,
    expected: (at) => `理论预计为 ${at}。`,
    alike: (from, first, to, last) =>
      `不同输入趋于一致：两个输入的相关系数从 ${first} 的 ${from} 变为 ${last} 的 ${to}。`,
    correlates: (from, first, to, last) =>
      `两个输入的相关系数从 ${first} 的 ${from} 变为 ${last} 的 ${to}。`,
    part: (from, first, to, last) =>
      `输入彼此分开：两个输入的相关系数从 ${first} 的 ${from} 变为 ${last} 的 ${to}。`,
    remedy: (setting, factor, blocks) =>
      `更好的选择：${setting}。在此网络上试过，${blocks} 块之内信号与梯度${factor === "1" ? "保持不变" : `的变化不超过 ${factor} 倍`}。`,
    further: (setting, reach, blocks, factor) =>
      `能走得更远：${setting}。在此网络上试过，${blocks} 块中有 ${reach} 块信号与梯度的变化不超过 10 倍${factor ? `，全程不超过 ${factor} 倍` : ""}。`,
    nothing: (blocks) => `试过的办法都撑不过这 ${blocks} 块：需要减少块数，或改用别的块。`,
    settings: {
      scale: (scale) => `分支乘以 ${scale}`,
      rezero: "在每个分支的末端乘以一个从 0 开始学习的系数（ReZero）",
      norm: "在每个分支的开头加 LayerNorm",
      normed: "在每个激活函数之前加 LayerNorm",
    },
    loss: (loss, classes, least) =>
      `起始损失：${classes} 类等可能时为 ${loss}，而 ln ${classes} = ${least}。`,
    lossAdds: (excess) => `末层的尺度使它多出 ${excess}。`,
    lossGrown: (excess, arriving) =>
      `比它高出 ${excess}：信号在末层之前已经增大，均方为 ${arriving}。`,
    lossSilent: "没有信号到达末层：不论末层的尺度如何，所有输入的输出都相同。",
    lossFaint: (arriving) => `几乎没有信号到达末层：其均方只有 ${arriving}。`,
    lossFits: "末层的起点合适。",
    head: (text, loss, zeros) =>
      `试过：末层改为 ${text}，起始损失为 ${loss}。全零时为 ${zeros}，但第一步只有末层会动。`,
  },
});
