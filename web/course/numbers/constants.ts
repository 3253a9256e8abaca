/** The numbers of "Fixed values: zeros, ones, constants". */
import { CEILING_RUNS, oneUnit } from "../../src/labs/symmetry/state.js";
import { at, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings } from "./computations.js";

export const constants: Bindings = async (computed) => {
  const copies = await computed.figure("symmetry", "copies");
  const ceiling = await computed.figure("symmetry", "ceiling");
  const zeros = await computed.figure("symmetry", "zeros");
  const still = at(at(zeros.results, 1).frames, 0);
  const negative = await computed.figure("propagation", "negative");
  const [he, dead] = negative.results;
  const allDead = dead?.deadFraction.findIndex((share) => share === 1) ?? NaN;
  const biases = await computed.figure("training", "biases");
  const noise = await computed.figure("symmetry", "noise");
  const ranks = noise.results.map(({ frames }) => last(frames).units?.effectiveRank ?? NaN);
  const [, little, more] = noise.request.schemes;
  const [val = NaN] = parametersOf(noise.request.schemes[0], "val");
  return {
    "The symmetry argument": [
      given(2, "units of the argument"),
      given(1000, "steps that tests/core/training_test.cpp asserts"),
    ],
    "figure copies": [copies.request.width],
    "figure ceiling": [
      last(at(ceiling.results, 0).frames).score,
      CEILING_RUNS,
      await computed.bestOf(oneUnit(ceiling.request)),
    ],
    "Zeros are worse": [
      Math.tanh(0),
      0,
      at(still.activation, 0),
      at(still.weightGradient, 0),
      at(still.activation, 1),
      at(still.gradient, 0),
      at(still.weight, 1),
      ZERO,
      1 / (1 + Math.exp(-0)),
    ],
    "figure zeros": [at(still.weightGradient, 0)],
    "A negative constant": [
      Math.min(...(dead?.activation.min ?? [NaN])),
      Math.max(...(dead?.preactivation.max.slice(1) ?? [NaN])),
      at(dead?.activation.max, 1),
      at(dead?.activation.max, 1),
    ],
    "figure negative": [
      negative.request.depth,
      ...parametersOf(negative.request.schemes[1], "val"),
      allDead + 1,
      Math.min(...(dead?.deadFraction.slice(allDead) ?? [NaN])),
      he?.deadFraction.length ?? NaN,
      last(he?.deadFraction),
    ],
    "When a constant is right": [
      given(1, "the scale of every library's normalization layers"),
      given(0, "their shift"),
    ],
    "figure biases": [
      (await computed.law(biases.request.bias.scheme, [16])).max,
      given(0, "what the gradients are not, which course-claims.test.ts asserts"),
    ],
    "How much noise breaks it?": [ONE],
    "figure noise": [
      val,
      ZERO,
      ...parametersOf(little, "std"),
      ...parametersOf(more, "std"),
      noise.request.steps,
      ...ranks,
    ],
    "question 1": [given(2, "the layer to look at")],
    "question 2": [
      zeros.request.batch,
      given(0, "about which the bias hovers"),
      last(at(zeros.results, 1).frames).score,
    ],
  };
};
