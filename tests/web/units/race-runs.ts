/** Trainings of a small network, as the labs show them. */
import { expect } from "vitest";
import type { Engine } from "../../../web/src/engine/client.js";
import type { TrainingRequest } from "../../../web/src/engine/request.js";

export const small: Partial<TrainingRequest> = {
  data_set: "circles",
  samples: 200,
  depth: 2,
  width: 16,
  learning_rate: 0.1,
  steps: 120,
};

/** Runs of all schemes of a request, and the run of its first alone. */
export function racesOf(engine: Engine) {
  async function race(given: Partial<TrainingRequest>) {
    const answers = await engine.run("training", { ...small, ...given });
    return answers.map(({ scheme, result }, slot) => ({
      slot,
      name: scheme.scheme,
      scheme,
      result,
    }));
  }
  async function one(given: Partial<TrainingRequest>) {
    const [first] = await race(given);
    return first ?? expect.fail("no answer");
  }
  return { race, one };
}
