// @vitest-environment jsdom
/**
 * The drawing of every figure of every lab as an SVG file, which is the test and what a reviewer sees of a change:
 * tests/web/figures/LAB/NAME.svg. INITSCOPE_WRITE_FIGURES=1 writes all of them anew.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import courseFigures from "../../../web/course/figures.json" with { type: "json" };
import { drawingOf } from "../../../web/src/figures/drawing.js";
import type { FigureContent } from "../../../web/src/figures/content.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { labs } from "./figure-scenes.js";
import type { LabName } from "./figure-scenes.js";
import { localEngine } from "./support.js";
import { asDocument, reviewable, rounded } from "./svg-file.js";

const folder = join(import.meta.dirname, "../figures");
const writes = process.env["INITSCOPE_WRITE_FIGURES"] === "1";
const kinds = Object.keys(labs) as LabName[];

const WIDTH = 480;
/** A file is looked at line by line: none is large. */
const MOST_BYTES = 40_000;

/** Figures that are files in Chinese too, for the fonts and the words within. */
const CHINESE = ["audit/model", "propagation/activation", "propagation/branch", "propagation/flow"];

const engine = localEngine();
afterAll(() => engine.close());

/** A lab's figures by name, each of the first state that has it. */
async function figuresOf(kind: LabName, locale: Locale) {
  const { states, figures } = labs[kind];
  const found = new Map<string, FigureContent | undefined>();
  for (const state of states)
    for (const [name, content] of Object.entries(await figures(state, engine, locale)))
      found.set(name, found.get(name) ?? content);
  return found;
}

function svgOf(content: FigureContent | undefined, locale: Locale): string {
  if (!content) return expect.fail("no state of figure-scenes.ts has this figure");
  const { svg } = drawingOf(content, WIDTH, "light", locale);
  return reviewable(asDocument(svg));
}

/** SVG texts by file. */
const drawn = new Map<string, string>();
const names = new Map<LabName, readonly string[]>();

beforeAll(async () => {
  for (const kind of kinds) {
    const english = await figuresOf(kind, "en");
    names.set(kind, [...english.keys()]);
    for (const [name, content] of english) drawn.set(`${kind}/${name}.svg`, svgOf(content, "en"));
    const chinese = [...english.keys()].filter((name) => CHINESE.includes(`${kind}/${name}`));
    if (chinese.length === 0) continue;
    const figures = await figuresOf(kind, "zh");
    for (const name of chinese) drawn.set(`${kind}/${name}.zh.svg`, svgOf(figures.get(name), "zh"));
  }
  if (!writes) return;
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of drawn) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
});

it("each figure has its file, and each file its figure", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.endsWith(".svg")).toSorted()).toEqual(
    [...drawn.keys()].toSorted(),
  );
  expect(drawn.size).toBeGreaterThan(25);
});

describe.each(kinds)("%s", (kind) => {
  it("draws its files", () => {
    for (const [file, text] of drawn) {
      if (!file.startsWith(`${kind}/`)) continue;
      expect(text, file).toBe(readFileSync(join(folder, file), "utf8"));
      expect(text.length, file).toBeLessThan(MOST_BYTES);
    }
  });
});

it("figures of the course name figures that there are", () => {
  for (const [id, { lab, only }] of Object.entries(courseFigures))
    for (const name of only.split(" ")) expect(names.get(lab as LabName), id).toContain(name);
});

function svgFrom(text: string): SVGSVGElement {
  const holder = document.createElement("div");
  holder.innerHTML = text;
  return holder.querySelector("svg") ?? expect.fail("no SVG");
}

it("a file has rounded numbers, an element a line, and nothing of its text is changed", () => {
  expect(rounded("translate(0.30000000000000004,-0.001)")).toBe("translate(0.3,0)");
  expect(rounded("M1.005e-7,2h3.14159v-.5#00795a")).toBe("M0,2h3.14v-0.5#00795a");
  const svg = svgFrom(
    '<svg aria-label="0.12345 &lt; 1"><g><text x="1.2345">1.2345 &amp; so</text><path d="M0,0L1.005,2"/></g></svg>',
  );
  expect(reviewable(svg)).toBe(
    [
      "<svg",
      '    aria-label="0.12345 &lt; 1">',
      "  <g>",
      '    <text x="1.23">1.2345 &amp; so</text>',
      '    <path d="M0,0L1,2"/>',
      "  </g>",
      "</svg>",
      "",
    ].join("\n"),
  );
});

it("a long path goes over lines, each command whole", () => {
  const data = `M0,0${"L12.345,-6.789".repeat(20)}Z`;
  const written = reviewable(svgFrom(`<svg><path d="${data}"/></svg>`));
  const parts = written.split("\n");
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.every((line) => line.length < 120)).toBe(true);
  expect(written.replaceAll(/\n */g, "")).toBe(`<svg><path d="${rounded(data)}"/></svg>`);
});
