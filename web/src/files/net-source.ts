/** What a program of a network is made of: the plan, and what the request says for all of it. */
import type { ActivationId, SchemeId } from "../engine/catalogue.js";
import type { PropagationRequest, SchemeRequest } from "../engine/request.js";
import type { NetItem, PlanResult } from "../engine/results.js";
import type { ActivationSource } from "./net-activations.js";
import type { Layer } from "./net-recipes.js";
import { pythonNumber } from "./templates.js";

/** A request, the plan that answers it, and the one scheme of it that draws. */
export interface NetSource extends Pick<
  PropagationRequest,
  "activation" | "negative_slope" | "omega_0" | "depth" | "bias" | "generator" | "seed"
> {
  readonly weight: SchemeRequest;
  readonly plan: PlanResult;
}

export function numberOf({ options }: NetItem, option: string): number {
  return Number(options[option]);
}

/** The activation of a block, which may be the request's. */
export function activationOf(source: NetSource, { options }: NetItem): ActivationSource {
  const { activation } = options;
  const own = activation !== undefined && activation !== "request";
  const of = own ? options : source;
  return {
    id: (own ? activation : source.activation) as ActivationId,
    negative_slope: Number(of["negative_slope"]),
    omega_0: Number(of["omega_0"]),
  };
}

/** By what a residual block multiplies its branch, in Python; "" for 1. */
export function branchScale({ depth }: NetSource, item: NetItem): string {
  const times = item.depthsUnderRoot;
  if (times > 0) return times === 1 ? `${depth}**-0.5` : `(${times} * ${depth})**-0.5`;
  const scale = numberOf(item, "scale");
  return scale === 1 ? "" : pythonNumber(scale);
}

/**
 * The scheme whose template is used: what nn.Linear does by default is for weights a function of their shape,
 * which other libraries have too.
 */
export const programOf = (scheme: SchemeId, use: "weight" | "bias"): SchemeId =>
  scheme === "library" && use === "weight" ? "torch_linear" : scheme;

/** Every weight with the schemes that draw it and its bias: its block's own, or the network's. */
export function layersOf({ plan, weight, bias }: NetSource): Layer[] {
  return plan.blocks.flatMap(({ item, weight: number }) => {
    const of = plan.weights[number - 1];
    const block = plan.items[item];
    if (!of || !block) return [];
    return [{ of, weight: block.weight ?? weight, bias: block.bias ?? bias }];
  });
}
