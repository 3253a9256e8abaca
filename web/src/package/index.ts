/**
 * The npm API, for browsers and Node 20 or newer:
 *
 *     const scope = await load();
 *     const weights = await scope.initialize({ scheme: "kaiming_normal", shape: [512, 256], seed: 1 });
 *     const layers = await scope.propagate({ depth: 50, schemes: [{ scheme: "xavier_normal" }] });
 */
import { assets } from "@assets";
import type { Audit } from "../audit/answer.js";
import { Audits } from "../audit/client.js";
import type { AuditOptions } from "../audit/client.js";
import type { AuditFile } from "../audit/given.js";
import type { FromAuditor, ToAuditor } from "../audit/protocol.js";
import { copyOfFloats } from "../engine/caller/floats.js";
import { named } from "../engine/caller/refusal.js";
import { Engine } from "../engine/client.js";
import type { InitializeOptions, RunOptions } from "../engine/client.js";
import { InitscopeError } from "../engine/errors.js";
import {
  besideScheme,
  flattenInitialize,
  flattenSequence,
  targetOf,
} from "../engine/initialize.js";
import type { InitializeRequest, SequenceRequest } from "../engine/initialize.js";
import {
  checkGain,
  flattenModel,
  flattenSingle,
  inSingle,
  wholeCatalogue,
} from "../engine/library-layers.js";
import type { Catalogue, LayerRequest, ModelRequest } from "../engine/library-layers.js";
import type { Calls, JobKind, PropagationRequest, Requests } from "../engine/request.js";
import type { LayerParameter, SchemeResults } from "../engine/results.js";
import type { FromServer, ToServer } from "../engine/protocol.js";
import { workerConnection } from "../engine/spawn.js";
import type { NetLibrary } from "../files/net-code.js";
import { calls } from "../generated/jobs.js";
import { netCode } from "./net-code.js";
import type { Locale } from "../i18n/locale.js";
import { ownAuditOptions, ownOptions } from "./options.js";
import { ownFiles } from "./own-files.js";
import { ownArgument, ownObject } from "./own.js";
import type { Floats } from "./own.js";

export { CheckpointError } from "../audit/refused.js";
export type { Audit, AuditedTensor, FileRefusal } from "../audit/answer.js";
export type { AuditOptions } from "../audit/client.js";
export type { AuditFile } from "../audit/given.js";
export { InitscopeError } from "../engine/errors.js";
export type { Issue } from "../engine/errors.js";
export type { InitializeRequest, SequenceRequest, SequenceTensor } from "../engine/initialize.js";
export type { InitializeOptions, RunOptions, Warning } from "../engine/client.js";
export type { Catalogue, LayerRequest, ModelRequest } from "../engine/library-layers.js";
export { codeFor, toNpy, toNpz, toSafetensors, torchText } from "./exporters.js";
export type { CodeSource, Language } from "../files/code.js";
export type { NetLibrary } from "../files/net-code.js";
export type { NamedTensor } from "../files/tensors.js";
export type * from "../generated/request-types.js";
export type * from "../engine/results.js";
export type { SchemeId } from "../engine/catalogue.js";

/** A function for each kind of job; those of races tell `onFrames` what is new. */
type Jobs = {
  readonly [Name in keyof Calls]: (
    request: Partial<Requests[Calls[Name]]>,
    options?: RunOptions<Calls[Name]>,
  ) => Promise<SchemeResults<Calls[Name]>>;
};

export interface Scope extends Jobs {
  /** Schemes, activations, and every field with its range and default; a copy. */
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
  /**
   * The network that a propagation would run as a program of PyTorch, Keras or Flax, initialized by the first of
   * its schemes; comments are in English or Chinese.
   */
  netCode(
    library: NetLibrary,
    request: Partial<PropagationRequest>,
    locale?: Locale,
  ): Promise<string>;
  /**
   * What checkpoints say of themselves: their tensors with statistics, what is certain of each, by which laws
   * and which seed it was drawn, and what is wrong. Files that belong together, such as shards and their index,
   * are given together; a file of any size is read in pieces of 16 MiB. Rejects with a CheckpointError for what
   * is not read.
   */
  audit(files: readonly AuditFile[], options?: AuditOptions): Promise<Audit>;
  /** torch.nn.init.calculate_gain: `parameter` is leaky_relu's slope. */
  calculateGain(nonlinearity: string, parameter?: number | null): Promise<number>;
  /** Ends the workers; what is under way rejects. */
  close(): void;
}

const DATA = { at: /^data$/, take: copyOfFloats };

const ownRequest = (given: unknown, floats?: Floats) => ownObject(given, "request", floats);

/** Loads the engine. Rejects with an InitscopeError of reason "unavailable" where it cannot run. */
export async function load(): Promise<Scope> {
  const inNode = typeof process === "object" && "node" in process.versions;
  const node = inNode ? await import(/* @vite-ignore */ "./node.js") : undefined;
  const engine = new Engine(
    node?.nodeConnection() ?? workerConnection<ToServer, FromServer>(assets),
  );
  const audits = new Audits(
    node?.nodeAuditor() ?? workerConnection<ToAuditor, FromAuditor>(assets, "audit"),
  );
  // A first word through the whole path, so that whatever prevents it is known here.
  await engine.initialize({ scheme: "zeros", shape: [1, 1] }).catch((error: unknown) => {
    throw error instanceof InitscopeError
      ? error
      : new InitscopeError("unavailable", String(error));
  });
  const job =
    <K extends JobKind>(kind: K) =>
    async (request: unknown, options?: RunOptions<K>) =>
      engine.run(kind, ownRequest(request, DATA), ownOptions<K>(options));
  const jobs = Object.fromEntries(
    Object.entries(calls).map(([name, kind]) => [name, job(kind)]),
  ) as unknown as Jobs;
  return {
    catalogue: wholeCatalogue,
    initialize: async (request, options) => {
      const { into, ...own } = ownOptions(options, ["into"]);
      const spec = flattenInitialize(ownRequest(request));
      const target = targetOf(into, spec);
      return named(besideScheme, own, (each) => engine.initialize(spec, { ...each, into: target }));
    },
    initializeSequence: async (request, options) => {
      const specs = flattenSequence(ownRequest(request));
      return named(besideScheme, ownOptions(options), (own) => engine.sequence(specs, own));
    },
    initializeLayer: async (request, options) => {
      const { model, layers } = flattenSingle(ownRequest(request));
      return named(inSingle, ownOptions(options), (own) => engine.model(model, layers, own));
    },
    initializeModel: async (request, options) => {
      const { model, layers } = flattenModel(ownRequest(request));
      return engine.model(model, layers, ownOptions(options));
    },
    netCode: async (library, request, locale = "en") => {
      const own = ownRequest(request, DATA);
      const language: unknown = ownArgument(locale, "locale");
      return netCode(engine, ownArgument(library, "library"), own, language);
    },
    calculateGain: async (nonlinearity, given) => {
      const name: unknown = ownArgument(nonlinearity, "nonlinearity");
      const parameter = ownArgument(given, "parameter") ?? 0.01;
      checkGain(name, parameter);
      return engine.gain(name as string, parameter as number);
    },
    audit: async (files, options) => audits.run(ownFiles(files), ownAuditOptions(options)),
    ...jobs,
    close: () => {
      engine.close();
      audits.close();
    },
  };
}
