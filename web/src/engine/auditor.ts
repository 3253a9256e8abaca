/** Where a page's audits are made: each in a worker of its own. */
import { assets } from "@assets";
import type { Connection, OfServer } from "./protocol.js";
import { workerConnection } from "./spawn.js";

/** What is said there is known to `audit/` alone. */
export function auditorConnection<
  Sent,
  Received extends { readonly type: string },
>(): () => Promise<Connection<Sent, Received | OfServer>> {
  return workerConnection<Sent, Received>(assets, "audit");
}
