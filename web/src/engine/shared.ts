/** The engines that all figures on a page share. */
import { assets } from "@assets";
import { Engine } from "./client.js";
import type { Near } from "./near.js";
import type { FromServer, ToServer } from "./protocol.js";
import { workerConnection } from "./spawn.js";

let engine: Engine | undefined;
let quick: Engine | undefined;

export function sharedEngine(): Engine {
  engine ??= new Engine(workerConnection<ToServer, FromServer>(assets));
  return engine;
}

/** For questions of a few milliseconds, which must not wait behind a simulation. */
export function quickEngine(): Engine {
  quick ??= new Engine(workerConnection<ToServer, FromServer>(assets));
  return quick;
}

/** The module in this thread, which comes with its code: for what must be seen in the frame of an input. */
export async function nearEngine(): Promise<Near> {
  const { Near, partsOf } = await import("./near.js");
  return Near.open(partsOf(assets));
}
