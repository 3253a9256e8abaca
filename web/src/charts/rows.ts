/** What the tables and the cursors of several labs' figures say, from one series for each scheme. */
import { formatNumber } from "../i18n/numbers.js";
import { shortened } from "./labels.js";
import type { Tick } from "./layer-axis.js";
import { SLOT_MARKS } from "../slots.js";

/** Width of a name among a cursor's values: these have two lines. */
const NAME = 150;

/** `count` rows: each has its number, from `first`, or what `tick` calls it, and `columns` of element i. */
export function numberedRows(
  count: number,
  columns: (i: number) => readonly number[],
  tick?: Tick,
  first = 1,
): (number | string)[][] {
  return Array.from({ length: count }, (_, i) => [tick?.(first + i) ?? first + i, ...columns(i)]);
}

/** What a cursor says, side by side: a line ends between two of the parts, and not within one. */
export function together(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(" ", "\u00a0")).join("\u2003 ");
}

/** The values at place i, each with its scheme's mark and name. */
export function cursorText(
  where: string,
  all: readonly {
    readonly slot: number;
    readonly name: string;
    readonly values: ArrayLike<number>;
  }[],
  i: number,
  say: (value: number) => string = formatNumber,
): string {
  const parts = all.map(
    ({ slot, name, values }) =>
      `${SLOT_MARKS[slot]} ${shortened(name, NAME)} ${say(values[i] ?? NaN)}`,
  );
  return where + together(parts);
}
