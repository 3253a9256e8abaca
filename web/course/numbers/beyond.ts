/** The numbers of "Beyond: orthogonal weights, the edge of chaos, residual networks". */
import { productOf } from "./by-hand.js";
import { at, backward, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings } from "./computations.js";
import { residualNumbers } from "./residual.js";

export const beyond: Bindings = async (computed) => {
  const orthogonal = await computed.figure("propagation", "orthogonal");
  const { depth, width } = orthogonal.request;
  const [kept, wandered] = orthogonal.results;
  const wide = await computed.law("orthogonal", [64, 256]);
  const lost = await productOf(computed, "xavier_normal", width, depth);
  const same = await productOf(computed, "orthogonal", width, depth);
  const [he, lecun] = await Promise.all([
    computed.law("kaiming_normal"),
    computed.law("lecun_normal"),
  ]);
  const selu = await computed.figure("propagation", "selu");
  const [exploded, steady] = selu.results;
  const edge = await computed.figure("phase", "edge");
  const point = at(edge.results, 0).theory;
  const chaos = await computed.figure("propagation", "chaos");
  const [, critical, chaotic] = chaos.results;
  const weights = chaos.request.schemes.map(
    (scheme) => (parametersOf(scheme, "std")[0] ?? NaN) ** 2 * chaos.request.width,
  );
  const [small = NaN, middle = NaN, large = NaN] = weights;
  const biases = (parametersOf(chaos.request.bias, "std")[0] ?? NaN) ** 2;
  const unbiased = await computed.run(
    "meanField",
    "v=1&activation=tanh&depth=30&correlation=0.5&s=normal;std:0.05",
  );
  const relu = await computed.run(
    "propagation",
    "v=1&depth=30&correlation=0.5&s=normal;std:0.15&s=kaiming_normal",
  );
  const [strong, right] = relu.results;
  const alike = last(strong?.theory.correlation);
  if (Math.abs(alike - last(right?.theory.correlation)) > 1e-9) throw new Error("not either way");
  return {
    "Orthogonal weights": [
      given(64, "an example"),
      given(256, "an example"),
      wide.std ** 2 * 64,
      wide.std ** 2 * 64,
      depth,
      width,
      at(lost, 0),
      lost.filter((stretch) => stretch <= at(lost, width / 2)).length / width,
      at(lost, width / 2),
      at(same, 0),
      he.std / lecun.std,
      given(10000, "layers of the paper's title"),
    ],
    "figure orthogonal": [
      depth,
      width,
      last(kept?.activation.secondMoment),
      last(wandered?.activation.secondMoment),
    ],
    "LeCun and SELU": [last(steady?.activation.mean), steady?.theory.state.q ?? NaN],
    "figure selu": [
      selu.request.depth,
      last(steady?.theory.secondMoment),
      steady?.theory.state.chi1 ?? NaN,
      he.std ** 2 / lecun.std ** 2,
      exploded?.theory.state.chiQ ?? NaN,
      last(exploded?.activation.secondMoment),
    ],
    "Mean field: two numbers for a deep network": [
      ZERO,
      ONE,
      ZERO,
      ONE,
      ONE,
      small,
      ZERO,
      unbiased.request.correlation,
      unbiased.request.depth,
      last(at(unbiased.results, 0).correlation),
      ...parametersOf(relu.request.schemes[0], "std"),
      strong?.theory.state.chi1 ?? NaN,
      relu.request.depth,
      alike,
    ],
    "figure edge": [edge.request.sigma_w2, edge.request.sigma_b2],
    "figure chaos": [
      chaos.request.depth,
      biases,
      small,
      middle,
      large,
      chaos.request.correlation,
      last(chaotic?.correlation),
      1 / backward(critical ?? at(chaos.results, 1)),
    ],
    ...(await residualNumbers(computed)),
    "question 4": [
      edge.request.sigma_b2,
      ZERO,
      point?.advice.critical.sigmaW2 ?? NaN,
      point?.advice.withoutBias.sigmaW2 ?? NaN,
      point?.advice.withoutBias.q ?? NaN,
    ],
    "question 5": [
      chaotic?.theory.state.correlation ?? NaN,
      chaos.request.depth,
      last(chaotic?.correlation),
      given(0, "a correlation to try"),
      given(0.9, "a correlation to try"),
    ],
  };
};
