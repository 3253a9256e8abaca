/** The engine in Node: the same server, in this thread. */
import { readFile } from "node:fs/promises";
import { assets } from "@assets";
import type { Connect } from "../engine/client.js";
import { loadModule } from "../engine/load-module.js";
import { localConnection } from "../engine/local.js";

/** A file's bytes in a buffer of their own. */
async function read(file: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(new URL(file))).buffer;
}

export function nodeConnection(): Connect {
  return localConnection(loadModule, async () =>
    assets.kind === "urls"
      ? { first: await read(assets.first), deferred: await read(assets.deferred) }
      : assets.parts(),
  );
}
