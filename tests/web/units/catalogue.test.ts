/** One test over every entry of the catalogue: its law, bits, checks and both translations. */
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import type { Scheme } from "../../../web/src/engine/catalogue.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { flattenInitialize, targetOf } from "../../../web/src/engine/initialize.js";
import { loadAdvice } from "../../../web/src/i18n/advice.js";
import { messagesOf, reasonIds } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import { goldenBits, goldenMatrices } from "../golden.js";
import { localEngine, sha256 } from "./support.js";

const engine = localEngine();
const golden = goldenBits();
const locales: readonly Locale[] = ["en", "zh"];
afterAll(() => engine.close());

/** A matrix of 2^20 elements, or a kernel where the scheme has kernels alone. */
const largeShape = (scheme: Scheme) => (scheme.leastRank > 2 ? [1024, 4, 256] : [1024, 1024]);
const smallShape = (scheme: Scheme) => (scheme.leastRank > 2 ? [96, 4, 25] : [96, 100]);

/** Schemes that need no network to draw. */
const drawn = catalogue.schemes.filter(({ uses }) => !uses.includes("network"));

describe.each(drawn)("$id", (scheme) => {
  it("follows its law", async () => {
    const samples = 192_000;
    const [answer] = await engine.run("distribution", {
      schemes: [{ scheme: scheme.id }],
      shape: smallShape(scheme),
      samples,
      seed: "5",
    });
    const { law, moments, ks } = answer?.result ?? expect.fail("no result");
    if (law.kind === "unknown") return expect(ks).toBeNaN();
    if (law.kind === "atoms" || law.zeros > 0) {
      // Tensors of the same structure: what is counted is exact.
      expect(Math.abs(moments.std - law.std)).toBeLessThan(0.02 * law.std);
    }
    // P(sqrt(n) D > 2.23) = 1e-4; moments within 5 standard errors.
    // Of a mirrored matrix, four elements are one.
    const n = scheme.id === "looks_linear" ? samples / 4 : samples;
    expect(ks).toBeLessThan(2.23 / Math.sqrt(n));
    expect(Math.abs(moments.mean - law.mean)).toBeLessThanOrEqual((5 * law.std) / Math.sqrt(n));
    expect(Math.abs(moments.std - law.std)).toBeLessThanOrEqual((5 * law.std) / Math.sqrt(n));
    expect(moments.min).toBeGreaterThanOrEqual(law.min);
    expect(moments.max).toBeLessThanOrEqual(law.max);
  });

  it.runIf(scheme.exact)("has golden bits", async () => {
    const spec = flattenInitialize({ scheme: scheme.id, shape: largeShape(scheme) });
    expect(sha256(await engine.initialize(spec))).toBe(golden.get(`initialize/${scheme.id}`));
  });

  it("is drawn in parts, by four engines, as by one", async () => {
    const tensor = { scheme: scheme.id, shape: smallShape(scheme) };
    const whole = await engine.initialize(flattenInitialize(tensor));
    const engines = Array.from({ length: 4 }, localEngine);
    const parts = await Promise.all(
      engines.map((each, i) =>
        each.initialize(flattenInitialize({ ...tensor, first: 2400 * i, count: 2400 })),
      ),
    );
    for (const each of engines) each.close();
    expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
  });

  it("refuses bad parameters by name, in the page and in the core", async () => {
    for (const field of scheme.fields)
      for (const bad of ["", "x", NaN, Infinity, -Infinity, 1e300, null, true, {}, [1]]) {
        // A flag takes a boolean, and null leaves a field out, in the page alone.
        if (bad !== null && !(bad === true && field.choices?.includes("true")))
          expect(() => flattenInitialize({ scheme: scheme.id, [field.id]: bad })).toThrow(
            InitscopeError,
          );
        const spec = flattenInitialize({ scheme: scheme.id });
        const past = { ...spec, [`scheme.${field.id}`]: bad as number };
        await expect(engine.initialize(past)).rejects.toMatchObject({
          field: `scheme.${field.id}`,
        });
      }
    expect(() => flattenInitialize({ scheme: scheme.id, nonsense: 1 })).toThrow(/nonsense/);
  });

  it("is translated", async () => {
    for (const locale of locales) {
      const { name } = messagesOf(locale).schemes[scheme.id];
      const { use, avoid } = (await loadAdvice(locale))[scheme.id];
      for (const text of [name, use, avoid]) expect(text.length).toBeGreaterThan(1);
    }
  });

  it("has a formula in MathML, with its facts and without inline styles", async () => {
    expect(scheme.formulaMathml).toMatch(/^<math/);
    const mathml = scheme.formulaMathml + scheme.substitutedMathml;
    expect(mathml).not.toMatch(/\sstyle=/);
    // Both languages show it: it has symbols, no words but the subscripts of the papers.
    const words = [...mathml.matchAll(/<mtext[^>]*>([^@<][^<]*)</g)].map(([, word]) => word);
    expect(words.filter((word) => !["in", "out", "res"].includes(word ?? ""))).toEqual([]);
    const [answer] = await engine.run("distribution", {
      schemes: [{ scheme: scheme.id }],
      shape: smallShape(scheme),
      samples: 1,
    });
    const names = [...scheme.substitutedMathml.matchAll(/@(\w+)/g)].map(([, name]) => name ?? "");
    for (const name of names) expect(answer?.result.facts[name]).toBeTypeOf("number");
  });
});

