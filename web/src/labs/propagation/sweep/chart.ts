/** Where networks end, over their size: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import { dashes, faultText, NOTE, roomFor } from "../../../charts/by-layer.js";
import { labelEnds, rightMargin } from "../../../charts/labels.js";
import {
  axes,
  axisTitles,
  decadeLabel,
  decades,
  draw,
  MARGINS,
  note,
  pixels,
  positiveExtent,
} from "../../../charts/plot.js";
import type { Drawing, Frame } from "../../../charts/plot.js";
import { coinciding, sameMagnitude, turns } from "../../../charts/series.js";
import type { Series } from "../../../charts/series.js";
import { SLOT_SYMBOLS } from "../../../slots.js";
import type { Along } from "./choice.js";
import type { Spot } from "./run.js";

/** One scheme's spots, one for each place that there is so far. */
export interface Line {
  readonly slot: number;
  readonly name: string;
  readonly spots: readonly Spot[];
}

interface SweepWords {
  readonly x: string;
  readonly y: string;
  readonly label: string;
  readonly nothingFinite: string;
  readonly allZero: string;
}

/** Schemes stand side by side at each size, so many pixels apart. */
const APART = 7;
/** Ticks of sizes need so many pixels each. */
const TICK = 34;

/** A scheme of which nothing is drawn, as notes know it: its values are all 0, or too large; no layer is named. */
const nothingOf = (slot: number, name: string, zero: boolean): Series => {
  const fault = zero ? { overflow: undefined, vanished: 1 } : { overflow: 1, vanished: undefined };
  return { slot, name, first: 1, values: new Float64Array(), ...fault };
};
const faultsOf = ({ allZero }: SweepWords) => ({ overflow: () => "", vanished: () => allZero });

const finite = (value: number) => value > 0 && Number.isFinite(value);

/** Bars and dots are all in view; bands run out of it where they are wider than all networks by far. */
function extentOf(lines: readonly Line[]) {
  return positiveExtent(
    lines.flatMap(({ spots }) =>
      spots.flatMap(({ median, least, greatest, low, high }) =>
        finite(median) ? [median, least, greatest, low, high] : [],
      ),
    ),
  );
}

export function sweepChart(
  lines: readonly Line[],
  places: readonly number[],
  along: Along,
  words: SweepWords,
  frame: Frame,
): Drawing {
  const { domain, ticks } = decades(extentOf(lines));
  const [from, to] = domain;
  const drawn = lines.filter(({ spots }) => spots.some(({ median }) => finite(median)));
  const lost = lines.filter((line) => !drawn.includes(line) && line.spots.length > 0);
  const marginRight = rightMargin(
    drawn.map(({ name }) => name),
    frame,
  );
  const color = (slot: number) => frame.theme.slots[slot] ?? frame.theme.text;
  const theories = lines.map(({ spots }) => ({
    values: Float64Array.from(spots, ({ theory }) => theory),
  }));
  const turn = turns(coinciding(theories, sameMagnitude), lines.length);
  const inside = (value: number) => (value >= from && value <= to ? value : NaN);
  const dx = (i: number) => APART * (i - (drawn.length - 1) / 2);
  const beside = 4 + Math.abs(dx(0));
  const room = Math.max(2, Math.floor((frame.width - marginRight - MARGINS.left) / TICK));
  const every = Math.ceil(places.length / room);
  const shown = places.filter((_, i) => (places.length - 1 - i) % every === 0);
  const [first = 1, last = 1] = [places[0], places.at(-1)];
  const svg = draw(frame, {
    marginRight,
    insetLeft: beside,
    insetRight: beside,
    insetTop: roomFor(lost.length),
    x:
      along === "width"
        ? { type: "log", base: 2, domain: [first, last] }
        : { domain: [first, last] },
    y: { type: "log", domain },
    marks: [
      ...axes(frame, { ticks: shown, format: String }, { ticks, format: decadeLabel }),
      ...drawn.map(({ slot, spots }) =>
        Plot.areaY(
          spots.flatMap(({ low, high }, i) =>
            low < to && high > from
              ? [{ place: places[i], low: Math.max(from, low), high: Math.min(to, high) }]
              : [],
          ),
          { x: "place", y1: "low", y2: "high", fill: color(slot), fillOpacity: 0.14 },
        ),
      ),
      ...lines.map(({ slot, spots }, k) =>
        Plot.line(
          spots.map(({ theory }, i) => ({ place: places[i], theory: inside(theory) })),
          {
            x: "place",
            y: "theory",
            stroke: color(slot),
            strokeWidth: 1.2,
            ...dashes(slot, turn[k] ?? { turn: 0, of: 1 }),
          },
        ),
      ),
      ...drawn.map(({ slot, spots }, k) =>
        Plot.ruleX(
          spots.flatMap(({ median, least, greatest }, i) =>
            finite(median)
              ? [{ place: places[i], low: Math.max(from, least), high: Math.min(to, greatest) }]
              : [],
          ),
          {
            x: "place",
            y1: "low",
            y2: "high",
            dx: dx(k),
            stroke: color(slot),
            strokeWidth: 1.5,
            strokeOpacity: 0.7,
          },
        ),
      ),
      ...drawn.map(({ slot, spots }, k) =>
        Plot.dot(
          spots.flatMap(({ median }, i) => (finite(median) ? [{ place: places[i], median }] : [])),
          {
            x: "place",
            y: "median",
            r: 3,
            dx: dx(k),
            symbol: SLOT_SYMBOLS[slot] ?? "circle",
            fill: color(slot),
          },
        ),
      ),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  const [top, bottom] = [MARGINS.top, frame.height - MARGINS.bottom];
  labelEnds(
    svg,
    drawn.map(({ slot, name, spots }) => ({
      text: name,
      color: color(slot),
      y: y(spots.findLast(({ median }) => finite(median))?.median ?? 1),
    })),
    frame,
    marginRight,
    { from: top, to: bottom },
  );
  for (const [i, { slot, name, spots }] of lost.entries()) {
    const zero = spots.every(({ median }) => median === 0);
    const text = faultText(nothingOf(slot, name, zero), { ...words, ...faultsOf(words) }, frame);
    note(
      svg,
      frame,
      text,
      { x: MARGINS.left, y: top + 8 + NOTE * i, anchor: "start" },
      color(slot),
    );
  }
  axisTitles(svg, frame, words);
  const computed = Math.max(0, ...lines.map(({ spots }) => spots.length));
  return { svg, xs: places.slice(0, computed).map(x), top, bottom };
}
