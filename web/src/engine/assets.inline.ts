/** The single file: the workers' sources and the module's parts are in the script. */
import audit from "@worker/audit-worker.js?raw";
import source from "@worker/worker.js?raw";
import { examples as texts } from "virtual:initscope-examples";
import { deferred, first } from "virtual:initscope-wasm";
import type { Assets } from "./spawn.js";

const bytes = (base64: string): ArrayBuffer =>
  Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer;

export const assets: Assets = {
  kind: "inline",
  worker: () => Promise.resolve(source),
  audit: () => Promise.resolve(audit),
  parts: () => Promise.resolve({ first: bytes(first), deferred: bytes(deferred) }),
};

const byName = new Map(Object.entries(texts));

export const examples = (name: string): Promise<ArrayBuffer> =>
  Promise.resolve(bytes(byName.get(name) ?? ""));
