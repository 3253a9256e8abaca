/**
 * The training of a propagation's network: the same net, schemes and draw, as far as a training takes
 * them. A net is changed where it cannot have the data's inputs and classes, by the places of its items.
 */
import { catalogue, mostOf, requestField } from "../../engine/catalogue.js";
import type { PropagationRequest, TrainingRequest } from "../../engine/request.js";
import type { PlanResult } from "../../engine/results.js";
import { mostParameters } from "../../generated/limits.js";
import { lastDense, setOption } from "./net/splice.js";
import { hasNet } from "./state.js";

/** What a training takes of a propagation as it is. */
const SHARED = [
  "schemes",
  "activation",
  "negative_slope",
  "omega_0",
  "expression",
  "depth",
  "bias",
  "generator",
  "seed",
  "replicate",
] as const;

type Plan = Pick<PlanResult, "text" | "items" | "blocks" | "weights">;

/** What a data set gives to a net, and asks of it. */
const DATA_SETS = {
  circles: { inputs: 2, classes: 2 },
  digits: { inputs: catalogue.limits.digitSide ** 2, classes: 10 },
} as const;

/** What of a net is not as it was propagated, since data have inputs and classes of their own. */
export interface Changes {
  readonly data_set: keyof typeof DATA_SETS;
  readonly classes: number;
  /** A first layer that takes the data's inputs to the net's units. */
  readonly stem: boolean;
  /** Whether the last layer has the classes' number of outputs as it was, by a change, or is another. */
  readonly head: "kept" | "replaced" | "added";
}

/** What stands first, within repetitions. */
function firstOf({ items }: Plan): number {
  let place = 0;
  while (items[place]?.block === "") ++place;
  return place;
}

/**
 * The net's text behind data of so many inputs: a first `dense` that has as many units as arrive gets those
 * that it had; before what takes no other inputs stands a `dense` that does. `width` is the request's, and
 * `narrowed` that of the training.
 */
function begun(plan: Plan, inputs: number, width: number, narrowed: number): [string, boolean] {
  const place = firstOf(plan);
  const item = plan.items[place];
  const taken = plan.blocks[0]?.inputs ?? width;
  const units = (count: number) => (count === width ? "width" : String(count));
  if ((taken === width ? narrowed : taken) === inputs) return [plan.text, false];
  const out = item?.block === "dense" ? String(item.options["out"]) : "x";
  if (/^(width|\d+)$/.test(out)) return [plan.text, false];
  const had = plan.blocks.flatMap((block) => (block.item === place ? [block.outputs] : []));
  if (out === "" && had.every((count) => count === taken))
    return [setOption(plan, place, "out", units(taken)).text, false];
  return [`dense;out:${units(taken)},${plan.text}`, true];
}

/**
 * The request of a training, and what it changes of the net; that of the fields alone keeps its text.
 * Where the net has more parameters than a training may have, it is as much narrower.
 */
export function trainingOf(
  request: PropagationRequest,
  plan: Plan,
): { readonly training: Partial<TrainingRequest>; readonly changes: Changes | undefined } {
  const parameters = plan.weights.reduce((sum, { outputs, inputs }) => sum + outputs * inputs, 0);
  // Some room for biases, gains, the first layer and the head.
  const narrower = parameters > 0 ? Math.sqrt((0.9 * mostParameters) / parameters) : 1;
  const fitting = Math.floor(request.width * Math.min(1, narrower));
  const width = Math.max(1, Math.min(fitting, mostOf("training", "width")));
  const shared = { ...Object.fromEntries(SHARED.map((id) => [id, request[id]])), width };
  if (!hasNet(request)) {
    const net = String(requestField("training", "net").default);
    return { training: { ...shared, net }, changes: undefined };
  }
  const place = lastDense(plan);
  const data_set = plan.items[place]?.options["out"] === "10" ? "digits" : "circles";
  const { inputs, classes } = DATA_SETS[data_set];
  const last = plan.blocks.at(-1);
  const fits = plan.items[last?.item ?? -1]?.block === "dense" && last?.outputs === classes;
  const head = fits ? "kept" : place < 0 ? "added" : "replaced";
  const { text } =
    head === "replaced" ? setOption(plan, place, "out", String(classes)) : { text: plan.text };
  // What is the last block, too, has outputs of its own now.
  const [net, stem] =
    place === 0 ? [text, false] : begun({ ...plan, text }, inputs, request.width, width);
  return { training: { ...shared, data_set, net }, changes: { data_set, classes, stem, head } };
}
