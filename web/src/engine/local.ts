/** A server in this thread, for Node: the same messages, without a worker. */
import type { Connect } from "./client.js";
import type { LoadModule } from "./module.js";
import type { FromServer, ToServer } from "./protocol.js";
import { Server } from "./server.js";

export function localConnection(load: LoadModule, wasm: () => Promise<ArrayBuffer>): Connect {
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
    const bytes = await wasm();
    later(() => toServer({ type: "init", wasm: bytes }));
    return {
      post: (message) => later(() => toServer(message)),
      listen: (receive) => (toClient = receive),
      onBreak: () => undefined,
      close: () => (open = false),
    };
  };
}
