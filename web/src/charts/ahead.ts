/**
 * Theory by layer ahead of the simulation: theory of what is set now, changed in each frame, over what
 * was measured before. It stands where `by-layer.ts` draws both of one setting, and looks the same.
 */
import {
  BAND_OPACITY,
  dashes,
  radiusOf,
  roomFor,
  shareTicks,
  THEORY_WIDTH,
  theoryTurns,
  turnOf,
} from "./by-layer.js";
import type { Words } from "./by-layer.js";
import { nameText, placedEnds, rightMargin } from "./labels.js";
import type { EndLabel } from "./labels.js";
import { layerAxis, layerDomain } from "./layer-axis.js";
import { decadeLabel, decades, MARGINS, numberLabel, titlesOf } from "./plot.js";
import type { Attributes, Drawing, Frame, Interval } from "./plot.js";
import { drawable, sameMagnitude, sameShare } from "./series.js";
import type { Band } from "./series.js";
import { Sheet } from "./sheet.js";
import { symbolAt, tenth } from "./symbols.js";

/** Theory of one scheme; without one its name alone is drawn. */
export interface Line {
  readonly slot: number;
  readonly name: string;
  readonly theory: Float64Array | undefined;
  readonly band?: Band | undefined;
}

/** What was measured of one scheme. */
export interface Measured {
  readonly slot: number;
  readonly values: Float64Array;
}

/** The axis of values: of shares where it has no decades. */
export interface Axis {
  readonly extent: Interval;
  readonly logarithmic: boolean;
}

export interface AheadChart {
  readonly lines: readonly Line[];
  readonly before: readonly Measured[];
  /** How much of the measured dots' colour is seen. */
  readonly strength: number;
  /** The layer of element 0. */
  readonly first: number;
  readonly depth: number;
  readonly axis: Axis;
  /** Notes above and below what is drawn, for which the last drawing kept room. */
  readonly notes: { readonly above: number; readonly below: number };
  readonly words: Words & { readonly follows: string };
}

interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  /** Where a value lies between both ends: 0 .. 1 within them. */
  readonly share: (value: number) => number;
}

function scaleOf({ extent, logarithmic }: Axis): Scale {
  if (!logarithmic) {
    const { from, to } = extent;
    const share = (value: number) => (value - from) / (to - from);
    return { domain: [from, to], ticks: shareTicks(extent), format: numberLabel, share };
  }
  const { domain, ticks } = decades(extent);
  const [low, high] = domain.map(Math.log10) as [number, number];
  const share = (value: number) => (Math.log10(value) - low) / (high - low);
  return { domain, ticks, format: decadeLabel, share };
}

/** A path through the points that there are, with gaps between. */
function through(count: number, at: (i: number) => readonly [number, number] | undefined): string {
  let d = "";
  let pen = false;
  for (let i = 0; i < count; ++i) {
    const point = at(i);
    if (point) d += `${pen ? "L" : "M"}${tenth(point[0])},${tenth(point[1])}`;
    pen = point !== undefined;
  }
  return d;
}

const within = (value: number, [low, high]: Scale["domain"]) => value >= low && value <= high;

