/** What the engine answers: the core's results, copied into typed arrays of their own. */
import type { JobKind, SchemeRequest } from "./request.js";

export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: Float64Array;
  readonly below: number;
  readonly above: number;
}

export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly std: number;
  readonly skewness: number;
  readonly excessKurtosis: number;
  readonly min: number;
  readonly max: number;
}

export interface Law {
  readonly kind: "atom" | "uniform" | "normal" | "truncated_normal" | "spherical";
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

export interface DistributionResult {
  readonly law: Law;
  /** Numbers that the scheme's formula names. */
  readonly facts: Readonly<Record<string, number>>;
  readonly moments: Moments;
  readonly histogram: Histogram;
  readonly probabilities: Float64Array;
  readonly quantiles: Float64Array;
  readonly ks: number;
  /** The law's density at abscissae; empty for an atom. */
  readonly densityX: Float64Array;
  readonly density: Float64Array;
}

/** One signal, by layer: element l - 1 is layer l. */
export interface Signal {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly secondMoment: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Infinities and NaN, which the other statistics leave out. */
  readonly nonfinite: Float64Array;
  readonly histograms: readonly Histogram[];
}

export interface PropagationResult {
  readonly preactivation: Signal;
  readonly activation: Signal;
  readonly gradient: Signal;
  readonly zeroFraction: Float64Array;
  readonly deadFraction: Float64Array;
  readonly saturatedFraction: Float64Array;
}

export interface Results {
  distribution: DistributionResult;
  propagation: PropagationResult;
}

/** One result for each scheme of a request, in its order. */
export type SchemeResults<K extends JobKind> = readonly {
  readonly scheme: SchemeRequest;
  readonly result: Results[K];
}[];

/** The buffers of every typed array in a result, to be transferred. */
export function buffersOf(value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.push(value.buffer as ArrayBuffer);
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) buffersOf(member, found);
  return found;
}
