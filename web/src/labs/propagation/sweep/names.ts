/** What the figures of a sweep are called in `only`: the lab knows them before there is one. */
const SWEEPS = [
  { name: "signalByWidth", along: "width", ending: "activation" },
  { name: "gradientByWidth", along: "width", ending: "gradient" },
  { name: "signalByDepth", along: "depth", ending: "activation" },
  { name: "gradientByDepth", along: "depth", ending: "gradient" },
] as const;

export const SWEEP_NAMES: readonly string[] = SWEEPS.map(({ name }) => name);

/** The figures of these names; all unless given. */
export const sweepNames = (names: readonly string[] = SWEEP_NAMES) =>
  SWEEPS.filter(({ name }) => names.includes(name));
