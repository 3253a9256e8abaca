/** The plan of a propagation's network: asked for once, without the reader's own numbers. */
import { afterAll, expect, it, vi } from "vitest";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { planOf, planRequest } from "../../../web/src/labs/propagation/plan.js";
import { tryOnNet } from "../../../web/src/labs/propagation/net/remedies.js";
import { trainingState } from "../../../web/src/labs/propagation/train.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const NET = "dense;out:width,depth*(res(dense,phi,dense)),dense;out:10";

function requestWith(given: Partial<PropagationRequest> = {}): PropagationRequest {
  const { request, issues } = checkRequest("propagation", {
    net: NET,
    depth: 6,
    width: 16,
    batch: 4,
    schemes: [schemeWith("kaiming_normal"), schemeWith("fixup")],
    ...given,
  });
  expect(issues).toEqual([]);
  return request;
}

it("one request has one plan, whoever asks for it", async () => {
  const request = requestWith();
  const results = await engine.run("propagation", request);
  const run = vi.spyOn(engine, "run");
  const plans = () => run.mock.calls.filter(([kind]) => kind === "plan").length;
  const [trials, , plan] = await Promise.all([
    tryOnNet(engine, request, results),
    trainingState(engine, request),
    planOf(engine, request),
  ]);
  expect(trials.length).toBeGreaterThan(3);
  expect(plan?.text).toBe(NET);
  expect(plans()).toBe(1);
  // Control: another request has its own.
  await planOf(engine, requestWith());
  expect(plans()).toBe(2);
  run.mockRestore();
});

it("trials that are called off leave the plan to others", async () => {
  const request = requestWith();
  const results = await engine.run("propagation", request);
  const trial = new AbortController();
  const tried = tryOnNet(engine, request, results, trial.signal);
  const state = trainingState(engine, request);
  trial.abort();
  await expect(tried).rejects.toThrow(InitscopeError);
  expect(await state).toContain("net");
});

it("a plan needs none of the reader's own numbers, and is the same without them", async () => {
  const data = Float32Array.from({ length: 12 }, (_, i) => i - 5);
  const request = requestWith({ input: "data", batch: 4, input_width: 3, data });
  expect(planRequest(request)["data"]).toBeUndefined();
  const [whole] = await engine.run("plan", request);
  expect(await planOf(engine, request)).toEqual(whole?.result);
});

it("a plan that failed is asked for anew", async () => {
  const request = requestWith();
  const closed = localEngine();
  closed.close();
  await expect(planOf(closed, request)).rejects.toThrow(InitscopeError);
  expect((await planOf(engine, request))?.text).toBe(NET);
});
