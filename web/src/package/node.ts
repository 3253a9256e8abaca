/** The engine and the auditor in Node: the same servers, in this thread. */
import { readFile } from "node:fs/promises";
import { assets } from "@assets";
import type { ConnectAuditor, FromAuditor, ToAuditor } from "../audit/protocol.js";
import { Auditor } from "../audit/server.js";
import type { Connect } from "../engine/client.js";
import { loadModule } from "../engine/load-module.js";
import { inThread, localConnection } from "../engine/local.js";
import type { ModuleParts } from "../engine/module.js";

/** A file's bytes in a buffer of their own. */
async function read(file: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(new URL(file))).buffer;
}

const readParts = async (): Promise<ModuleParts> =>
  assets.kind === "urls"
    ? { first: await read(assets.first), deferred: await read(assets.deferred) }
    : assets.parts();

export function nodeConnection(): Connect {
  return localConnection(loadModule, readParts);
}

/** An auditor of its own for each audit, in this thread. */
export function nodeAuditor(): ConnectAuditor {
  return inThread<ToAuditor, FromAuditor>((port) => new Auditor(port, loadModule), readParts);
}
