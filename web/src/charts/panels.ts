/** Small multiples: a panel for each scheme, side by side, each with its name. */
import { labelWidth, LINE, nameWithin } from "./labels.js";
import { svgElement, svgRoot } from "./plot.js";
import type { Attributes, Drawing, Frame } from "./plot.js";

/** Where a panel is, in pixels. */
export type Box = Readonly<Record<"x" | "y" | "width" | "height", number>>;

const GAP = 16;
const TITLE = 26;
/** A panel is at least this wide, unless the figure is narrower. */
const LEAST = 150;
const MOST = 340;

export interface PanelLayout {
  readonly columns: number;
  readonly width: number;
}

/** How `count` panels stand in a figure of this width. */
export function panelLayout(count: number, width: number): PanelLayout {
  const fitting = Math.max(1, Math.floor((width + GAP) / (LEAST + GAP)));
  const columns = fitting >= count ? count : Math.min(fitting, count === 4 ? 2 : fitting);
  return { columns, width: Math.min(MOST, (width - GAP * (columns - 1)) / columns) };
}

/** Height above panels of this width: for names of two lines where one is too long for a line. */
function titleRoom(names: readonly string[], width: number): number {
  return TITLE + (names.some((name) => labelWidth(name) > width) ? LINE : 0);
}

/** Width over height of a figure of panels that are `height` times as high as wide, below their names. */
export function panelsAspect(names: readonly string[], height: number): (width: number) => number {
  return (width) => {
    const layout = panelLayout(names.length, width);
    const rows = Math.ceil(names.length / layout.columns);
    return width / (rows * (layout.width * height + titleRoom(names, layout.width) + GAP));
  };
}

export function line(svg: SVGSVGElement, attributes: Attributes) {
  svgElement("line", attributes, svg);
}

/** A point of a panel, and what it is drawn as: kinds differ without their colours too. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly shape: "disc" | "cross";
}

/** Discs are lines of no length with round caps; a cross has arms of its own. */
function outline({ x, y, shape }: Point, radius: number): string {
  const [left, top] = [x - radius, y - radius].map((at) => at.toFixed(1));
  const arm = (2 * radius).toFixed(1);
  if (shape === "disc") return `M${x.toFixed(1)},${y.toFixed(1)}h0`;
  return `M${left},${top}l${arm},${arm}m0,-${arm}l-${arm},${arm}`;
}

/** Points with a rim: a path for each kind and colour, since thousands of elements are slow. */
export function dots(
  svg: SVGSVGElement,
  points: readonly Point[],
  radius: number,
  rim: string,
): void {
  const paths = new Map<string, { d: string; fill: string; width: number }>();
  for (const point of points) {
    const { fill, shape } = point;
    const key = `${shape} ${fill}`;
    const width = shape === "disc" ? 2 * radius : 0.8 * radius;
    paths.set(key, { d: `${paths.get(key)?.d ?? ""}${outline(point, radius)}`, fill, width });
  }
  const draw = (d: string, stroke: string, width: number) =>
    svg.append(
      svgElement("path", {
        d,
        stroke,
        "stroke-width": width,
        "stroke-linecap": "round",
        fill: "none",
      }),
    );
  for (const { d, width } of paths.values()) draw(d, rim, width + 1.2);
  for (const { d, fill, width } of paths.values()) draw(d, fill, width);
}

export function path(
  svg: SVGSVGElement,
  points: readonly (readonly [number, number])[],
  attributes: Readonly<Record<string, string | number>>,
): void {
  const d = points
    .map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)},${y.toFixed(1)}`)
    .join("");
  svg.append(svgElement("path", { d, fill: "none", ...attributes }));
}

export function label(
  svg: SVGSVGElement,
  text: string,
  attributes: Readonly<Record<string, string | number>>,
): void {
  const made = svgElement("text", { "text-anchor": "start", ...attributes });
  made.textContent = text;
  svg.append(made);
}

/** Draws a panel for each item by `drawPanel`, below its name in its colour. */
export function panels<Item extends { readonly slot: number; readonly name: string }>(
  items: readonly Item[],
  height: number,
  frame: Frame,
  drawPanel: (svg: SVGSVGElement, item: Item, box: Box) => void,
): Drawing {
  const layout = panelLayout(items.length, frame.width);
  const svg = svgRoot(frame);
  const title = titleRoom(
    items.map(({ name }) => name),
    layout.width,
  );
  for (const [i, item] of items.entries()) {
    const x = (i % layout.columns) * (layout.width + GAP);
    const y = Math.floor(i / layout.columns) * (layout.width * height + title + GAP) + title;
    nameWithin(svg, frame, item.name, layout.width, {
      x,
      y: y - 12,
      fill: frame.theme.slots[item.slot] ?? frame.theme.text,
    });
    drawPanel(svg, item, { x, y, width: layout.width, height: layout.width * height });
  }
  return { svg, xs: [], top: 0, bottom: frame.height };
}
