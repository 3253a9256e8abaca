/**
 * Histograms of every scheme, a row a scheme and some layers of each, all on one axis: as Glorot and
 * Bengio 2010 show theirs. Data in, SVG element out.
 */
import { nameWithin } from "../../../charts/labels.js";
import type { Box } from "../../../charts/panels.js";
import { svgElement, svgRoot, svgText } from "../../../charts/plot.js";
import type { Attributes, Drawing, Frame } from "../../../charts/plot.js";
import type { Theme } from "../../../charts/theme.js";
import { formatNumber, formatShare } from "../../../i18n/numbers.js";
import type { LayerWords } from "../../../i18n/layer-figures.js";
import { countsOf } from "../flow/density.js";
import type { Part } from "./parts.js";

/** The axis reaches so many units to either side of 0. */
const REACH = 3;
const TICKS = [-2, 0, 2];
/** A density, per unit, that is as high as a row: a Gaussian of one unit's deviation has 0.4. */
const FULL = 0.5;
/** Heights from the top on, in pixels. */
const HEAD = 18;
const NAME = 18;
const CELL = 46;
const VALUE = 16;
const SPACE = 8;
const FOOT = 36;
const ROW = NAME + CELL + VALUE + SPACE;
const GAP = 12;
/** Columns of figures that are narrower than this, and of others. */
const NARROW = [
  { below: 320, columns: 3 },
  { below: 440, columns: 4 },
] as const;
const COLUMNS = 5;
/** From here on a cell has room to say what lies beyond the axis. */
const WIDE_CELL = 140;
/** In a narrower one words are signs. */
const NARROW_CELL = 80;
/** What is narrower is drawn as wide as this. */
const THIN = 1.5;

export interface MultiplesRow {
  readonly slot: number;
  readonly name: string;
  /** What is in a layer, from 1. */
  readonly part: (layer: number) => Part;
}

export interface MultiplesData {
  readonly rows: readonly MultiplesRow[];
  readonly depth: number;
  /** What 1 is on the axis. */
  readonly unit: number;
  readonly axis: string;
  readonly label: (layer: number) => string;
}

export function multiplesHeight(count: number): number {
  return HEAD + count * ROW + FOOT;
}

/** Layers that have a column, both ends among them. */
export function columnLayers(depth: number, width: number): number[] {
  const most = NARROW.find(({ below }) => width < below)?.columns ?? COLUMNS;
  const count = Math.min(depth, most);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 1 : 1 + Math.round((i * (depth - 1)) / (count - 1)),
  );
}

/** Share of finite numbers that lies beyond the axis, by the bins. */
function beyond({ histogram }: Part, most: number): number {
  if (!histogram) return 0;
  const { from, to, counts, below, above } = histogram;
  const bin = (to - from) / counts.length;
  const total = counts.reduce((sum, count) => sum + count, below + above);
  let outside = (from < -most ? below : 0) + (to > most ? above : 0);
  counts.forEach((count, i) => {
    const [least, end] = [from + i * bin, from + (i + 1) * bin];
    const inside = Math.max(0, Math.min(end, most) - Math.max(least, -most)) / bin;
    outside += count * (1 - Math.min(1, inside));
  });
  return outside / total;
}

/** The outline of what of a histogram is on the axis. */
function outline(part: Part, unit: number, { x, y, width, height }: Box): string {
  const { histogram, zeros } = part;
  if (!histogram || !(histogram.to > histogram.from)) return "";
  const { from, to } = histogram;
  const base = y + height;
  const at = (value: number) =>
    x + ((Math.min(REACH, Math.max(-REACH, value / unit)) + REACH) / (2 * REACH)) * width;
  const masses = countsOf(histogram, zeros);
  const bin = (to - from) / masses.length;
  const densities = masses.map((mass) => (mass * unit) / bin);
  const highest = Math.max(FULL, ...densities);
  if (at(to) - at(from) < THIN && Math.abs(from) < REACH * unit) {
    if (zeros === 1) return "";
    const middle = (at(from) + at(to)) / 2;
    return `M${(middle - THIN / 2).toFixed(1)},${base}v${-height}h${THIN}v${height}Z`;
  }
  const steps = densities.map((density, i) => {
    const end = at(from + (i + 1) * bin).toFixed(2);
    return `V${(base - (height * density) / highest).toFixed(1)}H${end}`;
  });
  return `M${at(from).toFixed(2)},${base}${steps.join("")}V${base}Z`;
}

function drawCell(
  svg: SVGSVGElement,
  part: Part,
  unit: number,
  box: Box,
  color: string,
  { secondary, hairline }: Theme,
  words: LayerWords,
): void {
  const { x, y, width, height } = box;
  const base = y + height;
  const say = (text: string, attributes: Attributes) =>
    svg.append(svgText(text, { x, y: base + 13, fill: secondary, ...attributes }));
  const middle = x + width / 2;
  svgElement("path", { d: `M${x},${base}h${width}M${middle},${base}v3`, stroke: hairline }, svg);
  if (part.broken)
    return say(width < NARROW_CELL ? words.notFiniteShort : words.notFinite, { fill: color });
  const d = outline(part, unit, box);
  if (d) svgElement("path", { d, fill: color, "fill-opacity": 0.45 }, svg);
  const zeros = `M${middle},${base}v${(-part.zeros * height).toFixed(1)}`;
  if (part.zeros > 0) svgElement("path", { d: zeros, stroke: color, "stroke-width": 2.5 }, svg);
  say(words.said.std(formatNumber(part.std, 2)), {});
  const outside = beyond(part, REACH * unit);
  if (outside >= 0.01 && width >= WIDE_CELL)
    say(words.beyond(formatShare(Math.round(100 * outside) / 100)), {
      x: x + width,
      "text-anchor": "end",
    });
}

export function drawMultiples(
  { rows, depth, unit, axis, label }: MultiplesData,
  words: LayerWords,
  frame: Frame,
): Drawing {
  const { width, height, theme } = frame;
  const svg = svgRoot(frame);
  const layers = columnLayers(depth, width);
  const cell = (width - GAP * (layers.length - 1)) / layers.length;
  const columns = layers.map((layer, i) => ({ layer, x: i * (cell + GAP) }));
  const tick = { fill: theme.secondary };
  for (const { layer, x } of columns)
    svg.append(svgText(label(layer), { ...tick, x: x + cell / 2, y: 11, "text-anchor": "middle" }));
  for (const [i, { slot, name, part }] of rows.entries()) {
    const top = HEAD + i * ROW;
    const color = theme.slots[slot] ?? theme.text;
    nameWithin(svg, frame, name, width, { x: 0, y: top + 12, fill: color });
    for (const { layer, x } of columns) {
      const box = { x, y: top + NAME, width: cell, height: CELL };
      drawCell(svg, part(layer), unit, box, color, theme, words);
    }
  }
  const foot = HEAD + rows.length * ROW;
  for (const { x } of columns)
    for (const at of TICKS) {
      const place = x + ((at + REACH) / (2 * REACH)) * cell;
      svgElement("path", { d: `M${place.toFixed(1)},${foot - 4}v4`, stroke: theme.secondary }, svg);
      const text = { ...tick, x: place, y: foot + 12, "text-anchor": "middle" };
      svg.append(svgText(formatNumber(at), text));
    }
  svg.append(svgText(axis, { ...tick, x: width - 2, y: height - 6, "text-anchor": "end" }));
  return { svg, xs: [], top: 0, bottom: foot };
}
