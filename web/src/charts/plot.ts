/** What every plot of the page has in common. Data in, SVG element out; nothing is kept. */
import * as Plot from "@observablehq/plot";
import { formatNumber, powerOfTen } from "../i18n/numbers.js";
import { FONT_FAMILY, FONT_SIZE } from "./theme.js";
import type { Theme } from "./theme.js";

/** Size and look of a figure, and the words' language is in the data. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** How names are set where none may be cut: in all the lines that they take. */
  readonly wrap?: (text: string, width: number) => readonly string[];
}

/** An SVG with what a cursor needs: the pixel of each position, and the plot's vertical extent. */
export interface Drawing {
  readonly svg: SVGSVGElement;
  readonly xs: readonly number[];
  /** Where positions lie one below the other: what each takes. */
  readonly ys?: readonly Interval[];
  readonly top: number;
  readonly bottom: number;
  /** What stands beside the plot, in a group of the class "detail": of a position, or of none, which is -1. */
  readonly detail?: (position: number) => SVGElement;
  /** The plot's own units at a pixel, where something can be moved in it. */
  readonly invert?: (x: number, y: number) => { readonly x: number; readonly y: number };
}

export interface Interval {
  readonly from: number;
  readonly to: number;
}

export function union(a: Interval | undefined, b: Interval): Interval {
  return a ? { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } : b;
}

/** What positive finite values span; 1 where there are none. */
export function positiveExtent(values: readonly number[]): Interval {
  const usable = values.filter((value) => value > 0 && Number.isFinite(value));
  if (usable.length === 0) return { from: 1, to: 1 };
  return { from: Math.min(...usable), to: Math.max(...usable) };
}

/** How a value is drawn that may lie above the axis: at its edge, and pale. */
export function upToEdge(value: number, edge: number): { value: number; opacity: number } {
  return { value: Math.min(value, edge), opacity: value > edge ? 0.4 : 1 };
}

/** Room around the plot, in pixels. */
export const MARGINS = { top: 30, bottom: 42, left: 54 } as const;

/**
 * Observable Plot with the page's defaults. Plot adds a style element, which a strict CSP refuses;
 * its few rules are in the figure's own style sheet instead.
 */
export function draw(frame: Frame, options: Plot.PlotOptions): SVGSVGElement & Plot.Plot {
  const svg = Plot.plot({
    width: frame.width,
    height: frame.height,
    marginTop: MARGINS.top,
    marginBottom: MARGINS.bottom,
    marginLeft: MARGINS.left,
    className: "init-plot",
    style: {
      fontFamily: FONT_FAMILY,
      fontSize: `${FONT_SIZE}px`,
      color: frame.theme.text,
      background: "none",
    },
    ...options,
  }) as SVGSVGElement & Plot.Plot;
  svg.querySelector("style")?.remove();
  // The figure has a name and a sentence as a whole; groups without a role must have none.
  for (const group of svg.querySelectorAll("g[aria-label]")) {
    group.setAttribute("data-mark", group.getAttribute("aria-label") ?? "");
    group.removeAttribute("aria-label");
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("font-family", FONT_FAMILY);
  svg.setAttribute("font-size", String(FONT_SIZE));
  svg.setAttribute("fill", "currentColor");
  svg.setAttribute("font-variant-numeric", "tabular-nums");
  return svg;
}

/** The pixel of a value on one of the plot's scales. */
export function pixels(plot: Plot.Plot, scale: "x" | "y"): (value: number) => number {
  const found = plot.scale(scale);
  return (value) => (found?.apply(value) as number | undefined) ?? NaN;
}

const SVG = "http://www.w3.org/2000/svg";

export type Attributes = Readonly<Record<string, string | number>>;

/** An element of a drawing; the last in what it is made into, where that is given. */
export function svgElement(name: string, attributes: Attributes, into?: Element): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  into?.append(element);
  return element;
}

export function rootAttributes({ width, height }: Frame): Attributes {
  return {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "font-family": FONT_FAMILY,
    "font-size": FONT_SIZE,
    "font-variant-numeric": "tabular-nums",
    fill: "currentColor",
  };
}

