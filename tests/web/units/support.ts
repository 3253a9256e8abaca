/** The real module in this process. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../../../web/src/engine/client.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import { localConnection } from "../../../web/src/engine/local.js";

const root = join(import.meta.dirname, "../../..");

export function wasmBytes(): ArrayBuffer {
  const file = readFileSync(join(root, "build/wasm/wasm/initscope.wasm"));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
}

export function localEngine(): Engine {
  return new Engine(localConnection(loadModule, () => Promise.resolve(wasmBytes())));
}

export function sha256(values: Float32Array | Float64Array): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}
