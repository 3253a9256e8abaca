/** A window of a matrix as an image, blue below 0 and orange above. */
import * as Plot from "@observablehq/plot";
import { axes, axisTitles, draw, MARGINS, pixels } from "../../charts/plot.js";
import type { Drawing, Frame } from "../../charts/plot.js";
import { addImage, colorBar, divergingPalette, SHADES } from "../../charts/image.js";
import { toPngAddress } from "../../charts/png.js";
import type { MatrixResult } from "../../engine/results.js";
import { formatNumber } from "../../i18n/numbers.js";

/** Rows and columns that are shown: [row, row + rows) and so on. */
export interface Window {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Most pixels a side; of a larger window, every second, third, ... element is shown. */
const MOST_PIXELS = 384;
const LEAST_SIDE = 4;

export function wholeWindow({ rows, columns }: MatrixResult): Window {
  return { row: 0, column: 0, rows, columns };
}

/** Half or twice the window, about its middle, within the matrix. */
export function zoom(window: Window, matrix: MatrixResult, factor: number): Window {
  const side = (of: number, most: number) =>
    Math.min(most, Math.max(Math.min(LEAST_SIDE, most), Math.round(of * factor)));
  const rows = side(window.rows, matrix.rows);
  const columns = side(window.columns, matrix.columns);
  return within(
    {
      row: Math.round(window.row + (window.rows - rows) / 2),
      column: Math.round(window.column + (window.columns - columns) / 2),
      rows,
      columns,
    },
    matrix,
  );
}

/** The window moved by a share of its size. */
export function pan(window: Window, matrix: MatrixResult, down: number, right: number): Window {
  return within(
    {
      ...window,
      row: window.row + Math.round(down * window.rows),
      column: window.column + Math.round(right * window.columns),
    },
    matrix,
  );
}

function within(window: Window, matrix: MatrixResult): Window {
  const clamp = (at: number, size: number, most: number) => Math.max(0, Math.min(at, most - size));
  return {
    ...window,
    row: clamp(window.row, window.rows, matrix.rows),
    column: clamp(window.column, window.columns, matrix.columns),
  };
}

/** The value at which colours are full: three root mean squares, or the largest where that is less. */
export function colorLimit({ values }: MatrixResult): number {
  let squares = 0;
  let most = 0;
  for (const value of values) {
    squares += value * value;
    most = Math.max(most, Math.abs(value));
  }
  return Math.min(most, 3 * Math.sqrt(squares / values.length)) || 1;
}

/** Values of the window, thinned, as indices of the palette. */
export function shades(
  matrix: MatrixResult,
  window: Window,
  limit: number,
): { pixels: Uint8Array; width: number; height: number; step: number } {
  const step = Math.ceil(Math.max(window.rows, window.columns) / MOST_PIXELS);
  const width = Math.ceil(window.columns / step);
  const height = Math.ceil(window.rows / step);
  const found = new Uint8Array(width * height);
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      const at = (window.row + y * step) * matrix.columns + window.column + x * step;
      const share = Math.max(-1, Math.min(1, (matrix.values[at] ?? 0) / limit));
      found[y * width + x] = SHADES + Math.round(share * SHADES);
    }
  return { pixels: found, width, height, step };
}

export function heatMap(
  matrix: MatrixResult,
  window: Window,
  words: { readonly row: string; readonly column: string },
  frame: Frame,
): Drawing {
  const limit = colorLimit(matrix);
  const image = shades(matrix, window, limit);
  const marginRight = 76;
  const svg = draw(frame, {
    marginRight,
    x: { domain: [window.column, window.column + window.columns] },
    y: { domain: [window.row + window.rows, window.row] },
    marks: [
      ...axes(
        frame,
        { ticks: 5, format: (value) => String(value) },
        { ticks: 5, format: (value) => String(value), lines: false },
      ),
      Plot.ruleX([]),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  const left = x(window.column);
  const top = y(window.row);
  const width = x(window.column + window.columns) - left;
  const height = y(window.row + window.rows) - top;
  const colors = divergingPalette(frame.theme);
  addImage(svg, toPngAddress(image.pixels, image.width, image.height, colors), {
    x: left,
    y: top,
    width,
    height,
  });
  colorBar(svg, colors, { x: frame.width - marginRight + 12, top, height }, [
    { share: 0, text: formatNumber(limit) },
    { share: 0.5, text: "0" },
    { share: 1, text: formatNumber(-limit) },
  ]);
  axisTitles(svg, frame, { x: words.column, y: words.row });
  return { svg, xs: [], top: MARGINS.top, bottom: frame.height - MARGINS.bottom };
}
