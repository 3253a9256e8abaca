/**
 * The training of a propagation's network: the same net, schemes and draw, as far as a training takes
 * them. Inputs and the number of outputs are those of the data set.
 */
import { mostOf, requestField } from "../engine/catalogue.js";
import type { PropagationRequest, TrainingRequest } from "../engine/request.js";
import { mostParameters } from "../generated/limits.js";

/** What a training takes of a propagation as it is. */
const SHARED = [
  "schemes",
  "activation",
  "negative_slope",
  "omega_0",
  "depth",
  "bias",
  "generator",
  "seed",
  "replicate",
] as const;

/**
 * The net with as many units in front as `width` says, whatever the data have: a first `dense` that
 * keeps its inputs' number gets them, before any other block stands one that does.
 */
export function stemmed(net: string): string {
  const first = net.split(",", 1)[0] ?? "";
  if (!/^dense(;|$)/.test(first)) return `dense;out:width,${net}`;
  if (!first.includes(";out:")) return net.replace("dense", "dense;out:width");
  return /;out:(width|\d+)(;|$)/.test(first) ? net : `dense;out:width,${net}`;
}

/**
 * The request of a training. `parameters` are the numbers in the network's weights at its width: where
 * there are more than a training may have, it is as much narrower.
 */
export function trainingOf(request: PropagationRequest, parameters = 0): Partial<TrainingRequest> {
  const plain = requestField("training", "net").default;
  // Some room for biases, gains, the first layer and the head.
  const narrower = parameters > 0 ? Math.sqrt((0.9 * mostParameters) / parameters) : 1;
  const fitting = Math.floor(request.width * Math.min(1, narrower));
  return {
    ...Object.fromEntries(SHARED.map((id) => [id, request[id]])),
    net: request.net === plain ? request.net : stemmed(request.net),
    width: Math.max(1, Math.min(fitting, mostOf("training", "width"))),
  };
}
