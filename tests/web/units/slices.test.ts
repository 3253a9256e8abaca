/** Theory, phase maps and propagations' own theory in slices: a cancelled one ends within a slice. */
import { describe, expect, it } from "vitest";
import { loadModule } from "../../../web/src/engine/load-module.js";
import type { FromServer, ToServer } from "../../../web/src/engine/protocol.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { JobKind } from "../../../web/src/engine/request.js";
import { Server } from "../../../web/src/engine/server.js";
import { moduleParts } from "./support.js";

/** A clock that moves by more than a slice with every look: each slice is one step of its job. */
function steppingClock(): () => number {
  let now = 0;
  return () => (now += 1000);
}

/** A server whose messages are watched, and answered at once. */
class Watched {
  readonly messages: FromServer[] = [];
  private send: (message: ToServer) => void = () => undefined;
  private seen: () => void = () => undefined;
  /** Looks at each message before the server goes on. */
  onMessage: (message: FromServer) => void = () => undefined;

  constructor() {
    new Server(
      {
        post: (message) => {
          this.messages.push(message);
          this.onMessage(message);
          this.seen();
        },
        listen: (receive) => (this.send = receive),
      },
      loadModule,
      steppingClock(),
    );
    this.send({ type: "init", parts: moduleParts() });
  }

  run(id: number, kind: JobKind, given: object): void {
    const { request, issues } = checkRequest(kind, given);
    expect(issues).toEqual([]);
    this.send({ type: "run", id, kind, request });
  }

  cancel(id: number): void {
    this.send({ type: "cancel", id });
  }

  /** The last message about a request. */
  async end(id: number): Promise<FromServer> {
    for (;;) {
      const last = this.of(id).find(({ type }) => type === "done" || type === "failed");
      if (last) return last;
      await new Promise<void>((resolve) => (this.seen = resolve));
    }
  }

  of(id: number): FromServer[] {
    return this.messages.filter((message) => "id" in message && message.id === id);
  }

  progress(id: number): number[] {
    return this.of(id).flatMap((message) =>
      message.type === "progress" ? [message.progress] : [],
    );
  }
}

const silu = { activation: "silu", schemes: [{ scheme: "normal" }] };
const small = { ...silu, depth: 3, width: 16 };

const jobs: { name: string; kind: JobKind; request: object; steps: number; cancelAt: number }[] = [
  {
    name: "theory",
    kind: "meanField",
    request: { ...silu, depth: 200, width: 64 },
    steps: 200,
    cancelAt: 0.25,
  },
  {
    name: "a phase map",
    kind: "phase",
    request: { ...silu, depth: 20, most_sigma_w2: 63 },
    steps: 120,
    cancelAt: 0.6,
  },
  {
    name: "a propagation's theory",
    kind: "propagation",
    request: { ...silu, depth: 60, width: 8, batch: 2 },
    steps: 300,
    cancelAt: 0.96,
  },
];

describe.each(jobs)("$name", ({ kind, request, steps, cancelAt }) => {
  it("goes on in slices, and never back", async () => {
    const server = new Watched();
    server.run(1, kind, request);
    expect((await server.end(1)).type).toBe("done");
    const progress = server.progress(1);
    expect(progress.length).toBeGreaterThan(steps);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it("ends within a slice when it is cancelled, and the next request is answered", async () => {
    const server = new Watched();
    let after = 0;
    server.onMessage = (message) => {
      if (message.type !== "progress" || message.id !== 1) return;
      if (message.progress < cancelAt) return;
      if (after++ === 0) server.cancel(1);
    };
    server.run(1, kind, request);
    server.run(2, "meanField", small);
    expect(await server.end(1)).toMatchObject({ type: "failed", reason: "cancelled" });
    expect(after).toBe(1);
    expect((await server.end(2)).type).toBe("done");
    const result = server.of(2).find(({ type }) => type === "result");
    expect(result).toMatchObject({ result: { result: { gap: "" } } });
  });
});
