/**
 * The network drawn: a strip a layer, as high as the signal is large and shaded as its activations are
 * dense; below it the gradient, which runs back. Data in, SVG element out.
 */
import { layerTicks } from "../../../charts/layer-axis.js";
import type { Tick } from "../../../charts/layer-axis.js";
import type { Box } from "../../../charts/panels.js";
import { noteAttributes, svgElement } from "../../../charts/plot.js";
import type { Drawing, Frame, Interval } from "../../../charts/plot.js";
import type { Series } from "../../../charts/series.js";
import { Sheet } from "../../../charts/sheet.js";
import type { Theme } from "../../../charts/theme.js";
import type { Histogram } from "../../../engine/results.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { keptLevelsOf, levelsOf, LEVELS } from "./density.js";
import { heightOf, startOf, stripsOf } from "./geometry.js";
import type { Strip } from "./geometry.js";

/** A signal on its way, with the axis of its sizes. */
export interface Way {
  readonly series: Series;
  readonly sizes: Interval;
  readonly name: string;
  /** What its numbers are. */
  readonly symbol: string;
  /** What is marked at the edge of what is not finite, or 0. */
  readonly fault: string;
}

/** What is in a layer, where that is known. */
export interface Inside {
  readonly histogram: Histogram | undefined;
  readonly zeroFraction: number;
  /** Root mean square of its activations. */
  readonly rms: number;
  /** Share that is dead, or saturated. */
  readonly lost: number;
}

export interface FlowData {
  readonly depth: number;
  readonly slot: number;
  readonly forward: Way;
  readonly backward: Way;
  readonly inside: (layer: number) => Inside;
  /** Draws what is in a layer, in a group of the class "detail"; not there before its code is. */
  readonly detail:
    ((layer: number, box: Box, color: string, theme: Theme) => SVGElement) | undefined;
  /** The layer that is looked into before one is picked. */
  readonly shown: number;
  readonly atLayer: (layer: number) => string;
  readonly tick: Tick;
  /** What is said where the strips are theory's and what is in them is of before: undefined where all is measured. */
  readonly follows?: string;
}

/** Heights from the top on, in pixels. */
const LINE = 18;
const UPPER = 88;
const LOWER = 44;
const AXIS = 26;
const BAND = 2 * LINE + UPPER + LOWER + 8;
/** Where either way runs. */
export const BANDS = {
  forward: { from: LINE, to: LINE + UPPER },
  backward: { from: BAND - LOWER, to: BAND },
} as const;
const FLOW = BAND + AXIS;
/** From here on what is in a layer stands beside the strips, and below them else. */
const WIDE = 560;
/** From here on side by side, and one below the other else. */
const WIDEST = 900;
const BESIDE = { share: 0.27, width: 190, widest: 430, gap: 36 };
const BELOW = 132;
/** Strips that are shorter have no room for what their numbers are. */
const NARROW = 340;
/** On either side: the strips end within the figure. */
const EDGE = 3;
/** Height of a cell of a strip, about. */
const CELL = 2;
/** Cells of a strip that is drawn anew in each frame, whatever its height. */
const CELLS_AHEAD = 20;
/** How much is seen of what is in strips where that is of before. */
const BEFORE = 0.45;
/** Room for the last tick, which says what ticks are. */
const LAST_TICK = 70;
/** Between two lines of a hatch. */
const HATCH = 7;

export function flowHeight(width: number): number {
  return FLOW + (width < WIDE ? BELOW : 0);
}

/** Lines at 45 degrees within a box. */
function hatch(left: number, right: number, top: number, bottom: number): string {
  const height = bottom - top;
  let d = "";
  for (let x = left - height; x < right; x += HATCH) {
    const [from, to] = [Math.max(left, x), Math.min(right, x + height)];
    if (to > from)
      d += `M${from.toFixed(1)},${(bottom - from + x).toFixed(1)}L${to.toFixed(1)},${(bottom - to + x).toFixed(1)}`;
  }
  return d;
}

const box = (x: number, y: number, width: number, height: number) =>
  `M${x.toFixed(1)},${y.toFixed(2)}h${width.toFixed(1)}v${height.toFixed(2)}h${(-width).toFixed(1)}z`;

interface Place {
  readonly strip: Strip;
  readonly height: number;
}

