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
  readonly kind:
    "atom" | "uniform" | "normal" | "truncated_normal" | "spherical" | "atoms" | "unknown";
  /** Probability of an atom at 0 beside the law. */
  readonly zeros: number;
  /** Of a law of a few atoms. */
  readonly atomValues: Float64Array;
  readonly atomMasses: Float64Array;
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
  /** Probabilities, and the sample's and the law's quantiles there. */
  readonly curve: Float64Array;
  readonly sampleCurve: Float64Array;
  readonly lawCurve: Float64Array;
  /** Values that are 0 where the law has an atom there; the histogram leaves them out. */
  readonly zeros: number;
  /** NaN where the law is unknown. */
  readonly ks: number;
  /** The law's density at abscissae; empty for an atom. */
  readonly densityX: Float64Array;
  readonly density: Float64Array;
}

/** A tensor as a matrix. */
export interface MatrixResult {
  readonly law: Law;
  readonly facts: Readonly<Record<string, number>>;
  readonly shape: readonly number[];
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Descending; empty for matrices that are too large. */
  readonly singularValues: Float64Array;
  /** Marchenko and Pastur's density; empty where it does not apply. */
  readonly theoryX: Float64Array;
  readonly theory: Float64Array;
}

/** A parameter of a layer, as its library lists it. */
export interface LayerParameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** The scheme that it is drawn by, with its parameters. */
  readonly scheme: SchemeRequest;
  /** The fans that its library takes, and the connections that a unit truly has. */
  readonly fanIn: number;
  readonly fanOut: number;
  readonly trueFanIn: number;
  readonly trueFanOut: number;
  /** Its place in the order of drawing. */
  readonly drawn: number;
  readonly values: Float32Array<ArrayBuffer>;
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
  matrix: MatrixResult;
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
