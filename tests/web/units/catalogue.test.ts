/** One test over every entry of the catalogue: its law, bits, checks and both translations. */
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { flattenInitialize } from "../../../web/src/engine/initialize.js";
import { messagesOf, reasonIds } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { goldenBits, localEngine, sha256 } from "./support.js";

const engine = localEngine();
const golden = goldenBits();
const locales: readonly Locale[] = ["en", "zh"];
afterAll(() => engine.close());

describe.each(catalogue.schemes)("$id", (scheme) => {
  it("follows its law", async () => {
    const samples = 200_000;
    const [answer] = await engine.run("distribution", {
      schemes: [{ scheme: scheme.id }],
      samples,
      seed: "5",
    });
    const { law, moments, ks } = answer?.result ?? expect.fail("no result");
    // P(sqrt(n) D > 2.23) = 1e-4; moments within 5 standard errors.
    expect(ks).toBeLessThan(2.23 / Math.sqrt(samples));
    expect(Math.abs(moments.mean - law.mean)).toBeLessThanOrEqual(
      (5 * law.std) / Math.sqrt(samples),
    );
    expect(Math.abs(moments.std - law.std)).toBeLessThanOrEqual((5 * law.std) / Math.sqrt(samples));
    expect(moments.min).toBeGreaterThanOrEqual(law.min);
    expect(moments.max).toBeLessThanOrEqual(law.max);
  });

  it("has golden bits", async () => {
    const spec = flattenInitialize({ scheme: scheme.id, shape: [1024, 1024] });
    expect(sha256(await engine.initialize(spec))).toBe(golden.get(`initialize/${scheme.id}`));
  });

  it("refuses bad parameters by name, in the page and in the core", async () => {
    for (const field of scheme.fields)
      for (const bad of ["", "x", NaN, Infinity, -Infinity, 1e300, null, true, {}, [1]]) {
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

  it("is translated", () => {
    for (const locale of locales) {
      const { name, use, avoid } = messagesOf(locale).schemes[scheme.id];
      for (const text of [name, use, avoid]) expect(text.length).toBeGreaterThan(1);
    }
  });

  it("has a formula in MathML, with its facts and without inline styles", async () => {
    expect(scheme.formulaMathml).toMatch(/^<math/);
    expect(scheme.formulaMathml + scheme.substitutedMathml).not.toMatch(/\sstyle=/);
    const [answer] = await engine.run("distribution", {
      schemes: [{ scheme: scheme.id }],
      samples: 1,
    });
    const names = [...scheme.substitutedMathml.matchAll(/@(\w+)/g)].map(([, name]) => name ?? "");
    for (const name of names) expect(answer?.result.facts[name]).toBeTypeOf("number");
  });
});

it("both languages say everything, and differ", () => {
  const leaves = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
      : [path];
  const [en, zh] = locales.map((locale) => leaves(messagesOf(locale)));
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
