/** The numbers of "Xavier: keep the variance both ways". */
import { centredSigmoid } from "./by-hand.js";
import { at, backward, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings } from "./computations.js";

export const xavier: Bindings = async (computed) => {
  const shape = [300, 100];
  const sum = at(shape, 0) + at(shape, 1);
  const [normal, uniform] = await Promise.all([
    computed.law("xavier_normal", shape),
    computed.law("xavier_uniform", shape),
  ]);
  const stretch = uniform.max / uniform.std;
  const unit = await computed.law("uniform;a:-1;b:1");
  const linear = await computed.figure("propagation", "linear");
  const compromise = await computed.figure("propagation", "compromise");
  const [narrow = NaN, wide = NaN] = compromise.request.widths ?? [];
  const { secondMoment } = at(compromise.results, 0).theory;
  const twoLayers = at(secondMoment, 3) / at(secondMoment, 1);
  const bounds = await computed.figure("distribution", "bounds");
  const tanh = await computed.figure("propagation", "tanh");
  const [plain, gained] = tanh.results;
  const [, gain = NaN] = tanh.request.schemes.map((scheme) => parametersOf(scheme, "gain")[0]);
  const { depth } = tanh.request;
  const end = last(plain?.activation.secondMoment);
  const trained = await computed.figure("training", "tanh-deep");
  const half = at((await computed.figure("propagation", "half")).results, 1).theory.state.chi1;
  const sigmoid = await computed.figure("propagation", "sigmoid");
  const [weak, strong] = sigmoid.results;
  const [, larger = NaN] = sigmoid.request.schemes.map((scheme) => parametersOf(scheme, "gain")[0]);
  const layers = 30;
  const deep = await computed.run(
    "propagation",
    `v=1&activation=sigmoid&depth=${layers}&s=xavier_normal`,
  );
  const centred = await centredSigmoid(computed, layers);
  const middle = 1 / (1 + Math.exp(-0));
  const slope = middle * (1 - middle);
  const variance = normal.std ** 2;
  return {
    "Xavier: keep the variance both ways": [ZERO],
    Forward: [ZERO, ONE],
    Backward: [ONE],
    "The compromise": [variance * sum],
    "figure linear": [linear.request.depth, linear.request.width],
    "figure compromise": [narrow, wide, (compromise.request.widths ?? []).length, twoLayers],
    "Uniform and normal": [
      unit.std ** -2,
      stretch,
      uniform.max ** 2 * sum,
      uniform.max ** 2 * sum,
      uniform.max / normal.std,
      normal.mean,
    ],
    "figure bounds": [at(bounds.request.shape, 0), stretch],
    "Gain, and tanh": [await computed.gain("tanh")],
    "figure tanh": [
      depth,
      ...parametersOf(tanh.request.schemes[0], "gain"),
      1 / (depth * end),
      end,
      gain,
      last(gained?.activation.secondMoment),
      backward(gained ?? at(tanh.results, 1)),
    ],
    "For shallow networks only?": [
      ...parametersOf(tanh.request.schemes[0], "gain"),
      depth,
      1 / backward(at(tanh.results, 0)),
      half,
    ],
    "figure tanh-deep": [trained.request.depth],
    Sigmoid: [
      slope,
      ZERO,
      middle,
      slope ** 2,
      middle,
      middle,
      1 / middle,
      1 / slope,
      middle,
      middle,
      given(layers, "an example"),
      sigmoid.request.width,
      centred.arrives,
      backward(at(deep.results, 0)),
    ],
    "figure sigmoid": [
      sigmoid.request.depth,
      backward(weak ?? at(sigmoid.results, 0)),
      larger,
      backward(strong ?? at(sigmoid.results, 1)),
      at(strong?.saturatedFraction, 0),
    ],
    "Where Xavier is right": [half],
    "question 1": [
      ...shape.map((n) => given(n, "an example of a layer")),
      ...shape.toReversed().map((n) => given(n, "its shape")),
      normal.std,
      uniform.std,
      uniform.max,
      uniform.max,
    ],
    "question 2": [
      narrow,
      wide,
      twoLayers,
      2 / (narrow + wide),
      2 / (narrow + wide),
      narrow,
      wide,
      (2 * narrow) / (narrow + wide),
      (2 * narrow) / (narrow + wide),
      wide,
      narrow,
      (2 * wide) / (narrow + wide),
      (2 * wide) / (narrow + wide),
      twoLayers,
    ],
    Code: [await computed.gain("tanh")],
  };
};
