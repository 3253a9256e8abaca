/** English. The other languages have this object's shape; tests compare them over the catalogue. */
import { choices, families, fields } from "./catalogue.en.js";
import { captions, figures } from "./figures.en.js";
import { schemes } from "./schemes.en.js";
import * as races from "./races.en.js";

export const en = {
  schemes,
  families,
  fields,
  choices,
  /** What stands between sentences, between items of a list, and after a name that is there again. */
  between: {
    sentences: " ",
    items: ", ",
    /** After what the next words are said of. */
    label: ": ",
    again: (name: string, count: number) => `${name} (${count})`,
  },
  reasons: {} as Record<string, string>, // the catalogue's own sentences
  failures: {
    aborted: "The computation stopped unexpectedly and was restarted. Please try again.",
    unavailable: "The engine could not be started in this browser: {message}",
    part: "A part of this page could not be loaded. The network may be the reason.",
    partKept:
      "A part of this page could not be loaded. Please load the page again: its address holds what is set.",
    partGone:
      "A part of this page could not be loaded: the site has been updated since. Please load the page again: its address holds what is set.",
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
    skipToFigures: "Skip to the figures",
    skipToText: "Skip to the text",
    licence: "MIT licence",
    notices: "Third-party licences",
    theme: "Theme",
    themes: { system: "System", light: "Light", dark: "Dark" },
    share: "Share",
    copyThis: "Copy this link",
    addScheme: "Add a scheme",
    mostSchemes: (most: number) => `${most} at most: remove one to add another.`,
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
    tryAgain: "Try again",
    loadAnew: "Load the page again",
    lastAnswer: (of: string) => `The last answer${of ? `: ${of}` : ""}.`,
    newOneComing: "The new one is being computed.",
    noNewOne: "What is set now has none yet.",
    working: (percent: number) => `Computing, ${percent}%`,
    sandboxed: "Downloads are blocked in this frame. Select and copy the text instead:",
    cursorHelp: "Arrow keys move through the values.",
    tagline: "What an initializer does before training: the numbers it draws, and what they do.",
    offline: "Every number is computed in your browser. Nothing is sent.",
    groups: {
      network: "Network",
      blocks: "Network as blocks",
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
    samplesLoaded: (name: string, rows: number, inputs: number) =>
      `${name}: ${rows} samples, each of ${inputs} ${inputs === 1 ? "input" : "inputs"} and a target`,
    dataMissing: "Choose a file of your own. A link does not hold its numbers.",
    searchSchemes: "Search schemes",
    noSchemes: "No scheme has these words.",
  },
  figures,
  libraryLayers: {
    title: "Layer",
    ownNumbers: "Numbers are initscope’s own now. PyTorch’s own:",
    useTorch: "Numbers: PyTorch",
    notFirst: (name: string) =>
      `A layer of PyTorch draws ${name} after what stands above it, so its numbers there are others.`,
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
  captions,
  symbols: {
    gain: "g is the gain.",
    gainOf: "g is the gain of the nonlinearity: √2 for relu, 1 for linear.",
    fan: "n is fan_in or fan_out, as the mode says.",
    fanIn: "n_in is fan_in, the inputs of a unit.",
    fanOut: "n_out is fan_out, the units that an input reaches.",
  },
  phase: {
    title: (activation: string) => `Phase plane of ${activation}`,
    x: "Variance of weights × fan_in, σ_w²",
    y: "Variance of biases σ_b²",
    ordered: "ordered",
    chaotic: "chaotic",
    explain: {
      chi_1:
        "Colour is χ₁, the factor of the gradient’s mean square per layer: violet is ordered, yellow chaotic.",
      depth: "Colour is the depth scale in layers: gradients change by e over so many.",
    },
    edgeLine: (dotted: boolean) =>
      `The line is the edge of chaos, χ₁ = 1${dotted ? "; where it is dotted, it repels" : ""}.`,
    edgePoint: "The edge of chaos, χ₁ = 1 at a variance that settles, is one point: the star.",
    stripe: (w: string) =>
      `At σ_w² = ${w} χ₁ comes to 1, too, but q* runs off to infinity there: that is no edge of chaos.`,
    start: "Map and point start from inputs of mean square 1: q¹ = σ_w² + σ_b².",
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
  /** Of a point of the phase plane; the rest of a verdict is loaded with it. */
  verdict: {
    phases: {
      ordered: (chi: string) => `Ordered: χ₁ = ${chi} is below 1, gradients shrink backward.`,
      critical: (chi: string) => `Critical: χ₁ = ${chi}.`,
      neither: "Gradients neither vanish nor explode.",
      chaotic: (chi: string) => `Chaotic: χ₁ = ${chi} is above 1, gradients grow backward.`,
    },
    inputs: {
      alike: "The correlation of two inputs tends to 1: they become alike.",
      part: (c: string) => `Two inputs tend to the correlation ${c}.`,
    },
    fates: {
      vanishes: "The variance tends to 0.",
      explodes: "The variance grows without bound.",
      settles: (q: string) => `The variance of z settles at q* = ${q}.`,
    },
    repels: (chi: string) => `This fixed point repels: χ_q = ${chi}.`,
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
      text: "Text between the figures (captions stay)",
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
      siren: "SIREN: sin(30 z)",
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
