/** Figures of the propagation lab: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import {
  axes,
  axisTitles,
  decadeLabel,
  decades,
  draw,
  labelEnds,
  MARGINS,
  note,
  numberLabel,
  pixels,
  rightMargin,
} from "../../charts/plot.js";
import type { Drawing, EndLabel, Frame, Interval } from "../../charts/plot.js";
import { SLOT_SYMBOLS } from "../../charts/theme.js";
import type { Histogram, PropagationResult } from "../../engine/results.js";
import { drawable, selectedLayers } from "./data.js";
import type { Fractions, Series } from "./data.js";

interface Words {
  readonly x: string;
  readonly y: string;
}

/** Ticks of a layer axis: 1, the end, and round numbers between that do not crowd it. */
export function layerTicks(depth: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 42));
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((s) => depth / s <= most) ?? 100;
  const ticks = depth > 1 ? [1, depth] : [1];
  for (let l = step; l < depth; l += step) if (l > 1 && depth - l >= 0.6 * step) ticks.push(l);
  return ticks;
}

function layerAxis(depth: number, width: number) {
  return { ticks: layerTicks(depth, width), format: String };
}

/** Dots of one series; `wider` makes them larger, by as many pixels. */
function dots(
  layers: readonly number[],
  values: Float64Array,
  slot: number,
  frame: Frame,
  wider = 0,
) {
  const radius = wider + (layers.length > 100 ? 1.8 : layers.length > 40 ? 2.4 : 3);
  const data = layers.map((layer) => ({ layer, value: values[layer - 1] }));
  return Plot.dot(data, {
    x: "layer",
    y: "value",
    r: radius,
    symbol: SLOT_SYMBOLS[slot] ?? "circle",
    fill: frame.theme.slots[slot] ?? frame.theme.text,
  });
}

/** The positive values that the series show; 1 where there are none. */
export function extentOf(all: readonly Series[]): Interval {
  const values = all.flatMap((s) => drawable(s).map((layer) => s.values[layer - 1] ?? 1));
  if (values.length === 0) return { from: 1, to: 1 };
  return { from: Math.min(...values), to: Math.max(...values) };
}

interface FaultWords {
  overflow(layer: number): string;
  vanished(layer: number): string;
  readonly nothingFinite: string;
}

/** Height of a note's line. */
const NOTE = 16;

/** Height that notes take, and half a tick's label, which may stand beside them. */
function roomFor(notes: number): number {
  return notes > 0 ? NOTE * notes + 8 : 0;
}

/** What is said of a series that overflows or vanishes; empty for one that does neither. */
function faultText(s: Series, words: FaultWords): string {
  const drawn = drawable(s).length > 0;
  const name = drawn ? "" : `${s.name}: `; // there is no label of its own
  if (s.overflow > 0) return `▲ ${name}${drawn ? words.overflow(s.overflow) : words.nothingFinite}`;
  return s.vanished > 0 ? `▼ ${name}${words.vanished(s.vanished)}` : "";
}

