/** Words about what is in one layer, and about every scheme's layers side by side. */

export const words = {
  inputs: "Inputs",
  noHistogram: "not in a histogram",
  noWeight: "no weight of its own",
  parts: { activation: "activations", gradient: "gradient", weight: "weights" },
  /** What heads columns of a table. */
  symbols: { activation: "h", gradient: "∂E/∂z", weight: "W" },
  /** What is said of each part beneath its name: its standard deviation, and what else tells it. */
  said: {
    std: (std: string) => `σ ${std}`,
    activation: (zeros: string) => `${zeros} are 0`,
    gradient: (times: string) => `${times} × the last’s`,
    gradientShort: (times: string) => `${times} × last`,
    alone: "its start",
    weight: (least: string, most: string) => `${least} to ${most}`,
    weightShort: (least: string, most: string) => `${least}…${most}`,
  },
  columns: {
    std: "standard deviation",
    zeros: "share of 0",
    below: "below the bins",
    above: "above the bins",
    from: "bins from",
    to: "bins to",
    bin: (number: number) => `bin ${number}`,
  },
  scheme: "Scheme",
  signals: {
    title: "Activations of every scheme",
    axis: "Activation h, in root mean squares of the inputs",
  },
  gradients: {
    title: "Gradients of every scheme",
    axis: "Gradient ∂E/∂z, in σ of ∂E/∂h at the end",
  },
  multiples:
    "A row is a scheme, and all histograms have one axis: what shrinks becomes a spike, what grows leaves it. A line at 0 is the share of exact zeros.",
  ran: (name: string, from: string, first: string, to: string, last: string) =>
    `${name}: σ ${from} at ${first}, ${to} at ${last}.`,
  ranOut: (name: string, last: string) => `${name}: not finite at ${last}.`,
  beyond: (share: string) => `${share} beyond`,
  notFinite: "↑ not finite",
  notFiniteShort: "↑ ∞, NaN",
};

export type LayerWords = typeof words;