/** An empty picture of a frame's size, in the figures' letters. */
export function svgRoot(frame: Frame): SVGSVGElement {
  return svgElement("svg", rootAttributes(frame)) as SVGSVGElement;
}

export function svgText(text: string, attributes: Attributes): SVGTextElement {
  const element = svgElement("text", { "text-anchor": "start", ...attributes }) as SVGTextElement;
  element.textContent = text;
  return element;
}

/** Hairlines and both axes, with the same ticks. */
export function axes(
  frame: Frame,
  x: { readonly ticks: number | readonly number[]; readonly format: (value: number) => string },
  y: {
    readonly ticks: number | readonly number[];
    readonly format: (value: number) => string;
    readonly lines?: boolean;
  },
): Plot.Markish[] {
  const xTicks = { ticks: x.ticks as number, tickFormat: x.format, label: null };
  const yTicks = { ticks: y.ticks as number, tickFormat: y.format, label: null };
  return [
    y.lines === false
      ? null
      : Plot.gridY({ ticks: y.ticks as number, stroke: frame.theme.hairline, strokeOpacity: 1 }),
    Plot.axisX({ ...xTicks, tickSize: 4, tickPadding: 4 }),
    Plot.axisY({ ...yTicks, tickSize: 0, tickPadding: 6 }),
  ];
}

interface NotePlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

/** Those of a note within a plot, readable over whatever lies beneath. */
export function noteAttributes({ theme }: Frame, { x, y, anchor }: NotePlace, color: string) {
  return {
    x,
    y,
    fill: color,
    stroke: theme.ground,
    "stroke-width": 4,
    "paint-order": "stroke",
    "text-anchor": anchor,
  };
}

/** A note within a plot. */
export function note(
  svg: SVGSVGElement,
  frame: Frame,
  text: string,
  at: NotePlace,
  color: string,
): void {
  svg.append(svgText(text, noteAttributes(frame, at, color)));
}

/** Multiples of 1, 2 or 5 times a power of ten within an interval, about `count` of them. */
export function niceTicks({ from, to }: Interval, count: number): number[] {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((s) => s * power >= rough * 0.999) ?? 10);
  const ticks: number[] = [];
  // Products, not sums: 3 * 0.1 is nearer to 0.3 than what additions leave.
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + 1e-9 * step; ++n)
    ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}

/** Decades from one tick to the next. */
const DECADE_STEPS = [1, 2, 5, 10, 20, 50];

/** Decades around positive values, at least one; at most eight ticks, at whole powers of ten. */
export function decades(values: Interval): { domain: [number, number]; ticks: number[] } {
  let low = Math.floor(Math.log10(values.from) - 0.02);
  let high = Math.ceil(Math.log10(values.to) + 0.02);
  if (high - low < 2) {
    low -= 1;
    high += 1;
  }
  const step = DECADE_STEPS.find((s) => (high - low) / s <= 7) ?? 100;
  const first = Math.ceil(low / step) * step;
  const ticks: number[] = [];
  for (let n = first; n <= high; n += step) ticks.push(10 ** n);
  return { domain: [10 ** low, 10 ** high], ticks };
}

export function decadeLabel(value: number): string {
  return powerOfTen(Math.round(Math.log10(value)));
}

export function numberLabel(value: number): string {
  return formatNumber(value);
}

interface Titles {
  readonly x: string;
  readonly y: string;
}

/** Titles at the axes' ends, each with its attributes. */
export function titlesOf({ width, height, theme }: Frame, { x, y }: Titles) {
  const fill = theme.secondary;
  return [
    [y, { x: 2, y: 14, fill }],
    [x, { x: width - 2, y: height - 6, fill, "text-anchor": "end" }],
  ] as const;
}

/** Title at an axis's end, drawn by us so that it keeps its place and language. */
export function axisTitles(svg: SVGSVGElement, frame: Frame, titles: Titles): void {
  for (const [text, attributes] of titlesOf(frame, titles)) svg.append(svgText(text, attributes));
}
