/** States of the propagation lab that make a point, and what is told of a state. */
import { requestField } from "../../engine/catalogue.js";
import type { PropagationRequest } from "../../engine/request.js";

/** Whether the network is a text of the reader's own; white space means nothing in it. */
export function hasNet({ net }: Pick<PropagationRequest, "net">): boolean {
  return net.replaceAll(/\s/g, "") !== requestField("propagation", "net").default;
}

export const propagationPresets = {
  relu: "v=1",
  tanh: "v=1&activation=tanh&s=xavier_normal&s=kaiming_normal;nonlinearity:tanh&s=torch_linear",
  sigmoid: "v=1&activation=sigmoid&depth=20&s=xavier_normal&s=normal",
  torch: "v=1&depth=30&bias=torch_linear_bias&s=torch_linear&s=kaiming_normal",
  siren:
    "v=1&activation=sin&omega_0=30&depth=20&bias=torch_linear_bias&s=siren&s=kaiming_normal&s=xavier_normal",
  gelu: "v=1&activation=gelu&depth=30&s=kaiming_normal&s=kaiming_normal;nonlinearity:tanh",
} as const;
