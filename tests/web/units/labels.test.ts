// @vitest-environment jsdom
/** What figures share: names that fit, ticks that are round, marks and colours of one meaning. */
import { describe, expect, it } from "vitest";
import { labelEnds, labelWidth, rightMargin, wrapped } from "../../../web/src/charts/labels.js";
import { dots } from "../../../web/src/charts/panels.js";
import { decades, niceTicks } from "../../../web/src/charts/plot.js";
import { MARKS, themes } from "../../../web/src/charts/theme.js";
import { SLOT_COLORS, SLOT_DASHES, SLOT_MARKS, SLOT_SYMBOLS } from "../../../web/src/slots.js";
import { schemeOf } from "../../../web/src/engine/catalogue.js";
import { MOST_SCHEMES } from "../../../web/src/engine/request.js";
import { contrast, distance, SIGHTS } from "./colors.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { symbolsText } from "../../../web/src/controls/symbols.js";
import { apart, scaleText, stripeOf } from "../../../web/src/labs/phase/figures.js";

const frame = { width: 358, height: 220, theme: themes.light };
const LONG = "He normal, Nonlinearity leaky_relu";

describe("names beside a plot", () => {
  it("leave it seven tenths of the figure", () => {
    expect(rightMargin([LONG], frame)).toBeLessThan(0.3 * frame.width);
    expect(rightMargin(["He"], frame)).toBeLessThan(0.1 * frame.width);
  });

  it.each([LONG, "He 正态，非线性 leaky_relu", "He正态分布非线性函数取带泄漏的线性整流"])(
    "fit in two lines that have the beginning and the end: %s",
    (name) => {
      const lines = wrapped(name, 92);
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(labelWidth(line)).toBeLessThanOrEqual(92);
      expect(name.startsWith(lines[0] ?? "?")).toBe(true);
      expect(name.endsWith((lines[1] ?? "?").replace("…", ""))).toBe(true);
    },
  );

  it("do not overlap, and say the whole name when pointed at", () => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const labels = [LONG, "He normal, Nonlinearity relu", "Xavier"].map((text) => ({
      text,
      color: "#000",
      y: 100,
    }));
    labelEnds(svg, labels, frame, 100, { from: 30, to: 178 });
    const tops = [...svg.querySelectorAll("text")].map((t) => ({
      y: Number(t.getAttribute("y")),
      lines: Math.max(1, t.querySelectorAll("tspan").length),
    }));
    tops.slice(1).forEach(({ y }, i) => {
      const above = tops[i] ?? { y: NaN, lines: 1 };
      expect(y - above.y).toBeGreaterThanOrEqual(14 * above.lines);
    });
    expect(svg.querySelector("title")?.textContent).toBe(LONG);
    for (const { y, lines } of tops) expect(y + 14 * (lines - 1)).toBeLessThanOrEqual(178 + 5);
  });
});

describe("ticks", () => {
  it("of decades are a round number apart, and 1 is among them", () => {
    for (const [from, to] of [
      [1e-16, 1e76],
      [1e-3, 1e37],
      [1e-30, 1e3],
      [0.1, 1e8],
    ] as const) {
      const powers = decades({ from, to }).ticks.map((t) => Math.round(Math.log10(t)));
      const step = (powers[1] ?? 0) - (powers[0] ?? 0);
      expect([1, 2, 5, 10, 20, 50]).toContain(step);
      expect(powers).toContain(0);
      expect(powers.length).toBeLessThanOrEqual(8);
    }
  });

  it("of a linear axis are round", () => {
    expect(niceTicks({ from: -1.07, to: 0.35 }, 4)).toEqual([-1, -0.5, 0]);
    expect(niceTicks({ from: -0.099, to: 0.31 }, 4)).toEqual([0, 0.2]);
    expect(niceTicks({ from: 0, to: 0.3 }, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  });
});

describe("marks and colours", () => {
  it("are as many, and differ, as a figure may compare schemes", () => {
    const lists = [SLOT_COLORS.light, SLOT_COLORS.dark, SLOT_SYMBOLS, SLOT_DASHES, SLOT_MARKS];
    for (const list of lists) expect(new Set<unknown>(list).size).toBe(MOST_SCHEMES);
    for (const list of lists) expect(list).toHaveLength(MOST_SCHEMES);
  });

  it("of schemes are read on their ground, and told apart by readers who are colour-blind", () => {
    for (const { ground, slots } of Object.values(themes))
      for (const [i, slot] of slots.entries()) {
        expect(contrast(slot, ground)).toBeGreaterThan(4.5);
        for (const other of slots.slice(0, i))
          for (const sight of Object.values(SIGHTS))
            expect(distance(slot, other, sight)).toBeGreaterThan(10);
      }
    // The measure finds what these readers confuse.
    expect(distance("#b84a00", "#766000", SIGHTS.protan)).toBeLessThan(2);
    expect(distance("#b84a00", "#766000", SIGHTS.usual)).toBeGreaterThan(40);
  });

  it("of faults and sides are no scheme's", () => {
    for (const mark of Object.values(MARKS)) expect(SLOT_MARKS).not.toContain(mark);
    const channels = (hex: string) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    for (const { slots, sides } of Object.values(themes))
      for (const side of sides)
        for (const slot of slots) {
          const distance = Math.hypot(...channels(slot).map((c, i) => c - (side[i] ?? 0)));
          expect(distance).toBeGreaterThan(45);
        }
  });

  it("classes differ in shape", () => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const at = { x: 5, y: 5, fill: "red" };
    dots(
      svg,
      [
        { ...at, shape: "disc" },
        { ...at, shape: "cross" },
      ],
      2,
      "white",
    );
    const paths = [...svg.querySelectorAll('path[stroke="red"]')].map((p) => p.getAttribute("d"));
    expect(new Set(paths).size).toBe(2);
  });
});

it("a rounding error is no number: 1 - c and depth scales", () => {
  expect([...apart({ correlation: Float64Array.of(0.5, 1 - 1e-15, 1) })]).toEqual([0.5, 0, 0]);
  expect(scaleText(4.5e15)).toBe("∞");
  expect(scaleText(87.7)).toBe("87.7");
});

it("a white stripe apart from the edge is found, and the edge is none", () => {
  const none = new Float64Array();
  const map = (critical: number[]) => ({
    sigmaW2: Float64Array.from({ length: 100 }, (_, i) => (4 * (i + 0.5)) / 100),
    sigmaB2: Float64Array.of(0),
    // |ln chi_1| has minima near 1 and near 3 of 0 .. 4.
    chi1: Float64Array.from({ length: 100 }, (_, i) =>
      Math.exp(0.5 * Math.min(Math.abs(i / 25 - 1), Math.abs(i / 25 - 3))),
    ),
    criticalSigmaW2: Float64Array.from(critical),
    criticalSigmaB2: none,
    criticalQ: none,
    criticalChiQ: none,
  });
  expect(stripeOf(map([1]))).toBeCloseTo(3, 1);
  expect(stripeOf(map([1, 3]))).toBeUndefined();
});

it("a formula says what its letters are", () => {
  const text = (id: Parameters<typeof schemeOf>[0]) => symbolsText(schemeOf(id), messagesOf("en"));
  expect(text("kaiming_normal")).toBe(
    "g is the gain of the nonlinearity: √2 for relu, 1 for linear. n is fan_in or fan_out, as the mode says.",
  );
  expect(text("xavier_normal")).toMatch(/^g is the gain\. n_in is fan_in.* n_out is fan_out/);
  expect(text("normal")).toBe("");
  expect(text("zero_init")).toBe("");
});
