/** The site: the worker and the module are files of the build, with their hash in the name. */
import wasm from "@wasm/initscope.wasm?url";
import worker from "@worker/worker.js?url";
import type { Assets } from "./spawn.js";

// Relative addresses are relative to this script, which need not be where the page is.
export const assets: Assets = {
  kind: "urls",
  worker: new URL(worker, import.meta.url).href,
  wasm: new URL(wasm, import.meta.url).href,
};
