/** A server in this thread, for Node: the same messages, without a worker. */
import type { Connect } from "./client.js";
import type { LoadModule, ModuleParts } from "./module.js";
import type { Connection, FromServer, Init, Port, ToServer } from "./protocol.js";
import { Server } from "./server.js";

/** Connects to a server that `serve` puts at its end of the connection; `read` gives the module's parts. */
export function inThread<Sent, Received>(
  serve: (port: Port<Received, Sent | Init>) => void,
  read: () => Promise<ModuleParts>,
): () => Promise<Connection<Sent, Received>> {
  return async () => {
    let toServer: (message: Sent | Init) => void = () => undefined;
    let toClient: (message: Received) => void = () => undefined;
    let open = true;
    const later = (deliver: () => void) => queueMicrotask(() => open && deliver());
    serve({
      post: (message) => later(() => toClient(message)),
      listen: (receive) => (toServer = receive),
    });
    const parts = await read();
    later(() => toServer({ type: "init", parts }));
    return {
      post: (message) => later(() => toServer(message)),
      listen: (receive) => (toClient = receive),
      onBreak: () => undefined,
      close: () => (open = false),
    };
  };
}

/** The engine's. */
export function localConnection(load: LoadModule, read: () => Promise<ModuleParts>): Connect {
  return inThread<ToServer, FromServer>((port) => new Server(port, load), read);
}
