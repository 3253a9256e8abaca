/** How one scheme's activations are distributed, layer by layer: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import { layerAxis } from "../../charts/layer-axis.js";
import { axes, axisTitles, draw, MARGINS, numberLabel, pixels } from "../../charts/plot.js";
import type { Drawing, Frame } from "../../charts/plot.js";
import type { Histogram, PropagationResult } from "../../engine/results.js";
import type { Words } from "../../charts/by-layer.js";
import { selectedLayers } from "./data.js";

/** How dark the areas between quantiles are, the widest first. */
const OPACITIES = [0.14, 0.25];

/** Quantiles of one scheme's activations by layer: the median, and areas between pairs around it. */
export function quantileChart(
  quantiles: readonly Float64Array[],
  slot: number,
  shown: number,
  words: Words,
  frame: Frame,
): Drawing {
  const layers = Array.from({ length: shown }, (_, i) => i + 1);
  const at = (k: number, layer: number) => quantiles[k]?.[layer - 1] ?? NaN;
  const all = layers
    .flatMap((layer) => quantiles.map((_, k) => at(k, layer)))
    .filter((value) => !Number.isNaN(value));
  const domain = [Math.min(0, ...all), Math.max(0, ...all)];
  if (domain[0] === domain[1]) domain[1] = 1;
  const color = frame.theme.slots[slot] ?? frame.theme.text;
  const depth = quantiles[0]?.length ?? 1;
  const last = quantiles.length - 1;
  const area = (opacity: number, k: number) =>
    Plot.areaY(layers, {
      x: (layer: number) => layer,
      y1: (layer: number) => at(k, layer),
      y2: (layer: number) => at(last - k, layer),
      fill: color,
      fillOpacity: opacity,
    });
  const svg = draw(frame, {
    marginRight: 16,
    x: { domain: [1, Math.max(2, depth)] },
    y: { domain },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - 16, 1, words.tick), {
        ticks: 5,
        format: numberLabel,
      }),
      ...OPACITIES.map(area),
      Plot.line(layers, {
        x: (layer: number) => layer,
        y: (layer: number) => at(last / 2, layer),
        stroke: color,
        strokeWidth: 1.5,
      }),
    ],
  });
  axisTitles(svg, frame, words);
  const x = pixels(svg, "x");
  return {
    svg,
    xs: Array.from({ length: depth }, (_, i) => x(i + 1)),
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
  };
}

const RIDGE_ROWS = 16;
/** How far a ridge may rise over its row, in rows. */
const RIDGE_RISE = 1.7;
/** Least distance between the labels of two rows, in pixels. */
const LABEL_HEIGHT = 13;

/** Outline of a histogram as density, without the bin that holds the activations that are 0. */
function ridge(histogram: Histogram, zeroFraction: number): { x: number; density: number }[] {
  const { from, to, counts, zeroBin } = histogram;
  const width = (to - from) / counts.length;
  const total = counts.reduce((sum, count) => sum + count, histogram.below + histogram.above);
  const points: { x: number; density: number }[] = [];
  counts.forEach((count, i) => {
    const zeros = i === zeroBin ? zeroFraction * total : 0;
    const density = Math.max(0, count - zeros) / total / width;
    points.push({ x: from + i * width, density }, { x: from + (i + 1) * width, density });
  });
  return points;
}

/** Rows that are labelled: the last, and those above it that leave a label's height between. */
function rowTicks(rows: number, height: number): number[] {
  const every = Math.max(1, Math.ceil((LABEL_HEIGHT * (rows + RIDGE_RISE)) / height));
  return Array.from({ length: rows }, (_, row) => row).filter((r) => (rows - 1 - r) % every === 0);
}

/** Histograms of activations, a row for each of up to 16 layers, on one common axis. */
export function ridgeChart(
  result: PropagationResult,
  slot: number,
  depth: number,
  words: Words,
  frame: Frame,
): Drawing & { readonly layers: readonly number[] } {
  const layers = selectedLayers(depth, RIDGE_ROWS).filter(
    (layer) => result.activation.nonfinite[layer - 1] === 0,
  );
  const histograms = layers.map((layer) => result.histograms[layer - 1]);
  const spans = histograms.filter((h): h is Histogram => h !== undefined && h.counts.length > 0);
  // The first layer sets the axis: what shrinks becomes a spike, what grows leaves the frame.
  const first = spans[0] ?? { from: -1, to: 1 };
  const domain: [number, number] = [Math.min(first.from * 1.5, 0), Math.max(first.to * 1.5, 0)];
  const rows = layers.map((layer, row) => {
    const histogram = histograms[row];
    const usable = histogram !== undefined && histogram.counts.length > 0;
    const zero = result.zeroFraction[layer - 1] ?? 0;
    const points = (usable ? ridge(histogram, zero) : []).filter(
      ({ x }) => x >= domain[0] && x <= domain[1],
    );
    return { layer, row, points };
  });
  const reference = Math.max(...(rows[0]?.points.map(({ density }) => density) ?? [1]), 1e-300);
  const lifted = rows.flatMap(({ row, points }) => {
    // Rows share a scale; one that is narrower than the first is as high as its peak allows.
    const highest = Math.max(reference, ...points.map(({ density }) => density));
    return points.map(({ x, density }) => ({
      x,
      row,
      top: row - (RIDGE_RISE * density) / highest,
    }));
  });
  const color = frame.theme.slots[slot] ?? frame.theme.text;
  const svg = draw(frame, {
    marginRight: 16,
    x: { domain },
    y: { domain: [Math.max(1, layers.length) - 0.5, -RIDGE_RISE] },
    marks: [
      ...axes(
        frame,
        { ticks: Math.max(3, Math.floor(frame.width / 110)), format: numberLabel },
        {
          ticks: rowTicks(layers.length, frame.height - MARGINS.top - MARGINS.bottom),
          format: (row) => (words.tick ?? String)(layers[row] ?? 0),
          lines: false,
        },
      ),
      Plot.ruleY(
        rows.map(({ row }) => row),
        { stroke: frame.theme.hairline },
      ),
      // One mark for all rows: a mark for each takes three times as long.
      Plot.areaY(lifted, {
        x: "x",
        y1: "row",
        y2: "top",
        z: "row",
        fill: color,
        fillOpacity: 0.25,
      }),
      Plot.lineY(lifted, { x: "x", y: "top", z: "row", stroke: color, strokeWidth: 1 }),
    ],
  });
  axisTitles(svg, frame, words);
  return { svg, xs: [], top: MARGINS.top, bottom: frame.height - MARGINS.bottom, layers };
}
