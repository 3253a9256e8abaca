/** The engine in Node: the same server, in this thread. */
import { readFile } from "node:fs/promises";
import { assets } from "@assets";
import type { Connect } from "./client.js";
import { loadModule } from "./load-module.js";
import { localConnection } from "./local.js";

export function nodeConnection(): Connect {
  return localConnection(loadModule, async () => {
    if (assets.kind !== "urls") return assets.wasm();
    const bytes = await readFile(new URL(assets.wasm));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  });
}
