/** The stream that a model was drawn from: a strip a draw, from its first word to its last. Data in, SVG out. */
import { line } from "../../charts/panels.js";
import { niceTicks, svgElement, svgRoot, svgText } from "../../charts/plot.js";
import type { Drawing, Frame } from "../../charts/plot.js";
import { formatCount } from "../../i18n/numbers.js";
import type { Stretch } from "./facts.js";
import { rgb } from "./model-chart.js";
import { stripHeight, stripsOf, writeNames } from "./strips.js";

const TOP = 12;
const BOTTOM = 40;
const RIGHT = 16;
/** Room of a tick's label. */
const TICK = 80;

export const ledgerHeight = (count: number): number => TOP + count * stripHeight(count) + BOTTOM;

export function ledgerChart(
  stretches: readonly Stretch[],
  words: { readonly x: string; readonly gap: string },
  frame: Frame,
): Drawing {
  const { theme, width } = frame;
  const svg = svgRoot(frame);
  const names = stretches.map(({ name }) => (name === "" ? words.gap : name));
  const layout = stripsOf(names, TOP, frame);
  const bottom = TOP + stretches.length * layout.height;
  const end = Math.max(1, ...stretches.map(({ offset, words: count }) => offset + count));
  const x = (word: number) => layout.left + (word / end) * (width - RIGHT - layout.left);
  const count = Math.max(1, Math.floor((width - layout.left) / TICK));
  for (const value of niceTicks({ from: 0, to: end }, count)) {
    line(svg, { x1: x(value), x2: x(value), y1: TOP, y2: bottom, stroke: theme.hairline });
    svg.append(
      svgText(formatCount(value), {
        x: x(value),
        y: bottom + 16,
        "text-anchor": "middle",
        fill: theme.text,
      }),
    );
  }
  stretches.forEach(({ name, offset, words: length, proved }, i) => {
    const { from, to } = layout.at[i] ?? { from: 0, to: 0 };
    const inset = Math.min(3, 0.2 * (to - from));
    const color = name === "" ? theme.secondary : rgb(theme.sides[0]);
    svgElement(
      "rect",
      {
        x: x(offset),
        y: from + inset,
        width: Math.max(1.5, x(offset + length) - x(offset)),
        height: to - from - 2 * inset,
        fill: color,
        "fill-opacity": proved ? 1 : 0.14,
        stroke: color,
        ...(name === "" && { "stroke-dasharray": "2 2" }),
      },
      svg,
    );
  });
  svg.append(
    svgText(words.x, { x: width - 2, y: bottom + 34, "text-anchor": "end", fill: theme.secondary }),
  );
  writeNames(svg, names, layout, frame);
  return { svg, xs: [], ys: layout.at, top: TOP, bottom };
}
