/** What the presets of networks say of themselves is so, at their own seed and at others. */
import { afterAll, describe, expect, it } from "vitest";
import { parseState } from "../../../web/src/engine/url.js";
import type { PropagationResult } from "../../../web/src/engine/results.js";
import { netWords } from "../../../web/src/i18n/net.js";
import { netPresets } from "../../../web/src/labs/propagation/net/presets.js";
import type { NetPreset } from "../../../web/src/labs/propagation/net/presets.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const SEEDS = ["0", "1", "2"];

async function resultsOf(name: NetPreset, seed: string): Promise<readonly PropagationResult[]> {
  const { request, issues } = parseState("propagation", netPresets[name]);
  expect(issues).toEqual([]);
  const answers = await engine.run("propagation", { ...request, seed });
  return answers.map(({ result }) => result);
}

/** The signal of the rows, from the first on. */
const signal = (result: PropagationResult | undefined) =>
  Array.from(result?.activation.secondMoment ?? []);
const branch = (result: PropagationResult | undefined) =>
  Array.from(result?.branch?.secondMoment ?? []);
const steps = (values: readonly number[]) =>
  values.slice(1).map((value, i) => value - (values[i] ?? NaN));
const last = (values: readonly number[]) => values.at(-1) ?? NaN;

function expectNear(values: readonly number[], value: number, by: number): void {
  expect(values.length).toBeGreaterThan(0);
  for (const one of values) expect(Math.abs(one / value - 1)).toBeLessThan(by);
}

const claims: Readonly<Record<NetPreset, (all: readonly PropagationResult[]) => void>> = {
  mlp: ([he, xavier]) => {
    // The head alone has no activation that halves.
    const layers = (result: PropagationResult | undefined) => signal(result).slice(0, -1);
    expect(last(layers(he))).toBeGreaterThan(0.3);
    expect(last(layers(he))).toBeLessThan(3);
    const ratios = layers(xavier).map((value, i) => value / (layers(he)[i] ?? NaN));
    ratios.forEach((ratio, i) => expect(Math.abs(ratio * 2 ** (i + 1) - 1)).toBeLessThan(0.02));
  },
  preActivation: ([he]) => {
    expectNear(branch(he), 1, 0.15);
    expect(Math.abs(last(signal(he)) - (1 + signal(he).length))).toBeLessThan(2);
  },
  postActivation: ([he]) => {
    expectNear(branch(he), 1, 0.01);
    const means = Array.from(he?.activation.mean ?? []);
    expect(Math.min(...steps(means))).toBeGreaterThan(0);
    expect(last(means) ** 2 / last(signal(he))).toBeGreaterThan(0.5);
  },
  preLn: ([result]) => {
    expectNear(branch(result), branch(result)[0] ?? NaN, 0.15);
    expect(Math.min(...steps(signal(result)))).toBeGreaterThan(0.1);
    expect(last(signal(result)) / (signal(result)[0] ?? NaN)).toBeGreaterThan(2.5);
  },
  postLn: ([result]) => {
    const trunk = Array.from(result?.trunk?.secondMoment ?? []).slice(1);
    expectNear(trunk, 1, 0.01);
    expectNear(branch(result), branch(result)[0] ?? NaN, 0.15);
  },
  gpt2: ([scaled, flat]) => {
    const grown = (result: PropagationResult | undefined) =>
      last(signal(result)) / (result?.input.secondMoment ?? NaN) - 1;
    expect(grown(scaled)).toBeGreaterThan(0);
    expect(grown(scaled)).toBeLessThan(0.02);
    expect(grown(flat)).toBeGreaterThan(0.2);
  },
  reZero: ([result]) => {
    expect(branch(result).every((value) => value === 0)).toBe(true);
    expect(new Set(signal(result)).size).toBe(1);
    expect(new Set(result?.gradient.secondMoment).size).toBe(1);
  },
  fixup: ([fixup, he]) => {
    expect(new Set(signal(fixup)).size).toBe(1);
    const factor = (last(signal(he)) / (signal(he)[0] ?? NaN)) ** (1 / (signal(he).length - 1));
    expect(Math.abs(factor / 3 - 1)).toBeLessThan(0.1);
  },
};

describe.each(Object.keys(netPresets) as NetPreset[])("the preset %s", (name) => {
  it("shows what it says", async () => {
    for (const seed of SEEDS) claims[name](await resultsOf(name, seed));
  }, 60_000);

  it("says so in every language", () => {
    for (const locale of ["en", "zh"] as const) {
      const { point } = netWords(locale).presets[name];
      expect(point.length).toBeGreaterThan(10);
    }
  });
});
