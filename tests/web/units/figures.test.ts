// @vitest-environment jsdom
/** Figures as SVG text, numbers as text, and the sentences that describe what is seen. */
import { describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import type { Frame } from "../../../web/src/charts/plot.js";
import { decades } from "../../../web/src/charts/plot.js";
import { toCsv } from "../../../web/src/figures/export.js";
import { formatNumber, formatCount, formatShare } from "../../../web/src/i18n/numbers.js";
import { layerTicks } from "../../../web/src/charts/layer-axis.js";
import { extentOf, magnitudeChart } from "../../../web/src/charts/by-layer.js";
import { drawable, plainSeries } from "../../../web/src/charts/series.js";
import { selectedLayers } from "../../../web/src/labs/propagation/data.js";
import type { Series } from "../../../web/src/charts/series.js";
import { distributionChart, densityAt } from "../../../web/src/labs/distribution/charts.js";
import type { DistributionResult } from "../../../web/src/engine/results.js";

const frame: Frame = { width: 480, height: 300, theme: themes.light };
const words = {
  x: "Layer",
  y: "Variance",
  overflow: (layer: number) => `overflow at layer ${layer}`,
  vanished: (layer: number) => `0 from layer ${layer}`,
  nothingFinite: "not finite",
  label: ": ",
};
const series = (
  slot: number,
  name: string,
  values: number[],
  faults: Partial<Series> = {},
): Series => ({
  slot,
  name,
  first: 1,
  values: Float64Array.from(values),
  overflow: undefined,
  vanished: undefined,
  ...faults,
});

describe("the variance chart", () => {
  const all = [
    series(0, "He", [1, 1.1, 0.9, 1]),
    series(1, "Xavier", [0.5, 0.25, 0.125, 0.0625]),
    series(2, "Normal", [1e10, 1e30, NaN, NaN], { overflow: 3 }),
    series(3, "Zeros", [0, 0, 0, 0], { vanished: 1 }),
  ];
  const { svg, xs } = magnitudeChart(all, 4, extentOf(all), words, frame);
  const text = svg.outerHTML;

  it("is the same text every time", () => {
    expect(magnitudeChart(all, 4, extentOf(all), words, frame).svg.outerHTML).toBe(text);
  });

  it("has no inline style element, which a strict CSP refuses", () => {
    expect(svg.querySelector("style")).toBeNull();
    expect(text).not.toContain("<style");
  });

  it("draws a dot for each value that can be drawn", () => {
    const dots = [...svg.querySelectorAll('g[data-mark="dot"]')].map((g) => g.children.length);
    expect(dots).toEqual([4, 4, 2]);
    expect(xs).toHaveLength(4);
  });

  it("labels the series that are drawn, and marks overflow and extinction in words", () => {
    for (const label of [
      "He",
      "Xavier",
      "Normal",
      "↑ overflow at layer 3",
      "↓ Zeros: 0 from layer 1",
      "Layer",
      "Variance",
    ])
      expect([...svg.querySelectorAll("text")].map((t) => t.textContent)).toContain(label);
  });
});

it("series know what can be drawn", () => {
  expect(drawable(series(0, "a", [1, 0, NaN, 2]))).toEqual([1, 4]);
  expect(drawable(series(0, "a", [1, 0, NaN, 2], { first: 0 }))).toEqual([0, 3]);
});

it("faults are found in the direction in which the signal runs", () => {
  const read = (values: number[], direction: "forward" | "backward", first = 1) => {
    const found = plainSeries(0, "a", values, direction, first);
    return [found.overflow, found.vanished, drawable(found)];
  };
  const none = undefined;
  expect(read([1, 2, 3, 4], "forward")).toEqual([none, none, [1, 2, 3, 4]]);
  expect(read([1, 2, Infinity, 4], "forward")).toEqual([3, none, [1, 2]]);
  expect(read([1, NaN, 3, 4], "backward")).toEqual([2, none, [3, 4]]);
  expect(read([1, 2, 0, 0], "forward")).toEqual([none, 3, [1, 2]]);
  expect(read([0, 0, 3, 4], "backward")).toEqual([none, 2, [3, 4]]);
  expect(read([0, 0, 3, 4], "forward")).toEqual([none, none, [3, 4]]);
  // Layer 0 is a layer, and no word for "none".
  expect(read([0, 0, 0], "forward", 0)).toEqual([none, 0, []]);
  expect(read([1, Infinity, 0], "forward", 0)).toEqual([1, none, [0]]);
});

it("axes have whole decades, few ticks, and never an empty span", () => {
  expect(decades({ from: 1e-16, to: 1e76 }).ticks.length).toBeLessThanOrEqual(8);
  expect(decades({ from: 1, to: 1 }).domain).toEqual([0.1, 10]);
  expect(layerTicks(50, 300)).toEqual([1, 50, 10, 20, 30, 40]);
  expect(layerTicks(1, 300)).toEqual([1]);
  expect(selectedLayers(200, 5)).toEqual([1, 51, 101, 150, 200]);
  expect(selectedLayers(3, 5)).toEqual([1, 2, 3]);
});

describe("the distribution chart", () => {
  const result = (kind: "uniform" | "atom"): DistributionResult => ({
    warnings: [],
    law: {
      kind,
      mean: kind === "atom" ? 0.5 : 0,
      std: 1,
      min: -1,
      max: 1,
      zeros: 0,
      atomValues: new Float64Array(),
      atomMasses: new Float64Array(),
    },
    facts: {},
    moments: { count: 8, mean: 0, std: 1, skewness: 0, excessKurtosis: 0, min: -1, max: 1 },
    histogram: {
      from: -1,
      to: 1,
      counts: Float64Array.from([2, 4, 0, 2]),
      below: 0,
      above: 0,
      zeroBin: 2,
    },
    probabilities: new Float64Array(),
    quantiles: new Float64Array(),
    curve: Float64Array.of(0.25, 0.75),
    sampleCurve: Float64Array.of(-0.5, 0.6),
    lawCurve: Float64Array.of(-0.5, 0.5),
    zeros: 0,
    ks: 0,
    densityX: Float64Array.from(kind === "atom" ? [] : [-1, 1]),
    density: Float64Array.from(kind === "atom" ? [] : [0.5, 0.5]),
  });

  it("draws areas, laws and atoms", () => {
    const samples = [
      { slot: 0, name: "Uniform", result: result("uniform") },
      { slot: 1, name: "Constant", result: result("atom") },
    ];
    const { svg } = distributionChart(
      samples,
      { from: -1.1, to: 1.1 },
      { x: "Value", y: "Density", mass: "Mass" },
      frame,
    );
    expect(svg.querySelectorAll('g[data-mark="area"]')).toHaveLength(1);
    expect(svg.querySelectorAll('g[data-mark="rule"]')).toHaveLength(1);
  });

  it("reads the density of a bin", () => {
    expect(densityAt(result("uniform"), -0.25)).toBe(1);
    expect(densityAt(result("uniform"), 5)).toBe(0);
  });
});

describe("numbers as text", () => {
  it.each([
    [0, "0"],
    [-0.00374341, "−0.00374"],
    [1.41421356, "1.41"],
    [3.1e-15, "3.1×10⁻¹⁵"],
    [12345, "12300"],
    [99999, "1×10⁵"],
    [512, "512"],
    [1e76, "1×10⁷⁶"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, "—"],
  ])("%f is %s", (x, text) => expect(formatNumber(x)).toBe(text));

  it("counts and shares", () => {
    expect(formatCount(10000000)).toBe("10\u202f000\u202f000");
    expect(formatShare(0.391)).toBe("39.1%");
  });
});

it("CSV keeps full precision and quotes texts that need it", () => {
  expect(toCsv({ head: ["a,b", 'say "x"'], rows: [[1 / 3, "t"]] })).toBe(
    '"a,b","say ""x"""\n0.3333333333333333,t\n',
  );
});
