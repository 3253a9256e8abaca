/** Maps of colours: palettes, images within a plot, and the bar that explains them. */
import * as Plot from "@observablehq/plot";
import { toPngAddress } from "./png.js";
import type { Theme } from "./theme.js";

/** Steps on either side of a diverging palette's middle. */
export const SHADES = 127;

const mix = (from: readonly number[], to: readonly number[], share: number): number[] =>
  from.map((x, i) => Math.round(x + ((to[i] ?? 0) - x) * share));

const palettes = new Map<Theme["name"], Uint8Array>();

/** From one side by the neutral colour to the other, as RGB triples; the middle is exactly neutral. */
export function divergingPalette(theme: Theme): Uint8Array {
  const made = palettes.get(theme.name) ?? makeDiverging(theme);
  palettes.set(theme.name, made);
  return made;
}

function makeDiverging(theme: Theme): Uint8Array {
  const { neutral, sides } = theme;
  const colors: number[] = [];
  for (let i = -SHADES; i <= SHADES; ++i)
    colors.push(...mix(neutral, sides[i < 0 ? 0 : 1], Math.abs(i) / SHADES));
  return Uint8Array.from(colors);
}

/** Viridis in as many steps as the diverging palette has. */
export function sequentialPalette(): Uint8Array {
  const scale = Plot.scale({ color: { scheme: "viridis", domain: [0, 2 * SHADES] } });
  const colors: number[] = [];
  for (let i = 0; i <= 2 * SHADES; ++i) {
    const text = String(scale.apply(i));
    const hex = /^#(..)(..)(..)$/.exec(text);
    const channels = hex
      ? hex.slice(1).map((channel) => parseInt(channel, 16))
      : (text.match(/\d+/g) ?? []).map(Number);
    colors.push(...channels.slice(0, 3));
  }
  return Uint8Array.from(colors);
}

/** The diverging palette's index of a value, `most` away from 0 being its end. */
export function shadeOf(value: number, most: number): number {
  const share = most > 0 && !Number.isNaN(value) ? value / most : 0;
  return SHADES + Math.round(SHADES * Math.max(-1, Math.min(1, share)));
}

/** An image of equal cells, stretched over a box; without smoothing unless asked for. */
export function addImage(
  svg: SVGSVGElement,
  address: string,
  box: Readonly<Record<"x" | "y" | "width" | "height", number>>,
  smooth = false,
): SVGImageElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "image");
  element.setAttribute("href", address);
  element.setAttribute("preserveAspectRatio", "none");
  if (!smooth) element.setAttribute("image-rendering", "pixelated");
  for (const [name, value] of Object.entries(box)) element.setAttribute(name, String(value));
  svg.append(element);
  return element;
}

/** The palette as a bar, its last colour on top, with labels at shares of its height. */
export function colorBar(
  svg: SVGSVGElement,
  colors: Uint8Array,
  at: Readonly<Record<"x" | "top" | "height", number>>,
  labels: readonly { readonly share: number; readonly text: string }[],
): void {
  const ramp = Uint8Array.from({ length: colors.length / 3 }, (_, i) => colors.length / 3 - 1 - i);
  const address = toPngAddress(ramp, 1, ramp.length, colors);
  addImage(svg, address, { x: at.x, y: at.top, width: 10, height: at.height });
  for (const { share, text } of labels) {
    const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
    label.setAttribute("text-anchor", "start");
    label.setAttribute("x", String(at.x + 14));
    label.setAttribute("y", String(at.top + share * at.height + (share === 0 ? 10 : 4)));
    label.textContent = text;
    svg.append(label);
  }
}

/** A row for each point of a grid: all x of the first y, and so on. `columns` gets its place too. */
export function onGrid(
  xs: Float64Array,
  ys: Float64Array,
  columns: (x: number, y: number, i: number) => readonly number[],
): (readonly number[])[] {
  return Array.from(ys).flatMap((y, row) =>
    Array.from(xs, (x, column) => columns(x, y, row * xs.length + column)),
  );
}
