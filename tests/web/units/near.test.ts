// @vitest-environment jsdom
/** The module in the page's own thread: what it answers, and what it leaves to a worker. */
import { afterAll, describe, expect, it } from "vitest";
import { Near, partsOf } from "../../../web/src/engine/near.js";
import type { NearParts } from "../../../web/src/engine/near.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { parseState } from "../../../web/src/engine/url.js";
import { PageTheories } from "../../../web/src/labs/propagation/ahead/theories.js";
import { localEngine, moduleParts } from "./support.js";
import { unheardIn } from "./unhandled.js";

const engine = localEngine();
afterAll(() => engine.close());

const parts = moduleParts();
const SMALL = "v=1&width=32&batch=8&depth=20&s=kaiming_normal&s=xavier_normal";
/** An activation whose theory is in the module's second part. */
const TYPED = "v=1&width=32&batch=8&depth=5&activation=typed&expression=x*sigmoid(x)";
const NET = "v=1&activation=tanh&net=depth*(dense,phi),res(dense)&width=16&batch=8&depth=3";

function requestOf(state: string): PropagationRequest {
  const { request, issues } = parseState("propagation", state);
  expect(issues).toEqual([]);
  return request;
}

/** The parts, and which were asked for. */
function watched(deferred = () => Promise.resolve(parts.deferred)) {
  const read: string[] = [];
  const given: NearParts = {
    first: () => (read.push("first"), Promise.resolve(parts.first)),
    deferred: () => (read.push("deferred"), deferred()),
  };
  return { given, read };
}

const still = () => 0;

describe("the module in this thread", () => {
  it("says what a worker says, and of other kinds too", async () => {
    const near = await Near.open(watched().given, still);
    expect(near.answer("meanField", requestOf(SMALL))).toHaveLength(2);
    for (const kind of ["meanField", "plan"] as const)
      for (const state of [SMALL, NET]) {
        const request = { ...requestOf(state), schemes: requestOf(SMALL).schemes.slice(0, 1) };
        const said = await engine.run(kind, request);
        await expect.poll(() => near.answer(kind, request)).toEqual(said); // of nets in the second part
      }
  });

  it("leaves what is wrong to a worker, which says why, and answers on", async () => {
    const near = await Near.open(watched().given, still);
    const request = requestOf(SMALL);
    expect(near.answer("meanField", { ...request, depth: -1 })).toBeUndefined();
    const refused = { ...request, net: "depth*(res(dense;out:24,phi))", width: 25 };
    expect(near.answer("meanField", refused)).toBeUndefined();
    await expect.poll(() => near.answer("meanField", request)).toHaveLength(2); // with what nets need
    expect(near.answer("meanField", refused)).toBeUndefined(); // what the core alone sees
    expect(near.answer("meanField", request)).toHaveLength(2);
  });

  it("leaves what takes longer than a frame, and after it ever more, up to a bound", async () => {
    let step = 0;
    let time = 0;
    const near = await Near.open(watched().given, () => (time += step));
    const request = requestOf(SMALL);
    expect(near.answer("meanField", request)).toHaveLength(2);
    step = 5; // milliseconds a layer: the first scheme alone is too long
    const tries = Array.from({ length: 200 }, (_, question) => {
      const before = time;
      expect(near.answer("meanField", request)).toBeUndefined();
      return time > before ? [question] : [];
    }).flat();
    const gaps = tries.slice(1).map((question, i) => question - (tries[i] ?? NaN) - 1);
    expect(gaps).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
    step = 0;
    await expect.poll(() => near.answer("meanField", request), { interval: 0 }).toHaveLength(2);
    step = 5;
    expect(near.answer("meanField", request)).toBeUndefined();
    step = 0;
    expect(near.answer("meanField", request)).toBeUndefined(); // one alone: it had the time again
    expect(near.answer("meanField", request)).toHaveLength(2);
  });

  it("reads its second part when something needs it, once, and has it from then on", async () => {
    const { given, read } = watched();
    const near = await Near.open(given, still);
    const request = requestOf(TYPED);
    expect(near.answer("meanField", request)).toBeUndefined();
    await expect
      .poll(() => near.answer("meanField", request))
      .toEqual(await engine.run("meanField", request));
    expect(near.answer("meanField", requestOf(SMALL))).toHaveLength(2);
    expect(read).toEqual(["first", "first", "deferred"]);
  });

  it("is no more where its second part does not come, or is another's", async () => {
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]).buffer;
    const ways = [() => Promise.reject(new TypeError("offline")), () => Promise.resolve(empty)];
    for (const way of ways) {
      const { given, read } = watched(way);
      const near = await Near.open(given, still);
      const unheard = await unheardIn(async () => {
        near.answer("meanField", requestOf(TYPED));
        await expect.poll(() => read).toEqual(["first", "first", "deferred"]);
      });
      expect(unheard).toEqual([]);
      expect(near.answer("meanField", requestOf(TYPED))).toBeUndefined();
      expect(near.answer("meanField", requestOf(SMALL))).toBeUndefined();
    }
  });

  it("does not open where the first part is none", async () => {
    const none = { ...watched().given, first: () => Promise.resolve(new ArrayBuffer(8)) };
    await expect(Near.open(none)).rejects.toThrow("first part is broken");
  });

  it("has the parts of a single file", async () => {
    const of = (deferred: ArrayBuffer | string) =>
      partsOf({
        kind: "inline",
        worker: () => Promise.resolve(""),
        audit: () => Promise.resolve(""),
        parts: () => Promise.resolve({ first: parts.first, deferred }),
      });
    expect(await of(parts.deferred).first()).toBe(parts.first);
    expect(await of(parts.deferred).deferred()).toBe(parts.deferred);
    await expect(of("elsewhere.wasm").first()).rejects.toThrow("elsewhere.wasm");
  });
});

