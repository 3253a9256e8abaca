/** The course: each figure's claim holds. */
import { afterAll, describe, expect, it } from "vitest";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { causesOf } from "../../../web/src/labs/outcome.js";
import { factsOf } from "../../../web/src/labs/symmetry/facts.js";
import { hasRequest, isLab } from "../../../web/src/pages/labs.js";
import { debuggingClaims } from "./course-claims-debugging.js";
import { residualClaims } from "./course-claims-residual.js";
import {
  at,
  backward,
  END,
  engine,
  figures,
  growth,
  kind,
  look,
  propagate,
  stateOf,
  steady,
  train,
} from "./course-figures.js";
import type { Claims } from "./course-figures.js";

afterAll(() => engine.close());

const claims: Claims = {
  story: async () => {
    const [he, xavier, normal] = await propagate("story");
    if (!he || !xavier || !normal) expect.fail();
    expect(steady(growth(he), 50, 256)).toBe(true);
    expect(steady(growth(xavier) * 2 ** 49, 50, 256)).toBe(true);
    const overflow = normal.activation.nonfinite.findIndex((count) => count > 0) + 1;
    expect(overflow).toBeGreaterThan(30);
    expect(overflow).toBeLessThan(50);
  },
  race: async () => {
    const [he, xavier, normal, zeros] = await train("race");
    expect([he, xavier, normal, zeros].map((run) => run && kind(run))).toEqual([
      "learned",
      "stalled",
      "diverged",
      "frozen",
    ]);
    expect(normal?.diverged).toBeLessThanOrEqual(2);
  },
  copies: async () => {
    const { results } = await look("copies");
    expect(results.map((result) => factsOf(result, END)?.distinct)).toEqual([1, 1, 8]);
  },
  ceiling: async () => {
    const { results, ceiling } = await look("ceiling");
    expect(Math.max(...at(results, 0).frames.map(({ score }) => score))).toBeLessThan(
      ceiling + 0.05,
    );
    expect(at(at(results, 1).frames, -1).score).toBeGreaterThan(0.95);
  },
  zeros: async () => {
    const { results } = await look("zeros");
    const [he, zeros] = [at(results, 0), at(results, 1)];
    expect(factsOf(zeros, END)?.gradients.every((g) => g === 0)).toBe(true);
    expect(factsOf(zeros, END)?.stillLayers).toEqual([1, 2, 3]);
    // All biases but the last, too.
    expect(factsOf(zeros, END)?.stillBiases).toEqual([1, 2]);
    expect(he.frames.every(({ weightGradient }) => (weightGradient[0] ?? 0) > 0)).toBe(true);
  },
  negative: async () => {
    const [he, constant] = await propagate("negative");
    const { deadFraction: dead, activation } = constant ?? expect.fail();
    expect(dead[0]).toBe(0);
    expect(dead.slice(1).every((share) => share === 1)).toBe(true);
    expect(activation.secondMoment.slice(1).every((q) => q === 0)).toBe(true);
    expect(he?.deadFraction.every((share) => share < 0.2)).toBe(true);
    // "Any other negative constant": here from one thousandth to a thousand.
    const { request } = parseState("propagation", stateOf("negative"));
    const others = [-0.001, -3, -1000].map((val) => ({ scheme: "constant", val }) as const);
    for (const { result } of await engine.run("propagation", { ...request, schemes: others }))
      expect(result.deadFraction).toEqual(dead);
  },
  noise: async () => {
    const { results } = await look("noise");
    const [none = 0, little = 0, more = 0] = results.map(
      (result) => factsOf(result, END)?.effectiveRank ?? 0,
    );
    expect(none).toBeCloseTo(1, 9);
    expect(little).toBeGreaterThan(none);
    expect(more).toBeGreaterThan(little);
  },
  biases: async () => {
    const [run] = await train("biases");
    expect(run?.frames.at(-1)?.score).toBeGreaterThan(0.95);
    expect(run?.frames[0]?.biasGradient.every((g) => g > 0)).toBe(true);
  },
  laws: async () => {
    const { request } = parseState("distribution", stateOf("laws"));
    const [uniform, normal] = await engine.run("distribution", request);
    expect(uniform?.result.law.std).toBeCloseTo(normal?.result.law.std ?? 0, 4);
    expect(uniform?.result.law.kind).not.toBe(normal?.result.law.kind);
  },
  positive: async () => {
    const [he, uniform] = await propagate("positive");
    if (!he || !uniform) expect.fail();
    expect(steady(growth(he), 10, 256)).toBe(true);
    // Of the square of n: each layer multiplies by nearly (n / 2)^2, where n / 3 were due.
    const { secondMoment: q } = uniform.activation;
    expect((q[9] ?? NaN) / (q[8] ?? NaN) / 128 ** 2).toBeGreaterThan(0.9);
    expect((q[9] ?? NaN) / (q[8] ?? NaN) / 128 ** 2).toBeLessThan(1.1);
    expect(uniform.correlation.slice(2).every((c) => c > 0.9995)).toBe(true);
    expect(he.correlation[9]).toBeLessThan(0.95);
  },
  scales: async () => {
    const [small, right, large] = await propagate("scales");
    if (!small || !right || !large) expect.fail();
    expect(growth(small)).toBeLessThan(1e-30);
    expect(steady(growth(right), 30, 256)).toBe(true);
    expect(growth(large)).toBeGreaterThan(1e30);
  },
  saturation: async () => {
    const [small, large] = await propagate("saturation");
    if (!small || !large) expect.fail();
    expect(small.saturatedFraction.every((share) => share === 0)).toBe(true);
    expect(large.saturatedFraction.every((share) => share > 0.88 && share < 0.91)).toBe(true);
    // The signal looks healthy, and the gradient explodes: at every layer, as theory has it.
    expect(growth(large)).toBeCloseTo(1, 1);
    const { secondMoment: g } = large.gradient;
    for (let l = 1; l < 10; ++l) expect((g[l - 1] ?? 0) / (g[l] ?? 1)).toBeGreaterThan(4);
    expect(large.theory.state.phase).toBe("chaotic");
    expect(backward(small)).toBeLessThan(1e-10);
  },
  linear: async () => {
    // Linear layers: the variance of ln q is 2 L / n.
    for (const result of await propagate("linear"))
      expect(steady(growth(result), 30, 256)).toBe(true);
  },
  compromise: async () => {
    const [xavier, fanIn] = await propagate("compromise");
    if (!xavier || !fanIn) expect.fail();
    const { secondMoment: q } = xavier.activation;
    // Ten layers are five pairs; from layer 2 to layer 10 there are four.
    expect(steady((q[9] ?? NaN) / (q[1] ?? NaN) / 0.64 ** 4, 8, 64)).toBe(true);
    expect(q[9]).toBeLessThan(0.6 * (q[1] ?? 0));
    expect(xavier.theory.secondMoment[9]).toBeCloseTo(0.64 ** 5, 6);
    const { gradient } = fanIn.theory;
    expect((gradient[7] ?? 0) / (gradient[9] ?? 1)).toBeCloseTo(1, 6); // no drift in two layers
    expect((gradient[8] ?? 0) / (gradient[9] ?? 1)).toBeGreaterThan(2); // but a zigzag
    fanIn.theory.secondMoment.forEach((moment) => expect(moment).toBeCloseTo(1, 6));
  },
  bounds: async () => {
    const { request } = parseState("distribution", stateOf("bounds"));
    const [uniform, normal] = await engine.run("distribution", request);
    const { std = 0, max = 0 } = uniform?.result.law ?? {};
    expect(std).toBeCloseTo(normal?.result.law.std ?? 0, 9);
    expect(max / std).toBeCloseTo(Math.sqrt(3), 6);
  },
  tanh: async () => {
    const [plain, gained] = await propagate("tanh");
    if (!plain || !gained) expect.fail();
    const last = plain.theory.secondMoment.at(-1) ?? 0;
    expect(last / (1 / 60)).toBeGreaterThan(0.7);
    expect(last / (1 / 60)).toBeLessThan(1.3);
    // After the first layers, in which it finds its level.
    const { secondMoment: q } = gained.activation;
    expect((q[29] ?? 0) / (q[4] ?? 1)).toBeGreaterThan(0.9);
    expect(backward(gained)).toBeGreaterThan(10);
  },
  "tanh-deep": async () => {
    const runs = await train("tanh-deep");
    expect(runs.map((run) => kind(run))).toEqual(["learned", "learned"]);
    // The text's other claim: few layers forgive Xavier under ReLU.
    const shallow = "v=1&depth=3&learning_rate=0.1&s=xavier_normal";
    const { request } = parseState("training", shallow);
    const [run] = await engine.run("training", request);
    expect(kind(run?.result ?? expect.fail())).toBe("learned");
  },
  sigmoid: async () => {
    const [plain, larger] = await propagate("sigmoid");
    if (!plain || !larger) expect.fail();
    const { gradient } = plain.theory;
    for (let l = 1; l < 10; ++l)
      expect((gradient[l] ?? 0) / (gradient[l - 1] ?? 1)).toBeGreaterThan(16);
    // A larger scale alone saturates the units, and the gradient vanishes still.
    expect(Math.max(...plain.saturatedFraction)).toBeLessThan(0.01);
    expect(larger.saturatedFraction.every((share) => share > 0.1)).toBe(true);
    expect(backward(larger)).toBeLessThan(1e-3);
  },
  half: async () => {
    const [he, xavier] = await propagate("half");
    if (!he || !xavier) expect.fail();
    expect(steady(growth(he), 30, 256)).toBe(true);
    expect(steady(growth(xavier) * 2 ** 29, 30, 256)).toBe(true);
  },
  modes: async () => {
    const [fanIn, fanOut] = await propagate("modes");
    if (!fanIn || !fanOut) expect.fail();
    const { secondMoment } = fanIn.theory;
    expect((secondMoment[9] ?? 0) / (secondMoment[0] ?? 1)).toBeCloseTo(1, 6);
    expect((fanOut.theory.gradient[0] ?? 0) / (fanOut.theory.gradient[8] ?? 1)).toBeCloseTo(1, 6);
    // What zigzags comes back every two layers.
    expect((fanIn.theory.gradient[7] ?? 0) / (fanIn.theory.gradient[9] ?? 1)).toBeCloseTo(1, 6);
    const { secondMoment: other } = fanOut.theory;
    expect((other[9] ?? 0) / (other[7] ?? 1)).toBeCloseTo(1, 6);
    expect((other[8] ?? 0) / (other[7] ?? 1)).not.toBeCloseTo(1, 1);
  },
  slope: async () => {
    const [right, wrong] = await propagate("slope");
    expect(right?.theory.state.chi1).toBeCloseTo(1, 6);
    expect(wrong?.theory.state.chi1).toBeCloseTo(1.25, 6);
    expect(steady(growth(right ?? expect.fail()), 50, 256)).toBe(true);
    expect(growth(wrong ?? expect.fail())).toBeGreaterThan(1e3);
  },
  alike: async () => {
    const [a, b] = (await train("alike")).map(({ ranges }) => ranges?.loss);
    const median = (x: typeof a) => x?.median.at(-1) ?? NaN;
    for (const [x, y] of [
      [a, b],
      [b, a],
    ]) {
      expect(median(x)).toBeGreaterThan(y?.least.at(-1) ?? NaN);
      expect(median(x)).toBeLessThan(y?.greatest.at(-1) ?? NaN);
    }
  },
  deep: async () => {
    const [he, xavier] = await train("deep");
    if (!xavier || !he) expect.fail();
    expect(kind(xavier)).toBe("stalled");
    expect(causesOf(xavier, END).map((cause) => cause.kind)).toContain("vanishingGradient");
    expect(kind(he)).toBe("learned");
    const deadAt = (step: number) =>
      xavier.frames.find((frame) => frame.step >= step)?.deadFraction[29];
    expect(deadAt(0)).toBeLessThan(1);
    expect(deadAt(20)).toBe(1);
  },
  gelu: async () => {
    const [he, unit] = await propagate("gelu");
    if (!he || !unit) expect.fail();
    expect(he.theory.state.fate).toBe("vanishes");
    expect(unit.theory.state.fate).toBe("explodes");
    expect(growth(he)).toBeLessThan(1e-3);
    expect(growth(unit)).toBeGreaterThan(10);
    // The figure's scale is the square of the gain that keeps Var(z) at 1, and that point repels,
    // for SiLU as well; for tanh it attracts.
    const unstable: Record<string, boolean> = {};
    for (const activation of ["gelu", "silu", "tanh"] as const) {
      const [answer] = await engine.run("meanField", { activation });
      const { unitChiQ, unitVarianceGain } = answer?.result.advice ?? expect.fail();
      unstable[activation] = unitChiQ > 1;
      if (activation === "gelu")
        expect(stateOf("gelu")).toContain(`scale:${(unitVarianceGain ** 2).toFixed(4)};`);
    }
    expect(unstable).toEqual({ gelu: true, silu: true, tanh: false });
  },
  defaults: async () => {
    const [he, torch, glorot] = await propagate("defaults");
    if (!torch || !glorot || !he) expect.fail();
    const { secondMoment: q } = torch.theory;
    expect((q[1] ?? 0) / (q[0] ?? 1)).toBeLessThan(0.2); // a sixth, and what biases add
    const floor = torch.theory.preactivation.at(-1) ?? 0;
    expect(floor / (1.2 / (3 * 256))).toBeCloseTo(1, 2);
    // Glorot halves, but for biases of 1.3e-3, which PyTorch's layers have here too.
    expect((glorot.theory.secondMoment[1] ?? 0) / (glorot.theory.secondMoment[0] ?? 1)).toBeCloseTo(
      0.5,
      2,
    );
    expect(steady(growth(he), 30, 256)).toBe(true);
  },
  correlation: async () => {
    const [he, torch] = await propagate("correlation");
    expect(torch?.theory.correlation[9]).toBeGreaterThan(0.999);
    expect(he?.theory.correlation[9]).toBeLessThan(0.95);
    expect(torch?.correlation[9]).toBeGreaterThan(he?.correlation[9] ?? 1);
  },
  orthogonal: async () => {
    const [orthogonal, xavier] = await propagate("orthogonal");
    if (!orthogonal || !xavier) expect.fail();
    expect(Math.abs(growth(orthogonal) - 1)).toBeLessThan(1e-4);
    expect(Math.abs(growth(xavier) - 1)).toBeGreaterThan(1e-2);
  },
  selu: async () => {
    const [he, lecun] = await propagate("selu");
    if (!he || !lecun) expect.fail();
    expect(lecun.theory.state.fate).toBe("settles");
    expect(lecun.activation.secondMoment.at(-1)).toBeGreaterThan(0.8);
    expect(lecun.activation.secondMoment.at(-1)).toBeLessThan(1.25);
    expect(backward(lecun)).toBeGreaterThan(4);
    // No fixed point: no end at any depth.
    expect(he.theory.state.fate).toBe("explodes");
    const { secondMoment: q } = he.theory;
    for (let l = 1; l < 30; ++l) expect((q[l] ?? 0) / (q[l - 1] ?? 1)).toBeGreaterThan(1.09);
    expect(growth(he)).toBeGreaterThan(50);
  },
  edge: async () => {
    const { request } = parseState("phase", stateOf("edge"));
    const [answer] = await engine.run("phase", request);
    expect(answer?.result.theory?.state.chi1).toBeCloseTo(1, 4);
    expect(answer?.result.theory?.advice.withoutBias.sigmaW2).toBeCloseTo(1, 4);
  },
  chaos: async () => {
    const [ordered, critical, chaotic] = await propagate("chaos");
    if (!ordered || !critical || !chaotic) expect.fail();
    expect(ordered.theory.state.phase).toBe("ordered");
    expect(critical.theory.state.chi1).toBeCloseTo(1, 3);
    expect(chaotic.theory.state.phase).toBe("chaotic");
    expect(ordered.theory.correlation.at(-1)).toBeGreaterThan(0.99);
    expect(chaotic.theory.correlation.at(-1)).toBeLessThan(0.2);
    expect(chaotic.correlation.at(-1)).toBeLessThan(0.2);
    expect(backward(critical)).toBeGreaterThan(0.1);
    expect(backward(critical)).toBeLessThan(10);
    expect(backward(ordered)).toBeLessThan(1e-3);
    expect(backward(chaotic)).toBeGreaterThan(1e3);
  },
  ...residualClaims,
  ...debuggingClaims,
};

describe("figures", () => {
  it("all have a claim that is tested, and a state in canonical form", () => {
    expect(Object.keys(figures).toSorted()).toEqual(Object.keys(claims).toSorted());
    for (const [id, { lab, state }] of Object.entries(figures)) {
      if (!isLab(lab) || !hasRequest(lab)) expect.fail(`${id}: no lab ${lab}`);
      const { request, issues } = parseState(lab, state);
      expect(issues, id).toEqual([]);
      expect(formatState(lab, request), id).toBe(state);
    }
  });

  it.each(Object.keys(claims))("%s shows what the text says", (id) => claims[id]?.(), 60_000);
});
