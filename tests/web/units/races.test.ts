/** Trainings through the module: frames on the way, golden bits, verdicts, one's own table. */
import { afterAll, describe, expect, it } from "vitest";
import type { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { TrainingRequest } from "../../../web/src/engine/request.js";
import type { TrainingFrame, TrainingResult } from "../../../web/src/engine/results.js";
import { readCsv } from "../../../web/src/files/read-csv.js";
import { schemeNames } from "../../../web/src/i18n/index.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import { tableTask } from "../../../web/src/labs/data-set.js";
import { causesOf, outcomeOf } from "../../../web/src/labs/outcome.js";
import { outcomeText } from "../../../web/src/labs/outcome-text.js";
import { oneUnit, sameTask } from "../../../web/src/labs/symmetry/state.js";
import { goldenBits } from "../golden.js";
import { racesOf, small } from "./race-runs.js";
import { localEngine, sha256 } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const { one } = racesOf(engine);
const en = raceMessagesOf("en");

describe("the engine", () => {
  it("hands over each frame once and in order, of all schemes side by side", async () => {
    const seen: [number, number][] = [];
    const answers = await engine.run(
      "training",
      {
        ...small,
        width: 64,
        steps: 400,
        schemes: [{ scheme: "kaiming_normal" }, { scheme: "zeros" }],
      },
      { onFrames: (index, frames) => frames.forEach(({ step }) => seen.push([index, step])) },
    );
    for (const [i, { result }] of answers.entries()) {
      const steps = seen.filter(([index]) => index === i).map(([, step]) => step);
      expect(steps).toEqual(result.frames.map(({ step }) => step));
      expect(steps).toHaveLength(61);
      expect(steps.at(-1)).toBe(400);
    }
    // Neither waits for the other's end.
    const order = seen.map(([index]) => index);
    expect(order.indexOf(1)).toBeLessThan(order.lastIndexOf(0));
    expect(order.indexOf(0)).toBeLessThan(order.lastIndexOf(1));
  });

  it("says where a run diverges with its last frames, and 0 until then", async () => {
    const said = new Map<number, number[]>();
    const [lost, kept] = await engine.run(
      "training",
      {
        ...small,
        depth: 10,
        width: 64,
        steps: 300,
        schemes: [{ scheme: "normal" }, { scheme: "kaiming_normal" }],
      },
      {
        onFrames: (index, _, diverged) => said.set(index, [...(said.get(index) ?? []), diverged]),
      },
    );
    expect(lost?.result.diverged).toBeGreaterThan(0);
    expect(said.get(0)?.at(-1)).toBe(lost?.result.diverged);
    expect(
      said
        .get(0)
        ?.slice(0, -1)
        .every((step) => step === 0),
    ).toBe(true);
    expect(kept?.result.diverged).toBe(0);
    expect(said.get(1)?.every((step) => step === 0)).toBe(true);
  });

  it("gives the bits of the native build", async () => {
    const golden = goldenBits();
    const sets = ["spirals", "circles", "xor", "gaussians", "surface", "digits"] as const;
    const plain = "depth*(dense,phi)";
    const pairs = sets.map((set) => [set, "adam", plain] as const);
    for (const [set, optimizer, net] of [
      ...pairs,
      ["spirals", "sgd", plain],
      ["spirals", "momentum", plain],
      ["spirals", "adam", "dense;out:width,depth*(res(ln,dense,phi,dense,scale;value:0.5)),rms"],
      ["spirals", "adam", "dense;out:width,depth*(bn,phi,dense)"],
    ] as const) {
      // As tests/core/bits_test.cpp asks for it.
      const { result } = await one({
        schemes: [{ scheme: "kaiming_normal" }],
        data_set: set,
        optimizer,
        net,
        activation: "tanh",
        samples: 200,
        learning_rate: 0.03,
        depth: 3,
        width: 40,
        batch: 40,
        steps: 10,
      });
      const all = result.frames.flatMap((f) => [
        f.loss,
        f.testLoss,
        f.score,
        ...[...f.weight.keys()].flatMap((l) =>
          [f.activation, f.gradient, f.weight, f.weightGradient, f.biasGradient, f.update].map(
            (of) => of[l] ?? NaN,
          ),
        ),
        ...f.map,
      ]);
      const name = `training/${set},${optimizer}${net === plain ? "" : `,${net}`}`;
      expect(sha256(Float64Array.from(all)), name).toBe(golden.get(name));
    }
  });

  it("stops when it is told to, and answers the next request", async () => {
    const controller = new AbortController();
    const running = engine.run(
      "training",
      { ...small, width: 128, depth: 20, samples: 2000, steps: 5000 },
      { signal: controller.signal, onFrames: () => controller.abort() },
    );
    await expect(running).rejects.toMatchObject({ reason: "cancelled" });
    expect((await one({})).result.frames).toHaveLength(61);
  });

  it("runs the largest races within the module's 256 MB", async () => {
    const schemes = ["kaiming_normal", "xavier_normal", "kaiming_uniform", "torch_linear"];
    const largest = { data_set: "digits", samples: 10_000, optimizer: "adam", steps: 2 };
    // 2^19 parameters, then as many signals in a batch, then as large a layer at every frame.
    await engine.run("training", { ...largest, schemes, depth: 7, width: 256 });
    await engine.run("training", { ...largest, schemes, depth: 5, width: 256, batch: 992 });
    const looked = { ...largest, samples: 1000, steps: 60, depth: 1, width: 64 };
    const units = await engine.run("symmetry", { ...looked, schemes });
    expect(units[3]?.result.frames.at(-1)?.units?.weight).toHaveLength(64 * 256);
  }, 60_000);

  it("gives ranges over repeated runs", async () => {
    const { result } = await one({ repeats: 5, steps: 30 });
    const { score } = result.ranges ?? expect.fail("no ranges");
    expect(score.median).toHaveLength(31);
    expect([...score.least].every((least, i) => least <= (score.greatest[i] ?? -1))).toBe(true);
    expect(result.allDiverged).toEqual(new Float64Array(5));
  });
});

describe("a table of one's own", () => {
  const csv = (target: (i: number) => number) =>
    readCsv(
      [
        "x,y,target",
        ...Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${target(i)}`),
      ].join("\n"),
    );

  it("is one of classes where its last column is whole numbers from 0", () => {
    expect(tableTask(csv((i) => i % 3))).toEqual({ inputs: 2, classes: 3 });
    // Numbers that leave some out, as ages do, are no classes; a class or two may be missing.
    expect(tableTask(csv((i) => [0, 1, 3][i % 3] ?? 0))).toEqual({ inputs: 2, classes: 4 });
    expect(tableTask(csv((i) => i % 27))).toEqual({ inputs: 2, classes: 27 });
    expect(tableTask(csv((i) => 18 + (i % 20)))).toEqual({ inputs: 2, classes: 1 });
    expect(tableTask(csv((i) => 2 * (i % 3)))).toEqual({ inputs: 2, classes: 1 });
    expect(tableTask(csv((i) => i / 2))).toEqual({ inputs: 2, classes: 1 });
    expect(tableTask(csv((i) => -i))).toEqual({ inputs: 2, classes: 1 });
    expect(tableTask(csv((i) => i))).toEqual({ inputs: 2, classes: 1 }); // too many to be classes
    expect(tableTask(csv(() => 0))).toEqual({ inputs: 2, classes: 1 });
  });

  it("is learned, and refused in words where it does not fit", async () => {
    const table = csv((i) => (i % 7 > 3 ? 1 : 0));
    const request = {
      data_set: "data" as const,
      samples: table.rows,
      ...tableTask(table),
      batch: 16,
      steps: 300,
      data: table.values,
    };
    const { result } = await one(request);
    expect(result.frames.at(-1)?.score).toBeGreaterThan(0.9);
    const issue = async (given: Partial<TrainingRequest>) =>
      one({ ...request, ...given }).then(
        () => expect.fail("should have been refused"),
        (error: unknown) => (error as InitscopeError).message,
      );
    expect(await issue({ samples: 61 })).toContain("samples * (inputs + 1) = 183");
    expect(await issue({ data: table.values.map((x) => x + 0.5) })).toContain("classes are 0..1");
    expect(await issue({ batch: 50 })).toContain("48 samples to train on");
    expect(checkRequest("training", { data: [1, 2] }).issues[0]?.field).toBe("data");
  });
});

describe("the verdict", () => {
  const say = async (given: Partial<TrainingRequest>, locale: "en" | "zh" = "en") =>
    outcomeText(await one(given), Infinity, true, raceMessagesOf(locale));

  it("on zeros: no weight moves, and which gradients are 0", async () => {
    const text = await say({ schemes: [{ scheme: "zeros" }] });
    expect(text).toContain("does not learn: no weight moves; 50");
    expect(text).toContain("layers 1 to 3 are exactly 0");
    expect(await say({ schemes: [{ scheme: "zeros" }] }, "zh")).toContain("没有一个权重移动");
  });

  it("on an explosion: at which step, and by how much signals grow", async () => {
    const text = await say({ schemes: [{ scheme: "normal" }], depth: 8, width: 64 });
    expect(text).toMatch(/diverges: at step \d+ the loss is not finite/);
    expect(text).toMatch(/signals grow by \d+ orders of magnitude/);
  });

  it("on a signal that changes: by how much from the inputs on, not from layer 1", async () => {
    const { result } = await one({ schemes: [{ scheme: "zeros" }], steps: 1 });
    const frame = result.frames[0] ?? expect.fail("no frame");
    const causes = (input: number, ...activation: number[]) =>
      causesOf(
        { ...result, frames: [{ ...frame, input, activation: Float64Array.from(activation) }] },
        0,
      );
    const grown = { kind: "exploding", orders: 6 };
    expect(causes(1, 1e3, 1e6)).toContainEqual(grown);
    expect(causes(1e-3, 1e3, 1e6)).toContainEqual({ ...grown, orders: 9 });
    expect(causes(1, 1e-3, 1e-6)).toContainEqual({ kind: "vanishingSignal", orders: 6 });
    // Controls: layer 1 alone says nothing, and a signal of biases alone does not grow.
    const changes = (...signal: [number, ...number[]]) =>
      causes(...signal).filter(({ kind }) => kind === "exploding" || kind === "vanishingSignal");
    expect(changes(1, 1e-9, 1)).toEqual([]);
    expect(changes(0, 0.1, 0.1)).toEqual([]);
    expect(changes(0, 0, 0)).toEqual([]);
    for (const [locale, words] of [
      ["en", /from the inputs to the output/],
      ["zh", /从输入到输出/],
    ] as const)
      expect(await say({ schemes: [{ scheme: "normal" }], depth: 8, width: 64 }, locale)).toMatch(
        words,
      );
  });

  it("on a run that learns: how well, and no cause; before its end: so far", async () => {
    const learning = await one({ schemes: [{ scheme: "kaiming_normal" }], steps: 300 });
    expect(outcomeText(learning, Infinity, true, en)).toMatch(/^kaiming_normal learns: \S+\s?% of/);
    expect(outcomeText(learning, 0, false, en)).toContain("so far");
    expect(outcomeOf(learning.result, 0, false).kind).toBe("underway");
  });

  it("on saturation and on steps that are too small", async () => {
    const kinds = async (given: Partial<TrainingRequest>) =>
      causesOf((await one({ ...given, activation: "tanh" })).result, Infinity).map(
        ({ kind }) => kind,
      );
    expect(await kinds({ schemes: [{ scheme: "normal", std: 5 }] })).toContain("saturated");
    const slow = await kinds({ schemes: [{ scheme: "xavier_normal" }], learning_rate: 1e-5 });
    expect(slow).toEqual(["smallUpdates"]);
  });

  it("names only layers in a row, though others have gradients of 0 too", async () => {
    const { result } = await one({ schemes: [{ scheme: "kaiming_normal" }] });
    const last = result.frames.at(-1) ?? expect.fail("no frame");
    const changed: TrainingFrame = { ...last, weightGradient: new Float64Array([0, 1, 0]) };
    const odd: TrainingResult = { ...result, frames: [...result.frames.slice(0, -1), changed] };
    expect(causesOf(odd, Infinity)).toContainEqual({ kind: "zeroGradients", from: 1, to: 1 });
  });
});

it("schemes that stand side by side twice are told apart by what differs", () => {
  const { request } = checkRequest("training", {
    schemes: [{ scheme: "normal", std: 0.1 }, { scheme: "normal", std: 1 }, "zeros"],
  });
  expect(schemeNames(request.schemes, "en")).toEqual(["Normal, Std 0.1", "Normal, Std 1", "Zeros"]);
});

it("a table of equal size is another task for the network of one unit", () => {
  const { request } = checkRequest("symmetry", { steps: 60 });
  const table = Float32Array.of(1, 2, 3);
  const of = (data?: Float32Array) => oneUnit({ ...request, ...(data && { data }) });
  expect(sameTask(of(table), of(table))).toBe(true);
  expect(sameTask(of(table), of(Float32Array.of(1, 2, 4)))).toBe(false);
  expect(sameTask(of(), of())).toBe(true);
  expect(sameTask(of(), of(table))).toBe(false);
  expect(sameTask(of(), oneUnit({ ...request, steps: 61 }))).toBe(false);
});
