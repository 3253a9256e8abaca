/**
 * The engine's server: owns a module, runs one job at a time in slices, and between slices reads
 * its messages. In a browser it lives in a worker, in Node in process.
 */
import type { Failure, Issue } from "./errors.js";
import { isRace } from "./kinds.js";
import { Unavailable } from "./module.js";
import type { LoadModule, Module, ModuleJob } from "./module.js";
import type { FromServer, Port, ToServer } from "./protocol.js";
import type { JobKind, Requests } from "./request.js";
import { flatten, unflattenIssue, unflattenLayerIssue } from "./spec.js";
import type { FlatSpec } from "./spec.js";
import { buffersOf } from "./results.js";
import type { TrainingResult } from "./results.js";
import { nextTask } from "./task.js";

/** How long a slice of steps may take before messages are read, in milliseconds. */
const SLICE = 12;

class Cancelled extends Error {}

function failureOf(error: unknown): Failure {
  if (error instanceof Cancelled) return "cancelled";
  return error instanceof Unavailable ? "unavailable" : "aborted";
}

/** What is said of each tensor of a sequence, with the field's path in the request. */
function inTensors(specs: readonly FlatSpec[], say: (spec: FlatSpec) => Issue[]): Issue[] {
  return specs.flatMap((spec, i) =>
    say(spec).map((issue) => ({ ...issue, field: `tensors.${i}.${issue.field}` })),
  );
}

export class Server {
  private module: Promise<Module> | undefined;
  private readonly cancelled = new Set<number>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly port: Port<FromServer, ToServer>,
    private readonly load: LoadModule,
    private readonly now: () => number = () => performance.now(),
  ) {
    port.listen((message) => this.receive(message));
  }

  private receive(message: ToServer): void {
    switch (message.type) {
      case "init":
        this.module = this.load(message.parts);
        this.module.then(
          () => this.port.post({ type: "ready" }),
          (error: unknown) => this.fail(-1, "unavailable", error),
        );
        break;
      case "cancel":
        this.cancelled.add(message.id);
        break;
      case "run":
        this.enqueue(message.id, (module) => this.run(module, message));
        break;
      case "sequence":
        this.enqueue(message.id, (module) => this.sequence(module, message));
        break;
      case "model":
        this.enqueue(message.id, (module) => this.model(module, message));
        break;
      case "gain":
        this.enqueue(message.id, (module) => this.gain(module, message));
        break;
      case "initialize":
        this.enqueue(message.id, (module) => this.initialize(module, message));
        break;
    }
  }

  private fail(id: number, reason: Failure, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.port.post({ type: "failed", id, reason, message });
  }

  /** One after another; whatever a module throws means that it cannot be trusted any more. */
  private enqueue(id: number, work: (module: Module) => Promise<void> | void): void {
    this.queue = this.queue.then(async () => {
      try {
        const module = await this.module;
        if (!module) throw new Error("run before init");
        await work(module);
      } catch (error) {
        this.fail(id, failureOf(error), error);
      } finally {
        this.cancelled.delete(id);
      }
    });
  }

  private warn(id: number, warnings: readonly Issue[]): void {
    if (warnings.length > 0) this.port.post({ type: "warnings", id, warnings });
  }

  private initialize(module: Module, { id, spec, into }: ToServer & { type: "initialize" }) {
    const issues = module.checkInitialize(spec);
    if (issues.length > 0) return this.port.post({ type: "refused", id, issues });
    const values = module.initialize(spec, into);
    if (!values) throw new Error("the module refused a spec that it had checked");
    this.warn(id, module.warnings(spec));
    this.deliver(id, values);
    this.port.post({ type: "done", id });
  }

  private sequence(module: Module, { id, specs }: ToServer & { type: "sequence" }) {
    const issues = inTensors(specs, (spec) => module.checkInitialize(spec));
    if (issues.length > 0) return this.port.post({ type: "refused", id, issues });
    const tensors = module.initializeSequence(specs);
    if (!tensors) throw new Error("the module refused a spec that it had checked");
    this.warn(
      id,
      inTensors(specs, (spec) => module.warnings(spec)),
    );
    this.deliver(id, tensors);
    this.port.post({ type: "done", id });
  }

  private model(module: Module, { id, model, layers, draw }: ToServer & { type: "model" }) {
    const answer = module.initializeModel(model, layers, draw);
    const issues = answer.issues.map(unflattenLayerIssue);
    if (issues.length > 0) return this.port.post({ type: "refused", id, issues });
    this.deliver(id, answer.parameters);
    this.port.post({ type: "done", id });
  }

  private gain(module: Module, message: ToServer & { type: "gain" }) {
    const { id, nonlinearity, parameter } = message;
    const gain = module.calculateGain(nonlinearity, parameter);
    if (gain === null) throw new Error(`the module has no gain for ${nonlinearity}`);
    this.deliver(id, gain);
    this.port.post({ type: "done", id });
  }

  private async run(
    module: Module,
    { id, kind, request }: { id: number; kind: JobKind; request: Requests[JobKind] },
  ): Promise<void> {
    const specs = flatten(kind, request);
    const data = "data" in request ? (request.data ?? null) : null;
    const issues: Issue[] = specs.flatMap((spec, index) =>
      module.check(kind, spec, data).map((issue) => unflattenIssue(issue, index)),
    );
    if (issues.length > 0) return this.port.post({ type: "refused", id, issues });
    // Those of a race go on side by side; others have the memory to themselves, one by one.
    const groups = isRace(kind) ? [specs] : specs.map((spec) => [spec]);
    let first = 0;
    for (const group of groups) {
      const jobs = group.map((spec) => module.start(kind, spec, data));
      const report = (share: number) =>
        this.port.post({
          type: "progress",
          id,
          progress: (first + share * group.length) / specs.length,
        });
      try {
        for (const [i, result] of (await this.finish(id, first, jobs, report)).entries())
          this.deliver(id, { scheme: request.schemes[first + i], result });
      } finally {
        for (const job of jobs) job?.delete();
      }
      first += group.length;
    }
    this.port.post({ type: "done", id });
  }

  private deliver(id: number, result: unknown): void {
    this.port.post({ type: "result", id, result }, buffersOf(result));
  }

  /** Advances jobs slice by slice to their ends, always the one that is furthest behind. */
  private async finish(
    id: number,
    first: number,
    jobs: readonly (ModuleJob | null)[],
    report: (share: number) => void,
  ): Promise<unknown[]> {
    const running = jobs.map((job, i) => {
      if (!job) throw new Error("the module refused a spec that it had checked");
      return { job, index: first + i, done: 0 };
    });
    const all = [...running];
    for (;;) {
      const behind = running.reduce((a, b) => (b.done < a.done ? b : a));
      const { job, index } = behind;
      const more = this.slice(job);
      behind.done = more ? job.progress() : 1;
      const frames = job.frames();
      if (frames && (frames.length > 0 || !more)) {
        const diverged = more ? 0 : (job.result() as TrainingResult).diverged;
        this.port.post({ type: "frames", id, index, frames, diverged }, buffersOf(frames));
      }
      if (!more) running.splice(running.indexOf(behind), 1);
      if (running.length === 0) return all.map((entry) => entry.job.result());
      report(all.reduce((sum, { done }) => sum + done, 0) / all.length);
      await nextTask();
      if (this.cancelled.has(id)) throw new Cancelled("cancelled");
    }
  }

  /** Advances a job for a slice of time; true while there is more to do. */
  private slice(job: ModuleJob): boolean {
    const end = this.now() + SLICE;
    let more = job.advance();
    while (more && this.now() < end) more = job.advance();
    return more;
  }
}
