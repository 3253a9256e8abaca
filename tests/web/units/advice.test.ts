/** What the advice on schemes claims, computed: each sentence that names a number or an effect. */
import { afterAll, expect, it } from "vitest";
import { flattenInitialize } from "../../../web/src/engine/initialize.js";
import type { SchemeRequest } from "../../../web/src/engine/request.js";
import { loadAdvice } from "../../../web/src/i18n/advice.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

async function propagate(
  activation: "tanh" | "sigmoid" | "gelu" | "silu" | "relu",
  scheme: SchemeRequest,
  depth = 30,
  seed = "1",
) {
  const [answer] = await engine.run("propagation", {
    activation,
    depth,
    width: 256,
    batch: 64,
    seed,
    schemes: [scheme],
  });
  return answer?.result ?? expect.fail("no result");
}

/** The mean of |Wx|² / |x|² over inputs x, and its largest distance from 1. */
async function lengths(rows: number, columns: number) {
  const shape = [rows, columns];
  const w = await engine.initialize(flattenInitialize({ scheme: "orthogonal", shape, seed: "3" }));
  const x = await engine.initialize(
    flattenInitialize({ scheme: "normal", shape: [20, columns], seed: "4" }),
  );
  const square = (values: readonly number[]) => values.reduce((sum, v) => sum + v * v, 0);
  const ratios = Array.from({ length: 20 }, (_, k) => {
    const input = [...x.slice(k * columns, (k + 1) * columns)];
    const output = Array.from({ length: rows }, (_, i) =>
      input.reduce((sum, v, j) => sum + v * (w[i * columns + j] ?? NaN), 0),
    );
    return square(output) / square(input);
  });
  return {
    mean: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
    worst: Math.max(...ratios.map((ratio) => Math.abs(ratio - 1))),
  };
}

it("orthogonal weights keep lengths where there are no fewer units than inputs, and there alone", async () => {
  expect((await lengths(64, 64)).worst).toBeLessThan(1e-5);
  expect((await lengths(256, 64)).worst).toBeLessThan(1e-5);
  // A projection of 256 dimensions to 64 keeps a quarter on average; sd of one is below 0.04.
  const wide = await lengths(64, 256);
  expect(Math.abs(wide.mean - 0.25)).toBeLessThan(0.04);
  expect(wide.worst).toBeGreaterThan(0.5);
  const { en, zh } = { en: await loadAdvice("en"), zh: await loadAdvice("zh") };
  expect(en.orthogonal.use).toMatch(/no fewer units than fan_in/);
  expect(zh.orthogonal.use).toMatch(/神经元数不少于 fan_in/);
  for (const { use } of [en.orthogonal, zh.orthogonal]) expect(use).not.toMatch(/exactly|严格/);
});

it("He saturates tanh less than Xavier with gain 5/3 does, and sigmoid not at all: it is not said to", async () => {
  const last = (values: ArrayLike<number>) => values[values.length - 1] ?? NaN;
  const he = await propagate("tanh", { scheme: "he_uniform" });
  const xavier = await propagate("tanh", { scheme: "xavier_normal", gain: 5 / 3 });
  expect(last(he.saturatedFraction)).toBeLessThan(0.02);
  expect(last(xavier.saturatedFraction)).toBeGreaterThan(2 * last(he.saturatedFraction));
  expect(
    last((await propagate("sigmoid", { scheme: "he_uniform" })).saturatedFraction),
  ).toBeLessThan(1e-3);
  for (const locale of ["en", "zh"] as const)
    for (const { avoid } of Object.values(await loadAdvice(locale)))
      expect(avoid).not.toMatch(/saturat|饱和/);
});

it("He's gain does not fit GELU and SiLU in deep plain networks: the signal is lost", async () => {
  /** The median of five networks: one may stay near the point at which GELU's variance rests. */
  const end = async (activation: "gelu" | "silu" | "relu") => {
    const ends: number[] = [];
    for (const seed of ["1", "2", "3", "4", "5"]) {
      const result = await propagate(activation, { scheme: "kaiming_normal" }, 60, seed);
      ends.push(result.activation.secondMoment[59] ?? NaN);
    }
    return ends.sort((a, b) => a - b)[2];
  };
  expect(await end("gelu")).toBeLessThan(1e-3);
  expect(await end("silu")).toBeLessThan(1e-6);
  expect(await end("relu")).toBeGreaterThan(0.1); // the control
});

it("with ReLU Xavier, Glorot and LeCun halve the signal, and PyTorch's default keeps a sixth", async () => {
  const factor = async (scheme: SchemeRequest["scheme"]) => {
    const { activation } = await propagate("relu", { scheme }, 5);
    return ((activation.secondMoment[4] ?? NaN) / (activation.secondMoment[0] ?? NaN)) ** (1 / 4);
  };
  for (const scheme of [
    "xavier_uniform",
    "xavier_normal",
    "glorot_uniform",
    "glorot_normal",
    "lecun_uniform",
    "lecun_normal",
  ] as const)
    expect(Math.abs((await factor(scheme)) / 0.5 - 1), scheme).toBeLessThan(0.12);
  expect(Math.abs((await factor("torch_linear")) * 6 - 1)).toBeLessThan(0.12);
});

it("cutting at two std leaves 88% of a std, and Keras's truncated normal is not rescaled", async () => {
  const values = await engine.initialize(
    flattenInitialize({ scheme: "truncated_normal", shape: [400, 400], seed: "2" }),
  );
  const std = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  expect(std / 0.05).toBeCloseTo(0.88, 2); // 0.8796; the default std is 0.05
  for (const locale of ["en", "zh"] as const)
    expect((await loadAdvice(locale)).truncated_normal.avoid).toContain("88%");
});
