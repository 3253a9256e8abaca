/**
 * One place in the engine for one figure: a newer request takes the place of an older one. A
 * request may give the older one some time to finish, so that a figure follows a control while it
 * is dragged; otherwise the older one is cancelled at once.
 */
import type { Engine, RunOptions } from "./client.js";
import { InitscopeError } from "./errors.js";
import type { JobKind } from "./request.js";
import type { SchemeResults } from "./results.js";

export interface LatestOptions<K extends JobKind> extends RunOptions<K> {
  /** How long after its start the older request may go on, in milliseconds; 0 unless given. */
  readonly grace?: number;
}

export class Latest<K extends JobKind> {
  private current: { controller: AbortController; started: number } | undefined;
  private pending: (() => void) | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly kind: K,
  ) {}

  /** Rejects with reason "superseded" when a newer request comes before the end. */
  async run(request: unknown, options: LatestOptions<K> = {}): Promise<SchemeResults<K>> {
    this.pending?.();
    this.pending = undefined;
    if (this.current) await this.giveGrace(this.current, options.grace ?? 0);
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
  private giveGrace(
    running: { controller: AbortController; started: number },
    grace: number,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const superseded = new InitscopeError("superseded", "a newer request took the place");
      const left = Math.max(0, running.started + grace - performance.now());
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