describe("where theories come from", () => {
  const opened = (near: Promise<Pick<Near, "answer">>) =>
    new PageTheories(
      () => near,
      () => engine,
    );
  const none = () => Promise.reject<Near>(new Error("the policy forbids it"));
  const labels = ["phi 1", "phi 2", "phi 3", "res 1"];

  it("is this thread, at once when it is there, with the names of a net's rows", async () => {
    const theories = opened(Near.open(watched().given, still));
    const request = requestOf(NET);
    expect(theories.now(request)).toBeUndefined(); // it is not there yet
    expect((await theories.later(request)).labels).toEqual(labels);
    await expect.poll(() => theories.now(request)?.labels).toEqual(labels); // once the second part is there
    expect(theories.now(request)?.results).toEqual(await engine.run("meanField", request));
    expect(theories.now(requestOf(SMALL))?.labels).toBeUndefined();
  });

  it("is a worker where this thread has no module, or leaves a question", async () => {
    const leaves = Promise.resolve({ answer: () => undefined });
    for (const theories of [opened(none()), opened(leaves)]) {
      await theories.ready();
      const request = requestOf(NET);
      expect(theories.now(request)).toBeUndefined();
      const { results, labels: names } = await theories.later(request);
      expect(results).toEqual(await engine.run("meanField", request));
      expect(names).toEqual(labels);
    }
  });

  it("asks this thread once for a question that a worker then has", async () => {
    let asked = 0;
    const answer = (): undefined => {
      ++asked;
    };
    const theories = opened(Promise.resolve({ answer }));
    await theories.later(requestOf(SMALL));
    expect(asked).toBe(1);
    theories.now(requestOf(SMALL));
    await theories.later(requestOf(SMALL));
    expect(asked).toBe(2);
  });

  it("is heard wherever it fails, in theory and in the plan", async () => {
    // A residual block whose widths do not agree: both are refused.
    const { request } = parseState("propagation", "v=1");
    const refused = { ...request, net: "depth*(res(dense;out:24,phi))", width: 25 };
    const theories = opened(none());
    const unheard = await unheardIn(() => expect(theories.later(refused)).rejects.toThrow());
    expect(unheard).toEqual([]);
  });
});
