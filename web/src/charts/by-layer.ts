/** Quantities by layer: data in, SVG out. */
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
  positiveExtent,
  rightMargin,
} from "./plot.js";
import type { Drawing, EndLabel, Frame, Interval } from "./plot.js";
import { layerAxis } from "./layers.js";
import { SLOT_DASHES, SLOT_SYMBOLS } from "./theme.js";
import { drawable } from "./series.js";
import type { Band, Fractions, Series } from "./series.js";

export interface Words {
  readonly x: string;
  readonly y: string;
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

/** A theory's line, where it lies within the axis. */
function theoryLine(
  values: Float64Array,
  slot: number,
  [low, high]: readonly [number, number],
  frame: Frame,
) {
  const data = [...values].map((value, i) => ({
    layer: i + 1,
    value: value >= low && value <= high ? value : NaN,
  }));
  return Plot.line(data, {
    x: "layer",
    y: "value",
    stroke: frame.theme.slots[slot] ?? frame.theme.text,
    strokeWidth: 1.2,
    strokeDasharray: SLOT_DASHES[slot] ?? "none",
  });
}

/** The band around it, cut off at the axis's ends. */
function bandArea(
  { low, high }: Band,
  slot: number,
  [from, to]: readonly [number, number],
  frame: Frame,
) {
  const data = [...low].map((value, i) => ({ layer: i + 1, low: value, high: high[i] ?? NaN }));
  const seen = data.filter((d) => d.low < to && d.high > from);
  return Plot.areaY(seen, {
    x: "layer",
    y1: (d: { low: number }) => Math.max(from, d.low),
    y2: (d: { high: number }) => Math.min(to, d.high),
    fill: frame.theme.slots[slot] ?? frame.theme.text,
    fillOpacity: 0.14,
  });
}

/** From the least to the greatest of repeated draws. */
function rangeRules(
  { least, greatest }: NonNullable<Series["range"]>,
  slot: number,
  [from, to]: readonly [number, number],
  frame: Frame,
) {
  const data = [...least].map((value, i) => ({
    layer: i + 1,
    low: Math.max(from, value),
    high: Math.min(to, greatest[i] ?? NaN),
  }));
  return Plot.ruleX(
    data.filter((d) => d.low < d.high),
    {
      x: "layer",
      y1: "low",
      y2: "high",
      stroke: frame.theme.slots[slot] ?? frame.theme.text,
      strokeOpacity: 0.6,
    },
  );
}

/** The positive values that the series show, the range of repeated draws included. */
export function extentOf(all: readonly Series[]): Interval {
  return positiveExtent(
    all.flatMap((s) => {
      const { least, greatest } = s.range ?? { least: s.values, greatest: s.values };
      return drawable(s).flatMap((layer) => [least[layer - 1] ?? 1, greatest[layer - 1] ?? 1]);
    }),
  );
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

/**
 * A positive quantity by layer on a logarithmic axis: dots are measured, lines theory, areas its
 * band; overflow and extinction are marked at the edges.
 */
export function magnitudeChart(
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
      ...all.map((s) => s.band && bandArea(s.band, s.slot, domain, frame)),
      ...all.map((s) => s.theory && theoryLine(s.theory, s.slot, domain, frame)),
      ...all.map((s) => s.range && rangeRules(s.range, s.slot, domain, frame)),
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

const isReal = (value: number) => !Number.isNaN(value);

/** Shares between 0 and 1 by layer, or correlations, which may be below 0. */
export function fractionChart(
  all: readonly Fractions[],
  depth: number,
  words: Words,
  frame: Frame,
): Drawing {
  const lowest = Math.min(0, ...all.flatMap((s) => [...s.values.slice(0, s.shown)].filter(isReal)));
  const domain: readonly [number, number] = [Math.max(-1, Math.floor(lowest * 4) / 4), 1];
  const marginRight = rightMargin(
    all.map((s) => s.name),
    frame,
  );
  const ticks = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].filter((t) => t >= domain[0]);
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  const svg = draw(frame, {
    marginRight,
    x: { domain: [1, Math.max(2, depth)] },
    y: { domain },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - marginRight), { ticks, format: numberLabel }),
      ...all.map((s) => s.theory && theoryLine(s.theory, s.slot, domain, frame)),
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
    all.flatMap((s) => {
      const last = s.values[s.shown - 1] ?? 0;
      const color = frame.theme.slots[s.slot] ?? frame.theme.text;
      return isReal(last) ? [{ text: s.name, color, y: y(last) }] : [];
    }),
    frame.width - marginRight + 8,
    { from: top, to: bottom },
  );
  axisTitles(svg, frame, words);
  return { svg, xs: layers.map(x), top, bottom };
}
