/** The numbers of "Choosing, and what libraries do by themselves". */
import { schemeOf } from "../../src/engine/catalogue.js";
import { at, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings, Computations } from "./computations.js";

/** The gain that keeps Var(z) = 1, the signal there, and how fast deviations grow. */
async function unitGain(computed: Computations, activation: string) {
  const { results } = await computed.run("meanField", `v=1&activation=${activation}`);
  const { unitVarianceGain: gain, unitChiQ: growth } = at(results, 0).advice;
  return { gain, growth, signal: gain ** -2 };
}

export const choosing: Bindings = async (computed) => {
  const n = 256;
  const fans = [300, 100];
  const [xavier, he, leaky, relu, torch, uniform, biased] = await Promise.all([
    computed.law("xavier_normal", fans),
    computed.law("kaiming_normal", [n, n]),
    computed.law("kaiming_normal;a:0.5", [n, n]),
    computed.run("meanField", "v=1&depth=1&s=torch_linear"),
    computed.law("torch_linear", [n, n]),
    computed.law("xavier_uniform", fans),
    computed.run("meanField", "v=1&bias=torch_linear_bias"),
  ]);
  const tanhGain = await computed.gain("tanh");
  const { chi1: sixth } = at(relu.results, 0).state;
  const [gelu, silu] = await Promise.all([unitGain(computed, "gelu"), unitGain(computed, "silu")]);
  const figure = await computed.figure("propagation", "gelu");
  const [sunk, grown] = figure.results;
  const [scale = NaN] = parametersOf(figure.request.schemes[1], "scale");
  const gpt2 = schemeOf("gpt2").fields.find(({ id }) => id === "std")?.default;
  const defaults = await computed.figure("propagation", "defaults");
  const [, library, glorot] = defaults.results;
  const { chi1: halves = NaN } = glorot?.theory.state ?? {};
  const correlation = await computed.figure("propagation", "correlation");
  const [apart, together] = correlation.results;
  const [layer, all] = [10, 1];
  const biasVariance = at(biased.results, 0).point.sigmaB2;
  const settled = library?.theory.state.q ?? NaN;
  const normal = await computed.law("normal");
  return {
    "By activation": [
      xavier.std ** 2 * (at(fans, 0) + at(fans, 1)),
      ONE,
      tanhGain,
      he.std ** 2 * n,
      leaky.std ** 2 * n * (1 + 0.5 ** 2),
      ONE,
      he.std ** 2 * n,
    ],
    "GELU and SiLU": [
      ZERO,
      ONE,
      gelu.gain,
      silu.gain,
      ONE,
      ONE,
      gelu.signal,
      silu.signal,
      gelu.growth,
      silu.growth,
    ],
    "figure gelu": [
      figure.request.depth,
      figure.request.width,
      last(sunk?.activation.secondMoment),
      Math.sqrt(scale),
      last(grown?.activation.secondMoment),
      sunk?.input.secondMoment ?? NaN,
    ],
    "By architecture": [
      given(2, "branches of a transformer's block"),
      Number(gpt2),
      ZERO,
      Number(gpt2) ** 2,
      normal.mean,
      normal.std ** 2,
    ],
    "PyTorch's default surprises": [
      given(5, "PyTorch's own argument"),
      he.std ** 2 * n,
      ONE,
      torch.std * Math.sqrt(n),
      torch.std * Math.sqrt(n),
      torch.max / torch.std,
      torch.std * Math.sqrt(n),
      Math.sqrt(2 / (torch.std ** 2 * n) - 1),
      torch.std ** 2 * n,
      sixth,
      halves,
    ],
    "figure defaults": [
      defaults.request.depth,
      library?.theory.state.chi1 ?? NaN,
      last(library?.theory.secondMoment),
      halves,
      last(glorot?.theory.secondMoment),
      halves,
    ],
    "figure correlation": [
      given(layer, "the layer to look at"),
      at(together?.correlation, layer - 1),
      at(apart?.correlation, layer - 1),
    ],
    "Errors to look for in a notebook": [
      given(0.01, "an example"),
      given(0.01, "an example"),
      Math.sqrt(0.01),
      uniform.max ** 2 * (at(fans, 0) + at(fans, 1)),
      given(all, "dimensions of a bias"),
    ],
    "question 1": [
      given(0.8, "the loss that is asked for"),
      sixth,
      ONE,
      at(library?.activation.secondMoment, 0),
      at(library?.theory.secondMoment, 0),
    ],
    "question 2": [
      1 / (biasVariance * n),
      settled / biasVariance,
      1 / (biasVariance * n),
      defaults.request.width,
      settled,
      last(library?.theory.secondMoment) / last(library?.theory.preactivation),
    ],
    Code: [gelu.gain],
  };
};
