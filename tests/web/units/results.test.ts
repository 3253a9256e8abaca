/** Answers are what is declared of them, in every kind of job: both come from the same lists in wasm/. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { flattenModel } from "../../../web/src/engine/library-layers.js";
import type { JobKind } from "../../../web/src/engine/request.js";
import { auditSample } from "./audited.js";
import { allMembers, declaredIn, differences, nullable } from "./declared.js";
import type { Seen } from "./declared.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const declared = declaredIn(
  readFileSync(join(import.meta.dirname, "../../../web/src/generated/results.ts"), "utf8"),
);

const small = { depth: 3, width: 8, steps: 4, samples: 40, batch: 8 };
const network = { depth: 3, width: 8, batch: 8 };
/** Of five elements it leaves none, and warns. */
const empty = { scheme: "sparse", sparsity: 0.9, std: 1 };

/** An object but for what files say beside the core. */
const without = (whole: object, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));

/** Requests of each kind, so that every member is there once, and null once where it may be. */
const requests: Readonly<Record<JobKind, { type: string; given: readonly object[] }>> = {
  distribution: { type: "DistributionResult", given: [{ samples: 100 }] },
  matrix: { type: "MatrixResult", given: [{ shape: [4, 3] }, { schemes: [empty], shape: [5, 3] }] },
  propagation: {
    type: "PropagationResult",
    given: [network, { ...network, repeats: 2 }, { ...network, net: "depth*(res(ln,dense,phi))" }],
  },
  meanField: { type: "Theory", given: [network] },
  plan: {
    type: "PlanResult",
    given: [
      { ...network, activation: "typed" },
      { ...network, net: "dense;weight:zeros;bias:ones,depth*(res(ln,dense,phi))" },
    ],
  },
  phase: {
    type: "PhaseResult",
    given: [{ depth: 3 }, { detail: "place" }, { activation: "typed" }],
  },
  training: { type: "TrainingResult", given: [small, { ...small, repeats: 2 }] },
  symmetry: { type: "TrainingResult", given: [small] },
};

async function answersOf(kind: JobKind): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (const given of requests[kind].given)
    for (const { result } of await engine.run(kind, given)) all.push(result);
  return all;
}

const nothing = (): Seen => ({ members: new Set(), nulls: new Set() });

describe("answers", () => {
  const seen = nothing();

  for (const kind of Object.keys(requests) as JobKind[])
    it(`of a ${kind} have the members that are declared, and no others`, async () => {
      const answers = await answersOf(kind);
      expect(answers.length).toBeGreaterThan(0);
      for (const answer of answers)
        expect(differences(declared, requests[kind].type, answer, seen)).toEqual([]);
    });

  it("about layers have the members that are declared, and no others", async () => {
    const attention = { layer: "MultiHeadAttention", args: { dim: 4, num_heads: 2, key_dim: 3 } };
    const recurrent = { layer: "LSTM", args: { input_dim: 3, units: 2 } };
    const { model, layers } = flattenModel({ framework: "keras", layers: [attention, recurrent] });
    const parameters = await engine.model(model, layers);
    expect(parameters.length).toBeGreaterThan(2);
    for (const parameter of parameters)
      expect(differences(declared, "LayerParameter", parameter, seen)).toEqual([]);
  });

  it("about stored tensors have the members that are declared, and no others", async () => {
    for (const sample of ["torch_checkpoint_trained.pt", "torch_defects.pt", "keras3.keras"]) {
      const audit = await auditSample(sample);
      const tensors = audit.tensors.map((each) =>
        without(each, "file", "layout", "tiedTo", "unread"),
      );
      const model = without({ ...audit, tensors }, "format", "files", "metadata");
      expect(differences(declared, "ModelReport", model, seen)).toEqual([]);
    }
  });

  it("show every member that is declared, and every null", () => {
    expect([...seen.members].sort()).toEqual(allMembers(declared).sort());
    expect([...seen.nulls].sort()).toEqual(nullable(declared).sort());
  });

  it("that are spoiled are told from others", async () => {
    const [answer] = await answersOf("phase");
    const told = (other: object) =>
      differences(declared, "PhaseResult", { ...(answer as object), ...other }, nothing());
    expect(told({})).toEqual([]);
    expect(told({ other: 1 })).toEqual(["PhaseResult.other is not declared"]);
    expect(told({ place: undefined })).toEqual(["PhaseResult.place is missing"]);
    expect(told({ map: 3 })).toEqual(["PhaseMap is no object"]);
    expect(told({ gap: "none" })).toHaveLength(1);
    expect(told({ place: { sigmaW2: 1, sigmaB2: "1" } })).toHaveLength(1);
  });
});

