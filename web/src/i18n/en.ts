/** English. The other languages have this object's shape; tests compare them over the catalogue. */
import type { ChoiceId, FieldId, SchemeFamily, SchemeId } from "../engine/catalogue.js";

interface SchemeText {
  /** As a person would say it. */
  readonly name: string;
  readonly use: string;
  readonly avoid: string;
}

const schemes: Record<SchemeId, SchemeText> = {
  zeros: {
    name: "Zeros",
    use: "For biases, and for the last layer of a residual branch.",
    avoid: "For weights: all units of a layer stay equal, and behind a zero layer nothing learns.",
  },
  ones: {
    name: "Ones",
    use: "For scale parameters of normalization layers.",
    avoid: "For weights: all units of a layer stay copies of one another.",
  },
  constant: {
    name: "Constant",
    use: "For biases that need an offset.",
    avoid: "For weights: it does not break the symmetry between units.",
  },
  uniform: {
    name: "Uniform",
    use: "When you know the bounds you want.",
    avoid: "With fixed bounds in deep networks: its scale ignores the width.",
  },
  normal: {
    name: "Normal",
    use: "When you know the scale you want, 0.02 in many transformers.",
    avoid: "With std 1 in wide layers: signals grow by the square root of the width.",
  },
  trunc_normal: {
    name: "Truncated normal",
    use: "When outliers must not occur. The bounds are values, not multiples of std.",
    avoid: "With bounds far outside std, where it truncates nothing.",
  },
  xavier_uniform: {
    name: "Xavier uniform",
    use: "For tanh, and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  xavier_normal: {
    name: "Xavier normal",
    use: "For tanh, and for layers without activation.",
    avoid: "With ReLU in deep networks: each layer halves the signal.",
  },
  kaiming_uniform: {
    name: "He uniform",
    use: "For ReLU and its relatives. Alike He normal: only the variance matters.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  kaiming_normal: {
    name: "He normal",
    use: "For ReLU and its relatives.",
    avoid: "With GELU, SiLU or sigmoid in deep plain networks, where its gain does not fit.",
  },
  orthogonal: {
    name: "Orthogonal",
    use: "For deep linear and tanh networks and recurrent weights: lengths are kept exactly.",
    avoid: "Expecting more from it with ReLU, which spoils the isometry at any gain.",
  },
  torch_linear: {
    name: "PyTorch Linear",
    use: "To see what nn.Linear does when you choose nothing.",
    avoid: "In deep plain networks: with ReLU each layer keeps a sixth of the signal.",
  },
  torch_linear_bias: {
    name: "PyTorch Linear bias",
    use: "To see the bias that nn.Linear draws by default.",
    avoid: "When you want zero biases, as most papers assume.",
  },
};

const families: Record<SchemeFamily, string> = {
  constant: "Fixed values",
  random: "Fixed scale",
  xavier: "Xavier (Glorot)",
  kaiming: "He (Kaiming)",
  orthogonal: "Orthogonal",
  layer: "Layer defaults",
};

const fields: Record<FieldId, string> = {
  a: "a",
  activation: "Activation",
  b: "b",
  batch: "Batch",
  bias: "Biases",
  bins: "Bins",
  count: "Count",
  depth: "Depth",
  first: "First",
  gain: "Gain",
  input: "Inputs",
  input_width: "Input width",
  layer: "Layer",
  mean: "Mean",
  mode: "Mode",
  negative_slope: "Negative slope",
  nonlinearity: "Nonlinearity",
  replicate: "Replicate",
  samples: "Samples",
  scheme: "Scheme",
  seed: "Seed",
  shape: "Weight shape",
  std: "Std",
  val: "Value",
  width: "Width",
};

/** Choices that are words; those that are names in code stay as they are. */
const choices: Partial<Record<ChoiceId, string>> = {
  normal: "normal",
  uniform: "uniform",
};

