/** The WebAssembly module as TypeScript sees it: wasm/bindings.cpp, typed. */
import type { Issue } from "./errors.js";
import type { JobKind } from "./request.js";
import type { FlatSpec } from "./spec.js";

export interface ModuleJob {
  /** One bounded step; true while there is more to do. */
  advance(): boolean;
  progress(): number;
  result(): unknown;
  delete(): void;
}

export interface Module {
  catalogue(): string;
  checkInitialize(spec: FlatSpec): Issue[];
  checkDistribution(spec: FlatSpec): Issue[];
  checkPropagation(spec: FlatSpec): Issue[];
  /** Writes into the given array, or into a new one. */
  initialize(spec: FlatSpec, into: Float32Array | null): Float32Array | null;
  startDistribution(spec: FlatSpec): ModuleJob | null;
  startPropagation(spec: FlatSpec): ModuleJob | null;
}

/** Instantiates the module from its bytes. */
export type LoadModule = (wasm: ArrayBuffer) => Promise<Module>;

export function checkSpec(module: Module, kind: JobKind, spec: FlatSpec): Issue[] {
  return kind === "distribution" ? module.checkDistribution(spec) : module.checkPropagation(spec);
}

export function startJob(module: Module, kind: JobKind, spec: FlatSpec): ModuleJob | null {
  return kind === "distribution" ? module.startDistribution(spec) : module.startPropagation(spec);
}
