/** The WebAssembly module as TypeScript sees it: wasm/bindings.cpp, typed. */
import type { Issue } from "./errors.js";
import type { LayerParameter } from "./results.js";
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

export interface Module {
  catalogue(): string;
  checkInitialize(spec: FlatSpec): Issue[];
  checkDistribution(spec: FlatSpec): Issue[];
  checkMatrix(spec: FlatSpec): Issue[];
  checkPropagation(spec: FlatSpec): Issue[];
  checkPhase(spec: FlatSpec): Issue[];
  checkTraining(spec: FlatSpec): Issue[];
  checkSymmetry(spec: FlatSpec): Issue[];
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
  startDistribution(spec: FlatSpec): ModuleJob | null;
  startMatrix(spec: FlatSpec): ModuleJob | null;
  startPropagation(spec: FlatSpec): ModuleJob | null;
  startMeanField(spec: FlatSpec): ModuleJob | null;
  startPhase(spec: FlatSpec): ModuleJob | null;
  startTraining(spec: FlatSpec): ModuleJob | null;
  startSymmetry(spec: FlatSpec): ModuleJob | null;
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

export function checkSpec(module: Module, kind: JobKind, spec: FlatSpec): Issue[] {
  switch (kind) {
    case "distribution":
      return module.checkDistribution(spec);
    case "matrix":
      return module.checkMatrix(spec);
    case "propagation":
    case "meanField":
      return module.checkPropagation(spec);
    case "phase":
      return module.checkPhase(spec);
    case "training":
      return module.checkTraining(spec);
    case "symmetry":
      return module.checkSymmetry(spec);
  }
}

export function startJob(module: Module, kind: JobKind, spec: FlatSpec): ModuleJob | null {
  switch (kind) {
    case "distribution":
      return module.startDistribution(spec);
    case "matrix":
      return module.startMatrix(spec);
    case "propagation":
      return module.startPropagation(spec);
    case "meanField":
      return module.startMeanField(spec);
    case "phase":
      return module.startPhase(spec);
    case "training":
      return module.startTraining(spec);
    case "symmetry":
      return module.startSymmetry(spec);
  }
}
