/** What figures are called, their axes and columns, and the sentences below them. */

export const figures = {
  layer: "Layer",
  tick: undefined as ((layer: number) => string) | undefined, // layers are numbers
  value: "Value",
  density: "Density",
  mass: "Mass",
  measured: "measured",
  theory: "theory",
  statistic: "Statistic",
  magnitudes: {
    second_moment: {
      title: "Signal by layer",
      axis: "Signal: mean square of activations, E[h²]",
    },
    variance: {
      title: "Variance of activations by layer",
      axis: "Variance of activations, Var(h)",
    },
    gradient: {
      title: "Gradient by layer",
      axis: "Mean square of the gradient, E[(∂E/∂z)²]",
    },
    weightGradient: {
      title: "Gradient of the weights by layer",
      axis: "Mean square of ∂E/∂W, one sample",
    },
    ratio: {
      title: "Gradient-to-weight ratio by layer",
      axis: "rms(∂E/∂W) / rms(W)",
    },
  },
  flow: {
    title: (scheme: string) => `Through the network, ${scheme}`,
    signal: "signal",
    gradient: "gradient",
    dead: "dead units",
    saturated: "saturated activations",
  },
  correlation: "Correlation of two inputs by layer",
  correlationAxis: "Correlation c: cosine between the z of two inputs",
  layerQuantiles: (scheme: string) => `Quantiles of activations, ${scheme}`,
  activationAxis: "Activation h",
  ridge: (scheme: string) => `Activations by layer, ${scheme}`,
  dead: "Dead units by layer",
  deadAxis: "Share of units that are 0 on the whole batch",
  saturated: "Saturated activations by layer",
  saturatedAxis: "Share of activations that are saturated",
  histogram: "Values drawn, and their distribution in theory",
  quantiles: "Quantiles of the sample against those of the distribution",
  quantileOfLaw: "Quantile of the distribution",
  quantileOfSample: "Quantile of the sample",
  cumulative: "Distribution function",
  probability: "P(w ≤ x)",
  heatMap: (scheme: string) => `The weight matrix, ${scheme}`,
  row: "Row",
  column: "Column",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  whole: "Whole matrix",
  directions: { up: "Up", down: "Down", left: "Left", right: "Right" },
  spectrum: "Singular values, and the Marchenko–Pastur distribution",
  rank: "Rank / number of singular values",
  singularValue: "Singular value s",
  statistics: "Measured against theory",
  formula: "Formula",
  overflow: (layer: number) => `overflow at layer ${layer}`,
  vanished: (layer: number) => `0 from layer ${layer}`,
  vanishedBackward: (layer: number) => `0 up to layer ${layer}`,
  nothingFinite: "not finite in any layer",
  happenings: {
    faint: (layer: number) => `float32 loses digits from layer ${layer}`,
    faintBackward: (layer: number) => `float32 loses digits up to layer ${layer}`,
    dead: (layer: number) => `all dead from layer ${layer}`,
    saturated: (layer: number) => `all saturated from layer ${layer}`,
    alike: (layer: number) => `c > 0.99 from layer ${layer}`,
  },
  atLayer: (layer: number) => `Layer ${layer}`,
  around: (value: string) => `Around ${value}`,
  columns: {
    mean: "Mean",
    variance: "Variance",
    secondMoment: "Mean square",
    nonfinite: "Not finite",
    std: "Std",
    min: "Minimum",
    max: "Maximum",
    skewness: "Skewness",
    excessKurtosis: "Excess kurtosis",
    ks: "KS distance",
    theory: "theory",
    low: "band from",
    high: "band to",
  },
};

