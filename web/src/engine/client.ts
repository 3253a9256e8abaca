/**
 * The engine as the rest of the page knows it: requests in, promises out. It keeps one server,
 * gives it one request at a time, and puts a fresh one in its place when a module aborts.
 */
import { catalogue } from "./catalogue.js";
import {
  cancellation,
  closing,
  InitscopeError,
  issuesError,
  messageOf,
  sentence,
} from "./errors.js";
import type { Issue } from "./errors.js";
import type { Connection, FromServer, ToServer } from "./protocol.js";
import { checkRequest } from "./request.js";
import type { JobKind } from "./request.js";
import type { FlatSpec } from "./spec.js";
import type { LayerParameter, SchemeResults, TrainingFrame } from "./results.js";

/** Starts a server and sends it the module's bytes. */
export type Connect = () => Promise<Connection<ToServer, FromServer>>;

export interface InitializeOptions extends RunOptions {
  /**
   * Where to write: an array of as many elements as are asked for, with a buffer to itself, neither
   * shared nor resizable. Its buffer is taken at the call, which leaves it empty, and comes back in
   * the result; a request that fails does not give it back. Saves the making of an array, which is
   * most of the time.
   */
  readonly into?: Float32Array<ArrayBuffer> | undefined;
}

/** A word about a request that is no mistake, with its sentence in English. */
export interface Warning extends Issue {
  readonly text: string;
}

/**
 * A listener that throws, or whose promise is rejected while the call goes on, rejects its own call with
 * reason "listener", its name as the field, and what was thrown as the cause. What fails after the
 * call is settled goes unheard.
 */
export interface RunOptions<K extends JobKind = JobKind> {
  readonly signal?: AbortSignal | undefined;
  /** Called with a share between 0 and 1. */
  readonly onProgress?: ((progress: number) => void) | undefined;
  /** Called with the schemes that are ready, whenever one more is. */
  readonly onResult?: ((results: SchemeResults<K>) => void) | undefined;
  /**
   * Called for a tensor that has no elements, so that nothing is drawn, or none that is not 0. Answers
   * that are objects have these in their list `warnings`.
   */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
  /**
   * Called with what is new of the scheme at this place: races report as they go on. A run that
   * diverges has no more frames than until then: the last call for it says at which step, all
   * others 0.
   */
  readonly onFrames?:
    ((index: number, frames: readonly TrainingFrame[], diverged: number) => void) | undefined;
}

type Message =
  | { type: "run"; kind: JobKind; request: unknown }
  | { type: "initialize"; spec: FlatSpec; into: Float32Array<ArrayBuffer> | null }
  | { type: "sequence"; specs: readonly FlatSpec[] }
  | { type: "model"; model: FlatSpec; layers: readonly FlatSpec[]; draw: boolean }
  | { type: "gain"; nonlinearity: string; parameter: number };

interface Task {
  readonly id: number;
  readonly message: Message;
  readonly options: RunOptions;
  /** What has arrived so far: results in order, and frames by scheme. */
  readonly results: unknown[];
  readonly frames: Map<number, TrainingFrame[]>;
  readonly resolve: (results: readonly unknown[]) => void;
  readonly reject: (error: InitscopeError) => void;
  /** Whether its promise is settled: nobody is told more of it, though its job may still run. */
  settled: boolean;
}

type Listener = "onProgress" | "onResult" | "onWarning" | "onFrames";
type Heard<L extends Listener> = Parameters<NonNullable<RunOptions[L]>>;

export class Engine {
  private connection: Promise<Connection<ToServer, FromServer>> | undefined;
  private readonly waiting: Task[] = [];
  private running: Task | undefined;
  private nextId = 0;
  /** Whether the present server has loaded its module. */
  private ready = false;
  private closed = false;
  /** Who waits until nothing is asked. */
  private readonly resting: (() => void)[] = [];

  constructor(private readonly connect: Connect) {}

  /** Starts the server early, so that the first request finds it ready. */
  warmUp(): void {
    this.server().catch(() => undefined); // the first request will report it
  }

  /** Resolves once nothing is asked of the server, which it may be again a moment later. */
  rest(): Promise<void> {
    return new Promise((resolve) => {
      this.resting.push(resolve);
      this.wake();
    });
  }

  private wake(): void {
    if (!this.running) for (const resolve of this.resting.splice(0)) resolve();
  }

  /** Runs a request for every scheme in it. Rejects with an InitscopeError. */
  async run<K extends JobKind>(
    kind: K,
    request: unknown,
    options: RunOptions<K> = {},
  ): Promise<SchemeResults<K>> {
    const checked = checkRequest(kind, request);
    if (checked.issues.length > 0) throw issuesError(checked.issues, catalogue.reasons);
    const message: Message = { type: "run", kind, request: checked.request };
    return (await this.submit(message, options as RunOptions)) as SchemeResults<K>;
  }

  /** Draws a tensor, row-major. The spec is flat, as the core reads it. */
  async initialize(
    spec: FlatSpec,
    options: InitializeOptions = {},
  ): Promise<Float32Array<ArrayBuffer>> {
    const { into = null, ...others } = options;
    const [values] = await this.submit({ type: "initialize", spec, into }, others);
    return values as Float32Array<ArrayBuffer>;
  }

