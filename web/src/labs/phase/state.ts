/** States of the phase lab that make a point, and the network that stands at its point. */
import { schemeWith } from "../../engine/request.js";
import type { PhaseRequest, PropagationRequest } from "../../engine/request.js";

export const phasePresets = {
  tanh: "v=1&sigma_w2=1.760955",
  relu: "v=1&activation=relu&sigma_w2=2&sigma_b2=0",
  gelu: "v=1&activation=gelu&sigma_w2=1.983&sigma_b2=0.1729",
  selu: "v=1&activation=selu&sigma_w2=0.5625&sigma_b2=0&s=kaiming_normal;nonlinearity:selu&s=xavier_normal",
  erf: "v=1&activation=erf&sigma_w2=1.375839&most_sigma_w2=3&most_sigma_b2=0.25",
} as const;

/** Digits in a link; the point is then right within a pixel. */
const DIGITS = 6;

/** The network whose weights and biases have the point's variances. */
export function networkAt(request: PhaseRequest): Partial<PropagationRequest> {
  const { activation, negative_slope, omega_0, depth, width, sigma_w2, sigma_b2 } = request;
  const root = (variance: number) => Number(Math.sqrt(variance).toPrecision(DIGITS));
  const there = schemeWith("edge_of_chaos", { sigma_w: root(sigma_w2), sigma_b: root(sigma_b2) });
  return {
    schemes: [there],
    bias: there,
    activation,
    negative_slope,
    omega_0,
    depth,
    width,
  };
}
