/**
 * One place in the engine for one figure: a newer request takes the place of an older one. A short
 * job is let finish first, so that a figure follows a control while it is dragged; a long one is
 * cancelled.
 */
import type { Engine, RunOptions } from "./client.js";
import { InitscopeError } from "./errors.js";
import type { JobKind } from "./request.js";
import type { SchemeResults } from "./results.js";

/** A job is let finish if it does so within this time from its start, in milliseconds. */
const GRACE = 400;

export class Latest<K extends JobKind> {
  private current: { controller: AbortController; started: number } | undefined;
  private pending: (() => void) | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly kind: K,
  ) {}

  /** Rejects with reason "superseded" when a newer request comes before the end. */
  async run(request: unknown, options: RunOptions = {}): Promise<SchemeResults<K>> {
    this.pending?.();
    this.pending = undefined;
    if (this.current) await this.turn(this.current);
    const controller = new AbortController();
    const forward = () => controller.abort(options.signal?.reason);
    if (options.signal?.aborted) forward();
    options.signal?.addEventListener("abort", forward, { once: true });
    const here = { controller, started: performance.now() };
    this.current = here;
    try {
      return await this.engine.run(this.kind, request, { ...options, signal: controller.signal });
    } finally {
      if (this.current === here) this.current = undefined;
      this.wake?.();
    }
  }

  private wake: (() => void) | undefined;

  /** Waits until the running job has ended or its time is up; only the newest caller returns. */
  private turn(running: { controller: AbortController; started: number }): Promise<void> {
    return new Promise((resolve, reject) => {
      const superseded = new InitscopeError("superseded", "a newer request took the place");
      const left = Math.max(0, running.started + GRACE - performance.now());
      const timer = setTimeout(() => running.controller.abort(superseded), left);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        this.pending = undefined;
        resolve();
      };
      this.pending = () => {
        clearTimeout(timer);
        reject(superseded);
      };
    });
  }
}
