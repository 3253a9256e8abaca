/** A server in this thread, for Node: the same messages, without a worker. */
import type { Connect } from "./client.js";
import type { LoadModule, ModuleParts } from "./module.js";
import type { FromServer, ToServer } from "./protocol.js";
import { Server } from "./server.js";

export function localConnection(load: LoadModule, read: () => Promise<ModuleParts>): Connect {
  return async () => {
    let toServer: (message: ToServer) => void = () => undefined;
    let toClient: (message: FromServer) => void = () => undefined;
    let open = true;
    const later = (deliver: () => void) => queueMicrotask(() => open && deliver());
    new Server(
      {
        post: (message) => later(() => toClient(message)),
        listen: (receive) => (toServer = receive),
      },
      load,
    );
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
