/** What is in one layer, beside the drawn network: the histogram of its activations. */
import type { Box } from "../../../charts/panels.js";
import { svgElement, svgText } from "../../../charts/plot.js";
import type { Attributes } from "../../../charts/plot.js";
import type { Theme } from "../../../charts/theme.js";
import type { Histogram } from "../../../engine/results.js";
import { formatNumber, formatShare } from "../../../i18n/numbers.js";
import { countsOf } from "./density.js";

/** Width of a number beneath the histogram. */
const LABEL = 60;

export interface Detail {
  readonly title: string;
  /** Undefined where there is none: of inputs, and of what is not finite. */
  readonly histogram: Histogram | undefined;
  readonly zeroFraction: number;
  /** What is said in its stead. */
  readonly note: string;
}

/** The activations that are exactly 0 are a line of their own: no bin is as narrow as they are. */
export function drawDetail(
  into: Element,
  { title, histogram, zeroFraction, note }: Detail,
  { x, y, width, height }: Box,
  color: string,
  theme: Theme,
): void {
  const say = (text: string, attributes: Attributes) => into.append(svgText(text, attributes));
  say(title, { x, y: y + 11, "font-weight": 600 });
  const base = y + height - 18;
  const fill = theme.secondary;
  if (!histogram || !(histogram.to > histogram.from)) return say(note, { x, y: y + 30, fill });
  const { from, to } = histogram;
  const [least, most] = [Math.min(from, 0), Math.max(to, 0)];
  const at = (value: number) => x + ((value - least) / (most - least)) * width;
  const masses = countsOf(histogram, zeroFraction);
  const highest = base - y - 22;
  const rise = highest / (Math.max(...masses) || 1);
  const bin = (at(to) - at(from)) / masses.length;
  const steps = masses.map((mass) => `V${(base - mass * rise).toFixed(1)}h${bin.toFixed(3)}`);
  const d = `M${at(from).toFixed(1)},${base}${steps.join("")}V${base}Z`;
  const zero = at(0);
  svgElement("path", { d, fill: color, "fill-opacity": 0.35 }, into);
  svgElement("path", { d: `M${x},${base}h${width}`, stroke: theme.secondary }, into);
  const up = `M${zero},${base}v${(-zeroFraction * highest).toFixed(1)}`;
  svgElement("path", { d: up, stroke: color, "stroke-width": 2.5 }, into);
  const tick = { y: base + 14, fill };
  const anchor = zero < x + LABEL / 2 ? "start" : zero > x + width - LABEL / 2 ? "end" : "middle";
  say(zeroFraction > 0 ? `0: ${formatShare(zeroFraction)}` : "0", {
    ...tick,
    x: zero,
    "text-anchor": anchor,
  });
  if (zero - at(from) > LABEL) say(formatNumber(from, 2), { ...tick, x });
  if (at(to) - zero > LABEL)
    say(formatNumber(to, 2), { ...tick, x: x + width, "text-anchor": "end" });
}
