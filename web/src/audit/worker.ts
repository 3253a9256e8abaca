/** The worker of an audit: an auditor whose port is the worker's scope. Built as one classic script. */
import { loadModule } from "../engine/load-module.js";
import type { FromAuditor, ToAuditor } from "./protocol.js";
import { Auditor } from "./server.js";

new Auditor(
  {
    post: (message: FromAuditor) => self.postMessage(message),
    listen: (receive) =>
      self.addEventListener("message", (event: MessageEvent<ToAuditor>) => receive(event.data)),
  },
  loadModule,
);
self.postMessage({ type: "started" }); // see `guarded` in engine/spawn.ts
