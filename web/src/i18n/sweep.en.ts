/** What networks of many sizes side by side are told of, in English. */
type Along = "width" | "depth";

export const words = {
  about:
    "Networks of several sizes, several of each: how far apart they end, and what theory says.",
  titles: {
    values: {
      activation: {
        width: "Signal at the last layer, by width",
        depth: "Signal at the last layer, by depth",
      },
      gradient: {
        width: "Gradient at layer 1, by width",
        depth: "Gradient at layer 1, by depth",
      },
    },
    spans: {
      activation: {
        width: "How far signals lie apart, by width",
        depth: "How far signals lie apart, by depth",
      },
      gradient: {
        width: "How far gradients lie apart, by width",
        depth: "How far gradients lie apart, by depth",
      },
    },
  },
  axes: {
    second_moment: "Signal of the last layer, E[h²]",
    variance: "Variance of activations in the last layer, Var(h)",
    gradient: "Mean square of the gradient at layer 1, E[(∂E/∂z)²]",
    span: "Decades from the least network to the greatest",
  },
  sizes: { width: "Width n", depth: "Depth L" },
  at: { width: (n: number) => `Width ${n}`, depth: (n: number) => `Depth ${n}` },
  nothingFinite: "overflow at every size so far",
  allZero: "0 at every size so far",
  partial: (have: number, of: number) => `Partial: ${have} of ${of} sizes are computed.`,
  overflow: (names: string, along: Along, places: string) =>
    `${names}: networks overflow at ${along} ${places}.`,
  vanished: (names: string, along: Along, places: string) =>
    `${names}: networks are 0 at ${along} ${places}.`,
  spans: (names: string, count: number, along: Along, places: readonly Span[]) =>
    `${names} ${count === 1 ? "spans" : "span"} ${places.map(spanText(along)).join(", ")}.`,
  marks: (networks: number, theory: boolean) =>
    `Dots are decades from the least to the greatest of ${networks} networks${theory ? ", lines the width of theory’s band" : ""}.`,
  uniform: "All layers are equally wide here.",
  inputs: (batch: number) => `Each network sees ${batch} inputs.`,
  along: "On the axis",
  alongs: { width: "Width", depth: "Depth" },
  reach: "Up to",
  networks: "Networks of each size",
  compute: "Compute",
  work: (sizes: number, networks: number, schemes: number, multiplications: string) =>
    `${sizes} sizes, ${networks} networks each, ${schemes === 1 ? "one scheme" : `${schemes} schemes`}: about ${multiplications} multiplications.`,
  tooMuch: (most: string) => `The limit is ${most}: choose fewer or smaller networks.`,
  older: "The settings have changed since: these are the networks of before.",
};

/** How many decades networks of a size lie apart, and theory's band where there is one. */
export interface Span {
  readonly place: number;
  readonly decades: string;
  readonly band: string;
}

const spanText =
  (along: Along) =>
  ({ place, decades, band }: Span, i: number) =>
    `${decades}${i === 0 ? " decades" : ""} at ${along} ${place}${band ? ` (theory’s band ${band})` : ""}`;

export type SweepWords = typeof words;
