/** English as the field says it, in everything that the page says. */
import { expect, it } from "vitest";
import { allSaid, faults } from "./prose.js";
import type { Rule } from "./prose.js";

const RATES = "layer|unit|step|block|run|value|sample|row|head|scheme";
const rules: readonly Rule[] = [
  { what: "say should or will", wrong: /\bshall\b/i },
  { what: "say distribution", wrong: /\blaws?\b/i },
  // "a factor 2 a layer", "with one unit a layer": a rate is so much per layer.
  {
    what: "say per",
    wrong: new RegExp(
      `\\b(?:units?|connections?|factor \\S+|\\S+ times|orders?|branch(?:es)?|values?|numbers?|steps?|networks?|runs?|\\d+(?:\\.\\d+)?) an? (?:${RATES})\\b`,
      "i",
    ),
  },
  { what: "say Works like", wrong: /\bAlike [A-Z]/ },
  { what: "one space", wrong: /\S {2,}\S/ },
  { what: "no space before a sign", wrong: / [,.;:!?](?:\s|$)/ },
  { what: "no space before the sign of per cent", wrong: /\d\s%/ },
  { what: "say the adverb", wrong: /classified rightly/i },
];

it("everything that is said in English keeps the rules", async () => {
  const said = await allSaid("en");
  expect(said.length).toBeGreaterThan(1500);
  expect(faults(said, rules)).toEqual([]);
});

it.each([
  "kernels that shall keep their state",
  "Values drawn, and their law",
  "The best network of one unit a layer reaches",
  "loses a factor 2 a layer",
  "few strong connections a unit",
  "Alike He normal",
  "two  spaces",
  "Computing, 40 %",
  "no space .",
])("the rules find “%s”", (text) => {
  expect(faults([["", text]], rules)).not.toEqual([]);
});

it.each(["a layer that has units", "At layer 3, a unit is dead", "one unit at a layer’s end"])(
  "“%s” has no rate",
  (text) => {
    expect(
      faults(
        [["", text]],
        rules.filter(({ what }) => what === "say per"),
      ),
    ).toEqual([]);
  },
);
