/** One part of a layer as a histogram on an axis of its own standard deviations: data in, SVG out. */
import { labelWidth, shortened } from "../../../charts/labels.js";
import type { Box } from "../../../charts/panels.js";
import { niceTicks, svgElement, svgText } from "../../../charts/plot.js";
import type { Attributes, Interval } from "../../../charts/plot.js";
import type { Theme } from "../../../charts/theme.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { countsOf } from "../flow/density.js";
import type { Part } from "./parts.js";

/** The same in fewer words, and fewer, for narrow panels. */
export type Wording = readonly [string, ...string[]];

/** The first wording that has room; if none has, what fits of the last. */
function worded(wording: Wording, width: number): string {
  const fits = wording.find((text) => labelWidth(text) <= width);
  return fits ?? shortened(wording.at(-1) ?? wording[0], width);
}

export interface PanelText {
  readonly name: string;
  /** A line each beneath the name; the first beside it, and no other, where parts are stacked. */
  readonly said: readonly Wording[];
  readonly stacked: boolean;
  /** What is said where there is no histogram. */
  readonly lack: string;
}

const LINE = 14;
/** Beneath the histogram: its ticks. */
const FOOT = 16;
/** No more ticks than tell the scale, and as many as have room with this between their words. */
const MOST_TICKS = 5;
const APART = 6;
/** A line may reach so far into the gap behind its panel. */
const OVER = 8;
/** What is exactly 0 is a line as high as its share. */
const ZEROS = 2.5;

/** So many standard deviations; one has no number. */
function sigmas(count: number): string {
  return `${formatNumber(count)}σ`.replace(/^(−?)1σ$/, "$1σ");
}

interface Tick {
  readonly place: number;
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
}

/** Ticks within a panel that have room beside one another; 0 stands wherever it is. */
function ticksIn(
  scale: Interval,
  placeOf: (tick: number) => number,
  say: (tick: number) => string,
  { x, width }: Box,
): readonly Tick[] {
  const most = x + width;
  for (let count = MOST_TICKS; ; --count) {
    const found = niceTicks(scale, count).flatMap((tick) => {
      const [place, text] = [placeOf(tick), say(tick)];
      const whole = labelWidth(text);
      const [left, right] = [place - whole / 2 < x, place + whole / 2 > most];
      if ((left || right) && tick !== 0) return [];
      const anchor = left ? "start" : right ? "end" : "middle";
      const from = left ? place : place - (right ? whole : whole / 2);
      return [{ place, text, anchor, from, to: from + whole, tick } as const];
    });
    const apart = found.every(({ from }, i) => from >= (found[i - 1]?.to ?? -Infinity) + APART);
    if (apart || count === 1) return apart ? found : found.filter(({ tick }) => tick === 0);
  }
}

export function drawPanel(
  into: Element,
  { histogram, std, zeros }: Part,
  { name, said, stacked, lack }: PanelText,
  { x, y, width, height }: Box,
  color: string,
  { secondary, hairline }: Theme,
): void {
  const say = (text: string, attributes: Attributes) => into.append(svgText(text, attributes));
  say(name, { x, y: y + 11, "font-weight": 600, fill: color });
  if (!histogram || !(histogram.to > histogram.from))
    return say(lack, { x, y: y + 11 + LINE, fill: secondary });
  if (stacked)
    say(said[0]?.[0] ?? "", { x: x + width, y: y + 11, fill: secondary, "text-anchor": "end" });
  else
    for (const [i, line] of said.entries())
      say(worded(line, width + OVER), { x, y: y + 11 + (i + 1) * LINE, fill: secondary });
  const top = y + LINE * (stacked ? 1 : 3) + 4;
  const base = y + height - FOOT;
  const { from, to } = histogram;
  const [least, most] = [Math.min(from, 0), Math.max(to, 0)];
  const at = (value: number) => x + ((value - least) / (most - least)) * width;
  const masses = countsOf(histogram, zeros);
  const rise = (base - top) / (Math.max(...masses) || 1);
  const bin = (at(to) - at(from)) / masses.length;
  const steps = masses.map((mass) => `V${(base - mass * rise).toFixed(1)}h${bin.toFixed(3)}`);
  const d = `M${at(from).toFixed(1)},${base}${steps.join("")}V${base}Z`;
  svgElement("path", { d, fill: color, "fill-opacity": 0.35 }, into);
  svgElement("path", { d: `M${x},${base}h${width}`, stroke: hairline }, into);
  const line = `M${at(0).toFixed(1)},${base}v${(-zeros * (base - top)).toFixed(1)}`;
  if (zeros > 0) svgElement("path", { d: line, stroke: color, "stroke-width": ZEROS }, into);
  // Where all are equal there is no deviation to count in: the number itself is.
  const unit = std > 0 ? std : Math.max(Math.abs(least), Math.abs(most));
  const words = (tick: number) =>
    tick === 0 ? "0" : std > 0 ? sigmas(tick) : formatNumber(tick * unit);
  const scale = { from: least / unit, to: most / unit };
  const placeOf = (tick: number) => at(tick * unit);
  for (const { place, text, anchor } of ticksIn(scale, placeOf, words, { x, y, width, height })) {
    svgElement("path", { d: `M${place.toFixed(1)},${base}v3`, stroke: secondary }, into);
    say(text, { x: place, y: base + 14, fill: secondary, "text-anchor": anchor });
  }
}
