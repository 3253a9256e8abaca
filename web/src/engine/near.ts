/**
 * The engine's module in the page's own thread, for questions whose answer is to be seen in the frame of an
 * input: no message comes and goes. It answers what it can within a budget; all else is a worker's.
 */
import { fetchBytes } from "./bytes.js";
import { checkRequest } from "./request.js";
import type { JobKind, Requests } from "./request.js";
import { flatten } from "./spec.js";
import type { FlatSpec } from "./spec.js";
import type { Results, SchemeResults } from "./results.js";
import { Unavailable } from "./module.js";
import type { Module } from "./module.js";
import { loadHere } from "./load-module.js";
import type { Assets } from "./spawn.js";

/** How long all jobs of a question may take, in milliseconds: a frame. */
const BUDGET = 16;
/** Questions that are left to others after one that took too long; twice as many after each that follows it. */
const MOST_LEFT = 64;

/** The bytes of the module's parts; the second is asked for when something of it is called. */
export interface NearParts {
  readonly first: () => Promise<ArrayBuffer>;
  readonly deferred: () => Promise<ArrayBuffer>;
}

/** The bytes of what a page's worker is made of, read as the worker reads them. */
export function partsOf(assets: Assets): NearParts {
  if (assets.kind === "inline") {
    const parts = async () => {
      const { first, deferred } = await assets.parts();
      if (typeof deferred === "string") throw new Unavailable(`${deferred} is no part`);
      return { first, deferred };
    };
    return {
      first: async () => (await parts()).first,
      deferred: async () => (await parts()).deferred,
    };
  }
  const bytes = (url: string) => () => fetchBytes(new URL(url, document.baseURI).href, "default");
  return { first: bytes(assets.first), deferred: bytes(assets.deferred) };
}

export class Near {
  /** Undefined where it broke, or while its second part is on its way. */
  private module: Module | undefined;
  /** Whether both parts are there. */
  private whole = false;
  /** Questions in a row that took too long, and how many are left to others now. */
  private late = 0;
  private left = 0;

  private constructor(
    private readonly parts: NearParts,
    private readonly now: () => number,
  ) {}

  /** Rejects where the module cannot be had here: a policy may forbid it, or the network fail. */
  static async open(parts: NearParts, now: () => number = () => performance.now()): Promise<Near> {
    const near = new Near(parts, now);
    near.module = await loadHere(await parts.first());
    return near;
  }

  /**
   * One result for each scheme of a request; undefined where these would take too long, or the module says
   * no: why, a worker says.
   */
  answer<K extends JobKind>(kind: K, asked: unknown): SchemeResults<K> | undefined {
    const { module } = this;
    if (!module || this.left-- > 0) return undefined;
    this.left = 0;
    const { request, issues } = checkRequest(kind, asked);
    if (issues.length > 0) return undefined;
    try {
      return this.compute(module, kind, request);
    } catch (error) {
      // Whatever a module throws means that it cannot be trusted any more.
      this.module = undefined;
      if (error instanceof Unavailable && !this.whole) void this.complete();
      return undefined;
    }
  }

  private compute<K extends JobKind>(
    module: Module,
    kind: K,
    request: Requests[K],
  ): SchemeResults<K> | undefined {
    const data = "data" in request ? (request.data ?? null) : null;
    const specs = flatten(kind, request);
    const end = this.now() + BUDGET;
    const results: { scheme: Requests[K]["schemes"][number]; result: Results[K] }[] = [];
    for (const [i, scheme] of request.schemes.entries()) {
      const spec = specs[i];
      if (!spec || module.check(kind, spec, data).length > 0) return undefined;
      const result = this.finish(module, kind, spec, data, end);
      if (result === undefined) return this.tooLong();
      results.push({ scheme, result: result as Results[K] });
    }
    this.late = 0;
    return results;
  }

  /** The result of one job; undefined where it has none by then. */
  private finish(
    module: Module,
    kind: JobKind,
    spec: FlatSpec,
    data: Float32Array | null,
    end: number,
  ): unknown {
    const job = module.start(kind, spec, data);
    if (!job) throw new Error("the module refused a spec that it had checked");
    let more = job.advance();
    while (more && this.now() <= end) more = job.advance();
    const result = more ? undefined : job.result();
    job.delete();
    return result;
  }

  private tooLong(): undefined {
    this.left = Math.min(MOST_LEFT, 2 ** this.late);
    ++this.late;
  }

  /** A module with both parts in place of the one that lacked one. */
  private async complete(): Promise<void> {
    this.whole = true;
    const { first, deferred } = this.parts;
    const both = Promise.all([first(), deferred()]);
    // Where it does not come a worker's answers are all there is.
    this.module = await both.then((bytes) => loadHere(...bytes)).catch(() => undefined);
  }
}
