/** The plan of a propagation's network, for what reads it beside the results. */
import type { Engine } from "../../engine/client.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { PlanResult } from "../../engine/results.js";

/** Of the request, what its plan depends on and can be had without the reader's own numbers. */
export function planRequest(request: PropagationRequest): Readonly<Record<string, unknown>> {
  const schemes = request.schemes.slice(0, 1);
  return { ...request, data: undefined, schemes, input: "normal", repeats: 1 };
}

/** Plans that were asked for. */
const asked = new WeakMap<PropagationRequest, Promise<PlanResult | undefined>>();

/** The plan, for which an engine is asked once; again where that failed. Nobody calls it off: others may wait. */
export function planOf(
  engine: Engine,
  request: PropagationRequest,
): Promise<PlanResult | undefined> {
  const before = asked.get(request);
  if (before) return before;
  const plan = engine.run("plan", planRequest(request)).then(([answer]) => answer?.result);
  asked.set(request, plan);
  plan.catch(() => asked.delete(request));
  return plan;
}