it("propagations have golden bits, for every activation with a name and SIREN's sin", async () => {
  const named = catalogue.activations.filter(({ needs }) => needs === undefined);
  expect(named).toHaveLength(catalogue.activations.length - 1);
  const cases = named.map(({ id }) => ({ name: id, id, omega_0: 1 }));
  for (const { name, id, omega_0 } of [
    ...cases,
    { name: "sin,30", id: "sin", omega_0: 30 },
  ] as const) {
    const [answer] = await engine.run("propagation", {
      depth: 10,
      width: 96,
      batch: 40,
      activation: id,
      omega_0,
      bias: { scheme: "torch_linear_bias" },
      schemes: [{ scheme: "kaiming_normal" }],
    });
    const result = answer?.result ?? expect.fail("no result");
    const { preactivation, activation, gradient, gradientHistograms, weightHistograms } = result;
    const all = [preactivation, activation, gradient].flatMap((signal) => [...signal.secondMoment]);
    expect(sha256(Float64Array.from(all)), name).toBe(golden.get(`second_moments/${name}`));
    const counted = gradientHistograms.flatMap((gradients, i) =>
      [gradients, weightHistograms[i] ?? expect.fail("no histogram")].flatMap(
        ({ from, to, below, above, counts }) => [from, to, below, above, ...counts],
      ),
    );
    expect(sha256(Float64Array.from(counted)), name).toBe(golden.get(`histograms/${name}`));
  }
});

it("orthogonal matrices agree with NumPy's within 2e-6", async () => {
  for (const { rows, columns, values } of goldenMatrices()) {
    const found = await engine.initialize(
      flattenInitialize({ scheme: "orthogonal", shape: [rows, columns] }),
    );
    const worst = Math.max(...values.map((value, i) => Math.abs(value - (found[i] ?? NaN))));
    expect(worst).toBeLessThan(2e-6);
  }
});

it("writes into an array that is given, and says what is wrong with one", async () => {
  const spec = flattenInitialize({ scheme: "normal", shape: [300, 400] });
  const into = new Float32Array(120_000);
  const filled = await engine.initialize(spec, { into });
  expect(filled.buffer).toBe(into.buffer); // in this process nothing is transferred
  expect(sha256(filled)).toBe(sha256(await engine.initialize(spec)));
  const tail = flattenInitialize({ scheme: "normal", shape: [300, 400], first: 119_000 });
  expect(targetOf(new Float32Array(1000), tail)).toHaveLength(1000);
  for (const wrong of [new Float32Array(1), into.subarray(1), new Float32Array(120_001)])
    expect(() => targetOf(wrong, spec)).toThrow(/into .*120000/);
  expect(() => targetOf(new Float32Array(2000).subarray(0, 1000), tail)).toThrow(/buffer/);
  expect(targetOf(into, spec)).toHaveLength(120_000);
  expect(into).toHaveLength(0); // taken
});

it("refuses a part that a tensor does not have", () => {
  const engineOf = (part: object) =>
    engine.initialize({ ...flattenInitialize({ scheme: "normal", shape: [4, 4] }), ...part });
  return Promise.all([
    expect(engineOf({ first: 17 })).rejects.toMatchObject({ field: "first", reason: "too_many" }),
    expect(engineOf({ first: 8, count: 9 })).rejects.toMatchObject({ field: "count" }),
    expect(engineOf({ first: -1 })).rejects.toMatchObject({ reason: "out_of_range" }),
    expect(engineOf({ first: 16 })).resolves.toHaveLength(0),
  ]);
});

it("both languages say everything, and differ", () => {
  const leaves = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
      : [path];
  const [en, zh] = locales.map((locale) => leaves(raceMessagesOf(locale)));
  const withoutReasons = (paths: string[] | undefined) =>
    paths?.filter((path) => !path.startsWith(".reasons")).sort();
  expect(withoutReasons(zh)).toEqual(withoutReasons(en));
  // English sentences of the checks are the catalogue's own; Chinese has one for each.
  expect(Object.keys(messagesOf("zh").reasons).sort()).toEqual([...reasonIds()].sort());
  for (const { id, text } of catalogue.reasons) {
    const own = messagesOf("zh").reasons[id] ?? "";
    for (const placeholder of text.match(/\{\w+\}/g) ?? []) expect(own).toContain(placeholder);
  }
});
