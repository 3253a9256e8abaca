/** What is said of fields that hold a text with a grammar, in English. */
import type { FieldId } from "../engine/catalogue.js";

/** A text that a reader may begin with. */
export interface Example {
  readonly name: string;
  readonly text: string;
}

export interface FieldWords {
  /** What may stand in the text. */
  readonly note: string;
  readonly examples: readonly Example[];
}

export interface TextWords {
  /** What the examples are called together. */
  readonly examples: string;
  readonly fields: Readonly<Partial<Record<FieldId, FieldWords>>>;
  /** Where a text is wrong, and what stands there. */
  readonly place: (column: string, found: string) => string;
  /** What stands where a text ends too early. */
  readonly end: string;
  /** What the core's lists name besides signs and functions. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Formulas of activations that are not in the list, by the names of those who proposed them. */
export const expressions = {
  mish: "z*tanh(softplus(z))",
  swish: "z*sigmoid(1.5*z)",
  squaredRelu: "relu(z)^2",
  gelu: "0.5*z*(1+tanh(sqrt(2/pi)*(z+0.044715*z^3)))",
  snake: "z+sin(z)^2",
  prelu: "where(z>0,z,0.25*z)",
  hardSwish: "z*min(max(z/6+0.5,0),1)",
  celu: "where(z>0,z,2*(exp(z/2)-1))",
} as const;

export const words: TextWords = {
  examples: "Examples",
  fields: {
    expression: {
      note: "In z: numbers, pi, + - * / ^ ( ), min, max, abs, exp, log, tanh, sigmoid, erf, sin, cos, sqrt, softplus, relu, where(a < b, c, d).",
      examples: [
        { name: "Mish", text: expressions.mish },
        { name: "Swish, β = 1.5", text: expressions.swish },
        { name: "squared ReLU", text: expressions.squaredRelu },
        { name: "GELU by tanh", text: expressions.gelu },
        { name: "Snake", text: expressions.snake },
        { name: "PReLU, 0.25", text: expressions.prelu },
        { name: "hard Swish", text: expressions.hardSwish },
        { name: "CELU, α = 2", text: expressions.celu },
      ],
    },
  },
  place: (column, found) => `${column} (${found})`,
  end: "the end",
  parts: {},
};