/** Variance by layer on a logarithmic axis; overflow and extinction are marked at the edges. */
export function varianceChart(
  all: readonly Series[],
  depth: number,
  extent: Interval,
  words: Words & FaultWords,
  frame: Frame,
): Drawing {
  const { domain, ticks } = decades(extent);
  const faults = all.filter((s) => s.overflow > 0 || s.vanished > 0);
  const notesAbove = faults.filter((s) => s.overflow > 0).length;
  const marginRight = rightMargin(
    all.map((s) => s.name),
    frame,
  );
  const svg = draw(frame, {
    marginRight,
    insetTop: roomFor(notesAbove),
    insetBottom: roomFor(faults.length - notesAbove),
    x: { domain: [1, Math.max(2, depth)] },
    y: { type: "log", domain },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - marginRight), { ticks, format: decadeLabel }),
      ...all.map((s) => dots(drawable(s), s.values, s.slot, frame)),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  const top = MARGINS.top;
  const bottom = frame.height - MARGINS.bottom;
  const labels: EndLabel[] = [];
  let above = 0;
  let below = 0;
  for (const s of all) {
    const color = frame.theme.slots[s.slot] ?? frame.theme.text;
    const last = drawable(s).at(-1);
    if (last !== undefined) labels.push({ text: s.name, color, y: y(s.values[last - 1] ?? 1) });
    const text = faultText(s, words);
    if (!text) continue;
    // A note about a series of which nothing is drawn belongs to no layer: it has the whole width.
    const at = last === undefined ? 2 : x(s.overflow || s.vanished);
    const right = at > frame.width / 2;
    note(
      svg,
      frame,
      text,
      {
        x: right ? Math.min(at, frame.width - marginRight) : at,
        y: s.overflow ? top + 8 + NOTE * above++ : bottom - 5 - NOTE * below++,
        anchor: right ? "end" : "start",
      },
      color,
    );
  }
  labelEnds(svg, labels, frame.width - marginRight + 8, { from: top, to: bottom });
  axisTitles(svg, frame, words);
  const xs = Array.from({ length: depth }, (_, i) => x(i + 1));
  return { svg, xs, top, bottom };
}

/** Shares between 0 and 1 by layer. */
export function fractionChart(
  all: readonly Fractions[],
  depth: number,
  words: Words,
  frame: Frame,
): Drawing {
  const marginRight = rightMargin(
    all.map((s) => s.name),
    frame,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  const svg = draw(frame, {
    marginRight,
    x: { domain: [1, Math.max(2, depth)] },
    y: { domain: [0, 1] },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - marginRight), { ticks, format: numberLabel }),
      // Schemes that differ in scale alone have the same dead units: what is drawn first is
      // larger, so that it shows around what is drawn over it.
      ...all.map((s, i) =>
        dots(layers.slice(0, s.shown), s.values, s.slot, frame, 0.9 * (all.length - 1 - i)),
      ),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  const top = MARGINS.top;
  const bottom = frame.height - MARGINS.bottom;
  labelEnds(
    svg,
    all.map((s) => ({
      text: s.name,
      color: frame.theme.slots[s.slot] ?? frame.theme.text,
      y: y(s.values[s.shown - 1] ?? 0),
    })),
    frame.width - marginRight + 8,
    { from: top, to: bottom },
  );
  axisTitles(svg, frame, words);
  return { svg, xs: layers.map(x), top, bottom };
}

const RIDGE_ROWS = 16;
/** How far a ridge may rise over its row, in rows. */
const RIDGE_RISE = 1.7;
/** Least distance between the labels of two rows, in pixels. */
const LABEL_HEIGHT = 13;

/** Outline of a histogram as density, without the bin that holds the activations that are 0. */
function ridge(histogram: Histogram, zeroFraction: number): { x: number; density: number }[] {
  const { from, to, counts } = histogram;
  const width = (to - from) / counts.length;
  const total = counts.reduce((sum, count) => sum + count, histogram.below + histogram.above);
  const zeroBin =
    from <= 0 && to >= 0 ? Math.min(counts.length - 1, Math.floor(-from / width)) : -1;
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
  const histograms = layers.map((layer) => result.activation.histograms[layer - 1]);
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
          format: (row) => String(layers[row] ?? ""),
          lines: false,
        },
      ),
      ...rows.flatMap(({ row, points }) => {
        // Rows share a scale; one that is narrower than the first is as high as its peak allows.
        const highest = Math.max(reference, ...points.map(({ density }) => density));
        const lifted = points.map(({ x, density }) => ({
          x,
          top: row - (RIDGE_RISE * density) / highest,
        }));
        return [
          Plot.ruleY([row], { stroke: frame.theme.hairline }),
          Plot.areaY(lifted, { x: "x", y1: row, y2: "top", fill: color, fillOpacity: 0.25 }),
          Plot.lineY(lifted, { x: "x", y: "top", stroke: color, strokeWidth: 1 }),
        ];
      }),
    ],
  });
  axisTitles(svg, frame, words);
  return { svg, xs: [], top: MARGINS.top, bottom: frame.height - MARGINS.bottom, layers };
}
