/** Where something happens on a curve: a ring about its point, and a few words beside it. */
import type { Plot } from "@observablehq/plot";
import { labelWidth } from "./labels.js";
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

const NOTE = 16;
const RING = 6;
/** Between a point and the words beside it. */
const GAP = 10;
/** There is room for so many; in a narrow figure for one. */
const MOST = 3;
const NARROW = 420;

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
  // Words stand below what is in the upper half, and above what is in the lower one.
  const middle = (top + bottom) / 2;
  let [under, over] = [0, 0];
  for (const { slot, place, value, text } of shown) {
    const color = frame.theme.slots[slot ?? -1] ?? frame.theme.text;
    const [cx, cy] = [xs[place] ?? NaN, y(value)];
    svgElement("circle", { cx, cy, r: RING, fill: "none", stroke: color, class: "happens" }, svg);
    const below = cy < middle;
    const line = below ? 2 * GAP + NOTE * under++ : -GAP - 2 - NOTE * over++;
    const fits = cx + GAP + labelWidth(text) <= right;
    const at = fits ? Math.max(MARGINS.left, cx - RING) : Math.min(right, cx + RING);
    note(svg, frame, text, { x: at, y: cy + line, anchor: fits ? "start" : "end" }, color);
  }
  return drawing;
}
