/** Names beside and in a plot: how wide they are, and how a long one is made to fit. */
import { svgText } from "./plot.js";
import type { Frame, Interval } from "./plot.js";
import { FONT_FAMILY, FONT_SIZE } from "./theme.js";

/** Labels beside a plot take at most this share of the figure. */
const MOST_SHARE = 0.28;
/** Between a plot and its labels, and between these and the figure's end. */
const GAP = 8;
export const LINE = FONT_SIZE + 2;
const MORE = "…";

/** Width of a character, estimated: a han character is as wide as the font is high. */
function characterWidth(character: string): number {
  if (character > "\u2e80") return FONT_SIZE;
  if (/[ijltfrI.,:;|'’()\s]/.test(character)) return 0.42 * FONT_SIZE;
  if (/[mwMW@%—…]/.test(character)) return FONT_SIZE;
  return (/[A-Z]/.test(character) ? 0.75 : 0.68) * FONT_SIZE;
}

type Measure = (text: string) => number;

/** How wide labels are in the fonts that there are; estimated where nothing can measure. */
export const labelWidth = ((): Measure => {
  const context =
    "OffscreenCanvas" in globalThis ? new OffscreenCanvas(1, 1).getContext("2d") : null;
  if (!context) return (text) => Array.from(text).reduce((sum, c) => sum + characterWidth(c), 0);
  context.font = `600 ${FONT_SIZE}px ${FONT_FAMILY}`;
  return (text) => context.measureText(text).width;
})();

/** As many characters as fit, from the start, or from the end. */
function fitting(text: string, width: number, end: boolean): string {
  const characters = Array.from(text);
  if (end) characters.reverse();
  let count = characters.length;
  while (count > 0 && labelWidth(characters.slice(0, count).join("")) > width) --count;
  const kept = characters.slice(0, count);
  return (end ? kept.reverse() : kept).join("");
}

/** The text, or its start with an ellipsis, within a width. */
export function shortened(text: string, width: number): string {
  if (labelWidth(text) <= width) return text;
  return fitting(text, width - labelWidth(MORE), false).trimEnd() + MORE;
}

/**
 * Words, with what separates them; a han character may stand at a line's end. A mark that opens stays
 * with what follows, one that closes with what is before; a narrow space within a number is no place to break it.
 */
export const PARTS = /（*(?:[^ \n\u2e80-\uffff]+|[\u2e80-\uffff])[ \n，。；、：！？）]*/gu;

/**
 * A name in one line or two. What does not fit is left out of its middle: names that begin alike
 * differ at their ends.
 */
export function wrapped(text: string, width: number): string[] {
  if (labelWidth(text) <= width) return [text];
  const parts = text.match(PARTS) ?? [text];
  let line = "";
  let count = 0;
  for (const part of parts) {
    if (labelWidth((line + part).trimEnd()) > width) break;
    line += part;
    ++count;
  }
  if (count === 0) return [shortened(text, width)];
  const rest = parts.slice(count).join("");
  if (labelWidth(rest) <= width) return [line.trimEnd(), rest];
  return [line.trimEnd(), MORE + fitting(rest, width - labelWidth(MORE), true).trimStart()];
}

/** Room for labels at the right end. */
export function rightMargin(names: readonly string[], frame: Frame): number {
  const needed = Math.max(0, ...names.map(labelWidth));
  return Math.min(needed + 2 * GAP, MOST_SHARE * frame.width);
}

export interface EndLabel {
  readonly text: string;
  readonly color: string;
  readonly y: number;
}

/** A label in its lines, at its place. */
export interface PlacedLabel extends EndLabel {
  readonly lines: readonly string[];
  readonly x: number;
}

/** Where labels stand at the right end of their series, in one line or two: nudged apart but in order. */
export function placedEnds(
  labels: readonly EndLabel[],
  frame: Frame,
  marginRight: number,
  range: Interval,
): readonly PlacedLabel[] {
  const x = frame.width - marginRight + GAP;
  const sorted = [...labels]
    .sort((a, b) => a.y - b.y)
    .map((label) => ({ ...label, lines: (frame.wrap ?? wrapped)(label.text, marginRight - GAP) }));
  const height = (i: number) => 1 + (sorted[i]?.lines.length ?? 0) * LINE;
  const placed: number[] = [];
  for (const [i, label] of sorted.entries())
    placed.push(Math.max(label.y, (placed[i - 1] ?? -Infinity) + height(i - 1), range.from));
  for (let i = placed.length - 1, next = range.to + LINE + 1; i >= 0; --i) {
    next = Math.min(placed[i] ?? 0, next - height(i));
    placed[i] = next;
  }
  return sorted.map((label, i) => ({ ...label, x, y: (placed[i] ?? 0) + 4 }));
}

/** Labels at the right end of their series. */
export function labelEnds(
  svg: SVGSVGElement,
  labels: readonly EndLabel[],
  frame: Frame,
  marginRight: number,
  range: Interval,
): void {
  for (const { text, lines, x, y, color } of placedEnds(labels, frame, marginRight, range))
    svg.append(nameText(text, lines, { x, y, fill: color }));
}

/** A name in its lines; what is left out is said when it is pointed at. */
export function nameText(
  text: string,
  lines: readonly string[],
  at: Readonly<Record<string, string | number>>,
): SVGTextElement {
  const element = svgText(lines.length === 1 ? (lines[0] ?? "") : "", {
    ...at,
    "font-weight": 600,
  });
  if (lines.length > 1)
    lines.forEach((line, i) => {
      const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      span.setAttribute("x", String(at["x"]));
      if (i > 0) span.setAttribute("dy", String(LINE));
      span.textContent = line;
      element.append(span);
    });
  if (lines.join("").includes(MORE) && !text.includes(MORE)) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = text;
    element.prepend(title);
  }
  return element;
}

/**
 * A name within a width, its last line at the place given: in two lines at most, the whole of it when it is
 * pointed at, or in as many as it takes.
 */
export function nameWithin(
  svg: SVGSVGElement,
  { wrap }: Frame,
  text: string,
  width: number,
  at: Readonly<{ x: number; y: number; fill: string }>,
): void {
  const lines = (wrap ?? wrapped)(text, width);
  svg.append(nameText(text, lines, { ...at, y: at.y - LINE * (lines.length - 1) }));
}
