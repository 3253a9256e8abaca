/** The table of initializers in the docs is about the catalogue that there is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { allLayers } from "../../../web/src/engine/layers.js";
import { localEngine } from "./support.js";

const docs = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../docs", name), "utf8");
const text = docs("initializers.md");
const engine = localEngine();
afterAll(() => engine.close());

/** Cells of the tables below a heading; empty rows and rules left out. */
function rowsOf(heading: string, of = text): string[][] {
  const section = of.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[-\s|]*$/.test(line))
    .slice(1)
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
/** Ids that are no schemes: functions and fields. */
const others = ["calculate_gain", "generator", "layout", "seed"];

it("names every scheme, and none that is not there", () => {
  const ids = [
    ...["torch.nn.init", "keras.initializers", "jax.nn.initializers"].flatMap((heading) =>
      rowsOf(heading).flatMap((cells) => codes(cells[3])),
    ),
    ...rowsOf("Papers").flatMap((cells) => codes(cells[2])),
  ].filter((id) => !others.includes(id));
  expect([...new Set(ids)].sort()).toEqual(catalogue.schemes.map(({ id }) => id).sort());
});

it("gives each scheme's parameters with the catalogue's defaults", () => {
  let compared = 0;
  for (const [, , parameters = "", here] of [
    ...rowsOf("torch.nn.init"),
    ...rowsOf("keras.initializers"),
    ...rowsOf("jax.nn.initializers"),
  ])
    for (const id of codes(here)) {
      const fields = catalogue.schemes.find((scheme) => scheme.id === id)?.fields ?? [];
      for (const { id: name, default: standard } of fields) {
        const given = new RegExp(`\\b${name} \\(([^)]*)\\)`).exec(parameters)?.[1];
        if (given === undefined || given.includes("ours") || given.includes("none")) continue;
        const value = given.replace(/'/g, "").replace("False", "false");
        expect(typeof standard === "number" ? Number(value) : value, `${id}.${name}`).toBe(
          standard,
        );
        ++compared;
      }
    }
  expect(compared).toBeGreaterThan(25);
});

it("lists every layer", () => {
  expect(rowsOf("Layers")).toHaveLength(2);
  for (const [, library, layers] of rowsOf("Layers")) {
    const framework = library === "PyTorch" ? "torch" : "keras";
    const ids = allLayers.filter((layer) => layer.framework === framework);
    expect(codes(layers).sort()).toEqual(ids.map(({ id }) => id as string).sort());
  }
});

it("gives the gains and critical points that the core computes", async () => {
  const rows = rowsOf("Gains", docs("mean-field.md"));
  expect(rows.map((cells) => codes(cells[1])[0])).toEqual(
    catalogue.activations.map(({ id }) => id),
  );
  for (const [
    ,
    name,
    torchGain = "",
    gain = "",
    chi = "",
    chiQ = "",
    at = "",
    sigma = "",
  ] of rows) {
    const activation = codes(name)[0] ?? "";
    const [answer] = await engine.run("meanField", { activation, depth: 1, width: 8, batch: 1 });
    const advice = answer?.result.advice ?? expect.fail("no theory");
    const known = catalogue.gains.find(({ id }) => id === activation)?.gain;
    expect(torchGain).toBe(known === undefined ? "" : known.toFixed(4));
    expect(gain).toBe(advice.unitVarianceGain.toFixed(6));
    expect(chi).toBe((advice.unitVarianceGain ** 2 * advice.slopeAtUnit).toFixed(4));
    expect(chiQ).toBe(advice.unitChiQ.toFixed(4));
    const attracts = advice.unitChiQ < 1 ? "attracts" : "repels";
    expect(at).toBe(Math.abs(advice.unitChiQ - 1) < 1e-9 ? "neither" : attracts);
    const { sigmaW2 } = advice.withoutBias;
    expect(sigma).toBe(Number.isNaN(sigmaW2) ? "none" : Math.sqrt(sigmaW2).toFixed(6));
  }
});
