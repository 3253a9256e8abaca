/** What the engine answers: the core's results, copied into typed arrays of their own. */
import type { Issue } from "./errors.js";
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
  /** By what the tensor may surprise: no weight that is not 0. */
  readonly warnings: readonly Issue[];
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
  /** By what the tensor may surprise: no weight that is not 0. */
  readonly warnings: readonly Issue[];
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
  /** Axes by which the library takes the fans, where they are not those of the layout. */
  readonly in_axis?: readonly number[];
  readonly out_axis?: readonly number[];
  /** Its place in the order of drawing; parameters of one place are copies, with the same values. */
  readonly drawn: number;
  /** Elements that are set after drawing: a padding row's, the forget gate's; null where none is. */
  readonly overwritten: {
    readonly first: number;
    readonly count: number;
    readonly value: number;
  } | null;
  /** Where it has no elements, so that nothing is drawn. */
  readonly warnings: readonly Issue[];
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
}

/** A quantity over many networks, by layer; 95 % of them lie between low and high. */
export interface Ranges {
  readonly least: Float64Array;
  readonly low: Float64Array;
  readonly median: Float64Array;
  readonly high: Float64Array;
  readonly greatest: Float64Array;
}

/** What wide and deep networks tend to at a point of the phase plane. */
export interface PhaseState {
  /** Whether the pre-activations' variance settles at q, tends to 0, or grows without bound. */
  readonly fate: "settles" | "vanishes" | "explodes";
  readonly phase: "ordered" | "critical" | "chaotic";
  readonly q: number;
  /** Factor of the gradient's mean square per layer. */
  readonly chi1: number;
  readonly chiQ: number;
  /** To which the correlation of two inputs tends; NaN where no variance settles. */
  readonly correlation: number;
  /** Depth scales in layers. */
  readonly xiQ: number;
  readonly xiC: number;
  readonly xiGradient: number;
}

/** A point of the phase plane. */
export interface PhasePoint {
  readonly sigmaW2: number;
  readonly sigmaB2: number;
}

/** Where chi_1 is 1: q* and its stability; NaN where there is no such point. */
export interface CriticalPoint extends PhasePoint {
  readonly q: number;
  readonly chiQ: number;
}

/** What would be critical for an activation. */
export interface Advice {
  /** With the biases that there are, and with none. */
  readonly critical: CriticalPoint;
  readonly withoutBias: CriticalPoint;
  /** q* below which critical points repel; 0 for most activations. */
  readonly halfStableQ: number;
  readonly halfStable: CriticalPoint;
  /** 1 / sqrt(E[phi(z)^2]) at variance 1. */
  readonly unitVarianceGain: number;
  /** chi_q at variance 1 under that gain: below 1 it attracts. */
  readonly unitChiQ: number;
  /** E[phi'(z)^2] at variance 1. */
  readonly slopeAtUnit: number;
}

/** Mean-field theory of a network; arrays are by layer, empty where theory says nothing. */
export interface Theory {
  /** Why it says nothing; "" where it does. */
  readonly gap: "" | "structured" | "measured" | "biased";
  /** E[(h^0)^2], from which the length map starts. */
  readonly input: number;
  readonly point: PhasePoint;
  readonly state: PhaseState;
  readonly advice: Advice;
  readonly preactivation: Float64Array;
  readonly secondMoment: Float64Array;
  readonly variance: Float64Array;
  readonly gradient: Float64Array;
  readonly weightGradient: Float64Array;
  readonly correlation: Float64Array;
  /** Variances of the logarithms over networks; empty where no formula holds. */
  readonly secondMomentSpread: Float64Array;
  readonly varianceSpread: Float64Array;
  readonly gradientSpread: Float64Array;
  /** The logarithms' mean lies half their variance below the theory's. */
  readonly logNormal: boolean;
}

export interface PhaseMap {
  /** Rows from sigma_b^2 = 0 up, limits.mapCells cells in each. */
  readonly chi1: Float64Array;
  readonly criticalSigmaW2: Float64Array;
  readonly criticalSigmaB2: Float64Array;
  readonly criticalQ: Float64Array;
  readonly criticalChiQ: Float64Array;
}

