/** Figures of strips, one a tensor, one below the other: where they are, and their names. */
import { labelWidth } from "../../charts/labels.js";
import { svgElement, svgText } from "../../charts/plot.js";
import type { Frame, Interval } from "../../charts/plot.js";

/** A strip has a name while it is this high, in pixels. */
const NAMED = 16;
/** A figure of many strips is about so high in all. */
const MOST = 560;
const LEAST_STRIP = 1.5;
/** Names take at most this share of the width. */
const NAMES = 0.4;
const GAP = 10;

export interface Strips {
  readonly height: number;
  /** Room that names take at the left. */
  readonly left: number;
  readonly at: readonly Interval[];
}

/** Height of each of so many strips. */
export function stripHeight(count: number): number {
  return Math.max(LEAST_STRIP, Math.min(NAMED + 2, MOST / Math.max(1, count)));
}

export function stripsOf(names: readonly string[], top: number, { width }: Frame): Strips {
  const height = stripHeight(names.length);
  const named = height >= NAMED;
  const needed = named ? Math.max(0, ...names.map(labelWidth)) + GAP : GAP;
  return {
    height,
    left: Math.ceil(Math.min(needed, NAMES * width)),
    at: names.map((_, i) => ({ from: top + i * height, to: top + (i + 1) * height })),
  };
}

/** The end of a name that fits: names of tensors that begin alike differ there. */
export function endOf(name: string, width: number): string {
  if (labelWidth(name) <= width) return name;
  const characters = Array.from(name);
  let from = 0;
  while (from < characters.length && labelWidth(`…${characters.slice(from).join("")}`) > width)
    ++from;
  return `…${characters.slice(from).join("")}`;
}

/** Writes the names that have room, each whole when it is pointed at. */
export function writeNames(
  svg: SVGSVGElement,
  names: readonly string[],
  strips: Strips,
  frame: Frame,
): void {
  if (strips.height < NAMED) return;
  names.forEach((name, i) => {
    const { from, to } = strips.at[i] ?? { from: 0, to: 0 };
    const text = endOf(name, strips.left - GAP);
    const written = svgText(text, {
      x: strips.left - GAP,
      y: (from + to) / 2 + 4,
      "text-anchor": "end",
      fill: frame.theme.text,
    });
    if (text !== name) {
      const title = svgElement("title", {}, written);
      title.textContent = name;
    }
    svg.append(written);
  });
}

/** A length as a power-of-ten axis of 1, 2 and 5 sees it: at most `most` ticks. */
export function logTicks({ from, to }: Interval, most: number): number[] {
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(from)); 10 ** power <= to; ++power)
      for (const step of steps) {
        const tick = Number(`${step}e${power}`);
        if (tick >= from && tick <= to) ticks.push(tick);
      }
    if (ticks.length <= most) return ticks;
  }
  const first = Math.ceil(Math.log10(from));
  const every = Math.ceil((Math.log10(to) - first + 1) / most);
  const ticks: number[] = [];
  for (let power = first; 10 ** power <= to; power += every) ticks.push(Number(`1e${power}`));
  return ticks;
}
