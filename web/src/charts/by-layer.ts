/** Quantities by layer: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import {
  axes,
  axisTitles,
  decadeLabel,
  decades,
  draw,
  MARGINS,
  note,
  numberLabel,
  pixels,
  positiveExtent,
  upToEdge,
} from "./plot.js";
import type { Drawing, Frame, Interval } from "./plot.js";
import { labelEnds, rightMargin, shortened } from "./labels.js";
import type { EndLabel } from "./labels.js";
import { layerAxis, layerDomain } from "./layer-axis.js";
import type { Tick } from "./layer-axis.js";
import { MARKS } from "./theme.js";
import { SLOT_DASHES, SLOT_SYMBOLS } from "../slots.js";
import { coinciding, drawable, sameMagnitude, sameShare, turns } from "./series.js";
import type { Band, Fractions, Series, Turn } from "./series.js";

export interface Words {
  readonly x: string;
  readonly y: string;
  readonly tick?: Tick;
}

/** Width of a theory's line, in pixels, and how much is seen of the band around it. */
export const THEORY_WIDTH = 1.2;
export const BAND_OPACITY = 0.14;

/** The radius of each of so many dots. */
export const radiusOf = (dots: number): number => (dots > 100 ? 1.8 : dots > 40 ? 2.4 : 3);

/** Axes of shares have a tick each quarter, and end at one. */
const QUARTERS = 4;

/** The axis of shares, or of correlations, which may be below 0. */
export function sharesAxis(values: readonly number[]): Interval {
  const lowest = Math.min(0, ...values.filter(isReal));
  return { from: Math.max(-1, Math.floor(lowest * QUARTERS) / QUARTERS), to: 1 };
}

export function shareTicks({ from, to }: Interval): number[] {
  return Array.from({ length: (to - from) * QUARTERS + 1 }, (_, i) => from + i / QUARTERS);
}

/**
 * Dots of one series. Series that coincide take turns, layer by layer, so that each is seen in its
 * own colour. What lies above `edge` is marked there.
 */
function dots(
  layers: readonly number[],
  { values, first, slot, hollow }: Pick<Series, "values" | "first" | "slot" | "hollow">,
  { turn, of }: Turn,
  frame: Frame,
  edge = Infinity,
) {
  const data = layers
    .filter((_, i) => layers.length < 2 * of || i % of === turn)
    .map((layer) => ({ layer, ...upToEdge(values[layer - first] ?? NaN, edge) }));
  return Plot.dot(data, {
    x: "layer",
    y: "value",
    r: radiusOf(layers.length),
    symbol: SLOT_SYMBOLS[slot] ?? "circle",
    [hollow ? "stroke" : "fill"]: frame.theme.slots[slot] ?? frame.theme.text,
    ...(data.some(({ opacity }) => opacity < 1) && { fillOpacity: "opacity" }),
  });
}

/** Length of a dash where lines that coincide take turns, in pixels. */
const DASH = 7;

/** The dashes of a line: its slot's, or its turn among those that it coincides with. */
export function dashes(slot: number, { turn, of }: Turn) {
  if (of === 1) return { strokeDasharray: SLOT_DASHES[slot] ?? "none" };
  return {
    strokeDasharray: `${DASH} ${DASH * (of - 1)}`,
    strokeDashoffset: -DASH * turn,
  };
}

/** A theory's line, where it lies within the axis. */
function theoryLine(
  values: Float64Array,
  { slot, first }: Pick<Series, "slot" | "first">,
  turn: Turn,
  [low, high]: readonly [number, number],
  frame: Frame,
) {
  const data = [...values].map((value, i) => ({
    layer: first + i,
    value: value >= low && value <= high ? value : NaN,
  }));
  return Plot.line(data, {
    x: "layer",
    y: "value",
    stroke: frame.theme.slots[slot] ?? frame.theme.text,
    strokeWidth: THEORY_WIDTH,
    ...dashes(slot, turn),
  });
}

/** Turns of theories that coincide; a series without one has none to share. */
export function theoryTurns(
  all: readonly { readonly theory?: Float64Array }[],
  same: (a: number, b: number) => boolean,
): Turn[] {
  const lines = all.map(({ theory }) => ({ values: theory ?? new Float64Array() }));
  return turns(coinciding(lines, same), all.length);
}

export const turnOf = (list: readonly Turn[], i: number): Turn => list[i] ?? { turn: 0, of: 1 };

/** The band around it, cut off at the axis's ends. */
function bandArea(
  { low, high }: Band,
  { slot, first }: Series,
  [from, to]: readonly [number, number],
  frame: Frame,
) {
  const data = [...low].map((value, i) => ({
    layer: first + i,
    low: value,
    high: high[i] ?? NaN,
  }));
  const seen = data.filter((d) => d.low < to && d.high > from);
  return Plot.areaY(seen, {
    x: "layer",
    y1: (d: { low: number }) => Math.max(from, d.low),
    y2: (d: { high: number }) => Math.min(to, d.high),
    fill: frame.theme.slots[slot] ?? frame.theme.text,
    fillOpacity: BAND_OPACITY,
  });
}

