/** The single file: the workers' sources and the module's parts are in the script. */
import audit from "@worker/audit-worker.js?raw";
import source from "@worker/worker.js?raw";
import { deferred, first } from "virtual:initscope-wasm";
import frozen from "../../checkpoints/frozen.safetensors?inline";
import underflow from "../../checkpoints/underflow.safetensors?inline";
import untrained from "../../checkpoints/untrained.safetensors?inline";
import wrongFan from "../../checkpoints/wrong-fan.safetensors?inline";
import type { Assets } from "./spawn.js";

const bytes = (base64: string): ArrayBuffer =>
  Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer;

export const assets: Assets = {
  kind: "inline",
  worker: () => Promise.resolve(source),
  audit: () => Promise.resolve(audit),
  parts: () => Promise.resolve({ first: bytes(first), deferred: bytes(deferred) }),
};

/** As data: addresses, which the page's policy does not let it fetch. */
const checkpoints = new Map(
  Object.entries({ frozen, underflow, untrained, "wrong-fan": wrongFan }),
);

export const examples = (name: string): Promise<ArrayBuffer> => {
  const address = checkpoints.get(name) ?? "";
  return Promise.resolve(bytes(address.slice(address.indexOf(",") + 1)));
};
