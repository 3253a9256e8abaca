/** The real module in this process. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../../../web/src/engine/client.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import { localConnection } from "../../../web/src/engine/local.js";
import type { ModuleParts } from "../../../web/src/engine/module.js";

const root = join(import.meta.dirname, "../../..");

export function moduleParts(): Record<keyof ModuleParts, ArrayBuffer> {
  const read = (file: string): ArrayBuffer =>
    new Uint8Array(readFileSync(join(root, "build/wasm/wasm", file))).buffer;
  return { first: read("initscope.wasm"), deferred: read("initscope.deferred.wasm") };
}

export function localEngine(): Engine {
  return new Engine(localConnection(loadModule, () => Promise.resolve(moduleParts())));
}

export function sha256(values: Float32Array | Float64Array): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}
