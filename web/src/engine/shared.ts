/** The engines that all figures on a page share. */
import { assets } from "@assets";
import { Engine } from "./client.js";
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