describe("facts that come with the data", () => {
  it("say how many frames a race will have, in each of them", async () => {
    for (const steps of [1, 4, catalogue.limits.trainingFrames + 1]) {
      const [race] = await engine.run("training", { ...small, steps });
      const frames = race?.result.frames ?? expect.fail("no race");
      expect(new Set(frames.map(({ planned }) => planned))).toEqual(new Set([frames.length]));
    }
  });

  it("say as many frames of a run that diverges", async () => {
    const wild = { ...small, data_set: "surface", steps: 50, learning_rate: 1000 };
    const [race] = await engine.run("training", wild);
    expect(race?.result.diverged).toBeGreaterThan(0);
    expect(race?.result.frames.length).toBeLessThan(51);
    expect(race?.result.frames[0]?.planned).toBe(51);
  });

  it("name the quantiles: pairs around the median, half of all within the inner", async () => {
    const [answer] = await engine.run("propagation", network);
    const { probabilities, quantiles } = answer?.result ?? expect.fail("no answer");
    expect(probabilities).toHaveLength(quantiles.length);
    probabilities.forEach((p, k) => expect(p + (probabilities.at(-1 - k) ?? NaN)).toBeCloseTo(1));
    const middle = (probabilities.length - 1) / 2;
    expect(probabilities[middle]).toBe(0.5);
    // The figure's caption says "half" of the area between these.
    expect((probabilities[middle + 1] ?? NaN) - (probabilities[middle - 1] ?? NaN)).toBe(0.5);
  });

  it("give the maps' axes, of which the rows of a training's go down", async () => {
    const [race] = await engine.run("training", small);
    const { map, mapAxes } = race?.result.frames[0] ?? expect.fail("no frame");
    const { x, y } = mapAxes ?? expect.fail("no axes");
    expect(map).toHaveLength(x.length * y.length);
    const cell = (2 * catalogue.limits.trainingMapReach) / x.length;
    expect(x[0]).toBeCloseTo(cell / 2 - catalogue.limits.trainingMapReach);
    expect((x[1] ?? NaN) - (x[0] ?? NaN)).toBeCloseTo(cell);
    expect([...y]).toEqual([...x].map((at) => -at));
    const [plane] = await engine.run("phase", { depth: 3, most_sigma_w2: 4, most_sigma_b2: 2 });
    const phase = plane?.result.map ?? expect.fail("no map");
    expect(phase.chi1).toHaveLength(phase.sigmaW2.length * phase.sigmaB2.length);
    expect(phase.sigmaW2[0]).toBeCloseTo(2 / phase.sigmaW2.length);
    expect(phase.sigmaB2.at(-1)).toBeCloseTo(2 - 1 / phase.sigmaB2.length);
  });

  it("say which bin of a histogram holds 0", async () => {
    const zeros = { ...network, schemes: [{ scheme: "kaiming_normal" }], activation: "relu" };
    const [answer] = await engine.run("propagation", zeros);
    const histograms = answer?.result.histograms ?? expect.fail("no answer");
    expect(histograms).toHaveLength(network.depth);
    for (const { from, to, counts, zeroBin } of histograms) {
      const width = (to - from) / counts.length;
      expect(from + zeroBin * width).toBeLessThanOrEqual(0);
      expect(from + (zeroBin + 1) * width).toBeGreaterThan(0);
    }
    const apart = { ...network, activation: "sigmoid", schemes: [{ scheme: "zeros" }] };
    const [halves] = await engine.run("propagation", apart);
    expect(halves?.result.histograms.map(({ from, zeroBin }) => [from > 0, zeroBin])).toEqual(
      // sigmoid(0) = 1/2 alone, with as much around it on either side: 0 is the lower end.
      Array.from({ length: 3 }, () => [false, 0]),
    );
  });
});
