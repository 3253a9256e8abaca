// @vitest-environment jsdom
/** What is drawn of theory ahead of the simulation, and where. */
import * as Plot from "@observablehq/plot";
import { afterAll, describe, expect, it } from "vitest";
import type { Interval } from "../../../web/src/charts/plot.js";
import { symbolAt } from "../../../web/src/charts/symbols.js";
import { aheadWords } from "../../../web/src/i18n/ahead.js";
import { isByLayer, notesOf } from "../../../web/src/labs/propagation/ahead/drawings.js";
import type { AheadHost } from "../../../web/src/labs/propagation/ahead/index.js";
import { between, onTheWay } from "../../../web/src/labs/propagation/ahead/tween.js";
import { SLOT_SYMBOLS } from "../../../web/src/slots.js";
import {
  aheadOf,
  answered,
  drawn,
  engine,
  NET,
  pathOf,
  pointsOf,
  size,
  SMALL,
  textsOf,
  theoryOf,
} from "./ahead-support.js";

afterAll(() => engine.close());

const linesOf = (svg: Element) => svg.querySelectorAll("[data-theory]");
/** Paths go through the same points, as far as these are seen. */
function samePoints(path: Element, other: Element | undefined, sorted = false) {
  const [a, b] = [path, other].map((one) => {
    const points = pointsOf(pathOf(one));
    return sorted ? points.sort(([x, y], [u, v]) => Math.round(x - u) || y - v) : points;
  }) as [ReturnType<typeof pointsOf>, ReturnType<typeof pointsOf>];
  expect(a).toHaveLength(b.length);
  a.forEach(([x, y], k) => {
    expect(Math.abs(x - (b[k]?.[0] ?? NaN))).toBeLessThan(0.11);
    expect(Math.abs(y - (b[k]?.[1] ?? NaN))).toBeLessThan(0.11);
  });
}
/** An attribute of a path of Observable Plot's, or of its group. */
const ofMark = (path: Element | undefined, name: string) =>
  path?.closest(`[${name}]`)?.getAttribute(name) ?? null;

function sameLines(svg: Element, own: Element) {
  const theirs = own.querySelectorAll("[data-mark=line] path");
  expect(linesOf(svg)).toHaveLength(theirs.length);
  linesOf(svg).forEach((line, i) => {
    samePoints(line, theirs[i]);
    for (const name of ["stroke", "stroke-width"])
      expect(line.getAttribute(name)).toBe(ofMark(theirs[i], name));
  });
}

function sameBands(svg: Element, own: Element, count: number) {
  const theirs = [...own.querySelectorAll("[data-mark=area] path")];
  const ours = [...svg.querySelectorAll("path[fill-opacity]:not([data-before])")];
  expect([ours.length, theirs.length]).toEqual([count, count]);
  ours.forEach((band, i) => {
    samePoints(band, theirs[i], true);
    for (const name of ["fill", "fill-opacity"])
      expect(band.getAttribute(name)).toBe(ofMark(theirs[i], name));
  });
}

/** Dots of the first scheme, circles, where the real drawing has them and as large. */
function sameDots(svg: Element, own: Element, least: number) {
  const d = pathOf(svg.querySelector("[data-before='0']"));
  const ours = [...d.matchAll(/M([^,]+),([^a]+)a([^,]+),/g)].map((found) =>
    found.slice(1).map(Number),
  ) as [number, number, number][];
  const theirs = [...own.querySelectorAll("[data-mark=dot] circle")].map((dot) =>
    ["cx", "cy", "r"].map((name) => Number(dot.getAttribute(name))),
  );
  expect(theirs.length).toBeGreaterThanOrEqual(least);
  expect(ours).toHaveLength(theirs.length);
  ours.forEach(([left, y, r], i) => {
    const [cx = NaN, cy = NaN, radius] = theirs[i] ?? [];
    expect(r).toBe(radius);
    expect(Math.abs(left + r - cx)).toBeLessThan(0.11);
    expect(Math.abs(y - cy)).toBeLessThan(0.11);
  });
}