export interface PhaseResult {
  /** Why the scheme has no place; "" where it has one. */
  readonly gap: Theory["gap"];
  readonly place: PhasePoint;
  readonly placeState: PhaseState;
  /** At the request's own point; in the first scheme's result. */
  readonly theory: Theory | null;
  readonly map: PhaseMap | null;
}

export interface PropagationResult {
  /** Of the inputs h^0, as measured over the batch. */
  readonly input: {
    readonly mean: number;
    readonly variance: number;
    readonly secondMoment: number;
  };
  readonly preactivation: Signal;
  readonly activation: Signal;
  readonly gradient: Signal;
  readonly zeroFraction: Float64Array;
  readonly deadFraction: Float64Array;
  readonly saturatedFraction: Float64Array;
  /** Mean cosine of pre-activations between samples 2k and 2k + 1. */
  readonly correlation: Float64Array;
  readonly weightSecondMoment: Float64Array;
  /** Mean square of dE/dW_ij of one sample. */
  readonly weightGradient: Float64Array;
  /** Of activations. */
  readonly histograms: readonly Histogram[];
  /** Of activations, at 0.05, 0.25, 0.5, 0.75 and 0.95. */
  readonly quantiles: readonly Float64Array[];
  readonly theory: Theory;
  /** Over `repeats` networks; null for one alone. */
  readonly ranges: {
    readonly variance: Ranges;
    readonly secondMoment: Ranges;
    readonly gradient: Ranges;
    readonly correlation: Ranges;
  } | null;
}

/** Samples of a data set: the first ones, as many as a page shows. */
export interface Samples {
  /** Numbers of one sample. */
  readonly inputs: number;
  /** 1 for a regression. */
  readonly classes: number;
  /** [count][inputs] */
  readonly x: Float32Array;
  /** Classes as numbers, or values of a regression. */
  readonly y: Float32Array;
}

/** Units of the inspected layer. */
export interface Units {
  /** [n_l][n_(l-1)] */
  readonly weight: Float32Array;
  readonly weightGradient: Float32Array;
  readonly bias: Float32Array;
  readonly biasGradient: Float32Array;
  /** Of one input. */
  readonly preactivation: Float32Array;
  /** Units that differ in a bit of their parameters. */
  readonly distinct: number;
  /** (sum s^2)^2 / sum s^4 over the singular values of the activations. */
  readonly effectiveRank: number;
}

/** A training before one of its steps; arrays are by layer, the output's the last. */
export interface TrainingFrame {
  readonly step: number;
  /** Mean of the batches' losses since the frame before; of the next where none is between. */
  readonly loss: number;
  /** On samples that are not trained on. */
  readonly testLoss: number;
  /** Of these: the share classified rightly, or of a regression's variance explained. */
  readonly score: number;
  /** Mean of (h^0)^2 over the batch that the layers are seen with. */
  readonly input: number;
  /** Mean of h^2, and of (dE/dz)^2 of one sample's cost. */
  readonly activation: Float64Array;
  readonly gradient: Float64Array;
  /** Root mean squares: of W, of the mean cost's dE/dW and dE/db, of the next change of W. */
  readonly weight: Float64Array;
  readonly weightGradient: Float64Array;
  readonly biasGradient: Float64Array;
  readonly update: Float64Array;
  readonly deadFraction: Float64Array;
  readonly saturatedFraction: Float64Array;
  /** limits.trainingMapSide^2 outputs over the plane, rows from the top; empty for other inputs. */
  readonly map: Float32Array;
  /** In the symmetry request alone. */
  readonly units: Units | null;
  /** In the first frame alone. */
  readonly samples: Samples | null;
}

export interface TrainingResult {
  /** Of the first run; fewer than planned where it diverges. */
  readonly frames: readonly TrainingFrame[];
  /** Step whose loss is not finite; 0 for none. */
  readonly diverged: number;
  /** The same of each of `repeats` runs. */
  readonly allDiverged: Float64Array;
  /** By frame, over all runs; null for one. */
  readonly ranges: {
    readonly loss: Ranges;
    readonly testLoss: Ranges;
    readonly score: Ranges;
  } | null;
}

export interface Results {
  distribution: DistributionResult;
  matrix: MatrixResult;
  propagation: PropagationResult;
  meanField: Theory;
  phase: PhaseResult;
  training: TrainingResult;
  symmetry: TrainingResult;
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
