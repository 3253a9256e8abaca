/** How a page starts the engine's worker, wherever the page and the engine come from. */
import { fetchBytes } from "./bytes.js";
import { InitscopeError } from "./errors.js";
import type { ModuleParts } from "./module.js";
import type { Connection, Init, OfServer } from "./protocol.js";

/** Where the workers' scripts and the module's parts are. */
export type Assets =
  | {
      readonly kind: "urls";
      readonly worker: string;
      readonly audit: string;
      readonly first: string;
      readonly deferred: string;
    }
  | {
      readonly kind: "inline";
      readonly worker: () => Promise<string>;
      readonly audit: () => Promise<string>;
      readonly parts: () => Promise<ModuleParts>;
    };

/** Which server a worker is: the engine's, or the one that reads checkpoints. */
type Script = "worker" | "audit";

/** The smallest module with a SIMD instruction: (func (result v128) (i32x4.splat (i32.const 0))). */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17,
  11,
]);

function supportsSimd(): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(SIMD_PROBE);
}

/** What is said in a worker around what the engine says. */
interface FromGuard {
  readonly type: "begun" | "started" | "evaluated" | "ended";
}

/**
 * A worker that ends is no event for its page, and neither is a script that is not the engine's: an empty
 * one, say. So the engine's script is run within one that comes with the page, which says that it has
 * begun, that the script has been run, before which the engine's says "started", and that the worker ends
 * itself. What is missing is then known by the order of messages, and no clock is asked.
 */
function guarded(script: string): string {
  return `postMessage({ type: "begun" });
{
  const end = self.close.bind(self);
  self.close = () => { postMessage({ type: "ended" }); end(); };
}
${script}
postMessage({ type: "evaluated" });`;
}

function fromBlob(source: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  // The browser has the address by now; the script stays.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return worker;
}

/** Whether a worker's script runs; a page's policy may forbid it. */
function begins(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.addEventListener("message", () => resolve(true), { once: true });
    worker.addEventListener("error", () => resolve(false), { once: true });
  });
}

async function startWorker(assets: Assets, script: Script): Promise<Worker> {
  if (assets.kind === "inline") return fromBlob(guarded(await assets[script]()));
  const url = new URL(assets[script], document.baseURI);
  // A worker's own script must be of the page's origin; what it imports need not be.
  const worker = fromBlob(guarded(`importScripts(${JSON.stringify(url.href)});`));
  if (url.origin !== location.origin || (await begins(worker))) return worker;
  worker.terminate();
  return new Worker(url); // unguarded, on a page whose policy allows no blob:
}

/** The worker reads the deferred part itself, when it needs it. */
async function readParts(assets: Assets, cache: RequestCache): Promise<ModuleParts> {
  if (assets.kind === "inline") return assets.parts();
  const deferred = new URL(assets.deferred, document.baseURI).href;
  return { first: await fetchBytes(assets.first, cache), deferred };
}

/** Replaces what the HTTP cache holds of what the worker reads, which may be why one was lost. */
async function readAgain(assets: Assets, script: Script): Promise<void> {
  if (assets.kind === "inline") return;
  // What does not come now will not come to the worker either, which says so.
  await Promise.allSettled(
    [assets[script], assets.deferred].map((url) => fetchBytes(url, "reload")),
  );
}

/** A worker as a connection. Listens from the start, for a worker may break before it is used. */
function connectionTo<Sent, Received extends { readonly type: string }>(
  worker: Worker,
): Connection<Sent, Received> {
  const open = new AbortController();
  const { signal } = open;
  let started = false;
  let broken: string | undefined;
  let report: (message: string) => void = (message) => (broken ??= message);
  let receive: (message: Received) => void = () => undefined;
  const lost = (event: Event) => {
    event.preventDefault();
    report((event instanceof ErrorEvent && event.message) || "the worker could not be started");
  };
  worker.addEventListener("error", lost, { signal });
  worker.addEventListener("messageerror", lost, { signal });
  worker.addEventListener(
    "message",
    ({ data }: MessageEvent<Received | FromGuard>) => {
      switch (data.type) {
        case "begun":
          return;
        case "started":
          started = true;
          return;
        case "evaluated":
          if (!started) report("the worker's script is not the engine's");
          return;
        case "ended":
          return report("the worker ended itself");
        default:
          receive(data as Received);
      }
    },
    { signal },
  );
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (listener) => (receive = listener),
    onBreak: (listener) => {
      report = listener;
      if (broken !== undefined) listener(broken);
    },
    close: () => {
      open.abort(); // what has been sent already is not heard any more
      worker.terminate();
    },
  };
}

/**
 * Connects to a worker of its own. The module's first part is read once, and past the HTTP cache after a
 * server that did not come or lacked a part: nothing that was broken is kept.
 */
export function workerConnection<Sent, Received extends { readonly type: string }>(
  assets: Assets,
  script: Script = "worker",
): () => Promise<Connection<Sent, Received | OfServer>> {
  let parts: Promise<ModuleParts> | undefined;
  let doubted = false;
  return async () => {
    if (!supportsSimd())
      throw new InitscopeError("no_simd", "this browser has no WebAssembly SIMD");
    if (doubted) parts = undefined;
    parts ??= readParts(assets, doubted ? "reload" : "default");
    parts.catch(() => undefined); // it is asked for below
    if (doubted) await readAgain(assets, script);
    doubted = true; // until the server is ready
    const connection = connectionTo<Sent | Init, Received | OfServer>(
      await startWorker(assets, script),
    );
    try {
      connection.post({ type: "init", parts: await parts });
    } catch (error) {
      connection.close();
      throw error;
    }
    return {
      ...connection,
      onBreak: (report) =>
        connection.onBreak((message) => {
          doubted = true;
          report(message);
        }),
      listen: (receive) =>
        connection.listen((message) => {
          if (message.type === "ready") doubted = false;
          if ("reason" in message && message.reason === "unavailable") doubted = true;
          receive(message);
        }),
    };
  };
}
