/** Quantities over the steps of a training: data in, SVG out. */
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
  upToEdge,
} from "./plot.js";
import type { Drawing, Frame, Interval } from "./plot.js";
import { labelEnds, rightMargin } from "./labels.js";
import { MARKS } from "./theme.js";
import { SLOT_SYMBOLS } from "../slots.js";

export interface Curve {
  readonly slot: number;
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Where 95 % of repeated runs lie; `values` are their medians. */
  readonly range?: { readonly low: readonly number[]; readonly high: readonly number[] };
  /** Said at the last point of a curve that ends early. */
  readonly end?: string;
}

/** What the vertical axis holds. */
export interface Axis {
  readonly type: "log" | "linear";
  readonly extent: Interval;
}

/** A level drawn across, with its name. */
export interface Level {
  readonly value: number;
  readonly text: string;
}

const RADIUS = 2.2;
const NOTE = 16;

/** Curves over 0 .. lastStep: dots, with bars for the range of repeated runs. */
export function curveChart(
  all: readonly Curve[],
  lastStep: number,
  axis: Axis,
  words: { readonly x: string; readonly y: string },
  frame: Frame,
  level?: Level,
): Drawing {
  const log = axis.type === "log";
  const scale = log ? decades(axis.extent) : { domain: [axis.extent.from, axis.extent.to] };
  const [low = 0, high = 1] = scale.domain;
  const color = (slot: number) => frame.theme.slots[slot] ?? frame.theme.text;
  const inside = (value: number) => value >= low && value <= high;
  const marginRight = rightMargin([...all.map(({ name }) => name), level?.text ?? ""], frame);
  const ended = all.filter(({ end }) => end);
  const ticks = Math.max(2, Math.floor((frame.width - marginRight) / 70));
  const svg = draw(frame, {
    marginRight,
    insetTop: ended.length > 0 ? NOTE * ended.length + 4 : 0,
    x: { domain: [0, lastStep] },
    y: log ? { type: "log", domain: [low, high] } : { domain: [low, high] },
    marks: [
      ...axes(
        frame,
        { ticks, format: String },
        "ticks" in scale
          ? { ticks: scale.ticks, format: decadeLabel }
          : { ticks: 5, format: numberLabel },
      ),
      level && inside(level.value)
        ? Plot.ruleY([level.value], { stroke: frame.theme.secondary, strokeDasharray: "3 3" })
        : null,
      ...all.map(
        ({ slot, steps, range }) =>
          range &&
          Plot.ruleX(
            steps.map((step, i) => ({
              step,
              low: Math.max(low, range.low[i] ?? NaN),
              high: Math.min(high, range.high[i] ?? NaN),
            })),
            { x: "step", y1: "low", y2: "high", stroke: color(slot), strokeOpacity: 0.35 },
          ),
      ),
      ...all.map(({ slot, steps, values }) =>
        Plot.dot(
          steps.flatMap((step, i) => {
            const value = values[i] ?? NaN;
            return value >= low ? [{ step, ...upToEdge(value, high) }] : [];
          }),
          {
            x: "step",
            y: "value",
            r: RADIUS,
            symbol: SLOT_SYMBOLS[slot] ?? "circle",
            fill: color(slot),
            fillOpacity: "opacity",
          },
        ),
      ),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  const labels = all.flatMap(({ slot, name, values }) => {
    const last = values.findLast((value) => value >= low);
    return last === undefined
      ? []
      : [{ text: name, color: color(slot), y: y(Math.min(last, high)) }];
  });
  if (level && inside(level.value))
    labels.push({ text: level.text, color: frame.theme.secondary, y: y(level.value) });
  labelEnds(svg, labels, frame, marginRight, {
    from: MARGINS.top,
    to: frame.height - MARGINS.bottom,
  });
  for (const [i, { slot, steps, end = "" }] of ended.entries()) {
    const at = x(steps.at(-1) ?? 0);
    const right = at > frame.width / 2;
    const place = {
      x: at,
      y: MARGINS.top + 10 + NOTE * i,
      anchor: right ? ("end" as const) : ("start" as const),
    };
    note(svg, frame, `${MARKS.diverged} ${end}`, place, color(slot));
  }
  axisTitles(svg, frame, words);
  const longest = all.reduce<readonly number[]>(
    (most, { steps }) => (steps.length > most.length ? steps : most),
    [],
  );
  return {
    svg,
    xs: longest.map(x),
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
  };
}
