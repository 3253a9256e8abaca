/**
 * The npm API, for browsers and Node 20 or newer:
 *
 *     const scope = await load();
 *     const weights = await scope.initialize({ scheme: "kaiming_normal", shape: [512, 256], seed: 1 });
 *     const layers = await scope.propagate({ depth: 50, schemes: [{ scheme: "xavier_normal" }] });
 */
import { assets } from "@assets";
import { catalogue } from "./catalogue.js";
import type { FieldValue, SchemeId } from "./catalogue.js";
import { Engine } from "./client.js";
import type { InitializeOptions, RunOptions } from "./client.js";
import { InitscopeError } from "./errors.js";
import { checkTarget, flattenInitialize, flattenSequence } from "./initialize.js";
import { allLayers, checkGain, flattenModel } from "./layers.js";
import type { Catalogue, LayerRequest, ModelRequest } from "./layers.js";
import type {
  DistributionRequest,
  MatrixRequest,
  PhaseRequest,
  PropagationRequest,
  SymmetryRequest,
  TrainingRequest,
} from "./request.js";
import type { LayerParameter, SchemeResults } from "./results.js";
import { workerConnection } from "./spawn.js";

export { InitscopeError } from "./errors.js";
export type { Issue } from "./errors.js";
export type { InitializeOptions, RunOptions, Warning } from "./client.js";
export type { Catalogue, LayerRequest, ModelRequest } from "./layers.js";
export { codeFor } from "../files/code.js";
export type { CodeSource, Language } from "../files/code.js";
export { toNpy, toNpz, toSafetensors } from "../files/tensors.js";
export type { NamedTensor } from "../files/tensors.js";
export { torchText } from "../files/torch-text.js";
export type * from "./request.js";
export type * from "./results.js";
export type { SchemeId } from "./catalogue.js";

/** A tensor to draw: a scheme, its parameters, and where in the stream. */
export interface InitializeRequest {
  readonly scheme: SchemeId;
  readonly shape: readonly number[];
  /** PyTorch's order of extents, [out, in, kernel...], or Keras's and JAX's, [kernel..., in, out]. */
  readonly layout?: "torch" | "keras";
  /** Axes that are inputs, outputs and neither, as in JAX; the layout's unless given: [] is none. */
  readonly in_axis?: number | readonly number[] | null;
  readonly out_axis?: number | readonly number[] | null;
  readonly batch_axis?: number | readonly number[] | null;
  /** "torch": the numbers of PyTorch after torch.manual_seed(seed), bit for bit. */
  readonly generator?: "initscope" | "torch";
  readonly seed?: string | number | bigint;
  readonly layer?: number;
  readonly replicate?: number;
  /** A part of the tensor, so that several workers can share it: its first element, and how many. */
  readonly first?: number;
  readonly count?: number;
  /** In every request, null stands for undefined: a field that is left out. */
  readonly [parameter: string]: FieldValue | bigint | readonly number[] | null | undefined;
}

/** Calls on one generator: `torch.manual_seed(seed)`, then each tensor by its scheme. */
export interface SequenceRequest {
  readonly tensors: readonly Omit<InitializeRequest, "seed" | "generator" | "layout">[];
  readonly seed?: string | number | bigint;
}