/** The strips' outlines, joined from each to the next. */
function silhouette(places: readonly Place[], middle: number): string {
  const edge = (sign: number) =>
    places.flatMap(({ strip: { x, width }, height }) => {
      const y = (middle + (sign * height) / 2).toFixed(2);
      return [`${x.toFixed(1)},${y}`, `${(x + width).toFixed(1)},${y}`];
    });
  return places.length > 0 ? `M${[...edge(-1), ...edge(1).reverse()].join("L")}Z` : "";
}

/** Cells of the strips by how dark they are: a path for each level, for elements are slow. */
function shades(
  places: readonly Place[],
  middle: number,
  { inside, follows }: Pick<FlowData, "inside" | "follows">,
): string[] {
  const paths = Array.from({ length: LEVELS + 1 }, () => "");
  const put = (level: number, { x, width }: Strip, y: number, height: number) =>
    (paths[level] = (paths[level] ?? "") + box(x, y, width, height));
  for (const { strip, height } of places) {
    const { histogram, zeroFraction, rms } = inside(strip.layer);
    if (!histogram || !(height > 0)) continue;
    const count = follows ? CELLS_AHEAD : Math.max(3, 2 * Math.round(height / CELL / 2));
    const levels = (follows ? keptLevelsOf : levelsOf)(histogram, zeroFraction, rms, count);
    const cell = height / count;
    let begin = 0;
    levels.forEach((level, i) => {
      if (level === levels[i + 1]) return;
      if (level > 0) put(level, strip, middle - height / 2 + begin * cell, (i + 1 - begin) * cell);
      begin = i + 1;
    });
    // What is exactly 0 is a line as dark as it is frequent.
    const zeros = Math.ceil(LEVELS * zeroFraction - 0.1);
    if (zeros > 0) put(Math.min(LEVELS, zeros), strip, middle - 0.75, 1.5);
  }
  return paths;
}

/** A sheet, and what colour its scheme has. */
class Painter {
  readonly color: string;

  constructor(
    readonly frame: Frame,
    readonly sheet: Sheet,
    slot: number,
  ) {
    const { theme } = frame;
    this.color = theme.slots[slot] ?? theme.text;
  }

  fill(d: string, opacity: number, fill = this.color): void {
    this.sheet.path(d, { fill, "fill-opacity": opacity });
  }
}

/** One way of a signal: its strips about a middle, its ends' sizes above them. */
function drawWay(
  painter: Painter,
  { series, sizes, name, symbol, fault }: Way,
  backward: boolean,
  { x, from: top, to: bottom }: Interval & { readonly x: (layer: number) => number },
  data?: Pick<FlowData, "inside" | "follows">,
): void {
  const { frame, sheet, color } = painter;
  const { theme } = frame;
  const { first, values } = series;
  const last = first + values.length - 1;
  const most = bottom - top;
  const middle = top + most / 2;
  const strips = stripsOf(first, last, x);
  const all = strips.map((strip) => ({
    strip,
    height: heightOf(values[strip.layer - first] ?? NaN, sizes, most),
  }));
  const places = all.filter(({ height }) => !isNaN(height));
  const left = strips[0]?.x ?? 0;
  const ending = strips.at(-1);
  const right = ending ? ending.x + ending.width : left;
  painter.fill(silhouette(places, middle), 0.1);
  const outlines = places.map(({ strip, height }) =>
    box(strip.x, middle - height / 2, strip.width, height),
  );
  painter.fill(outlines.join(""), data ? 0.08 : 0.4);
  if (data) {
    const seen = data.follows ? BEFORE : 1;
    const lost = places.map(({ strip, height }) => {
      const share = data.inside(strip.layer).lost * height;
      return share >= 0.5 ? box(strip.x, middle + height / 2 - share, strip.width, share) : "";
    });
    painter.fill(lost.join(""), 0.5 * seen, theme.secondary);
    for (const [level, d] of shades(places, middle, data).entries())
      painter.fill(d, (0.95 * seen * level) / LEVELS);
  }
  const start = heightOf(startOf(series, backward), sizes, most);
  if (start > 0)
    sheet.path([-1, 1].map((sign) => `M${left},${middle + (sign * start) / 2}H${right}`).join(""), {
      fill: "none",
      stroke: theme.secondary,
      "stroke-dasharray": "2 4",
      "stroke-opacity": 0.8,
    });
  const broken = all.filter(({ height }) => isNaN(height)).map(({ strip }) => strip);
  const [one, other] = [broken[0], broken.at(-1)];
  if (one && other)
    sheet.path(hatch(one.x, other.x + other.width, top, top + most), {
      stroke: color,
      "stroke-opacity": 0.45,
    });
  if (fault) {
    const at = x(series.overflow ?? series.vanished ?? first);
    const end = at >= (left + right) / 2;
    const place = { x: end ? right : left, y: middle + 4, anchor: end ? "end" : "start" } as const;
    sheet.text(fault, noteAttributes(frame, place, color));
  }
  const narrow = right - left < NARROW;
  const size = (value: number | undefined) =>
    value === undefined || isNaN(value) ? "" : formatNumber(value);
  const line = { y: top - 6 };
  const bold = { ...line, fill: color, "font-weight": 600 };
  const [from, to] = [size(values[0]), size(values.at(-1))];
  const said = (text: string) => (narrow ? text : `${symbol} ${text}`).trim();
  if (backward) {
    if (strips.length > 1) sheet.text(from, { ...line, x: left });
    sheet.text(`${said(to)}  ← ${name}`, { ...bold, x: right, "text-anchor": "end" });
  } else {
    sheet.text(`${name} →  ${said(from)}`, { ...bold, x: left });
    sheet.text(to, { ...line, x: right, "text-anchor": "end" });
  }
}

