/** What can be asked for: complete requests, field by field. */
import type { ActivationId, SchemeId } from "./catalogue.js";

/** A scheme with its parameters; in a complete request none is missing. */
export interface SchemeRequest {
  readonly scheme: SchemeId;
  readonly [parameter: string]: number | string;
}

/** One tensor of each scheme as a matrix, with its singular values. */
export interface MatrixRequest {
  readonly schemes: readonly SchemeRequest[];
  readonly shape: readonly number[];
  readonly layout: string;
  /** Axes that are inputs, outputs and neither, for schemes by fans; empty: the layout's. */
  readonly in_axis?: readonly number[] | undefined;
  readonly out_axis?: readonly number[] | undefined;
  readonly batch_axis?: readonly number[] | undefined;
  readonly generator: string;
  readonly seed: string;
}

/** Values of such tensors, as many as are asked for, against their law. */
export interface DistributionRequest extends MatrixRequest {
  readonly samples: number;
  readonly bins: number;
}

export interface PropagationRequest {
  readonly schemes: readonly SchemeRequest[];
  readonly activation: ActivationId;
  readonly negative_slope: number;
  /** Frequency of sin. */
  readonly omega_0: number;
  readonly depth: number;
  readonly width: number;
  /** Of each layer, repeated to the depth. Left out: `width` for all. */
  readonly widths?: readonly number[];
  /** Left out: as `width`. */
  readonly input_width?: number;
  readonly batch: number;
  /** "data": the inputs are in `data`. */
  readonly input: string;
  /** Of any two inputs. */
  readonly correlation: number;
  readonly bias: SchemeRequest;
  /** Of weights and biases: "initscope", or "torch" for PyTorch's numbers. */
  readonly generator: string;
  readonly seed: string;
  readonly replicate: number;
  /** How many networks are drawn. */
  readonly repeats: number;
  /** Of the signal, in figures: "second_moment" or "variance". */
  readonly quantity: string;
  /** [batch][input_width]; no part of a link. */
  readonly data?: Float32Array;
}

/** Schemes' places in the phase plane, and a point of one's own. */
export interface PhaseRequest {
  readonly schemes: readonly SchemeRequest[];
  readonly activation: ActivationId;
  readonly negative_slope: number;
  /** Frequency of sin. */
  readonly omega_0: number;
  readonly width: number;
  /** Layers through which theory is followed at the point. */
  readonly depth: number;
  readonly bias: SchemeRequest;
  readonly sigma_w2: number;
  readonly sigma_b2: number;
  /** Ends of the plane that a map shows. */
  readonly most_sigma_w2: number;
  readonly most_sigma_b2: number;
  /** What a map shows: "chi_1" or "depth". */
  readonly quantity: string;
  /** "all", or "place": the schemes' places alone. */
  readonly detail: string;
}

/** Networks that learn one data set from the weights that each scheme gives them. */
export interface TrainingRequest {
  readonly schemes: readonly SchemeRequest[];
  readonly data_set: string;
  /** Samples to learn from; with "data": rows of the table. */
  readonly samples: number;
  readonly noise: number;
  /** Of a table: numbers of a row before its target, and classes, 1 for a regression. */
  readonly inputs: number;
  readonly classes: number;
  readonly activation: ActivationId;
  readonly negative_slope: number;
  /** Frequency of sin. */
  readonly omega_0: number;
  /** Hidden layers; the output is another. */
  readonly depth: number;
  readonly width: number;
  readonly bias: SchemeRequest;
  readonly loss: string;
  readonly optimizer: string;
  readonly learning_rate: number;
  readonly momentum: number;
  readonly weight_decay: number;
  readonly batch: number;
  readonly steps: number;
  readonly generator: string;
  readonly seed: string;
  readonly replicate: number;
  /** Runs with other weights and batches. */
  readonly repeats: number;
  /** [samples][inputs + 1] for "data"; no part of a link. */
  readonly data?: Float32Array;
}

/** The same, with a look at the units of one layer. */
export interface SymmetryRequest extends TrainingRequest {
  readonly layer: number;
}

export interface Requests {
  distribution: DistributionRequest;
  matrix: MatrixRequest;
  propagation: PropagationRequest;
  /** Theory alone, of what a propagation would simulate. */
  meanField: PropagationRequest;
  phase: PhaseRequest;
  training: TrainingRequest;
  symmetry: SymmetryRequest;
}

/** Requests that run as jobs and compare schemes. */
export type JobKind = keyof Requests;