export const captions = {
  said: (name: string, text: string) => `${name}: ${text}.`,
  diagonal: "On the diagonal, sample and distribution agree; the tails lie at its ends.",
  quantiles: (name: string, ks: string, n: string) =>
    `${name}: the distribution functions differ by ${ks} at most, over ${n} values.`,
  unknown: (name: string, std: string) =>
    `${name}: std ${std} measured; no closed form of its distribution is known.`,
  atoms: (name: string, list: string) => `${name} takes these values alone: ${list}.`,
  zeros: (share: string) => `${share} of the values are 0.`,
  heatMap: (rows: number, columns: number, step: number) =>
    step > 1
      ? `${rows} rows and ${columns} columns, of which one in ${step} is shown.`
      : `${rows} rows and ${columns} columns, each weight one cell.`,
  spectrum: (name: string, most: string, least: string) =>
    `${name}: singular values from ${least} to ${most}.`,
  tooLarge: (most: string) => `Matrices are shown up to ${most} weights; this one is larger.`,
  signals: {
    second_moment: "the signal",
    variance: "the variance of h",
    gradient: "the gradient’s mean square",
    ratio: "the ratio",
  },
  /** What the drawn network shows; `flowWay` has its halves. */
  flow: (name: string, signal: string, gradient: string) => `${name}: ${signal}. ${gradient}.`,
  flowWay: {
    signal: "the signal",
    gradient: "The gradient",
    steady: (what: string, least: string, most: string) =>
      `${what} keeps its size, ${least === most ? `at ${least}` : `between ${least} and ${most}`}`,
    halves: "halves",
    doubles: "doubles",
    factor: (factor: string) => `changes by a factor ${factor}`,
    runs: (
      what: string,
      how: string,
      backward: boolean,
      last: string,
      layer: number,
      left: boolean,
    ) =>
      `${what} ${how} every layer${backward ? " on its way back" : ""}, ${left ? `and ${last} is left` : `up to ${last}`} at layer ${layer}`,
    ends: (
      what: string,
      first: string,
      from: number,
      last: string,
      to: number,
      between?: readonly [least: string, most: string],
    ) =>
      `${what} goes from ${first} at layer ${from} to ${last} at layer ${to}${between ? `, on the way between ${between[0]} and ${between[1]}` : ""}`,
    overflow: (what: string, layer: number, backward: boolean) =>
      `${what} exceeds float32 ${backward ? `up to layer ${layer}` : `from layer ${layer} on`}`,
    vanished: (what: string, layer: number, backward: boolean) =>
      `${what} is exactly 0 ${backward ? `up to layer ${layer}` : `from layer ${layer} on`}`,
    nowhere: (what: string) => `${what} is not finite, or 0, in every layer`,
  },
  flowSizes:
    "Strips are as high as signal and gradient are large, on a log scale; dots show the size at the start.",
  flowShade: "Colour is strongest where activations are dense; 0 is in the middle.",
  flowInside:
    "Histograms are of one layer, in its own standard deviations σ; point, tap or use the arrow keys for another.",
  flowFoot: (what: string) => `Grey at the foot is the share of ${what}.`,
  factor: (
    name: string,
    what: string,
    factor: string,
    backward: boolean,
    last: string,
    layer: number,
  ) =>
    `${name} changes ${what} by a factor ${factor} per layer${backward ? " backward" : ""}: ${last} at layer ${layer}.`,
  steady: (
    name: string,
    what: string,
    backward: boolean,
    layer: number,
    least: string,
    most: string,
  ) =>
    `${name} keeps ${what} steady ${backward ? "back" : "up"} to layer ${layer}, ${least === most ? `at ${least}` : `between ${least} and ${most}`}.`,
  overflow: (name: string, layer: number) =>
    `${name} overflows: from layer ${layer} on, values exceed what float32 holds.`,
  vanished: (name: string, layer: number) =>
    `${name} vanishes: all values are 0 from layer ${layer} on.`,
  gradientOverflow: (name: string, layer: number) =>
    `${name}: the gradient overflows; up to layer ${layer} it exceeds what float32 holds.`,
  gradientVanished: (name: string, layer: number) =>
    `${name}: the gradient is exactly 0 up to layer ${layer}.`,
  gradientNowhere: (name: string) => `${name}: the gradient is not finite, or 0, in every layer.`,
  theory: "Lines are mean-field theory.",
  band: "Bands are ±2 standard deviations over networks, for one input and to first order in depth/width; the mean of a batch varies less.",
  bandDrawn: (count: number) => `Bands hold 95% of the ${count} networks drawn.`,
  coincide: (names: string, why: string | undefined) =>
    why ? `${names} coincide: ${why}.` : `${names} coincide.`,
  equal: {
    same: () => "they draw the same weights",
    scale: (activation: string) =>
      `${activation} is scale-free and the biases are 0, so the size of the weights plays no part`,
    law: () =>
      "their weights have the same variance, and in theory nothing else counts in wide layers",
    wide: (activation: string) =>
      `${activation} is scale-free and the biases are 0, so in theory the weights’ distribution plays no part in wide layers`,
  },
  widths: (widths: string, depth: number) => `The widths ${widths} repeat up to layer ${depth}.`,
  gaps: {
    structured: (name: string) =>
      `${name}: no theory, its weights are not independent draws of mean 0.`,
    measured: (name: string) => `${name}: no theory, its weights depend on the data.`,
    biased: (name: string) => `${name}: no theory, its biases have a mean.`,
    shaped: (name: string) =>
      `${name}: no theory, what a block takes in is not Gaussian or not independent.`,
    coherent: (name: string) => `${name}: no theory, a branch depends on its trunk.`,
    batch: (name: string) => `${name}: no theory, a norm is taken over too few values.`,
  },
  repeats: (count: number) => `Dots are medians of ${count} networks, bars their range.`,
  ends: (
    name: string,
    first: string,
    from: number,
    last: string,
    to: number,
    between?: readonly [least: string, most: string],
  ) =>
    `${name}: from ${first} at layer ${from} to ${last} at layer ${to}${between ? `, on the way between ${between[0]} and ${between[1]}` : ""}.`,
  and: " and ",
  correlation: (name: string, first: string, last: string, layer: number) =>
    layer === 1
      ? `${name}: c = ${last} at layer 1.`
      : `${name}: from c = ${first} at layer 1 to ${last} at layer ${layer}.`,
  layerQuantiles: (both: string) =>
    `The line is the median; half of the activations lie in the darker area, ${both} in both.`,
  ridge: (zero: string, layer: number) =>
    `Rows are layers. At layer ${layer}, ${zero} of the activations are exactly 0.`,
  dead: (name: string, share: string, layer: number) =>
    `${name}: ${share} of the units are dead at layer ${layer}.`,
  saturated: (name: string, share: string, layer: number) =>
    `${name}: ${share} of the activations are saturated at layer ${layer}.`,
  distribution: (name: string, std: string, theory: string, n: string) =>
    `${name}: std ${std} measured over ${n} values, ${theory} in theory.`,
  atom: (name: string, value: string) =>
    `${name}: every value is ${value}, so all units are equal.`,
};
