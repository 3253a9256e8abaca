/** What the figures of a sweep are called in `only`: the lab knows them before there is one. */

/** A figure of a sweep: where networks end, or how far apart. */
export interface SweepPart {
  readonly name: string;
  readonly along: "width" | "depth";
  readonly ending: "activation" | "gradient";
  readonly span: boolean;
}

const SIGNALS = { activation: "signal", gradient: "gradient" } as const;
const SIZES = { width: "Width", depth: "Depth" } as const;

const SWEEPS: readonly SweepPart[] = (["width", "depth"] as const).flatMap((along) =>
  [false, true].flatMap((span) =>
    (["activation", "gradient"] as const).map((ending) => ({
      name: `${SIGNALS[ending]}${span ? "Span" : ""}By${SIZES[along]}`,
      along,
      ending,
      span,
    })),
  ),
);

export const SWEEP_NAMES: readonly string[] = SWEEPS.map(({ name }) => name);

/** The figures of these names; all unless given. */
export const sweepNames = (names: readonly string[] = SWEEP_NAMES): readonly SweepPart[] =>
  SWEEPS.filter(({ name }) => names.includes(name));
