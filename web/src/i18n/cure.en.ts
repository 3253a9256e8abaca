/** What stands around the one cure of a network, in English. */
export const words = {
  title: "One cure, tried on this network",
  seeking: "What would mend it",
  none: "No cure",
  applied: (name: string) => `Applied: ${name}`,
  /** Where the network is not far from holding, and nothing does better. */
  noneBetter: (count: number) =>
    count === 0
      ? "There is no better setting to try."
      : count === 1
        ? "One other setting was tried: it is no better."
        : `${count} other settings were tried: none is better.`,
  factor: "Factor of the mean square",
  way: (what: string, path: string) => `${what} ${path}`,
  now: "now",
  before: "before",
  after: "after",
  overflow: "overflow",
  loss: "Loss at the start",
  undo: "Undo",
  compare: "Train before and after",
  others: (count: number) => `Other cures that were tried (${count})`,
  setting: "Setting",
  signal: "Signal",
  gradient: "Gradient",
  code: "Code of the cured network",
  codeNow: "Code of this network",
};

export type CureWords = typeof words;
