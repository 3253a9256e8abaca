/** The network that a propagation shows, handed on to the training lab. */
import type { Engine } from "../../engine/client.js";
import { checkRequest } from "../../engine/request.js";
import type { PropagationRequest } from "../../engine/request.js";
import { formatState } from "../../engine/url.js";
import { trainingOf } from "./train-this.js";

/** The state of a training of the same network. */
export async function trainingState(engine: Engine, request: PropagationRequest): Promise<string> {
  const [answer] = await engine.run("plan", { ...request, schemes: request.schemes.slice(0, 1) });
  if (!answer) return "";
  const { training } = trainingOf(request, answer.result);
  return formatState("training", checkRequest("training", training).request);
}
