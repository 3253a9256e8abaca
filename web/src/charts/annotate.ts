/** Where something happens on a curve: a ring about its point, and a few words beside it. */
import type { Plot } from "@observablehq/plot";
import { labelWidth, wrapped } from "./labels.js";
import { MARGINS, note, pixels, svgElement } from "./plot.js";
import type { Drawing, Frame } from "./plot.js";

/** What happens there to a scheme; to several, where they have no slot in common. */
export interface Happening {
  readonly slot: number | undefined;
  /** Place among the drawing's positions. */
  readonly place: number;
  readonly value: number;
  readonly text: string;
}

const RING = 6;
/** There is room for so many; in a narrow figure for one. */
const MOST = 3;
const NARROW = 420;

/** Height of a line of words, and what is tried: so far below a point or above it, the farthest last. */
const LINE = 16;
const AWAY = [22, 38, 54, 70, -12, -28, -44, -60, 4, 12, -76, 86, -92, 102, -108, 118, -124, -140];
/** Words in two lines are about so much narrower. */
const TWO_LINES = 0.65;
/** How far a dot reaches, with what words have around them. */
const DOT = 4;
/** How far from a point words begin, or end, that stand beside it. */
const BESIDE = [14, 30];

/** Words that are covered are as bad as so many dots. */
const WORDS = 1000;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** What words are not to cover. */
interface Taken {
  readonly dots: readonly Box[];
  readonly words: Box[];
}

function takenIn(svg: SVGSVGElement): Taken {
  const dots = [...svg.querySelectorAll('[data-mark="dot"] > *')].map((dot): Box => {
    const moved = /translate\(([-\d.]+),([-\d.]+)\)/.exec(dot.getAttribute("transform") ?? "");
    const x = Number(moved?.[1] ?? dot.getAttribute("cx"));
    const y = Number(moved?.[2] ?? dot.getAttribute("cy"));
    return { left: x - DOT, right: x + DOT, top: y - DOT, bottom: y + DOT };
  });
  const words = [...svg.querySelectorAll(":scope > text")].map((text): Box => {
    const [x, y] = [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
    const width = labelWidth(text.textContent);
    const left = text.getAttribute("text-anchor") === "end" ? x - width : x;
    return { left, right: left + width, top: y - LINE, bottom: y + 7 };
  });
  return { dots, words };
}

interface Placed {
  readonly lines: readonly string[];
  readonly box: Box;
}

/** The words in one line, and in two. */
function shapesOf(text: string): readonly (readonly string[])[] {
  const two = wrapped(text, TWO_LINES * labelWidth(text));
  return two.length === 2 && two.join("").length >= text.length - 1 ? [[text], two] : [[text]];
}

/** Where words cover no dot and least of other words, near a point and within the plot; the nearest of such places. */
function placeFor(
  text: string,
  [cx, cy]: readonly [number, number],
  within: Box,
  { dots, words }: Taken,
): Placed | undefined {
  let best: (Placed & { covered: number }) | undefined;
  for (const lines of shapesOf(text)) {
    const width = Math.max(...lines.map(labelWidth));
    const height = LINE * lines.length;
    for (const dy of AWAY)
      for (const near of [
        cx - RING,
        cx - width / 2,
        cx + RING - width,
        ...BESIDE.flatMap((dx) => [cx + dx, cx - dx - width]),
      ]) {
        const left = Math.min(Math.max(near, within.left), within.right - width);
        // From above a point words grow upwards, from below it downwards.
        const bottom = cy + dy + 4 + (dy > 0 ? height - LINE : 0);
        const box = { left, right: left + width, top: bottom - height, bottom };
        if (left < within.left || box.top < within.top || bottom > within.bottom) continue;
        const count = (all: readonly Box[]) => all.filter((one) => overlap(one, box)).length;
        const covered = count(dots) + WORDS * count(words);
        if (!best || covered < best.covered) best = { lines, box, covered };
      }
  }
  return best;
}

/** Happenings that are told in the same words at the same place are one. */
function merged(all: readonly Happening[]): readonly Happening[] {
  const found = new Map<string, Happening>();
  for (const one of all) {
    const key = `${one.place} ${one.text}`;
    found.set(key, found.has(key) ? { ...one, slot: undefined } : one);
  }
  return [...found.values()];
}

/** The drawing with what happens in it, and a line at the level below or above which it does. */
export function annotated(
  drawing: Drawing,
  happenings: readonly Happening[],
  frame: Frame,
  level?: number,
): Drawing {
  const { svg, xs, top, bottom } = drawing;
  const y = pixels(svg as SVGSVGElement & Plot, "y");
  const shown = merged(happenings).slice(0, frame.width < NARROW ? 1 : MOST);
  const right = xs.at(-1) ?? frame.width;
  if (shown.length > 0 && level !== undefined)
    svgElement(
      "path",
      {
        d: `M${MARGINS.left},${y(level)}H${right}`,
        stroke: frame.theme.secondary,
        "stroke-dasharray": "2 4",
      },
      svg,
    );
  const { dots, words } = takenIn(svg);
  const within = { left: MARGINS.left, right, top, bottom };
  for (const { slot, place, value, text } of shown) {
    const color = frame.theme.slots[slot ?? -1] ?? frame.theme.text;
    const [cx, cy] = [xs[place] ?? NaN, y(value)];
    const placed = placeFor(text, [cx, cy], within, { dots, words });
    if (!placed) continue;
    const { lines, box } = placed;
    words.push(box);
    svgElement("circle", { cx, cy, r: RING, fill: "none", stroke: color, class: "happens" }, svg);
    for (const [i, line] of lines.entries()) {
      const y = box.bottom - 4 - LINE * (lines.length - 1 - i);
      note(svg, frame, line, { x: box.left, y, anchor: "start" }, color);
    }
  }
  return drawing;
}
