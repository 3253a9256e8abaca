/** What figures and verdict say of nets, whose rows are blocks: `at` is a block's label, such as "res 3". */
export const words = {
  input: "the inputs",
  inputTick: "input",
  figures: {
    block: "Block",
    signal: "Signal by block",
    signalAxis: "Signal: mean square behind a block, E[h²]",
    variance: "Variance by block",
    varianceAxis: "Variance behind a block, Var(h)",
    gradient: "Gradient by block",
    weightGradient: "Gradient of the weights by block",
    ratio: "Gradient-to-weight ratio by block",
    correlation: "Correlation of two inputs by block",
    correlationAxis: "Correlation c: cosine between two inputs at the block",
    layerQuantiles: (scheme: string) => `Quantiles by block, ${scheme}`,
    activationAxis: "Value behind a block, h",
    ridge: (scheme: string) => `Values by block, ${scheme}`,
    dead: "Dead units by block",
    saturated: "Saturated activations by block",
    overflow: (at: string) => `overflow at ${at}`,
    vanished: (at: string) => `0 from ${at}`,
    vanishedBackward: (at: string) => `0 up to ${at}`,
    faint: (at: string) => `float32 loses digits from ${at}`,
    faintBackward: (at: string) => `float32 loses digits up to ${at}`,
    allDead: (at: string) => `all dead from ${at}`,
    allSaturated: (at: string) => `all saturated from ${at}`,
    alike: (at: string) => `c > 0.99 from ${at}`,
    nothingFinite: "not finite in any block",
    branch: "Branch against trunk by block",
    branchAxis: "E[h²] of the branch over that of the trunk",
    joined: (scheme: string) => `Trunk and branch by block, ${scheme}`,
    joinedAxis: "Mean square of trunk and branch, E[h²]",
    trunk: "trunk",
    branchName: "branch",
  },
  what: {
    trunk: "the trunk’s E[h²]",
    signal: "the signal",
    variance: "the variance of h",
    gradient: "the gradient’s mean square",
    ratio: "the ratio",
  },
  growth: {
    steady: (name: string, what: string, at: string, least: string, most: string) =>
      `${name} keeps ${what} steady up to ${at}, ${least === most ? `at ${least}` : `between ${least} and ${most}`}.`,
    steadyBack: (name: string, what: string, at: string, least: string, most: string) =>
      `${name} keeps ${what} steady back to ${at}, ${least === most ? `at ${least}` : `between ${least} and ${most}`}.`,
    factor: (name: string, what: string, factor: string, at: string, last: string) =>
      `${name} changes ${what} by a factor ${factor} per block, exponentially: ${last} at ${at}.`,
    factorBack: (name: string, what: string, factor: string, at: string, last: string) =>
      `${name} changes ${what} by a factor ${factor} per block backward, exponentially: ${last} at ${at}.`,
    grows: (name: string, what: string, slope: string, at: string, last: string) =>
      `${name}: ${what} grows by ${slope} per block, linear and not exponential: ${last} at ${at}.`,
    falls: (name: string, what: string, slope: string, at: string, last: string) =>
      `${name}: ${what} falls by ${slope} per block, linear and not exponential: ${last} at ${at}.`,
    reciprocal: (name: string, what: string, place: string, at: string, last: string) =>
      `${name}: ${what} runs as 1/${place}, where l counts the blocks, and not exponentially: ${last} at ${at}.`,
    ends: (
      name: string,
      first: string,
      from: string,
      last: string,
      to: string,
      least: string,
      most: string,
    ) =>
      `${name}: from ${first} at ${from} to ${last} at ${to}${least ? `, on the way between ${least} and ${most}` : ""}.`,
  },
  captions: {
    overflow: (name: string, at: string) =>
      `${name} overflows: from ${at} on, values exceed what float32 holds.`,
    vanished: (name: string, at: string) => `${name} vanishes: all values are 0 from ${at} on.`,
    gradientOverflow: (name: string, at: string) =>
      `${name}: the gradient overflows; up to ${at} it exceeds what float32 holds.`,
    gradientVanished: (name: string, at: string) =>
      `${name}: the gradient is exactly 0 up to ${at}.`,
    gradientNowhere: (name: string) => `${name}: the gradient is not finite, or 0, in every block.`,
    noRatio: (name: string) => `${name}: these weights are 0, so that there is no ratio to them.`,
    correlation: (name: string, first: string, from: string, last: string, to: string) =>
      from === to
        ? `${name}: c = ${last} at ${to}.`
        : `${name}: from c = ${first} at ${from} to ${last} at ${to}.`,
    ridge: (zero: string, at: string) =>
      `Rows are blocks. At ${at}, ${zero} of the values are exactly 0.`,
    dead: (name: string, share: string, at: string) =>
      `${name}: ${share} of the units are dead at ${at}.`,
    saturated: (name: string, share: string, at: string) =>
      `${name}: ${share} of the activations are saturated at ${at}.`,
    branch: (name: string, first: string, from: string, last: string, to: string) =>
      from === to
        ? `${name}: the branch has ${last} of the trunk’s mean square at ${to}.`
        : `${name}: the branch has ${first} of the trunk’s mean square at ${from}, ${last} at ${to}.`,
    branchZero: (name: string, passes: boolean) =>
      `${name}: every branch is 0 at the start${passes ? ", so the trunk passes as it is" : ""}.`,
    branchMeans:
      "A share that stays makes the trunk grow by a factor per block; one that falls as 1/l makes it grow linearly.",
    joined: "What a block hands on is the sum of the two.",
    changed:
      "What follows a block’s sum, such as a norm or an activation, changes it before the next block.",
    scaled: "The branch is shown as it is added, times its scale.",
  },
  /** Of the drawn network. */
  flow: {
    runs: (what: string, how: string, backward: boolean, last: string, at: string, left: boolean) =>
      `${what} ${how} every block${backward ? " on its way back" : ""}, ${left ? `and ${last} is left` : `up to ${last}`} at ${at}`,
    ends: (
      what: string,
      first: string,
      from: string,
      last: string,
      to: string,
      between?: readonly [least: string, most: string],
    ) =>
      `${what} goes from ${first} at ${from} to ${last} at ${to}${between ? `, on the way between ${between[0]} and ${between[1]}` : ""}`,
    overflow: (what: string, at: string, backward: boolean) =>
      `${what} exceeds float32 ${backward ? `up to ${at}` : `from ${at} on`}`,
    vanished: (what: string, at: string, backward: boolean) =>
      `${what} is exactly 0 ${backward ? `up to ${at}` : `from ${at} on`}`,
    nowhere: (what: string) => `${what} is not finite, or 0, in every block`,
    inside:
      "Histograms are of one block, in its own standard deviations σ; point, tap or use the arrow keys for another.",
  },
  /** `block` is where theory ends, `at` the block of the figures that it leads to. */
  gaps: {
    structured: (name: string, block: string, at: string) =>
      `${name}: no theory, for the weights of ${block} (${at}) are no independent draws of mean 0.`,
    measured: (name: string, block: string, at: string) =>
      `${name}: no theory, for the weights of ${block} (${at}) depend on the data.`,
    biased: (name: string, block: string, at: string) =>
      `${name}: no theory, for the biases of ${block} (${at}) have a mean.`,
    shaped: (name: string, block: string, at: string) =>
      `${name}: no theory, for ${block} (${at}) takes in what is not Gaussian or not independent.`,
    coherent: (name: string, block: string, at: string) =>
      `${name}: no theory, for the branch of ${block} (${at}) depends on its trunk.`,
    batch: (name: string, block: string, at: string) =>
      `${name}: no theory, for ${block} (${at}) normalizes over too few values.`,
  },
  /** What a training has that the net has not, beside the button that begins it. */
  training: {
    digits: "Its data set is digits, of ten classes.",
    replaced: (classes: number) => `Its last layer gets ${classes} outputs, one for each class.`,
    added: (classes: number) => `A last layer of ${classes} outputs is added, one for each class.`,
    stem: "A first layer is added, which brings the data to the net’s width.",
  },
  simulated: "The band is simulated instead.",
  verdict: {
    trunk: "The trunk",
    path: (from: string, to: string) => (from === to ? `at ${to}` : `from ${from} to ${to}`),
    lost: (at: string) => `The signal is lost: it is exactly 0 from ${at} on.`,
    gradientLost: (from: string, to: string) =>
      `The gradient is lost: it is exactly 0 from ${from} back to ${to}.`,
    explodes: (at: string) => `The signal explodes: float32 overflows at ${at}.`,
    gradientExplodes: (from: string, to: string) =>
      `The gradient is not finite from ${from} back to ${to}.`,
    underflows: (at: string) => `float32 loses digits from ${at} on: values are below 1.2×10⁻³⁸.`,
    expected: (at: string) => `Theory expects ${at}.`,
    alike: (from: string, first: string, to: string, last: string) =>
      `Inputs become alike: the correlation of two goes from ${from} at ${first} to ${to} at ${last}.`,
    correlates: (from: string, first: string, to: string, last: string) =>
      `The correlation of two inputs goes from ${from} at ${first} to ${to} at ${last}.`,
    part: (from: string, first: string, to: string, last: string) =>
      `Inputs part: the correlation of two goes from ${from} at ${first} to ${to} at ${last}.`,
    remedy: (setting: string, factor: string, blocks: number) =>
      `Better: ${setting}. Tried on this network, signal and gradient stay ${factor === "1" ? "as they are" : `within a factor ${factor}`} over ${blocks === 1 ? "the one block" : `${blocks} blocks`}.`,
    further: (setting: string, reach: number, blocks: number, factor: string) =>
      `Further: ${setting}. Tried on this network, signal and gradient stay within a factor 10 over ${reach} of ${blocks} ${blocks === 1 ? "block" : "blocks"}${factor ? `, within ${factor} over all` : ""}.`,
    nothing: (blocks: number) =>
      `Nothing that was tried holds over ${blocks === 1 ? "this block: it takes another one" : `these ${blocks} blocks: it takes fewer blocks, or other ones`}.`,
    settings: {
      scale: (scale: string) => `branches times ${scale}`,
      rezero: "a learned factor that begins at 0 at the end of each branch, as in ReZero",
      norm: "a LayerNorm at the start of each branch",
      normed: "a LayerNorm before each activation",
    },
    loss: (loss: string, classes: number, least: string) =>
      `Loss at the start: ${loss} for ${classes} equally likely classes, where ln ${classes} = ${least}.`,
    lossAdds: (excess: string) => `The scale of the last layer adds ${excess}.`,
    lossGrown: (excess: string, arriving: string) =>
      `It is ${excess} above that: before the last layer the signal has grown to a mean square of ${arriving}.`,
    lossSilent:
      "No signal reaches the last layer: its outputs are the same for all inputs, whatever its scale.",
    lossFaint: (arriving: string) =>
      `Hardly a signal reaches the last layer: its mean square is ${arriving}.`,
    lossFits: "The last layer starts as it should.",
    head: (text: string, loss: string, zeros: string) =>
      `Tried: with ${text} as its last layer it starts at ${loss}. Zeros start at ${zeros}, but then the first step moves the last layer alone.`,
  },
};

export type NetWords = typeof words;