  /** Draws tensors on one torch generator, one after the other. The specs are flat. */
  async sequence(
    specs: readonly FlatSpec[],
    options: RunOptions = {},
  ): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const [tensors] = await this.submit({ type: "sequence", specs }, options);
    return tensors as Float32Array<ArrayBuffer>[];
  }

  /** Draws the parameters of layers, given as flat specs; `draw: false` leaves the values empty. */
  async model(
    model: FlatSpec,
    layers: readonly FlatSpec[],
    options: RunOptions & { readonly draw?: boolean } = {},
  ): Promise<readonly LayerParameter[]> {
    const { draw = true, ...others } = options;
    const [parameters] = await this.submit({ type: "model", model, layers, draw }, others);
    return parameters as LayerParameter[];
  }

  /** torch.nn.init.calculate_gain, for names of the catalogue: see `checkGain`. */
  async gain(nonlinearity: string, parameter: number): Promise<number> {
    const [gain] = await this.submit({ type: "gain", nonlinearity, parameter }, {});
    return gain as number;
  }

  /** Ends the server; requests under way, and any that come later, are cancelled. */
  close(): void {
    this.closed = true;
    this.running?.reject(closing());
    for (const task of this.waiting.splice(0)) task.reject(closing());
    this.discard();
  }

  private submit(message: Message, options: RunOptions): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (this.closed) return reject(closing());
      if (signal?.aborted) return reject(cancellation(signal));
      const onAbort = () => this.cancel(task);
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener("abort", onAbort);
          task.settled = true;
          how(value);
        };
      const id = this.nextId++;
      const task: Task = {
        id,
        message,
        options,
        results: [],
        frames: new Map(),
        resolve: settle(resolve),
        reject: settle(reject),
        settled: false,
      };
      signal?.addEventListener("abort", onAbort);
      this.waiting.push(task);
      void this.next();
    });
  }

  private cancel(task: Task): void {
    const position = this.waiting.indexOf(task);
    if (position >= 0) {
      this.waiting.splice(position, 1);
      task.reject(cancellation(task.options.signal));
    } else if (this.running === task) {
      this.stop(task);
    }
  }

  private stop({ id }: Task): void {
    const post = (server: Connection<ToServer, FromServer>) => server.post({ type: "cancel", id });
    this.connection?.then(post).catch(() => undefined); // without a server, `next` says so
  }

  /** Calls a listener of the caller's. What it throws, at once or later, ends its own task. */
  private tell<L extends Listener>(task: Task, name: L, ...heard: Heard<L>): void {
    if (task.settled) return;
    const fail = (cause: unknown) => {
      if (task.settled) return; // nobody is left to be told, and unheard it would end a program
      const message = `${name} threw: ${messageOf(cause)}`;
      task.reject(new InitscopeError("listener", message, [], { field: name, cause }));
      this.stop(task);
    };
    try {
      const listener = task.options[name] as ((...heard: Heard<L>) => unknown) | undefined;
      const answer = listener?.(...heard);
      if (answer instanceof Promise) answer.catch(fail);
    } catch (cause) {
      fail(cause);
    }
  }

  private async next(): Promise<void> {
    if (this.running) return;
    const task = this.waiting.shift();
    if (!task) return;
    this.running = task;
    try {
      const server = await this.server();
      const { message } = task;
      const transfer = message.type === "initialize" && message.into ? [message.into.buffer] : [];
      server.post({ ...message, id: task.id } as ToServer, transfer);
    } catch (error) {
      this.discard();
      const why = error instanceof Error ? error.message : String(error);
      const reason = error instanceof InitscopeError ? error.reason : "unavailable";
      this.finish(task.id, () => task.reject(new InitscopeError(reason, why)));
    }
  }

  private server(): Promise<Connection<ToServer, FromServer>> {
    this.connection ??= this.connect().then((server) => {
      server.listen((message) => this.receive(message));
      server.onBreak((message) => this.lose(this.ready ? "aborted" : "unavailable", message));
      return server;
    });
    return this.connection;
  }

  private receive(message: FromServer): void {
    const task = this.running;
    if (message.type === "failed" && message.reason !== "cancelled")
      return this.lose(message.reason, message.message);
    if (message.type === "ready") this.ready = true;
    if (message.type === "ready" || !task || message.id !== task.id) return;
    switch (message.type) {
      case "progress":
        return this.tell(task, "onProgress", message.progress);
      case "frames": {
        const frames = message.frames as readonly TrainingFrame[];
        task.frames.set(message.index, [...(task.frames.get(message.index) ?? []), ...frames]);
        return this.tell(task, "onFrames", message.index, frames, message.diverged);
      }
      case "result":
        task.results.push(withFrames(message.result, task.frames.get(task.results.length)));
        return this.tell(task, "onResult", [...task.results] as SchemeResults<JobKind>);
      case "warnings":
        for (const warning of message.warnings) {
          const text = sentence(warning, catalogue.reasons);
          this.tell(task, "onWarning", { ...warning, text });
        }
        return;
      case "done":
        // What a listener's promise was rejected with by now comes first.
        return this.finish(task.id, () => queueMicrotask(() => task.resolve(task.results)));
      case "refused":
        return this.finish(task.id, () =>
          task.reject(issuesError(message.issues, catalogue.reasons)),
        );
      case "failed":
        return this.finish(task.id, () => task.reject(cancellation(task.options.signal)));
    }
  }

  private finish(id: number, settle: () => void): void {
    if (this.running?.id !== id) return;
    this.running = undefined;
    settle();
    void this.next();
    this.wake();
  }

  /** The server is gone, even if it still answers; the next request starts another. */
  private lose(reason: InitscopeError["reason"], message: string): void {
    this.discard();
    const task = this.running;
    if (task) this.finish(task.id, () => task.reject(new InitscopeError(reason, message)));
  }

  private discard(): void {
    this.connection?.then((server) => server.close()).catch(() => undefined);
    this.connection = undefined;
    this.ready = false;
  }
}

/** A race's result, with the frames that came before it. */
function withFrames(answer: unknown, frames: readonly TrainingFrame[] | undefined): unknown {
  if (!frames) return answer;
  const { scheme, result } = answer as SchemeResults<"training">[number];
  return { scheme, result: { ...result, frames } };
}
