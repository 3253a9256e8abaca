/** What is in a layer of an answer: its activations, its gradient and its weights, each a histogram. */
import type { Histogram, PropagationResult, Signal } from "../../../engine/results.js";
import type { LayerWords } from "../../../i18n/layer-figures.js";

export const PARTS = ["activation", "gradient", "weight"] as const;
export type PartName = (typeof PARTS)[number];

const HISTOGRAMS = {
  activation: "histograms",
  gradient: "gradientHistograms",
  weight: "weightHistograms",
} as const;
const ZEROS = {
  activation: "zeroFraction",
  gradient: "gradientZeroFraction",
  weight: "weightZeroFraction",
} as const;

/** One of a layer's parts. */
export interface Part {
  /** Undefined where there is none, and where not all numbers are finite. */
  readonly histogram: Histogram | undefined;
  /** Whether some are not finite. */
  readonly broken: boolean;
  readonly std: number;
  readonly least: number;
  readonly most: number;
  /** Share that is exactly 0. */
  readonly zeros: number;
}

/** A part of layer `layer`, from 1. */
export function partOf(result: PropagationResult, part: PartName, layer: number): Part {
  const i = layer - 1;
  const signal: Signal = result[part];
  const histogram = result[HISTOGRAMS[part]][i];
  const broken = (signal.nonfinite[i] ?? 0) > 0;
  return {
    histogram: broken || !histogram || histogram.counts.length === 0 ? undefined : histogram,
    broken,
    std: Math.sqrt(signal.variance[i] ?? NaN),
    least: signal.min[i] ?? NaN,
    most: signal.max[i] ?? NaN,
    zeros: result[ZEROS[part]][i] ?? NaN,
  };
}

/** What tables say of a part; its bins are in files alone. */
export function columnsOf({ columns, symbols }: LayerWords, part: PartName): string[] {
  return [columns.std, columns.zeros].map((column) => `${symbols[part]} ${column}`);
}

export function numbersOf(result: PropagationResult, part: PartName, layer: number): number[] {
  const { std, zeros } = partOf(result, part, layer);
  return [std, zeros];
}

/** What files have beside: the bins, and what lies outside them. */
export function binColumns({ columns, symbols }: LayerWords, part: PartName, bins: number) {
  const { from, to, below, above, bin } = columns;
  const each = Array.from({ length: bins }, (_, i) => bin(i + 1));
  return [from, to, below, above, ...each].map((column) => `${symbols[part]} ${column}`);
}

/** As many numbers for every layer, those of one without a histogram NaN. */
export function binNumbers(
  result: PropagationResult,
  part: PartName,
  layer: number,
  bins: number,
): number[] {
  const { histogram } = partOf(result, part, layer);
  if (!histogram) return Array<number>(bins + 4).fill(NaN);
  const { from, to, below, above, counts } = histogram;
  return [from, to, below, above, ...counts];
}
