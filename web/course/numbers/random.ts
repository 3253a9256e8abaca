/** The numbers of "Random weights: which distribution, how large". */
import { requestField } from "../../src/engine/catalogue.js";
import { at, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings } from "./computations.js";

/** The largest number of float32. */
const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127;

export const random: Bindings = async (computed) => {
  const unit = await computed.law("uniform;a:-1;b:1");
  const laws = await computed.figure("distribution", "laws");
  const [a = NaN, b = NaN] = parametersOf(laws.request.schemes[0], "a", "b");
  const [single, he1, he] = await Promise.all([
    computed.law("xavier_normal", [1, 1]),
    computed.law("kaiming_normal", [1, 1]),
    computed.law("kaiming_normal"),
  ]);
  const relu = await computed.run("meanField", "v=1&depth=1&s=lecun_normal");
  const theory = at(relu.results, 0);
  const half = at(theory.secondMoment, 0) / at(theory.preactivation, 0);
  const scales = await computed.figure("propagation", "scales");
  const { width, depth } = scales.request;
  const rows = scales.request.schemes.map((scheme) => {
    const [std = NaN] = parametersOf(scheme, "std");
    const factor = (width * std ** 2) / 2;
    return { std, factor, after: factor ** depth };
  });
  const [small, right, large] = rows;
  const positive = await computed.figure("propagation", "positive");
  const [, ones] = positive.results;
  const ends = parametersOf(positive.request.schemes[1], "a", "b");
  const alike = ones?.correlation.findIndex((c) => c > 0.9995) ?? NaN;
  const normal = await computed.law("normal");
  const saturation = await computed.figure("propagation", "saturation");
  const [, strong] = saturation.results;
  const [mean = NaN, std = NaN] = parametersOf(saturation.request.schemes[1], "mean", "std");
  const share = last(strong?.saturatedFraction);
  const threshold = 0.97;
  const [normalStd = NaN] = parametersOf(laws.request.schemes[1], "std");
  const most = requestField("propagation", "width").max ?? NaN;
  return {
    "Uniform or normal": [unit.std ** -2, unit.std ** -2, unit.max / unit.std, unit.max / unit.std],
    "figure laws": [a, b, normalStd, b, unit.max / unit.std],
    "The variance of a sum": [
      ZERO,
      ZERO,
      given(1, "units of the example"),
      given(1, "units of the example"),
      given(1, "units of the example"),
      single.std,
      normal.mean,
      normal.std ** 2,
      he1.std,
      half,
      1 / half,
      width,
      1 / half,
      depth,
      ...rows.flatMap((row) => [row.std, row.factor, row.after]),
    ],
    "figure scales": [scales.request.depth, width, he.std, right?.std ?? NaN],
    "Defaults that are not small": [
      ...ends,
      normal.mean,
      normal.std,
      (await computed.law("uniform")).mean,
    ],
    "figure positive": [
      positive.request.depth,
      positive.request.width,
      ...ends,
      last(ones?.activation.secondMoment),
      alike + 1,
      Math.min(...(ones?.correlation.slice(alike) ?? [])),
    ],
    Saturation: [
      Math.tanh(-Infinity),
      Math.tanh(Infinity),
      mean,
      std ** 2,
      saturation.request.width,
      Math.sqrt(last(strong?.preactivation.secondMoment)),
      share,
      given(threshold, "what counts as saturated, core/src/functions/activation.cpp"),
      1 - threshold ** 2,
      saturation.request.width,
      std ** 2,
      strong?.theory.state.chi1 ?? NaN,
    ],
    "figure saturation": [
      saturation.request.depth,
      mean,
      std ** 2,
      last(strong?.gradient.secondMoment),
      at(strong?.gradient.secondMoment, 0),
      share,
      ...parametersOf(saturation.request.schemes[0], "std"),
    ],
    "question 1": [
      small?.std ?? NaN,
      1 / half,
      ONE,
      1 / half,
      (small?.std ?? NaN) ** 2,
      1 / half / (small?.std ?? NaN) ** 2,
      most,
      (most * (small?.std ?? NaN) ** 2) / 2,
      small?.factor ?? NaN,
      ONE,
    ],
    "question 2": [large?.after ?? NaN, FLOAT32_MAX, Math.sqrt(large?.after ?? NaN)],
    Code: [(await computed.law("uniform;a:-0.1;b:0.1")).std],
  };
};
