/** The one engine that all figures on a page share. */
import { assets } from "@assets";
import { Engine } from "./client.js";
import { workerConnection } from "./spawn.js";

let engine: Engine | undefined;

export function sharedEngine(): Engine {
  engine ??= new Engine(workerConnection(assets));
  return engine;
}
