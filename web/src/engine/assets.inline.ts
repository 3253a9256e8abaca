/** The single file: the workers' sources and the module's parts are in the script. */
import audit from "@worker/audit-worker.js?raw";
import source from "@worker/worker.js?raw";
import { examples as texts } from "virtual:initscope-examples";
import { deferred, first } from "virtual:initscope-wasm";
import type { Assets } from "./spawn.js";

/** What `packed` of the build's plugins made a text of. */
function bytes(base64: string): Promise<ArrayBuffer> {
  const packed = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

export const assets: Assets = {
  kind: "inline",
  worker: () => Promise.resolve(source),
  audit: () => Promise.resolve(audit),
  parts: async () => ({ first: await bytes(first), deferred: await bytes(deferred) }),
};

const byName = new Map(Object.entries(texts));

export const examples = (name: string): Promise<ArrayBuffer> => bytes(byName.get(name) ?? "");
