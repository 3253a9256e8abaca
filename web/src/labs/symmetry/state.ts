/** States of the symmetry lab that make a point, and the network of one unit beside them. */
import { schemeWith } from "../../engine/request.js";
import type { SymmetryRequest, TrainingRequest } from "../../engine/request.js";

export const symmetryPresets = {
  constant: "v=1",
  zeros: "v=1&s=zeros&s=xavier_normal",
  zerosRelu: "v=1&activation=relu&s=zeros&s=ones&s=kaiming_normal",
  noise:
    "v=1&s=constant;val:0.5&s=normal;mean:0.5;std:0.0001&s=normal;mean:0.5;std:0.01&s=normal;mean:0.5;std:0.1",
  biases: "v=1&bias=ones&s=constant;val:0.5&s=xavier_normal",
} as const;

/** Runs of a network of one unit a layer, from weights of its own each: the best is the ceiling. */
export const CEILING_RUNS = 20;

/** The same training with one unit a layer, which is all that a constant's units can be together. */
export function oneUnit(request: SymmetryRequest): Partial<TrainingRequest> {
  const training: Record<string, unknown> = { ...request };
  delete training["layer"]; // a training looks at none
  return {
    ...(training as Partial<TrainingRequest>),
    width: 1,
    repeats: CEILING_RUNS,
    schemes: [schemeWith("xavier_normal")],
  };
}

/** Whether two requests train the same. A table is the same where it is one array, not as long. */
export function sameTask(a: Partial<TrainingRequest>, b: Partial<TrainingRequest>): boolean {
  const { data: own, ...rest } = a;
  const { data: other, ...others } = b;
  return own === other && JSON.stringify(rest) === JSON.stringify(others);
}
