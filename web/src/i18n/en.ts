/** English. The other languages have this object's shape; tests compare them over the catalogue. */
import { choices, families, fields } from "./catalogue.en.js";
import { schemes } from "./schemes.en.js";
import * as races from "./races.en.js";

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
    phase: "Phase plane",
    training: "Training",
    symmetry: "Symmetry",
    language: "Language",
    theme: "Theme",
    themes: { system: "System", light: "Light", dark: "Dark" },
    share: "Share",
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
    learn: "Learn",
    embed: "Embed",
    openWhole: "Open in initscope",
    cancel: "Cancel",
    cancelled: "Cancelled.",
    working: (percent: number) => `Computing, ${percent} %`,
    sandboxed: "Downloads are blocked in this frame. Select and copy the text instead:",
    cursorHelp: "Arrow keys move through the values.",
    tagline: "What an initializer does before training: the numbers it draws, and what they do.",
    offline: "Every number is computed in your browser. Nothing is sent.",
    groups: {
      network: "Network",
      data: "Data",
      sample: "Sample",
      layer: "Shape of a layer",
      plane: "Plane",
      learning: "Learning",
      draw: "Draw",
    },
    ridgeScheme: "Verdict and histograms of",
    apply: "Apply",
    simulateBand: "Simulate the band with 200 networks",
    chooseData: "Choose a .npy or .csv file",
    dataLoaded: (name: string, rows: number, columns: number) =>
      `${name}: ${rows} inputs of ${columns} numbers`,
    dataMissing: "The inputs of this link are a file of one’s own: choose one.",
    searchSchemes: "Search schemes",
    noSchemes: "No scheme has these words.",
  },
  figures: {
    ...races.figures,
    layer: "Layer",
    value: "Value",
    density: "Density",
    mass: "Mass",
    measured: "measured",
    theory: "law",
    statistic: "Statistic",
    magnitudes: {
      activation: {
        title: "Variance of activations by layer",
        axis: "Variance of activations Var(h)",
      },
      gradient: {
        title: "Variance of gradients by layer",
        axis: "Variance of gradients Var(∂E/∂z)",
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
    correlation: "Correlation of two inputs by layer",
    correlationAxis: "Correlation c of z between two inputs",
    layerQuantiles: (scheme: string) => `Quantiles of activations, ${scheme}`,
    activationAxis: "Activation h",
    ridge: (scheme: string) => `Activations by layer, ${scheme}`,
    dead: "Dead units by layer",
    deadAxis: "Share of units that are 0 on the whole batch",
    saturated: "Saturated activations by layer",
    saturatedAxis: "Share of activations that are saturated",
    histogram: "Values drawn, and their law",
    quantiles: "Quantiles of the sample against those of the law",
    quantileOfLaw: "Quantile of the law",
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
    spectrum: "Singular values, and Marchenko and Pastur’s law",
    rank: "Rank / number of singular values",
    singularValue: "Singular value s",
    statistics: "Measured against the law",
    formula: "Formula",
    overflow: (layer: number) => `overflow at layer ${layer}`,
    vanished: (layer: number) => `0 from layer ${layer}`,
    vanishedBackward: (layer: number) => `0 up to layer ${layer}`,
    nothingFinite: "not finite in any layer",
    atLayer: (layer: number) => `Layer ${layer}`,
    around: (value: string) => `Around ${value}`,
    columns: {
      ...races.columns,
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
      theory: "theory",
      low: "band from",
      high: "band to",
    },
  },
  layers: {
    title: "Layer",
    fans: (fanIn: number, fanOut: number, trueIn: number, trueOut: number) =>
      `The library takes fan_in ${fanIn} and fan_out ${fanOut} here; each unit truly has ${trueIn} in and ${trueOut} out.`,
    sqrt5:
      "PyTorch’s a = √5 gives the gain √(1/3), so the bound is 1/√fan_in. It is a default of Lua Torch, and keeps a third of a linear layer’s variance.",
  },
  take: {
    numbers: "First numbers",
    torchNumbers: "First numbers, as PyTorch prints them",
    torchNote: "These are the bits that torch 2.14 draws on a CPU after manual_seed.",
    ownNote: "initscope’s own generator. Choose Numbers: PyTorch for those that torch draws.",
    code: "As code",
    copy: "Copy",
    copied: "Copied",
    weights: "The weights as a file",
  },
  captions: {
    ...races.captions,
    diagonal: "On the diagonal sample and law agree; at its ends lie the tails.",
    quantiles: (name: string, ks: string, n: string) =>
      `${name}: the distribution functions differ by ${ks} at most, over ${n} values.`,
    unknown: (name: string, std: string) =>
      `${name}: std ${std} measured; no closed form of its law is known.`,
    atoms: (name: string, list: string) => `${name} takes these values alone: ${list}.`,
    zeros: (share: string) => `${share} of the values are 0.`,
    heatMap: (rows: number, columns: number, step: number) =>
      step > 1
        ? `${rows} rows and ${columns} columns, of which one in ${step} is shown.`
        : `${rows} rows and ${columns} columns, each weight one cell.`,
    spectrum: (name: string, most: string, least: string) =>
      `${name}: singular values from ${least} to ${most}.`,
    tooLarge: (most: string) => `Matrices are shown up to ${most} weights; this one is larger.`,
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
    theory: "Lines are mean-field theory.",
    band: "Bands hold 95 % of networks of this width.",
    gaps: {
      structured: (name: string) =>
        `${name}: no theory, its weights are not independent draws of mean 0.`,
      measured: (name: string) => `${name}: no theory, its weights depend on the data.`,
      biased: (name: string) => `${name}: no theory, its biases have a mean.`,
    },
    repeats: (count: number) => `Dots are medians of ${count} networks, bars their range.`,
    ends: (name: string, first: string, last: string, depth: number) =>
      `${name}: ${first} at layer 1, ${last} at layer ${depth}.`,
    correlation: (name: string, last: string, layer: number) =>
      `${name}: ${last} at layer ${layer}.`,
    layerQuantiles:
      "The line is the median; half of the activations lie in the darker area, 90 % in both.",
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
  phase: {
    title: (activation: string) => `Phase plane of ${activation}`,
    x: "Variance of weights × fan_in, σ_w²",
    y: "Variance of biases σ_b²",
    ordered: "ordered",
    chaotic: "chaotic",
    explain: {
      chi_1:
        "Colour is χ₁: blue is ordered, orange chaotic. The line is the edge of chaos, dotted where it repels.",
      depth:
        "Colour is the depth scale in layers: gradients change by e over so many. The line is the edge of chaos.",
    },
    edgeAt: (w: string, b: string) => `At σ_b² = ${b} it lies at σ_w² = ${w}.`,
    noEdge: (b: string) => `There is none at σ_b² = ${b}.`,
    outside: (name: string) => `${name} outside`,
    help: "Drag the point, or move it with the arrow keys.",
    theoryTitle: "What theory predicts at the point, by layer",
    theoryAxis: "E[z²], E[(∂E/∂z)²], 1 − c",
    lines: { signal: "E[z²]", gradient: "E[(∂E/∂z)²]", apart: "1 − c" },
    scales: (c: string, q: string) => `Depth scales: ξ_c = ${c}, ξ_q = ${q} layers.`,
    halfStable: (q: string) => `Critical points with q* below ${q} repel.`,
    places: "Where the schemes stand at this width",
    scheme: "Scheme",
    network: "A network at this point",
  },
  tableFaults: {
    not_npy: (detail: string) => `This is no .npy file: it does not begin with ${detail}.`,
    dtype: (detail: string) =>
      `Numbers of type ${detail} cannot be read; save as float32 or float64.`,
    order: (detail: string) => `The array is in ${detail}; save numpy.ascontiguousarray of it.`,
    rank: (detail: string) =>
      `The shape ${detail} has no rows and columns: give a row for each input.`,
    size: (detail: string) => `The file’s length does not fit its shape: ${detail} bytes.`,
    empty: (detail: string) => `The file has no numbers: ${detail}.`,
    ragged: (detail: string) => `Lines must be equally long; line ${detail}.`,
    number: (detail: string) => `No finite number at (row, column) ${detail}.`,
    large: (detail: string) => `Too many inputs or numbers: ${detail} is the most.`,
  },
  verdict: {
    title: (name: string) => `Verdict on ${name}`,
    signal: "The signal",
    gradient: "The gradient",
    steady: (what: string, from: number, to: number, factor: string) =>
      `${what} keeps its size from layer ${from} to ${to}: its mean square changes by a factor ${factor}.`,
    orders: (what: string, grows: boolean, orders: string, from: number, to: number) =>
      `${what}’s mean square ${grows ? "grows" : "shrinks"} by ${orders} orders of magnitude from layer ${from} to ${to}.`,
    predicted: (orders: string) => `Theory says ${orders}.`,
    lost: (what: string) => `${what} does not reach the other end.`,
    overflows: (layer: number) => `float32 overflows at layer ${layer}.`,
    underflows: (layer: number) =>
      `float32 loses digits from layer ${layer} on: values are below 1.2×10⁻³⁸.`,
    holds: "float32 holds the values of every layer.",
    expected: (layer: number) => `Theory expects layer ${layer}.`,
    phases: {
      ordered: (chi: string) =>
        `Ordered: χ₁ = ${chi} is below 1. Gradients vanish, and inputs become alike.`,
      critical: (chi: string) => `Critical: χ₁ = ${chi}. Gradients neither vanish nor explode.`,
      chaotic: (chi: string, c: string) =>
        `Chaotic: χ₁ = ${chi} is above 1. Gradients explode${c ? `, and inputs part to the correlation ${c}` : ""}.`,
    },
    fates: {
      vanishes: "The variance tends to 0.",
      explodes: "The variance grows without bound.",
      settles: (q: string) => `The variance of z settles at q* = ${q}.`,
    },
    trainable: (layers: string, depth: number) =>
      `About 6ξ = ${layers} layers can be trained; this network has ${depth}.`,
    unlimited: (depth: number) => `Depth sets no limit here: ξ is far above these ${depth} layers.`,
    repels: (chi: string) => `This fixed point repels: χ_q = ${chi}.`,
    isCritical: "It is critical already.",
    critical: (name: string, w: string, b: string) =>
      `Critical is ${name} with σ_w² = ${w} and σ_b² = ${b}, where χ₁ = 1.`,
    criticalRepels: (chi: string) => `But that point repels (χ_q = ${chi}).`,
    halfStable: (q: string, w: string, b: string) =>
      `Critical points below q* = ${q} repel; at it, σ_w² = ${w} and σ_b² = ${b}.`,
    noCritical: (activation: string) => `No σ_w² makes ${activation} critical with these biases.`,
    unitGain: (activation: string, gain: string, chi: string) =>
      `The gain ${gain} = 1/√E[φ²] keeps the second moment of ${activation} at 1; then χ₁ = ${chi}.`,
  },
  share: {
    title: "initscope",
    where: "Where it goes",
    text: "Text to copy",
    shown: "Shown",
    copy: "Copy",
    close: "Close",
    hosts: {
      link: "A link",
      iframe: "A web page, as a frame",
      element: "A web page, as an element",
      myst: "Jupyter Book, MyST",
      quarto: "Quarto",
      notebook: "A Jupyter notebook",
    },
    parts: {
      presets: "Presets",
      schemes: "Schemes",
      controls: "Controls",
      text: "Text beside the figures",
    },
  },
  player: races.player,
  outcome: races.outcome,
  symmetry: races.symmetry,
  presets: {
    ...races.presets,
    propagation: {
      relu: "ReLU, 50 layers",
      tanh: "tanh and Xavier",
      sigmoid: "Sigmoid saturates",
      torch: "PyTorch’s default",
      gelu: "He with GELU",
    },
    phase: {
      tanh: "tanh at (1.76, 0.05)",
      relu: "ReLU and He",
      gelu: "GELU, half stable",
      selu: "SELU and 3/4",
      erf: "erf",
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
