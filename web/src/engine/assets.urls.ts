/** The site: workers and module are files of the build, with their hash in the name. */
import deferred from "@wasm/initscope.deferred.wasm?url";
import first from "@wasm/initscope.wasm?url";
import audit from "@worker/audit-worker.js?url";
import worker from "@worker/worker.js?url";
import { fetchBytes } from "./bytes.js";
import type { Assets } from "./spawn.js";

// Relative addresses are relative to this script, which need not be where the page is.
export const assets: Assets = {
  kind: "urls",
  worker: new URL(worker, import.meta.url).href,
  audit: new URL(audit, import.meta.url).href,
  first: new URL(first, import.meta.url).href,
  deferred: new URL(deferred, import.meta.url).href,
};

/** Beside the folder of scripts. */
export const examples = (name: string): Promise<ArrayBuffer> =>
  fetchBytes(
    new URL(/* @vite-ignore */ `../checkpoints/${name}.safetensors`, import.meta.url).href,
  );