export const en = {
  schemes,
  families,
  fields,
  choices,
  reasons: {} as Record<string, string>, // the catalogue's own sentences
  failures: {
    aborted: "The computation stopped unexpectedly and was restarted. Please try again.",
    unavailable: "The engine could not be started in this browser: {message}",
    noSimd:
      "This browser has no WebAssembly SIMD, which initscope needs. Any browser since 2023 has it.",
  },
  bench: {
    title: "Benchmark",
    about:
      "Medians of five rounds on this device, from request to filled array, against plain JavaScript.",
    run: "Run",
    measuring: (name: string) => `Measuring: ${name}`,
    columns: ["", "initscope", "JavaScript", "Faster"],
    cases: {
      uniform: "Uniform number, against Math.random",
      normal: "Normal number, against Box and Muller",
      truncated: "Truncated normal, against rejection",
      orthogonal: "Orthogonal matrix, 256 × 256",
      propagation: "50 × 256 forward and backward, batch 128, with statistics",
    },
  },
  ui: {
    playground: "Playground",
    distribution: "Distribution",
    propagation: "Propagation",
    language: "Language",
    theme: "Theme",
    themes: { system: "System", light: "Light", dark: "Dark" },
    share: "Share",
    copied: "Link copied",
    copyThis: "Copy this link",
    addScheme: "Add a scheme",
    removeScheme: (name: string) => `Remove ${name}`,
    editScheme: (name: string) => `Parameters of ${name}`,
    use: "Use it",
    avoid: "Avoid it",
    source: "Source",
    presets: "Presets",
    newSeed: "New seed",
    shapePresets: "Shape presets",
    stateIssues: "Some of the link could not be used:",
    table: "Table",
    rowsShown: (shown: number, all: number) => `${shown} of ${all} rows; the CSV has all.`,
    cancel: "Cancel",
    cancelled: "Cancelled.",
    working: (percent: number) => `Computing, ${percent} %`,
    sandboxed: "Downloads are blocked in this frame. Select and copy the text instead:",
    cursorHelp: "Arrow keys move through the values.",
    tagline: "What an initializer does before training: the numbers it draws, and what they do.",
    offline: "Every number is computed in your browser. Nothing is sent.",
    groups: { network: "Network", data: "Data", sample: "Sample" },
    ridgeScheme: "Histograms of",
  },
  figures: {
    layer: "Layer",
    value: "Value",
    density: "Density",
    mass: "Mass",
    measured: "measured",
    theory: "law",
    statistic: "Statistic",
    activationVariance: "Variance of activations by layer",
    gradientVariance: "Variance of gradients by layer",
    activationVarianceAxis: "Variance of activations Var(h)",
    gradientVarianceAxis: "Variance of gradients Var(∂E/∂z)",
    ridge: (scheme: string) => `Activations by layer, ${scheme}`,
    dead: "Dead units by layer",
    deadAxis: "Share of units that are 0 on the whole batch",
    saturated: "Saturated activations by layer",
    saturatedAxis: "Share of activations that are saturated",
    histogram: "Values drawn, and their law",
    statistics: "Measured against the law",
    formula: "Formula",
    overflow: (layer: number) => `overflow at layer ${layer}`,
    vanished: (layer: number) => `0 from layer ${layer}`,
    vanishedBackward: (layer: number) => `0 up to layer ${layer}`,
    nothingFinite: "not finite in any layer",
    atLayer: (layer: number) => `Layer ${layer}`,
    around: (value: string) => `Around ${value}`,
    columns: {
      mean: "Mean",
      variance: "Variance",
      secondMoment: "Second moment",
      nonfinite: "Not finite",
      std: "Std",
      min: "Minimum",
      max: "Maximum",
      skewness: "Skewness",
      excessKurtosis: "Excess kurtosis",
      ks: "KS distance",
    },
  },
  captions: {
    factor: (name: string, factor: string, last: string, depth: number) =>
      `${name} changes the variance by a factor ${factor} per layer: ${last} at layer ${depth}.`,
    steady: (name: string, last: string, depth: number) =>
      `${name} keeps the variance steady: ${last} at layer ${depth}.`,
    overflow: (name: string, layer: number) =>
      `${name} overflows: from layer ${layer} on, values exceed what float32 holds.`,
    vanished: (name: string, layer: number) =>
      `${name} vanishes: all values are 0 from layer ${layer} on.`,
    gradientFactor: (name: string, factor: string, first: string) =>
      `${name} changes the gradient’s variance by a factor ${factor} per layer backward: ${first} at layer 1.`,
    gradientSteady: (name: string, first: string) =>
      `${name} keeps the gradient steady: ${first} is left at layer 1.`,
    gradientOverflow: (name: string, layer: number) =>
      `${name}: the gradient overflows; up to layer ${layer} it exceeds what float32 holds.`,
    gradientVanished: (name: string, layer: number) =>
      `${name}: the gradient is exactly 0 up to layer ${layer}.`,
    gradientNowhere: (name: string) => `${name}: the gradient is not finite, or 0, in every layer.`,
    ridge: (zero: string, layer: number) =>
      `Rows are layers. At layer ${layer}, ${zero} of the activations are exactly 0.`,
    dead: (name: string, share: string, layer: number) =>
      `${name}: ${share} of the units are dead at layer ${layer}.`,
    saturated: (name: string, share: string, layer: number) =>
      `${name}: ${share} of the activations are saturated at layer ${layer}.`,
    distribution: (name: string, std: string, theory: string, n: string) =>
      `${name}: std ${std} measured over ${n} values, ${theory} by the law.`,
    atom: (name: string, value: string) =>
      `${name}: every value is ${value}, so all units are equal.`,
  },
  presets: {
    propagation: {
      relu: "ReLU, 50 layers",
      tanh: "tanh and Xavier",
      sigmoid: "Sigmoid saturates",
      torch: "PyTorch’s default",
      gelu: "He with GELU",
    },
    distribution: {
      xavierHe: "Xavier and He",
      uniformNormal: "Uniform or normal",
      constants: "Constants",
      truncated: "Truncated tails",
      conv: "A convolution",
    },
  },
};

export type Messages = typeof en;
