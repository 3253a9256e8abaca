/** What the text says of the figures of the chapter on debugging. */
import { expect } from "vitest";
import type { TrainingFrame } from "../../../web/src/engine/results.js";
import { parseState } from "../../../web/src/engine/url.js";
import { at, backward, engine, kind, propagate, stateOf, train } from "./course-figures.js";
import type { Claims } from "./course-figures.js";

const ratios = ({ update, weight }: TrainingFrame) =>
  Array.from(update, (change, l) => change / (weight[l] ?? NaN));
/** Shares of values in equal parts of what a layer's histogram spans. */
function parts(counts: Float64Array, count: number): number[] {
  const shares = Array.from({ length: count }, () => 0);
  const total = counts.reduce((sum, c) => sum + c, 0);
  counts.forEach((c, i) => {
    const part = Math.floor((i * count) / counts.length);
    shares[part] = (shares[part] ?? 0) + c / total;
  });
  return shares;
}

/** The first loss of networks of ten classes, of which each has weights of its own. */
async function firstLosses(scheme: string, networks: number): Promise<number[]> {
  const { request } = parseState("training", `${stateOf("initial").split("&s=")[0]}&s=${scheme}`);
  const losses: number[] = [];
  for (let replicate = 0; replicate < networks; ++replicate) {
    const [run] = await engine.run("training", { ...request, replicate, steps: 1 });
    losses.push(at(run?.result.frames ?? [], 0).loss);
  }
  return losses;
}
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

