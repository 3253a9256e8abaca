/** English of the labs in which networks learn. */

export const player = {
  title: "Playback",
  reset: "Back to the start",
  back: "Back to signal and gradient",
  play: "Play",
  pause: "Pause",
  next: "One frame on",
  step: "Step shown",
  speed: "Speed",
  at: (step: number, steps: number) => `Step ${step} of ${steps}`,
  tableHelp:
    "A row for each sample; the last column is the target: classes 0, 1, 2, … or any number. Columns are standardized; one row in five is kept to test on.",
};

export const figures = {
  step: "Step",
  atStep: (step: number) => `Step ${step}`,
  nameAtStep: (name: string, step: number) => `${name} (at step ${step})`,
  divergedAt: (step: number) => `diverged at step ${step}`,
  progress: {
    loss: { title: "Loss by step", axis: "Loss on the training batches" },
    accuracy: { title: "Accuracy by step", axis: "Share of the test set classified correctly" },
    variance: { title: "Variance explained by step", axis: "R² on the test set" },
  },
  training: {
    activation: { title: "Signal by layer", axis: "Signal: mean square E[h²] (of z in the last)" },
    gradient: { title: "Gradient by layer", axis: "Mean square of ∂E/∂z, one sample" },
    ratio: { title: "Update-to-weight ratio", axis: "rms(ΔW) / rms(W), one step" },
  },
  boundary: {
    classes: "Decision boundaries",
    surface: "The surface as each network has it",
  },
  digits: "Digits to learn from",
  sample: "Sample",
  unit: (unit: number) => `unit ${unit}`,
  unitHead: "Unit",
  inputHead: "Input",
  unitLines: (layer: number) => `Units of layer ${layer}: z for one input, by step`,
  unitWeights: (layer: number) => `Weights into the units of layer ${layer}`,
  unitGradients: (layer: number) => `Gradient of each unit’s weights, layer ${layer}`,
  unitGradientAxis: "|∂E/∂w| of the unit",
  notFiniteUnit: (unit: number) => `not finite from unit ${unit} on`,
  exactlyZero: "exactly 0",
  counts: {
    distinct: { title: "Distinct units by step", axis: "Units that differ in a bit" },
    effectiveRank: {
      title: "Effective rank of the layer by step",
      axis: "(Σs²)² / Σs⁴, s singular values of h",
    },
  },
  oneUnit: "one unit",
};

export const columns = { loss: "loss", testLoss: "test loss", score: "score" };

export const captions = {
  atStep: (name: string, value: string, step: number) => `${name}: ${value} at step ${step}.`,
  shownStep: (step: number) => `Step ${step}.`,
  runs: (runs: number) =>
    `Dots are medians of ${runs} runs with weights and batches of their own, bars hold 95% of them.`,
  boundary:
    "Violet discs and yellow crosses are samples of the two classes; the weaker the colour, the less sure the network.",
  boundarySurface:
    "Violet is negative, yellow positive. Dots are samples in the colour of their value.",
  digits: "Ten digits of strokes with jitter, 16 × 16, drawn from the seed.",
  unitLines: "Each line is one unit. Units that are copies of one another lie on one line.",
  unitWeights: "A row for each unit, a column for each input: violet is negative, yellow positive.",
  palette: (most: string) => `Full colour is ${most}, in every panel.`,
  gradientsZero: (name: string) => `${name}: exactly 0 for every unit.`,
  gradientsSame: (name: string, value: string) => `${name}: the same ${value} for every unit.`,
  gradientsDiffer: (name: string, least: string, most: string) =>
    `${name}: from ${least} to ${most}.`,
  oneUnit: (score: string) => `The best network with one unit per layer reaches ${score}.`,
};

export const outcome = {
  title: "What becomes of them",
  accuracy: (share: string) => `${share} of the test set are right`,
  variance: (share: string) => `${share} of the variance is explained`,
  diverged: (name: string, step: number) =>
    `${name} diverges: at step ${step} the loss is not finite any more.`,
  frozen: (name: string, score: string) => `${name} does not learn: no weight moves; ${score}.`,
  underway: (name: string, score: string) => `${name}: ${score} so far.`,
  stalled: (name: string, score: string) => `${name} stalls near chance: ${score}.`,
  partly: (name: string, score: string) => `${name} learns in part: ${score}.`,
  learned: (name: string, score: string) => `${name} learns: ${score}.`,
  causes: {
    zeroGradients: (from: number, to: number) =>
      from === to
        ? `The gradient of the weights of layer ${from} is exactly 0.`
        : `The gradients of the weights of layers ${from} to ${to} are exactly 0.`,
    dead: (layer: number) => `All units of layer ${layer} are dead: they give 0 for every input.`,
    exploding: (orders: string) =>
      `At the start signals grow by ${orders} orders of magnitude (mean square) from the inputs to the output, and gradients with them.`,
    vanishingSignal: (orders: string) =>
      `At the start signals shrink by ${orders} orders of magnitude (mean square) from the inputs to the output: beside the biases hardly anything of the inputs arrives there.`,
    vanishingGradient: (orders: string) =>
      `The gradient shrinks by ${orders} orders of magnitude (mean square) on its way back to layer 1.`,
    saturated: (layer: number, share: string) =>
      `${share} of the activations of layer ${layer} are saturated, where the slope is almost 0.`,
    smallUpdates: (ratio: string) =>
      `A step changes the weights of layer 1 by ${ratio} of their size.`,
  },
};

export const symmetry = {
  allSame: (name: string, units: number) =>
    `${name}: the ${units} units are copies of one another, bit for bit.`,
  someSame: (name: string, units: number, distinct: number) =>
    `${name}: ${distinct} distinct units among ${units}.`,
  allDistinct: (name: string, units: number) => `${name}: all ${units} units differ.`,
  rank: (rank: string) => `Effective rank ${rank}.`,
  lastBiasAlone:
    "No weight has a gradient: the last bias alone learns, that is, how common each class is.",
  stillLayers: (layers: string) => `Weights without any gradient so far, in layer: ${layers}.`,
  ceiling: (score: string, runs: number) =>
    `A network with one unit per layer reaches ${score} at best, in ${runs} runs: copies can do no more.`,
  ceilingUnknown: (runs: number) =>
    `Networks with one unit per layer are being trained, ${runs} runs.`,
  whyTitle: "Why",
  why: [
    "Units with equal weights compute the same, receive the same gradient and take the same step: they stay equal for ever.",
    "Zeros are worse: with φ(0) = 0 no signal leaves a layer and no gradient passes back. The last bias alone learns.",
    "Zero biases are fine: random weights have told the units apart already.",
    "Noise of any size parts the units, but slowly where it is small: differences must grow from it.",
  ],
};

export const presets = {
  training: {
    zeros: "Zeros never learn",
    explodes: "N(0, 1) explodes",
    stalls: "Xavier with ReLU stalls at depth 30",
    alike: "He uniform and He normal are alike",
    biases: "Biases may start at zero",
  },
  symmetry: {
    constant: "Constants stay one unit",
    zeros: "Zeros with tanh",
    zerosRelu: "Zeros and ones with ReLU",
    noise: "Noise parts the units",
    biases: "Equal biases do no harm",
  },
};
