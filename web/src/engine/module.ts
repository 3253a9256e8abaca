/** The WebAssembly module as TypeScript sees it: wasm/bindings.cpp, typed. */
import type { Issue } from "./errors.js";
import type { LayerParameter, ModelReport, TensorReport } from "./results.js";
import type { JobKind } from "./request.js";
import type { FlatSpec } from "./spec.js";

export interface ModuleJob {
  /** One bounded step; true while there is more to do. */
  advance(): boolean;
  progress(): number;
  /** What is new in a job that goes on in time; null for others. */
  frames(): unknown[] | null;
  result(): unknown;
  delete(): void;
}

/** A tensor of a model as its audit has it: wasm/auditing.hpp. */
export interface ListedTensor {
  readonly name: string;
  /** Extents are whole numbers from 0, their product at most 2^53. */
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly layout: "torch" | "keras";
  /** Whether pieces hold the numbers of the file, whole numbers, or numbers decoded from fewer bits. */
  readonly storage: "floats" | "integers" | "quantized";
  /** The earlier place in the list whose values these are; null for none. */
  readonly tiedTo: number | null;
}

/** For each tensor in the order of the list `begin`, then `add` as often as there are pieces, then `finish`. */
export interface ModuleAudit {
  begin(kind: "f32" | "f16" | "bf16" | "f64"): void;
  add(bytes: Uint8Array): void;
  finish(): TensorReport;
  /** Completes all reports. */
  conclude(): ModelReport;
  delete(): void;
}

export interface Module {
  /** What is wrong with a spec and the reader's own numbers, for a kind of job. */
  check(kind: JobKind, spec: FlatSpec, data: Float32Array | null): Issue[];
  /** The job, or null for what `check` finds wrong. */
  start(kind: JobKind, spec: FlatSpec, data: Float32Array | null): ModuleJob | null;
  checkInitialize(spec: FlatSpec): Issue[];
  /** Writes into the given array, or into a new one. */
  initialize(spec: FlatSpec, into: Float32Array | null): Float32Array | null;
  /** What a tensor may surprise by: nothing to draw, nothing that is not 0. */
  warnings(spec: FlatSpec): Issue[];
  /** Tensors of one torch generator, one after the other; null where a check would refuse one. */
  initializeSequence(specs: readonly FlatSpec[]): Float32Array[] | null;
  /** Parameters of layers with their values if they are to be drawn, or what is wrong. */
  initializeModel(
    model: FlatSpec,
    layers: readonly FlatSpec[],
    draw: boolean,
  ): { issues: Issue[]; parameters: LayerParameter[] };
  /** torch.nn.init.calculate_gain; null for a name that it does not know. */
  calculateGain(nonlinearity: string, parameter: number): number | null;
  audit(tensors: readonly ListedTensor[]): ModuleAudit;
}

/** The module in its two parts: see wasm/CMakeLists.txt. */
export interface ModuleParts {
  /** Bytes of what the first view calls. */
  readonly first: ArrayBuffer;
  /** Bytes of the rest, or where they are. */
  readonly deferred: ArrayBuffer | string;
}

/** Thrown through a call that needs the deferred part where that cannot be read. */
export class Unavailable extends Error {}

/** Instantiates the first part; the deferred one follows when something of it is called. */
export type LoadModule = (parts: ModuleParts) => Promise<Module>;
