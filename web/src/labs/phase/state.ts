/** States of the phase lab that make a point, and the network that stands at its point. */
import type { Section } from "../../generated/terms.js";
import { schemeWith } from "../../engine/request.js";
import type { PhaseRequest, PropagationRequest, SchemeRequest } from "../../engine/request.js";

export const phasePresets = {
  tanh: "v=1&sigma_w2=1.760955",
  relu: "v=1&activation=relu&sigma_w2=2&sigma_b2=0",
  gelu: "v=1&activation=gelu&sigma_w2=1.983&sigma_b2=0.1729",
  selu: "v=1&activation=selu&sigma_w2=0.5625&sigma_b2=0&s=kaiming_normal;nonlinearity:selu&s=xavier_normal",
  erf: "v=1&activation=erf&sigma_w2=1.375839&most_sigma_w2=3&most_sigma_b2=0.25",
} as const;

/** Digits in a link: what decides between settling and vanishing must not be rounded away. */
const DIGITS = 12;

/** What a network has in common with the point that it stands at. */
function commonOf({
  activation,
  negative_slope,
  omega_0,
  expression,
  depth,
  width,
}: Common): Common {
  return { activation, negative_slope, omega_0, expression, depth, width };
}

type Common = Pick<
  PhaseRequest,
  "activation" | "negative_slope" | "omega_0" | "expression" | "depth" | "width"
>;

/** The network whose weights and biases have the point's variances. */
export function networkAt(request: PhaseRequest): Partial<PropagationRequest> {
  const { sigma_w2, sigma_b2 } = request;
  const root = (variance: number) => Number(Math.sqrt(variance).toPrecision(DIGITS));
  const there = schemeWith("edge_of_chaos", { sigma_w: root(sigma_w2), sigma_b: root(sigma_b2) });
  return {
    schemes: [there],
    bias: there,
    ...commonOf(request),
  };
}

/** The point after a reader has changed the network that stands at it: they stay together. */
export function pointOf(network: PropagationRequest, before: PhaseRequest): PhaseRequest {
  const was = networkAt(before);
  // Squared anew, a number that nobody changed would differ in its last digits.
  const squared = (now: SchemeRequest | undefined, then: SchemeRequest | undefined, id: string) => {
    const changed = now?.scheme === "edge_of_chaos" && now[id] !== then?.[id];
    return changed ? Number((Number(now[id]) ** 2).toPrecision(DIGITS)) : undefined;
  };
  const sigma_w2 = squared(network.schemes[0], was.schemes?.[0], "sigma_w") ?? before.sigma_w2;
  const sigma_b2 = squared(network.bias, was.bias, "sigma_b") ?? before.sigma_b2;
  return { ...before, ...commonOf(network), sigma_w2, sigma_b2 };
}

/** The section of the course that explains phases. */
export const WHY: Section = "beyond#mean-field-two-numbers-for-a-deep-network";
