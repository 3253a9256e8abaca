/** No regular expression of the page takes more than linear time, whatever it is given. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { missing, surplus } from "../../../web/src/i18n/han.js";
import { PATTERNS } from "../../../web/src/i18n/term-forms.js";
import { complaints } from "./patterns.js";

const sources = join(import.meta.dirname, "../../../web/src");

/** Patterns that are linear for a reason that the judge does not know. */
const KNOWN: Readonly<Record<string, string>> = {
  // Whatever stands behind its brackets is taken: it never fails, and so begins nowhere twice.
  "charts/labels.ts": String.raw`/（*(?:[^ \n\u2e80-\uffff]+|[\u2e80-\uffff])[ \n，。；、：！？）]*/gu`,
};

interface Found {
  readonly file: string;
  readonly patterns: readonly string[];
  /** Calls that make a pattern of a text. */
  readonly made: number;
}

function patternsOf(file: string): Found {
  const text = readFileSync(join(sources, file), "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const patterns: string[] = [];
  let made = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) patterns.push(node.text);
    const calls = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (calls && node.expression.getText(tree) === "RegExp") ++made;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { file, patterns, made };
}

const all = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith("generated"))
  .map((file) => patternsOf(file.replaceAll("\\", "/")));

function judge(literal: string): string[] {
  const end = literal.lastIndexOf("/");
  return complaints(literal.slice(1, end), literal.slice(end + 1));
}

it("every pattern of the sources is linear", () => {
  expect(all.flatMap(({ patterns }) => patterns).length).toBeGreaterThan(50);
  const found = all.flatMap(({ file, patterns }) =>
    patterns
      .filter((literal) => literal !== KNOWN[file])
      .flatMap((literal) => judge(literal).map((why) => `${file}: ${literal}: ${why}`)),
  );
  expect(found).toEqual([]);
});

it("those that are exceptions are there, and the judge would find them", () => {
  for (const [file, literal] of Object.entries(KNOWN)) {
    expect(all.find((one) => one.file === file)?.patterns).toContain(literal);
    expect(judge(literal)).not.toEqual([]);
  }
});

it("patterns are made of texts in two places, and are linear too", () => {
  expect(all.filter(({ made }) => made > 0).map(({ file, made }) => [file, made])).toEqual([
    ["i18n/han.ts", 2],
    ["i18n/term-forms.ts", 2],
  ]);
  for (const { any, each } of Object.values(PATTERNS))
    for (const { source, flags } of [any, ...each.map(({ here }) => here)])
      expect(complaints(source, flags)).toEqual([]);
  for (const { source, flags } of [surplus, missing]) expect(complaints(source, flags)).toEqual([]);
});

// Shapes that are not linear, most of which the page once had.
it.each([
  /'shape':\s*\(([^)]*)\)/,
  /^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<svg\b/i,
  /^\s*(\[\])?\s*$/,
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i,
  / +(?=[，。])/gu,
  /\B(?=(\d{3})+$)/g,
  /\s+$/,
  /^(a+)+$/,
  /^(?:a|a)*$/,
  /^(?:a?b?)*$/,
  /^(?:\d{1,3})*$/,
  /^.*a.*b$/,
  /^\w*\d+$/,
  /^(\w+)\1$/,
  /(?<=a*)b/,
  /(?<=[a-z])[a-z]+(?=!)/,
])("%s is found", (pattern) => {
  expect(complaints(pattern.source, pattern.flags)).not.toEqual([]);
});

it.each([
  /[\s,]+/,
  /^\[(\w+)=(\w+)\](.*)$/,
  /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i,
  /\\text\{\w+\}/g,
  /(?:^|&)lab=([^&]*)/,
  /\s*(?:'([^'\\]*)'|(0|[1-9]\d*))/y,
  /(?<! ) +(?=[，。])/gu,
  /(?<=中) +(?=文)/gu,
  /^(?:\d{3})*$/,
  /#.*/,
])("%s is not", (pattern) => {
  expect(complaints(pattern.source, pattern.flags)).toEqual([]);
});