export interface Scope {
  /** Schemes, activations, and every field with its range and default. */
  catalogue(): Catalogue;
  /** The tensor, row-major; the same bits everywhere. */
  initialize(
    request: InitializeRequest,
    options?: InitializeOptions,
  ): Promise<Float32Array<ArrayBuffer>>;
  /** Tensors drawn one after the other by one torch generator, as after one torch.manual_seed. */
  initializeSequence(
    request: SequenceRequest,
    options?: RunOptions,
  ): Promise<readonly Float32Array<ArrayBuffer>[]>;
  /** A layer's parameters as its library initializes them by default, in the library's order. */
  initializeLayer(request: LayerRequest, options?: RunOptions): Promise<readonly LayerParameter[]>;
  /** The same for layers made one after the other, as in torch.nn.Sequential. */
  initializeModel(request: ModelRequest, options?: RunOptions): Promise<readonly LayerParameter[]>;
  /** torch.nn.init.calculate_gain: `parameter` is leaky_relu's slope. */
  calculateGain(nonlinearity: string, parameter?: number | null): Promise<number>;
  /** One tensor of each scheme as a matrix, with its singular values. */
  matrix(
    request: Partial<MatrixRequest>,
    options?: RunOptions<"matrix">,
  ): Promise<SchemeResults<"matrix">>;
  /** Values drawn by up to four schemes, compared with their laws. */
  distribution(
    request: Partial<DistributionRequest>,
    options?: RunOptions<"distribution">,
  ): Promise<SchemeResults<"distribution">>;
  /** A network forward and backward under up to four schemes, with statistics of each layer. */
  propagate(
    request: Partial<PropagationRequest>,
    options?: RunOptions<"propagation">,
  ): Promise<SchemeResults<"propagation">>;
  /** What mean-field theory predicts of the same network, without simulating it. */
  meanField(
    request: Partial<PropagationRequest>,
    options?: RunOptions<"meanField">,
  ): Promise<SchemeResults<"meanField">>;
  /** Schemes' places in the phase plane, a point's state, and a map of chi_1. */
  phase(
    request: Partial<PhaseRequest>,
    options?: RunOptions<"phase">,
  ): Promise<SchemeResults<"phase">>;
  /** Networks that learn one data set under up to four schemes. `onFrames` tells what is new. */
  train(
    request: Partial<TrainingRequest>,
    options?: RunOptions<"training">,
  ): Promise<SchemeResults<"training">>;
  /** The same, with the units of one layer. */
  symmetry(
    request: Partial<SymmetryRequest>,
    options?: RunOptions<"symmetry">,
  ): Promise<SchemeResults<"symmetry">>;
  /** Ends the worker; what is under way rejects. */
  close(): void;
}

/** Loads the engine. Rejects with an InitscopeError of reason "unavailable" where it cannot run. */
export async function load(): Promise<Scope> {
  const inNode = typeof process === "object" && "node" in process.versions;
  const connect = inNode
    ? (await import(/* @vite-ignore */ "./node.js")).nodeConnection()
    : workerConnection(assets);
  const engine = new Engine(connect);
  // A first word through the whole path, so that whatever prevents it is known here.
  await engine.initialize({ scheme: "zeros", shape: [1, 1] }).catch((error: unknown) => {
    throw error instanceof InitscopeError
      ? error
      : new InitscopeError("unavailable", String(error));
  });
  return {
    catalogue: () => ({ ...catalogue, layers: allLayers }),
    initialize: async (request, options = {}) => {
      const spec = flattenInitialize(request);
      if (options.into) checkTarget(options.into, spec);
      return engine.initialize(spec, options);
    },
    initializeSequence: async ({ tensors, seed }, options) =>
      engine.sequence(flattenSequence(tensors, seed), options),
    initializeLayer: async ({ layer, args, ...model }, options) => {
      const flat = flattenModel({ ...model, layers: [args ? { layer, args } : { layer }] });
      return engine.model(flat.model, flat.layers, options);
    },
    initializeModel: async (request, options) => {
      const flat = flattenModel(request);
      return engine.model(flat.model, flat.layers, options);
    },
    calculateGain: async (nonlinearity, given) => {
      const parameter = given ?? 0.01;
      checkGain(nonlinearity, parameter);
      return engine.gain(nonlinearity, parameter);
    },
    matrix: (request, options) => engine.run("matrix", request, options),
    distribution: (request, options) => engine.run("distribution", request, options),
    propagate: (request, options) => engine.run("propagation", request, options),
    meanField: (request, options) => engine.run("meanField", request, options),
    phase: (request, options) => engine.run("phase", request, options),
    train: (request, options) => engine.run("training", request, options),
    symmetry: (request, options) => engine.run("symmetry", request, options),
    close: () => engine.close(),
  };
}
