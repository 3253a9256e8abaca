/** The whole model at a glance: a strip a tensor, its scale beside three formulas, its way from init. Data in, SVG out. */
import { line } from "../../charts/panels.js";
import { niceTicks, svgElement, svgRoot, svgText } from "../../charts/plot.js";
import type { Drawing, Frame, Interval } from "../../charts/plot.js";
import type { RGB } from "../../charts/theme.js";
import { formatNumber } from "../../i18n/numbers.js";
import { logTicks, stripHeight, stripsOf, writeNames } from "./strips.js";
import type { Verdict } from "./types.js";

export interface Strip {
  readonly name: string;
  readonly verdict: Verdict;
  /** sqrt(fan_in) times the std; NaN where there is none to compare. */
  readonly scale: number;
  /** The same of the first law that remains; NaN for none. */
  readonly expected: number;
  /** In units of the initial norm; NaN where it is not known. */
  readonly distance: number;
}

interface ModelWords {
  readonly x: string;
  readonly xDistance: string;
  readonly he: string;
  readonly lecun: string;
  readonly torch: string;
}

const TOP = 46;
const BOTTOM = 40;
/** Scales of formulas, times the root of fan_in. */
export const FORMULAS = { torch: 1 / Math.sqrt(3), lecun: 1, he: Math.SQRT2 } as const;
/** Between the two panels. */
const GAP = 18;
const RIGHT = 12;

export const rgb = ([r, g, b]: RGB): string => `rgb(${r}, ${g}, ${b})`;

/** Height of a figure of so many strips. */
export const modelHeight = (count: number): number => TOP + count * stripHeight(count) + BOTTOM;

export function scaleExtent(strips: readonly Strip[]): Interval {
  const values = strips
    .flatMap(({ scale, expected }) => [scale, expected])
    .filter((value) => value > 0 && Number.isFinite(value));
  return {
    from: Math.min(...values, FORMULAS.torch) / 1.3,
    to: Math.max(...values, FORMULAS.he) * 1.3,
  };
}

/** A mark for each verdict, which differ without their colours too. */
export function verdictMark(
  verdict: Verdict,
  x: number,
  y: number,
  r: number,
  { theme }: Frame,
): SVGElement {
  const [certified, moved] = theme.sides.map(rgb);
  switch (verdict) {
    case "untouched":
      return svgElement("circle", { cx: x, cy: y, r, fill: certified ?? "" });
    case "consistent":
      return svgElement("circle", {
        cx: x,
        cy: y,
        r: r - 0.5,
        fill: theme.ground,
        stroke: certified ?? "",
        "stroke-width": 1.6,
      });
    case "not_at_init":
      return svgElement("path", {
        d: `M${x - r},${y - r}l${2 * r},${2 * r}m0,${-2 * r}l${-2 * r},${2 * r}`,
        stroke: moved ?? "",
        "stroke-width": 1.8,
        fill: "none",
      });
    case "trivial":
    case "not_judged":
      return svgElement("path", {
        d: `M${x - r},${y}h${2 * r}`,
        stroke: theme.secondary,
        "stroke-width": 1.6,
      });
  }
}

export function modelChart(strips: readonly Strip[], words: ModelWords, frame: Frame): Drawing {
  const { theme, width } = frame;
  const svg = svgRoot(frame);
  const names = strips.map(({ name }) => name);
  const layout = stripsOf(names, TOP, frame);
  const bottom = TOP + strips.length * layout.height;
  const known = strips.filter(({ distance }) => Number.isFinite(distance));
  const plot = width - layout.left - RIGHT;
  const panel = known.length > 0 ? Math.round(0.3 * plot) : 0;
  const scaleEnd = width - RIGHT - (panel > 0 ? panel + GAP : 0);
  const extent = scaleExtent(strips);
  const span = Math.log(extent.to / extent.from);
  const x = (value: number) =>
    layout.left + (Math.log(value / extent.from) / span) * (scaleEnd - layout.left);
  const hairline = { stroke: theme.hairline };
  const tick = (text: string, at: number) =>
    svg.append(svgText(text, { x: at, y: bottom + 16, "text-anchor": "middle", fill: theme.text }));
  for (const value of logTicks(extent, Math.max(2, Math.floor((scaleEnd - layout.left) / 46)))) {
    line(svg, { x1: x(value), x2: x(value), y1: TOP, y2: bottom, ...hairline });
    tick(formatNumber(value), x(value));
  }
  for (const [name, value] of Object.entries(FORMULAS)) {
    line(svg, {
      x1: x(value),
      x2: x(value),
      y1: TOP - 4,
      y2: bottom,
      stroke: theme.secondary,
      "stroke-width": 1,
    });
    // Three that are near one another: to its left, above, and to its right.
    const anchor = name === "torch" ? "end" : name === "he" ? "start" : "middle";
    const at = { x: x(value), y: name === "lecun" ? TOP - 24 : TOP - 8, "text-anchor": anchor };
    svg.append(svgText(words[name as keyof typeof FORMULAS], { ...at, fill: theme.secondary }));
  }
  const r = Math.max(1.2, Math.min(4, layout.height / 2 - 1));
  const middle = (i: number) => TOP + (i + 0.5) * layout.height;
  strips.forEach(({ verdict, scale, expected }, i) => {
    const y = middle(i);
    if (layout.height >= 6) line(svg, { x1: layout.left, x2: scaleEnd, y1: y, y2: y, ...hairline });
    if (Number.isFinite(scale) && Number.isFinite(expected))
      line(svg, {
        x1: x(expected),
        x2: x(scale),
        y1: y,
        y2: y,
        stroke: theme.text,
        "stroke-width": 1.2,
      });
    const at = Number.isFinite(scale) ? x(scale) : layout.left + r + 1;
    svg.append(verdictMark(verdict, at, y, r, frame));
  });
  if (panel > 0) {
    const most = Math.max(...known.map(({ distance }) => distance), 0);
    const from = width - RIGHT - panel;
    const along = (value: number) => from + (most > 0 ? (value / most) * panel : 0);
    const ticks =
      most > 0 ? niceTicks({ from: 0, to: most }, Math.max(1, Math.floor(panel / 60))) : [0];
    for (const value of ticks) {
      line(svg, { x1: along(value), x2: along(value), y1: TOP, y2: bottom, ...hairline });
      tick(formatNumber(value), along(value));
    }
    strips.forEach(({ distance }, i) => {
      if (!Number.isFinite(distance)) return;
      svgElement(
        "rect",
        {
          x: from,
          y: middle(i) - Math.max(0.5, 0.3 * layout.height),
          width: Math.max(1.5, along(distance) - from),
          height: Math.max(1, 0.6 * layout.height),
          fill: rgb(distance > 0 ? theme.sides[1] : theme.sides[0]),
        },
        svg,
      );
    });
    svg.append(
      svgText(words.xDistance, {
        x: width - 2,
        y: bottom + 34,
        "text-anchor": "end",
        fill: theme.secondary,
      }),
    );
  }
  svg.append(
    svgText(words.x, {
      // Beside the other panel's title both have room in a narrow figure.
      x: panel > 0 ? layout.left : scaleEnd,
      y: bottom + 34,
      "text-anchor": panel > 0 ? "start" : "end",
      fill: theme.secondary,
    }),
  );
  writeNames(svg, names, layout, frame);
  return { svg, xs: [], ys: layout.at, top: TOP, bottom };
}
