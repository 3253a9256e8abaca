/** What the verdict says, in English. */
export const words = {
  title: (name: string) => `Verdict on ${name}`,
  signal: "The signal",
  gradient: "The gradient",
  /** Where each begins and ends. */
  ways: {
    signal: (depth: number) => `from the inputs to layer ${depth}`,
    gradient: (depth: number) => `from layer ${depth} to layer 1`,
  },
  steady: (what: string, way: string, factor: string) =>
    `${what} keeps its size: its mean square stays within a factor ${factor} ${way}.`,
  changes: (what: string, way: string, factor: string, spread: string) =>
    `${what}’s mean square changes by a factor ${factor} ${way}, and stays within a factor ${spread} on the way.`,
  orders: (what: string, way: string, grows: boolean, orders: string) =>
    `${what}’s mean square ${grows ? "grows" : "shrinks"} by ${orders} orders of magnitude ${way}.`,
  zero: {
    signal: (layer: number) => `The signal is lost: it is exactly 0 from layer ${layer} on.`,
    inputs: "There is no signal: the inputs are 0.",
    gradient: (layer: number) =>
      `The gradient is lost: it is exactly 0 from layer ${layer} back to layer 1.`,
  },
  notFinite: {
    signal: (layer: number) => `The signal explodes: float32 overflows at layer ${layer}.`,
    gradient: (layer: number) => `The gradient is not finite from layer ${layer} back to layer 1.`,
  },
  predicted: (factor: string) => `Theory says a factor ${factor}.`,
  /** On the scale of what was measured: orders of magnitude beside such. */
  predictedOrders: (grows: boolean, orders: string) =>
    `Theory says that it ${grows ? "grows" : "shrinks"} by ${orders}.`,
  predictedSteady: "Theory says that it keeps its size.",
  underflows: (layer: number) =>
    `float32 loses digits from layer ${layer} on: values are below 1.2×10⁻³⁸.`,
  expected: (layer: number) => `Theory expects layer ${layer}.`,
  alike: (from: string, to: string, depth: number) =>
    `Inputs become alike: the correlation of two goes from ${from} at layer 1 to ${to} at layer ${depth}.`,
  correlates: (from: string, to: string, depth: number) =>
    `The correlation of two inputs goes from ${from} at layer 1 to ${to} at layer ${depth}.`,
  part: (from: string, to: string, depth: number) =>
    `Inputs part: the correlation of two goes from ${from} at layer 1 to ${to} at layer ${depth}.`,
  departs: (list: string) =>
    `Here the measurement holds, not theory, which is the limit of wide layers: ${list}.`,
  departure: (what: string, measured: string, predicted: string) =>
    `${what.toLowerCase()} changes by a factor ${measured} instead of ${predicted}`,
  narrow: (width: string, low: string, high: string, depth: number) =>
    `For ${depth} layers a width of ${width} is narrow: theory’s mean is no typical network. 95% of them have E[h²] between ${low} and ${high} at the end.`,
  inTheLimit: (chi: string) =>
    `In the limit of many layers χ₁ = ${chi}; these layers are still on their way there.`,
  slow: (chi: string, depth: number) =>
    `χ₁ = ${chi} is the gradient’s factor per layer, too near to 1 to tell over ${depth} layers.`,
  trainable: (layers: string, depth: number) =>
    `About 6ξ = ${layers} layers can be trained; this network has ${depth}.`,
  unlimited: (depth: number) =>
    `Depth sets the gradient no limit here: ξ is far above these ${depth} layers.`,
  noCritical: (activation: string) => `No σ_w² makes ${activation} critical with these biases.`,
  assumes: (name: string, assumed: string, activation: string) =>
    `${name} is made for ${assumed}; this network has ${activation}.`,
  /** A scheme in a network without the blocks that it is made for: what is missing is one of `homes`. */
  homeless: (name: string, blocks: string) =>
    `${name} is made for ${blocks}; this network has none.`,
  homes: {
    residual: "residual blocks without norms",
    preNorm: "residual blocks with LayerNorm",
    postNorm: "residual blocks with LayerNorm behind the sum",
  },
  untried: "Apply puts the scheme into such blocks; that was not tried here.",
  holds: "Signal and gradient hold: there is nothing to mend.",
  trying: "Trying on this network what might mend it …",
  remedy: (setting: string, factor: string, depth: number, blocks: boolean) =>
    `Better: ${setting}. Tried on this network, signal and gradient stay ${factor === "1" ? "as they are" : `within a factor ${factor}`} over ${depth} ${blocks ? "blocks" : "layers"}.`,
  further: (setting: string, reach: number, depth: number, factor: string, blocks: boolean) =>
    `Further: ${setting}. Tried on this network, signal and gradient stay within a factor 10 over ${reach} of ${depth} ${blocks ? "blocks" : "layers"}${factor ? `, within ${factor} over all` : ""}.`,
  setting: (name: string, w: string, b: string) => `${name} (σ_w² = ${w}, σ_b² = ${b})`,
  frequency: (omega: string) => `ω₀ = ${omega}`,
  reasons: {
    tuned: "It is the frequency that the scheme is made for.",
    home: "They are what the scheme is made for.",
    critical: "There χ₁ = 1.",
    halfStable: "At its fixed point χ₁ = χ_q = 1; critical points with smaller q* repel.",
    unitGain: (gain: string, chi: string) =>
      `The gain ${gain} = 1/√E[φ²] keeps Var(z) at 1 where it is 1, and that point attracts: χ_q = ${chi}.`,
    orthogonal: "Orthogonal weights do not let lengths wander as independent ones do.",
    measured: "It measures each layer and divides by what it finds.",
  },
  nothing: (depth: number) =>
    `Nothing that was tried holds over these ${depth} layers: it takes normalization, residual branches, or fewer layers.`,
};

export type Words = typeof words;
