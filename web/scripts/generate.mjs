// Derives web/src/generated/ from the catalogue that the core printed: the same data as TypeScript
// constants with unions of the ids, and every formula as MathML (so no page carries a TeX engine).
// Layers with the formulas of activations, the programs of schemes and the blocks of nets are in files of their own:
// the first view does not load them. The types of requests and the table of jobs are made of the same fields: see
// request-types.mjs.
// Usage: node generate.mjs CATALOGUE_JSON OUTPUT_DIR
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import temml from "temml";
import { CHAPTERS } from "./course.mjs";
import { jobTable, requestTypes } from "./request-types.mjs";

const [catalogueFile, outputDir] = process.argv.slice(2);
const catalogue = JSON.parse(readFileSync(catalogueFile, "utf8"));
const { mostShown, mostParameters, ...limits } = catalogue.limits;

/** TeX to MathML. `@name` becomes an element that the page replaces by a number. */
function mathml(tex) {
  const marked = tex.replace(
    /@([a-z_0-9]+)/g,
    (_, name) => `\\text{@${name.replace(/_/g, "\\_")}}`,
  );
  // Without Temml's inline styles and classes: a strict CSP refuses the former.
  return temml
    .renderToString(marked, { throwOnError: true })
    .replace(/ (style|class)="[^"]*"/g, "");
}

/** What types say of a field, or MathML of a formula, is not said again in the data, which the first view loads. */
const withoutDoc = ({ doc, symbol, ...field }) =>
  symbol ? { ...field, symbolMathml: mathml(symbol) } : field;
const withFormula = ({ formula, ...rest }) => ({ ...rest, formulaMathml: mathml(formula) });
const full = {
  ...catalogue,
  limits,
  schemes: catalogue.schemes.map(({ substituted, code, ...scheme }) => ({
    ...scheme,
    fields: scheme.fields.map(withoutDoc),
    formulaMathml: mathml(`\\displaystyle ${scheme.formula}`),
    substitutedMathml: mathml(`\\displaystyle ${substituted}`),
  })),
  activations: catalogue.activations.map(({ formula, ...activation }) => activation),
  requests: Object.fromEntries(
    Object.entries(catalogue.requests).map(([name, fields]) => [name, fields.map(withoutDoc)]),
  ),
};

const union = (ids) => [...new Set(ids)].map((id) => JSON.stringify(id)).join(" | ");
const fieldIds = [
  ...Object.values(full.requests).flat(),
  ...full.schemes.flatMap((scheme) => scheme.fields),
  ...full.layers.flatMap((layer) => layer.fields),
].map((field) => field.id);
const ownIds = new Set(
  [...Object.values(full.requests).flat(), ...full.schemes.flatMap((scheme) => scheme.fields)].map(
    (field) => field.id,
  ),
);
const argumentIds = fieldIds.filter((id) => !ownIds.has(id));

const source = `// Written by web/scripts/generate.mjs from the core's catalogue. Do not edit.
export type SchemeId = ${union(full.schemes.map((scheme) => scheme.id))};
export type SchemeFamily = ${union(full.schemes.map((scheme) => scheme.family))};
export type ActivationId = ${union(full.activations.map((activation) => activation.id))};
export type LayerId = ${union(full.layers.map((layer) => layer.id))};
/** Arguments of layers that are no fields of a request or scheme. */
export type ArgumentId = ${union(argumentIds)};
export type FieldId = ${union(fieldIds)};
export type ChoiceId = ${union([
  ...full.schemes.flatMap((scheme) => scheme.fields.flatMap((field) => field.choices ?? [])),
  ...Object.values(full.requests)
    .flat()
    .flatMap((field) => (field.kind === "choice" ? field.choices : [])),
])};
export type ReasonId = ${union(full.reasons.map((reason) => reason.id))};
export type RequestKind = ${union(Object.keys(full.requests))};
export type LimitId = ${union(Object.keys(full.limits))};
export const data = ${JSON.stringify({ ...full, layers: undefined, blocks: undefined, jobs: undefined }, null, 1)};
`;
const layers = `// Written by web/scripts/generate.mjs from the core's catalogue. Do not edit.
export const data = ${JSON.stringify(full.layers, null, 1)};
/** Of each activation, in MathML. */
export const formulas = ${JSON.stringify(
  Object.fromEntries(catalogue.activations.map(({ id, formula }) => [id, mathml(formula)])),
  null,
  1,
)};
`;
const programs = `// Written by web/scripts/generate.mjs from the core's catalogue. Do not edit.
/** Of each scheme: Python for other libraries, with \`@name\` for parameters and facts; "" where they have none. */
export const programs = ${JSON.stringify(
  Object.fromEntries(catalogue.schemes.map(({ id, code }) => [id, code])),
  null,
  1,
)};
`;
/** The most that a field of a network may be. */
const mostOf = (id) => catalogue.requests.propagation.find((field) => field.id === id).max;
const numbers = `// Written by web/scripts/generate.mjs from the core's catalogue. Do not edit.
// Limits for code that has no need of the catalogue.
export const mostShown = ${mostShown};
export const mostParameters = ${mostParameters};
export const mostBatch = ${mostOf("batch")};
export const mostInputs = ${mostOf("input_width")};
`;
const termsFile = new URL("../course/terms.json", import.meta.url);
const glossary = Object.entries(JSON.parse(readFileSync(termsFile, "utf8")));
/** What a block of nets does has its formula in the catalogue. */
const formulaOf = (block) => catalogue.blocks.find(({ id }) => id === block)?.formula;
/** Terms by their ids: what the page says of them in words is in i18n/glossary.*.ts. */
const terms = `// Written by web/scripts/generate.mjs from web/course/terms.json. Do not edit.
/** A chapter of the course and one of its sections: "he#the-half". */
export type Section = \`\${string}#\${string}\`;
export type TermId = ${union(glossary.map(([id]) => id))};
/** Of each term: its formula as MathML, and the section of the course that explains it, in which chapter. */
export const terms: Readonly<
  Record<TermId, { formula?: string; section?: Section; chapter?: number }>
> = ${JSON.stringify(
  Object.fromEntries(
    glossary.map(([id, { block, formula = formulaOf(block), section }]) => [
      id,
      {
        ...(formula && { formula: mathml(`\\displaystyle ${formula}`) }),
        ...(section && { section, chapter: CHAPTERS.indexOf(section.split("#")[0]) }),
      },
    ]),
  ),
  null,
  1,
)};
`;
const blocks = `// Written by web/scripts/generate.mjs from the core's catalogue. Do not edit.
export const data = ${JSON.stringify(
  full.blocks.map((block) => ({ ...withFormula(block), fields: block.fields.map(withoutDoc) })),
  null,
  1,
)};
`;
mkdirSync(outputDir, { recursive: true });
writeFileSync(join(outputDir, "limits.ts"), numbers);
writeFileSync(join(outputDir, "catalogue.ts"), source);
writeFileSync(join(outputDir, "layers.ts"), layers);
writeFileSync(join(outputDir, "programs.ts"), programs);
writeFileSync(join(outputDir, "request-types.ts"), requestTypes(catalogue));
writeFileSync(join(outputDir, "jobs.ts"), jobTable(catalogue));
writeFileSync(join(outputDir, "blocks.ts"), blocks);
writeFileSync(join(outputDir, "terms.ts"), terms);
