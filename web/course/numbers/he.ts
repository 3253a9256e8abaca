/** The numbers of "He: the half that ReLU takes". */
import { at, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings } from "./computations.js";

export const he: Bindings = async (computed) => {
  const half = await computed.figure("propagation", "half");
  const [, xavier] = half.results;
  const { chi1: kept = NaN } = xavier?.theory.state ?? {};
  const n = 256;
  const [normal, uniform, glorot, fanOut] = await Promise.all([
    computed.law("kaiming_normal", [n, n]),
    computed.law("kaiming_uniform", [n, n]),
    computed.law("xavier_normal", [n, n]),
    computed.law("kaiming_normal;mode:fan_out", [n, 64]),
  ]);
  const modes = await computed.figure("propagation", "modes");
  const [fanIn] = modes.results;
  const [narrow = NaN, wide = NaN] = modes.request.widths ?? [];
  const slope = await computed.figure("propagation", "slope");
  const wrong = at(slope.results, 1).theory.state.chi1;
  const a = slope.request.negative_slope;
  const leaky = await computed.law(`kaiming_normal;a:${a}`, [n, n]);
  const torch = await computed.law("kaiming_uniform;a:2.23606797749979", [n, n]);
  const [standard = NaN] = parametersOf(half.request.schemes[0], "a");
  const alike = await computed.figure("training", "alike");
  const deep = await computed.figure("training", "deep");
  const stalled = at(deep.results, 1);
  const start = at(stalled.frames, 0);
  const hidden = deep.request.depth - 1;
  const died = stalled.frames.find(({ deadFraction }) => at(deadFraction, hidden) === 1);
  const later = await computed.run("propagation", "v=1&depth=100&s=xavier_normal");
  return {
    "He: the half that ReLU takes": [kept, normal.std ** 2 / glorot.std ** 2, deep.request.depth],
    "The half": [kept, ZERO, kept, ZERO, kept, kept, normal.std ** 2 * n, kept, kept, 1 / kept],
    "figure half": [half.request.depth, half.request.width, kept],
    "fan_in or fan_out": [ONE, kept, ZERO, fanOut.std ** 2 * n],
    "figure modes": [narrow, wide],
    "Leaky slope": [
      ZERO,
      ONE,
      1 / kept,
      leaky.std ** 2 * n * (1 + a ** 2),
      ONE,
      standard,
      given(5, "PyTorch's own argument"),
      torch.std * Math.sqrt(n),
    ],
    "figure slope": [a, slope.request.depth, ONE, a ** 2, wrong],
    "Uniform and normal": [uniform.max / uniform.std, uniform.max ** 2 * n],
    "figure alike": [alike.request.repeats],
    "figure deep": [
      deep.request.depth,
      deep.request.width,
      at(start.activation, hidden),
      at(start.gradient, 0),
      died?.step ?? NaN,
    ],
    "question 1": [narrow, wide, ONE, at(fanIn?.theory.gradient, 0) / last(fanIn?.theory.gradient)],
    "question 2": [
      later.request.depth,
      kept ** later.request.depth,
      last(at(later.results, 0).theory.secondMoment),
    ],
  };
};