/** From the least to the greatest of repeated draws. */
function rangeRules(
  { least, greatest }: NonNullable<Series["range"]>,
  { slot, first }: Series,
  [from, to]: readonly [number, number],
  frame: Frame,
) {
  const data = [...least].map((value, i) => ({
    layer: first + i,
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
      return drawable(s).flatMap((layer) => [
        least[layer - s.first] ?? 1,
        greatest[layer - s.first] ?? 1,
      ]);
    }),
  );
}

interface FaultWords {
  overflow(layer: number): string;
  vanished(layer: number): string;
  readonly nothingFinite: string;
  /** What stands between a name and what is said of it. */
  readonly label: string;
}

/** Height of a note's line. */
export const NOTE = 16;

/** Height that notes take, and half a tick's label, which may stand beside them. */
export function roomFor(notes: number): number {
  return notes > 0 ? NOTE * notes + 8 : 0;
}

/** A name within a note takes at most this share of the figure. */
const NOTE_NAME = 0.35;

/** What is said of a series that overflows or vanishes; empty for one that does neither. */
export function faultText(s: Series, words: FaultWords, { width }: Frame): string {
  const drawn = drawable(s).length > 0;
  const name = drawn ? "" : `${shortened(s.name, NOTE_NAME * width)}${words.label}`; // it has no label
  if (s.overflow !== undefined)
    return `${MARKS.over} ${name}${drawn ? words.overflow(s.overflow) : words.nothingFinite}`;
  return s.vanished === undefined ? "" : `${MARKS.under} ${name}${words.vanished(s.vanished)}`;
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
  const first = all[0]?.first ?? 1;
  const faults = all.filter((s) => s.overflow !== undefined || s.vanished !== undefined);
  const notesAbove = faults.filter((s) => s.overflow !== undefined).length;
  const own = turns(coinciding(all, sameMagnitude), all.length);
  const theories = theoryTurns(all, sameMagnitude);
  const marginRight = rightMargin(
    all.map((s) => s.name),
    frame,
  );
  const svg = draw(frame, {
    marginRight,
    insetTop: roomFor(notesAbove),
    insetBottom: roomFor(faults.length - notesAbove),
    x: { domain: layerDomain(depth, first) },
    y: { type: "log", domain },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - marginRight, first, words.tick), {
        ticks,
        format: decadeLabel,
      }),
      ...all.map((s) => s.band && bandArea(s.band, s, domain, frame)),
      ...all.map((s, i) => s.theory && theoryLine(s.theory, s, turnOf(theories, i), domain, frame)),
      ...all.map((s) => s.range && rangeRules(s.range, s, domain, frame)),
      ...all.map((s, i) => dots(drawable(s), s, turnOf(own, i), frame, domain[1])),
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
    if (last !== undefined)
      labels.push({ text: s.name, color, y: y(Math.min(s.values[last - first] ?? 1, domain[1])) });
    const text = faultText(s, words, frame);
    if (!text) continue;
    // A note about a series of which nothing is drawn belongs to no layer: it has the whole width.
    const at = last === undefined ? 2 : x(s.overflow ?? s.vanished ?? first);
    const right = at > frame.width / 2;
    note(
      svg,
      frame,
      text,
      {
        x: right ? Math.min(at, frame.width - marginRight) : at,
        y: s.overflow !== undefined ? top + 8 + NOTE * above++ : bottom - 5 - NOTE * below++,
        anchor: right ? "end" : "start",
      },
      color,
    );
  }
  labelEnds(svg, labels, frame, marginRight, { from: top, to: bottom });
  axisTitles(svg, frame, words);
  const xs = Array.from({ length: depth - first + 1 }, (_, i) => x(first + i));
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
  const axis = sharesAxis(all.flatMap((s) => [...s.values.slice(0, s.shown)]));
  const domain: readonly [number, number] = [axis.from, axis.to];
  const marginRight = rightMargin(
    all.map((s) => s.name),
    frame,
  );
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  const own = turns(coinciding(all, sameShare), all.length);
  const theories = theoryTurns(all, sameShare);
  const svg = draw(frame, {
    marginRight,
    x: { domain: layerDomain(depth) },
    y: { domain },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - marginRight, 1, words.tick), {
        ticks: shareTicks(axis),
        format: numberLabel,
      }),
      ...all.map(
        (s, i) =>
          s.theory && theoryLine(s.theory, { ...s, first: 1 }, turnOf(theories, i), domain, frame),
      ),
      ...all.map((s, i) =>
        dots(layers.slice(0, s.shown), { ...s, first: 1 }, turnOf(own, i), frame),
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
    frame,
    marginRight,
    { from: top, to: bottom },
  );
  axisTitles(svg, frame, words);
  return { svg, xs: layers.map(x), top, bottom };
}