/** The corners of a path that may also go across and down by as much as it says. */
function cornersOf(d: string): (readonly [number, number])[] {
  const corners: (readonly [number, number])[] = [];
  let [x, y] = [0, 0];
  for (const [, command = "", text = ""] of d.matchAll(/([MLhv])([^MLhvZ]*)/g)) {
    const [a = NaN, b = NaN] = text.split(",").map(Number);
    [x, y] = command === "h" ? [x + a, y] : command === "v" ? [x, y + a] : [a, b];
    corners.push([x, y]);
  }
  return corners;
}

describe("theory drawn ahead", () => {
  it("is of what is set now, over paler dots of before, and says so in both languages", async () => {
    for (const locale of ["en", "zh"] as const) {
      const answer = await answered(`${SMALL}&depth=6`, locale);
      const drawings = await aheadOf(answer, `${SMALL}&depth=9`, locale);
      expect([...drawings.keys()].sort()).toEqual(
        ["activation", "correlation", "flow", "gradient", "weightGradient"].sort(),
      );
      const { svg, xs } = drawn(drawings, "activation");
      expect(xs).toHaveLength(10);
      expect(linesOf(svg)).toHaveLength(2);
      expect(pointsOf(pathOf(svg.querySelector("[data-theory]")))).toHaveLength(10);
      const dots = svg.querySelector("[data-before]");
      expect(Number(dots?.getAttribute("fill-opacity"))).toBeLessThan(0.5);
      expect(dots?.getAttribute("d")?.match(/M/g)).toHaveLength(7);
      expect(textsOf(svg)).toContain(aheadWords(locale).follows);
      expect(textsOf(drawn(drawings, "flow").svg)).toContain(aheadWords(locale).strips);
      for (const name of drawings.keys())
        expect(drawn(drawings, name).svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("stands where the answer's own drawing will have it, with the same axes", async () => {
    const answer = await answered(`${SMALL}&depth=12`);
    const drawings = await aheadOf(answer, `${SMALL}&depth=12`);
    const content = answer.contents.correlation;
    if (!content) return expect.fail("no correlation");
    const own = content.draw(size).svg;
    const { svg } = drawn(drawings, "correlation");
    sameLines(svg, own);
    const texts = textsOf(svg).filter((text) => text !== aheadWords("en").follows);
    expect(texts.sort()).toEqual(textsOf(own).sort());
  });

  it.each([
    ["with bands", `${SMALL}&depth=12`, { bands: { activation: 2, gradient: 2 }, faults: 0 }],
    [
      "of so many layers that dots are small",
      `${SMALL}&depth=60`,
      { bands: { activation: 2, gradient: 2 }, faults: 0 },
    ],
    [
      "of what overflows and what vanishes",
      "v=1&width=32&batch=8&depth=60&s=normal;std:20&s=normal;std:0.001",
      // The gradient of what overflows is nowhere finite, and of what vanishes 0.
      { bands: { activation: 2, gradient: 0 }, faults: 1 },
    ],
  ])("stands there on axes with decades too, %s", async (_, state, { bands, faults }) => {
    const answer = await answered(state);
    const axes = new Map<string, Interval | undefined>(
      Object.entries(answer.contents).map(([name, content]) => [
        name,
        content && isByLayer(content) ? content.byLayer.extent : undefined,
      ]),
    );
    const steady: AheadHost["steadyAxis"] = (axis, needed) => axes.get(axis) ?? needed;
    const drawings = await aheadOf(answer, state, "en", steady);
    for (const name of ["activation", "gradient"] as const) {
      const content = answer.contents[name];
      if (!content || !isByLayer(content)) return expect.fail(`no ${name}`);
      expect(notesOf(content.byLayer.all)).toEqual({ above: faults, below: faults });
      const own = content.draw(size).svg;
      const { svg } = drawn(drawings, name);
      sameLines(svg, own);
      sameBands(svg, own, bands[name]);
      sameDots(svg, own, bands[name] > 0 ? 12 : 0);
      // What is said of the answer's faults is the answer's; room is kept for it.
      const others = textsOf(own).filter((text) => !/^(?:[▲▼↑↓]|float32 )/.test(text));
      expect(textsOf(svg)).toEqual(expect.arrayContaining(others));
    }
  });

  it("is nowhere where theory says nothing", async () => {
    const answer = await answered("v=1&width=16&depth=4&batch=8&s=eye");
    const [first] = (await theoryOf(answer.request)).results;
    expect(first?.result.gap).not.toBe("");
    expect((await aheadOf(answer, "v=1&width=16&depth=5&batch=8&s=eye")).size).toBe(0);
  });

  it("calls the rows of a net what they are now, and shows none of before where another stood", async () => {
    const answer = await answered(`${NET}&depth=3`);
    const drawings = await aheadOf(answer, `${NET}&depth=5`);
    const { svg } = drawn(drawings, "gradient");
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["phi 4", "res 1"]));
    const dots = svg.querySelector("[data-before]")?.getAttribute("d")?.match(/M/g);
    expect(dots).toHaveLength(3); // the row "res 1" stood where "phi 4" stands now
    expect(drawings.get("activation")?.describe?.(4)).toContain("phi 4 (theory)");
  });

  it("reads theory's values, called so", async () => {
    const answer = await answered(`${SMALL}&depth=4`);
    const drawings = await aheadOf(answer, `${SMALL}&depth=5`);
    expect(drawings.get("activation")?.describe?.(2)).toMatch(/^Layer 2 \(theory\): /);
    expect(
      (await aheadOf(answer, `${SMALL}&depth=5`, "zh")).get("gradient")?.describe?.(0),
    ).toMatch(/^第 1 层 ?（?\(?理论值/);
  });

  it("has the symbol of every slot as Observable Plot draws it", () => {
    const RADIUS = 3;
    SLOT_SYMBOLS.forEach((symbol, slot) => {
      const d = symbolAt(slot, 0, 0, RADIUS);
      const plot = Plot.dot([0], { x: 0, y: 0, r: RADIUS, symbol, fill: "black" }).plot({
        axis: null,
      });
      const theirs = plot.querySelector("[aria-label=dot] path, [aria-label=dot] circle");
      if (symbol === "circle") {
        expect(theirs?.getAttribute("r")).toBe("3");
        expect(d).toBe("M-3,0a3,3 0 1,0 6,0a3,3 0 1,0 -6,0");
        return;
      }
      const inOrder = (points: (readonly [number, number])[]) =>
        points.sort(([x, y], [u, v]) => Math.round(2 * (x - u)) || y - v);
      const [a, b] = [inOrder(pointsOf(d)), inOrder(cornersOf(pathOf(theirs)))];
      expect(a, `slot ${slot}`).toHaveLength(b.length);
      a.forEach(([x, y], k) => {
        expect(Math.abs(x - (b[k]?.[0] ?? NaN)), `slot ${slot}`).toBeLessThan(0.06);
        expect(Math.abs(y - (b[k]?.[1] ?? NaN)), `slot ${slot}`).toBeLessThan(0.06);
      });
    });
  });
});

describe("dots on their way", () => {
  const of = (...values: number[]) => [{ slot: 1, values: Float64Array.from(values) }];

  it("go from the old to the new, evenly on their axis", () => {
    expect(between(1, 3, 0.5, false)).toBe(2);
    expect(between(1e-4, 1, 0.5, true)).toBeCloseTo(1e-2);
    expect(between(0, 1, 0.5, true)).toBe(1);
    expect(onTheWay(of(0, 1), of(1, 1), 0.25, false)[0]?.values).toEqual(Float64Array.of(0.25, 1));
  });

  it("are where they belong where there were none", () => {
    expect(onTheWay(of(1), of(1, 7), 0.5, false)[0]?.values).toEqual(Float64Array.of(1, 7));
    expect(onTheWay([], of(5), 0.5, true)[0]?.values).toEqual(Float64Array.of(5));
    expect(onTheWay(of(NaN), of(5), 0.5, true)[0]?.values).toEqual(Float64Array.of(5));
  });
});
