/** Who asks for audits: each has an auditor of its own, whose memory goes with it. */
import { cancellation, closing, InitscopeError, messageOf } from "../engine/errors.js";
import type { Audit, AuditedTensor } from "./answer.js";
import type { ChosenFile, ConnectAuditor, FromAuditor } from "./protocol.js";
import { CheckpointError } from "./refused.js";

/**
 * A listener that throws, or whose promise is rejected while the audit goes on, rejects it with reason
 * "listener", its name as the field, and what was thrown as the cause.
 */
export interface AuditOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with a share between 0 and 1, which never falls. */
  readonly onProgress?: ((progress: number) => void) | undefined;
  /**
   * Called with each tensor that has been read, and its place in the list. Its seed, its distance and
   * what other tensors say of it come with the answer alone.
   */
  readonly onTensor?: ((tensor: AuditedTensor, place: number) => void) | undefined;
}

type Listener = "onProgress" | "onTensor";
type Heard<L extends Listener> = Parameters<NonNullable<AuditOptions[L]>>;

/** One audit, from its start to whatever ends it. */
class Running {
  private settled = false;
  private end: () => void = () => undefined;

  constructor(
    private readonly options: AuditOptions,
    private readonly resolve: (audit: Audit) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  /** Connects and asks. What ends the audit meanwhile ends the connection as soon as it is there. */
  async start(connect: ConnectAuditor, files: readonly ChosenFile[]): Promise<void> {
    try {
      const connection = await connect();
      this.end = () => {
        connection.post({ type: "cancel" });
        connection.close();
      };
      if (this.settled) return this.end();
      connection.listen((message) => this.receive(message));
      connection.onBreak((message) => this.fail(new InitscopeError("aborted", message)));
      connection.post({ type: "audit", files });
    } catch (error) {
      const known = error instanceof InitscopeError;
      this.fail(known ? error : new InitscopeError("unavailable", messageOf(error)));
    }
  }

  fail(error: Error): void {
    this.settle(() => this.reject(error));
  }

  private settle(how: () => void): void {
    if (this.settled) return;
    this.settled = true;
    this.end();
    how();
  }

  private receive(message: FromAuditor): void {
    switch (message.type) {
      case "ready":
        return;
      case "progress":
        return this.tell("onProgress", message.progress);
      case "tensor":
        return this.tell("onTensor", message.tensor, message.place);
      case "refused":
        return this.fail(new CheckpointError(message.refusal));
      case "failed":
        return this.fail(new InitscopeError(message.reason, message.message));
      case "done":
        // What a listener's promise was rejected with by now comes first.
        return queueMicrotask(() => this.settle(() => this.resolve(message.audit)));
    }
  }

  private tell<L extends Listener>(name: L, ...heard: Heard<L>): void {
    if (this.settled) return;
    const fail = (cause: unknown) => {
      const message = `${name} threw: ${messageOf(cause)}`;
      this.fail(new InitscopeError("listener", message, [], { field: name, cause }));
    };
    try {
      const listener = this.options[name] as ((...heard: Heard<L>) => unknown) | undefined;
      const answer = listener?.(...heard);
      if (answer instanceof Promise) answer.catch(fail);
    } catch (cause) {
      fail(cause);
    }
  }
}

export class Audits {
  private readonly running = new Set<Running>();
  private closed = false;

  constructor(private readonly connect: ConnectAuditor) {}

  /**
   * Rejects with a CheckpointError where the files are not read, and with another InitscopeError where
   * the audit ends before its time.
   */
  async run(files: readonly ChosenFile[], options: AuditOptions = {}): Promise<Audit> {
    const { signal } = options;
    if (this.closed) throw closing();
    if (signal?.aborted) throw cancellation(signal);
    let running: Running | undefined;
    const cancel = () => running?.fail(cancellation(signal));
    try {
      return await new Promise<Audit>((resolve, reject) => {
        running = new Running(options, resolve, reject);
        this.running.add(running);
        signal?.addEventListener("abort", cancel);
        void running.start(this.connect, files);
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
      if (running) this.running.delete(running);
    }
  }

  /** Ends audits under way, and any that come later. */
  close(): void {
    this.closed = true;
    for (const running of this.running) running.fail(closing());
  }
}
