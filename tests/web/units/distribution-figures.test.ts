// @vitest-environment jsdom
/** The distribution lab's figures of matrices, quantiles and spectra. */
import { describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import type { Frame } from "../../../web/src/charts/plot.js";
import type { MatrixResult } from "../../../web/src/engine/results.js";
import {
  descendingQuantiles,
  spectrumChart,
} from "../../../web/src/labs/distribution/comparison.js";
import {
  colorLimit,
  heatMap,
  pan,
  shades,
  wholeWindow,
  zoom,
} from "../../../web/src/labs/distribution/heatmap.js";

const frame: Frame = { width: 480, height: 300, theme: themes.light };

const matrix: MatrixResult = {
  warnings: [],
  law: {
    kind: "normal",
    mean: 0,
    std: 1,
    min: -Infinity,
    max: Infinity,
    zeros: 0,
    atomValues: new Float64Array(),
    atomMasses: new Float64Array(),
  },
  facts: {},
  shape: [20, 30],
  rows: 20,
  columns: 30,
  values: Float32Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 1 : -1)),
  singularValues: Float64Array.of(3, 2, 1, 0),
  theoryX: Float64Array.of(0, 1, 2),
  theory: Float64Array.of(0.5, 0.5, 0.5),
};

describe("the window of a matrix", () => {
  it("halves and doubles about its middle, and stays within", () => {
    const whole = wholeWindow(matrix);
    const half = zoom(whole, matrix, 0.5);
    expect(half).toEqual({ row: 5, column: 8, rows: 10, columns: 15 });
    expect(zoom(zoom(half, matrix, 2), matrix, 2)).toEqual(whole);
    let small = half;
    for (let i = 0; i < 9; ++i) small = zoom(small, matrix, 0.5);
    expect(small).toMatchObject({ rows: 4, columns: 4 });
    expect(pan(half, matrix, 9, -9)).toEqual({ row: 10, column: 0, rows: 10, columns: 15 });
  });

  it("shows 0 in the neutral colour, and the limit in the full one", () => {
    expect(colorLimit(matrix)).toBe(1);
    const { pixels, width, height, step } = shades(matrix, wholeWindow(matrix), 1);
    expect([width, height, step]).toEqual([30, 20, 1]);
    expect([pixels[0], pixels[1]]).toEqual([254, 0]);
    const zeros = { ...matrix, values: new Float32Array(600) };
    expect(
      shades(zeros, wholeWindow(zeros), colorLimit(zeros)).pixels.every((p) => p === 127),
    ).toBe(true);
  });

  it("is thinned where it has more elements than pixels", () => {
    const large = { ...matrix, rows: 1000, columns: 10, values: new Float32Array(10_000) };
    expect(shades(large, wholeWindow(large), 1)).toMatchObject({ step: 3, width: 4, height: 334 });
  });

  it("is drawn as two images: the matrix and its legend", () => {
    const { svg } = heatMap(matrix, wholeWindow(matrix), { row: "Row", column: "Column" }, frame);
    expect(svg.querySelectorAll("image")).toHaveLength(2);
    expect(svg.querySelector("image")?.getAttribute("href")).toMatch(/^data:image\/png;base64,/);
  });
});

it("quantiles of a density, largest first", () => {
  const points = descendingQuantiles(matrix.theoryX, matrix.theory);
  expect(points).toEqual([
    { x: 0, y: 2 },
    { x: 0.5, y: 1 },
    { x: 1, y: 0 },
  ]);
});

it("the spectrum has dots for what is measured and a line for theory", () => {
  const { svg } = spectrumChart(
    [{ slot: 0, name: "He", result: matrix }],
    { x: "x", y: "y" },
    frame,
  );
  expect(svg.querySelectorAll('g[data-mark="dot"] :is(path, circle)')).toHaveLength(4);
  expect(svg.querySelectorAll('g[data-mark="line"] path')).toHaveLength(1);
});