/** Drawn on a sheet, which may have an older drawing. */
export function drawFlow(data: FlowData, frame: Frame, sheet: Sheet = new Sheet(frame)): Drawing {
  const painter = new Painter(frame, sheet, data.slot);
  const wide = frame.width >= WIDE;
  const { depth, forward, backward, shown } = data;
  const first = forward.series.first;
  const beside = Math.min(BESIDE.width, BESIDE.share * frame.width);
  const taken = frame.width < WIDEST ? beside : BESIDE.widest;
  const end = frame.width - (wide ? taken + BESIDE.gap : EDGE);
  const left = EDGE;
  // Half a strip stands before the first layer's place, and behind the last's.
  const half = Math.min(15, (end - left) / (depth - first + 1) / 2);
  const x = (layer: number) =>
    left + half + ((layer - first) / Math.max(1, depth - first)) * (end - left - 2 * half);
  const { theme } = frame;
  const tick = { y: BAND + 16, fill: theme.secondary };
  const last = x(depth) + half;
  const room = wide
    ? { x: end + BESIDE.gap, y: 0, width: taken, height: FLOW - 2 }
    : { x: left, y: FLOW + 4, width: frame.width - 2 * left, height: BELOW - 8 };
  const detail = (position: number) => {
    const layer = position < 0 ? shown : first + position;
    const drawn =
      data.detail?.(layer, room, painter.color, theme) ?? svgElement("g", { class: "detail" });
    if (data.follows) drawn.setAttribute("opacity", String(BEFORE));
    return drawn;
  };
  const keepDetail = () =>
    sheet.keep([data.detail, shown, ...Object.values(room), painter.color, theme], () =>
      detail(-1),
    );
  sheet.draw(frame, () => {
    // What is of before stays as it is, whatever there is more or less of behind it.
    if (data.follows) keepDetail();
    drawWay(painter, forward, false, { x, ...BANDS.forward }, data);
    drawWay(painter, backward, true, { x, ...BANDS.backward });
    for (const layer of layerTicks(depth, end - left, first, data.tick ? 62 : 42))
      if (layer < depth && last - x(layer) > LAST_TICK)
        sheet.text((data.tick ?? String)(layer), { ...tick, x: x(layer), "text-anchor": "middle" });
    sheet.text(data.atLayer(depth), { ...tick, x: last, "text-anchor": "end" });
    if (!data.follows) return keepDetail();
    sheet.text(data.follows, {
      x: (left + end) / 2,
      y: LINE - 6,
      fill: theme.secondary,
      "text-anchor": "middle",
    });
  });
  const xs = Array.from({ length: depth - first + 1 }, (_, i) => x(first + i));
  return { svg: sheet.svg, xs, top: LINE, bottom: BAND, detail };
}