/** Drawn on a sheet, which may have an older drawing. */
export function aheadChart(
  chart: AheadChart,
  frame: Frame,
  sheet: Sheet = new Sheet(frame),
): Drawing {
  const { lines, before, strength, first, depth, notes, words } = chart;
  const { width, height, theme } = frame;
  const logarithmic = chart.axis.logarithmic;
  const scale = scaleOf(chart.axis);
  const marginRight = rightMargin(
    lines.map(({ name }) => name),
    frame,
  );
  const [left, right] = [MARGINS.left, width - marginRight];
  const [top, bottom] = [MARGINS.top, height - MARGINS.bottom];
  const [from, to] = layerDomain(depth, first);
  const [highest, lowest] = [top + roomFor(notes.above), bottom - roomFor(notes.below)];
  const x = (layer: number) => left + ((layer - from) / (to - from)) * (right - left);
  const y = (value: number) => lowest - scale.share(value) * (lowest - highest);
  const colorOf = (slot: number) => theme.slots[slot] ?? theme.text;
  const { ticks, format } = layerAxis(depth, right, first, words.tick);
  const same = logarithmic ? sameMagnitude : sameShare;
  const turns = theoryTurns(
    lines.map(({ theory }) => (theory ? { theory } : {})),
    same,
  );
  const labels: EndLabel[] = lines.flatMap(({ slot, name, theory }) => {
    const [low, high] = scale.domain;
    const values = theory ?? before.find((one) => one.slot === slot)?.values;
    const last = values?.findLast((value) => (logarithmic ? value > 0 : !Number.isNaN(value)));
    const clipped = Math.min(Math.max(last ?? NaN, low), high);
    return last === undefined ? [] : [{ text: name, color: colorOf(slot), y: y(clipped) }];
  });
  sheet.svg.classList.add("init-plot");
  sheet.draw(frame, () => {
    const path = (d: string, attributes: Attributes) =>
      sheet.path(d, { fill: "none", ...attributes });
    path(scale.ticks.map((tick) => `M${left},${tenth(y(tick)) + 0.5}H${tenth(right)}`).join(""), {
      stroke: theme.hairline,
    });
    path(ticks.map((layer) => `M${tenth(x(layer)) + 0.5},${bottom}v4`).join(""), {
      stroke: "currentColor",
    });
    for (const { slot, band } of lines)
      path(bandPath(band, scale, x, y, first), shade(colorOf(slot)));
    lines.forEach(({ slot, theory }, i) => {
      const { strokeDasharray, ...rest } = dashes(slot, turnOf(turns, i));
      const offset =
        "strokeDashoffset" in rest ? { "stroke-dashoffset": rest.strokeDashoffset } : {};
      const at = (k: number) => {
        const value = theory?.[k] ?? NaN;
        return within(value, scale.domain) ? ([x(first + k), y(value)] as const) : undefined;
      };
      path(through(theory?.length ?? 0, at), {
        stroke: colorOf(slot),
        "stroke-width": THEORY_WIDTH,
        "stroke-dasharray": strokeDasharray,
        ...offset,
        "data-theory": slot,
      });
    });
    for (const { slot, values } of before) {
      const radius = radiusOf(logarithmic ? drawable({ values, first }).length : values.length);
      let d = "";
      for (let i = 0; i < values.length && first + i <= depth; ++i) {
        const value = values[i] ?? NaN;
        if (within(value, scale.domain)) d += symbolAt(slot, x(first + i), y(value), radius);
      }
      path(d, { fill: colorOf(slot), "fill-opacity": strength, "data-before": slot });
    }
    for (const [text, attributes] of titlesOf(frame, words)) sheet.text(text, attributes);
    if (words.follows) sheet.text(words.follows, { x: 2, y: height - 6, fill: theme.secondary });
    const ends = placedEnds(labels, frame, marginRight, { from: top, to: bottom });
    for (const { text, lines: parts, x: at, y: line, color } of ends)
      sheet.keep(
        [text, at, color, ...parts],
        () => nameText(text, parts, { x: at, y: line, fill: color }),
        { y: line },
      );
    // Last those of which there are more or fewer in each frame: what is before them stays at its place.
    for (const tick of scale.ticks)
      sheet.text(scale.format(tick), { x: left - 5.5, y: y(tick) + 4.3, "text-anchor": "end" });
    for (const layer of ticks)
      sheet.text(format(layer), { x: x(layer) + 0.5, y: bottom + 17, "text-anchor": "middle" });
  });
  const xs = Array.from({ length: depth - first + 1 }, (_, i) => x(first + i));
  return { svg: sheet.svg, xs, top, bottom };
}

const shade = (fill: string) => ({ fill, "fill-opacity": BAND_OPACITY });

/** The area of a band, cut off at the axis's ends. */
function bandPath(
  band: Band | undefined,
  { domain: [low, high] }: Scale,
  x: (layer: number) => number,
  y: (value: number) => number,
  first: number,
): string {
  if (!band) return "";
  const there: string[] = [];
  const back: string[] = [];
  band.low.forEach((least, i) => {
    const most = band.high[i] ?? NaN;
    if (!(least < high && most > low)) return;
    const at = tenth(x(first + i));
    there.push(`${at},${tenth(y(Math.max(low, least)))}`);
    back.push(`${at},${tenth(y(Math.min(high, most)))}`);
  });
  return there.length > 1 ? `M${[...there, ...back.reverse()].join("L")}Z` : "";
}
