/** The npm package: the workers and the parts of the module lie beside this script. */
import { fetchBytes } from "./bytes.js";
import type { Assets } from "./spawn.js";

const beside = (name: string): string => new URL(/* @vite-ignore */ name, import.meta.url).href;

export const assets: Assets = {
  kind: "urls",
  worker: beside("worker.js"),
  audit: beside("audit-worker.js"),
  first: beside("initscope.wasm"),
  deferred: beside("initscope.deferred.wasm"),
};

export const examples = (name: string): Promise<ArrayBuffer> =>
  fetchBytes(beside(`checkpoints/${name}.safetensors`));
