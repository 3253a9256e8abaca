/** The network that a propagation shows, handed on to the training lab. */
import type { Engine } from "../../engine/client.js";
import { checkRequest } from "../../engine/request.js";
import type { PropagationRequest } from "../../engine/request.js";
import { formatState } from "../../engine/url.js";
import { planOf } from "./plan.js";
import { trainingOf } from "./train-this.js";

/** The state of a training of the same network. */
export async function trainingState(engine: Engine, request: PropagationRequest): Promise<string> {
  const plan = await planOf(engine, request);
  if (!plan) return "";
  const { training } = trainingOf(request, plan);
  return formatState("training", checkRequest("training", training).request);
}
