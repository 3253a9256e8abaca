/** The numbers of "Why initialization matters". */
import { at, given, last, ONE, parametersOf, ZERO } from "./computations.js";
import type { Bindings } from "./computations.js";

export const why: Bindings = async (computed) => {
  const story = await computed.figure("propagation", "story");
  const { depth, width } = story.request;
  const [, xavier] = story.results;
  const { chi1 = NaN } = xavier?.theory.state ?? {};
  const [mean = NaN, std = NaN] = parametersOf(story.request.schemes[2], "mean", "std");
  const race = await computed.figure("training", "race");
  const [, , normal, zeros] = race.results;
  const [raceMean = NaN, raceStd = NaN] = parametersOf(race.request.schemes[2], "mean", "std");
  const growth = (race.request.width * raceStd ** 2) / 2;
  const [up, down, layers] = [1.1, 0.5, 50];
  return {
    "A product of many factors": [
      given(0, "the layer of the inputs"),
      given(up, "an example"),
      given(layers, "an example"),
      up ** layers,
      given(down, "an example"),
      down ** layers,
      ONE,
    ],
    "figure story": [depth, width, chi1, mean, std ** 2],
    "figure race": [race.request.depth, raceMean, raceStd ** 2],
    "Words and symbols": [ZERO, given(0.01, "an example of a variance"), Math.sqrt(0.01)],
    "question 1": [
      chi1,
      depth,
      chi1 ** depth,
      last(xavier?.theory.secondMoment),
      last(xavier?.activation.secondMoment) / (xavier?.input.secondMoment ?? NaN),
      width,
    ],
    "question 2": [
      raceMean,
      raceStd ** 2,
      normal?.diverged ?? NaN,
      race.request.depth,
      race.request.width,
      growth,
      Math.sqrt(growth),
      at(normal?.frames, 0).loss,
      race.request.classes,
      at(zeros?.frames, 0).loss,
    ],
    Code: [given(128, "an example of a layer"), given(256, "an example of a layer")],
  };
};
