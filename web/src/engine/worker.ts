/** The worker: a server whose port is the worker's scope. Built as one classic script. */
import { loadModule } from "./load-module.js";
import type { FromServer, ToServer } from "./protocol.js";
import { Server } from "./server.js";

new Server(
  {
    post: (message: FromServer, transfer = []) => self.postMessage(message, { transfer }),
    listen: (receive) =>
      self.addEventListener("message", (event: MessageEvent<ToServer>) => receive(event.data)),
  },
  loadModule,
);
self.postMessage({ type: "started" }); // see `guarded` in spawn.ts
