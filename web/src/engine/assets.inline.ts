/** The single file: the worker's source and the module's bytes are part of the script. */
import source from "@worker/worker.js?raw";
import base64 from "virtual:initscope-wasm";
import type { Assets } from "./spawn.js";

export const assets: Assets = {
  kind: "inline",
  worker: () => Promise.resolve(source),
  wasm: () => Promise.resolve(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer),
};