export const debuggingClaims: Claims = {
  initial: async () => {
    const [he, normal, small] = await train("initial");
    if (!he || !normal || !small) expect.fail();
    const guessing = Math.log(10);
    expect([he, normal, small].map(kind)).toEqual(["learned", "learned", "stalled"]);
    for (const { loss } of small.frames) expect(Math.abs(loss - guessing)).toBeLessThan(0.01);
    // The first steps shrink the outputs, and the loss is still far above guessing.
    const { activation: outputs, loss } = at(normal.frames, 1);
    expect(outputs.at(-1)).toBeLessThan(0.1 * (normal.frames[0]?.activation.at(-1) ?? 0));
    expect(loss).toBeGreaterThan(100 * guessing);
    // "The least loss on the training batches", and the worse answers.
    const ends = [he, normal, small].map(({ frames }) => at(frames, -1));
    expect(Math.min(...ends.map((end) => end.loss))).toBe(ends[1]?.loss);
    expect(ends[1]?.score).toBeLessThan((ends[0]?.score ?? 0) - 0.05);
    // Between the bounds of Jensen's inequality, where the last layer is He's; above them with twice its std.
    const losses = await firstLosses("kaiming_normal", 40);
    expect(mean(losses)).toBeGreaterThan(guessing);
    expect(mean(losses)).toBeLessThan(guessing + 1);
    expect(mean(await firstLosses("normal;std:0.354", 10))).toBeGreaterThan(guessing + 1);
  },
  head: async () => {
    const [he, normal] = await train("head");
    const [full] = await train("initial");
    if (!he || !normal || !full) expect.fail();
    for (const { frames } of [he, normal]) {
      const { loss, weightGradient } = at(frames, 0);
      expect(loss).toBeCloseTo(Math.log(10), 12);
      // No layer below gets a gradient in the first step, and the last does.
      expect([...weightGradient].map((g) => g > 0)).toEqual([false, false, false, true]);
    }
    expect(at(he.frames, 1).weightGradient.every((g) => g > 0)).toBe(true);
    expect([kind(he), kind(normal)]).toEqual(["learned", "diverged"]);
    expect(at(he.frames, 1).score).toBeGreaterThan(at(full.frames, 1).score + 0.2);
  },
  histograms: async () => {
    const [xavier, small, normal] = await propagate("histograms");
    if (!xavier || !small || !normal) expect.fail();
    const shape = ({ histograms }: typeof xavier) => parts(at(histograms, -1).counts, 5);
    // One hill; and two spikes with nothing between them.
    expect(Math.max(...shape(xavier))).toBe(shape(xavier)[2]);
    const [low = 0, , middle = 1, , high = 0] = shape(normal);
    for (const end of [low, high]) expect(end).toBeGreaterThan(15 * middle);
    expect(Math.max(...small.activation.max.slice(-1))).toBeLessThan(1e-6);
    expect(xavier.quantiles.at(-1)?.at(-1)).toBeGreaterThan(0.2);
    expect(normal.activation.secondMoment.at(-1)).toBeGreaterThan(0.9);
  },
  shifted: async () => {
    const [he, xavier] = await propagate("shifted");
    if (!he || !xavier) expect.fail();
    for (const { deadFraction, gradient, weightGradient } of [he, xavier]) {
      expect(deadFraction[0]).toBe(0);
      expect(deadFraction.at(-1)).toBe(1);
      // "Below it every gradient is 0", and in the dead layers, too.
      for (const values of [gradient.secondMoment, weightGradient])
        expect(values.every((g) => g === 0)).toBe(true);
    }
    expect(xavier.deadFraction.indexOf(1)).toBeLessThan(he.deadFraction.indexOf(1));
    // Without the bias no layer dies.
    const { request } = parseState("propagation", stateOf("shifted"));
    const unbiased = { ...request, bias: { scheme: "zeros" } as const };
    for (const { result } of await engine.run("propagation", unbiased))
      expect(result.deadFraction.every((share) => share < 0.3)).toBe(true);
  },
  dying: async () => {
    const [run] = await train("dying");
    if (!run) expect.fail();
    expect(kind(run)).toBe("stalled");
    // "After a few steps": at the first frame after the start, ten steps.
    const early = at(run.frames, 1);
    expect([early.step, early.deadFraction[1], early.deadFraction[2]]).toEqual([10, 1, 1]);
    for (const { weightGradient } of run.frames.slice(1))
      expect(weightGradient.every((g) => g === 0)).toBe(true);
    expect(at(run.frames, -1).testLoss).toBeGreaterThanOrEqual(Math.log(2));
    const { request } = parseState("training", stateOf("dying"));
    const [careful] = await engine.run("training", { ...request, learning_rate: 0.1 });
    if (!careful) expect.fail();
    expect(kind(careful.result)).toBe("learned");
    expect(at(careful.result.frames, -1).deadFraction.every((share) => share < 0.2)).toBe(true);
  },
  saturating: async () => {
    const [xavier, normal] = await train("saturating");
    if (!xavier || !normal) expect.fail();
    expect([xavier, normal].map(kind)).toEqual(["learned", "stalled"]);
    const of = ({ frames }: typeof xavier, place: number) =>
      at(frames, place).saturatedFraction.slice(1, -1); // hidden layers behind hidden ones
    expect(of(xavier, 0).every((share) => share === 0)).toBe(true);
    expect(of(xavier, -1).every((share) => share < 0.05)).toBe(true);
    of(normal, 0).forEach((share, l) => {
      expect(share).toBeGreaterThan(0.5);
      expect(of(normal, -1)[l]).toBeGreaterThan(share);
    });
  },
  weights: async () => {
    const [he, xavier] = await propagate("weights");
    if (!he || !xavier) expect.fail();
    expect(backward(xavier)).toBeLessThan(1e-8);
    for (const [{ weightGradient, theory }, size] of [
      [he, 1 / 2],
      [xavier, 2 ** -30],
    ] as const)
      weightGradient.forEach((g, l) => {
        expect((theory.weightGradient[l] ?? NaN) / size).toBeCloseTo(1, 6);
        expect(Math.abs(Math.log(g / size))).toBeLessThan(0.5);
      });
    // "Where they differ from layer to layer": by orders, in the networks that are named.
    for (const id of ["sigmoid", "saturation"]) {
      const runs = await propagate(id);
      const { weightGradient } = at(runs, id === "sigmoid" ? 0 : 1);
      expect(Math.max(...weightGradient) / Math.min(...weightGradient)).toBeGreaterThan(1e6);
    }
  },
  step: async () => {
    const [run] = await train("step");
    if (!run) expect.fail();
    for (const place of [0, -1])
      for (const ratio of ratios(at(run.frames, place))) {
        expect(ratio).toBeGreaterThan(0.5e-3);
        expect(ratio).toBeLessThan(5e-3);
      }
    const { request } = parseState("training", stateOf("step"));
    // Proportional to the rate in the first step.
    const [bold] = await engine.run("training", { ...request, learning_rate: 0.1 });
    const first = ratios(at(bold?.result.frames ?? [], 0));
    ratios(at(run.frames, 0)).forEach((ratio, l) =>
      expect((first[l] ?? NaN) / ratio).toBeCloseTo(10, 4),
    );
    // A hundredth: "nothing happens". A hundred times: the loss leaps up, and nothing good comes of it.
    const [slow, wild] = await Promise.all(
      [1e-4, 1].map((rate) => engine.run("training", { ...request, learning_rate: rate })),
    );
    const moved = at(slow ?? [], 0).result.frames;
    expect(at(moved, -1).loss).toBeGreaterThan(0.9 * at(moved, 0).loss);
    const leaps = at(wild ?? [], 0).result.frames.map(({ loss }) => loss);
    expect(Math.max(...leaps)).toBeGreaterThan(5 * at(leaps, 0));
    expect(at(leaps, -1)).toBeGreaterThan(2 * at(run.frames, -1).loss);
    // Adam moves each weight by the rate, where its gradient is not 0.
    const adam = { ...request, optimizer: "adam", learning_rate: 0.001 } as const;
    const [moving] = await engine.run("training", adam);
    const { update } = at(moving?.result.frames ?? [], 0);
    for (const change of update) {
      expect(change).toBeLessThanOrEqual(0.001 * (1 + 1e-4));
      expect(change).toBeGreaterThan(0.0009);
    }
  },
};
