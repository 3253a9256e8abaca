/** How a page starts the engine's worker, wherever the page and the engine come from. */
import type { Connect, Connection } from "./client.js";
import { InitscopeError } from "./errors.js";
import type { ModuleParts } from "./module.js";
import type { FromServer } from "./protocol.js";

/** Where the worker's script and the module's parts are. */
export type Assets =
  | {
      readonly kind: "urls";
      readonly worker: string;
      readonly first: string;
      readonly deferred: string;
    }
  | {
      readonly kind: "inline";
      readonly worker: () => Promise<string>;
      readonly parts: () => Promise<ModuleParts>;
    };

/** The smallest module with a SIMD instruction: (func (result v128) (i32x4.splat (i32.const 0))). */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17,
  11,
]);

function supportsSimd(): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(SIMD_PROBE);
}

function fromBlob(source: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  // The browser has the address by now; the script stays.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return worker;
}

async function startWorker(assets: Assets): Promise<Worker> {
  if (assets.kind === "inline") return fromBlob(await assets.worker());
  const url = new URL(assets.worker, document.baseURI);
  if (url.origin === location.origin) return new Worker(url);
  // A worker's script must be of the page's own origin; what it imports need not be.
  return fromBlob(`importScripts(${JSON.stringify(url.href)});`);
}

/** The worker reads the deferred part itself, when it needs it. */
async function readParts(assets: Assets): Promise<ModuleParts> {
  if (assets.kind === "inline") return assets.parts();
  const response = await fetch(assets.first);
  if (!response.ok) throw new Error(`${assets.first}: HTTP status ${response.status}`);
  const deferred = new URL(assets.deferred, document.baseURI).href;
  return { first: await response.arrayBuffer(), deferred };
}

/** A worker as a connection. Listens from the start, for a worker may break before it is used. */
function connectionTo(worker: Worker): Connection {
  let broken: string | undefined;
  let report: (message: string) => void = (message) => (broken ??= message);
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    report(event.message || "the worker could not be started");
  });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) =>
      worker.addEventListener("message", (event: MessageEvent<FromServer>) => receive(event.data)),
    onBreak: (listener) => {
      report = listener;
      if (broken !== undefined) listener(broken);
    },
    close: () => worker.terminate(),
  };
}

/** Connects to a worker of its own. The module's first part is read once. */
export function workerConnection(assets: Assets): Connect {
  let parts: Promise<ModuleParts> | undefined;
  return async () => {
    if (!supportsSimd())
      throw new InitscopeError("no_simd", "this browser has no WebAssembly SIMD");
    parts ??= readParts(assets);
    parts.catch(() => (parts = undefined)); // to be read again next time
    const connection = connectionTo(await startWorker(assets));
    try {
      connection.post({ type: "init", parts: await parts });
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  };
}
