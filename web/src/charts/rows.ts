/** What the tables and the cursors of several labs' figures say, from one series for each scheme. */
import { formatNumber } from "../i18n/numbers.js";
import { SLOT_MARKS } from "./theme.js";

/** A row for each of 1 .. count: its number, and what `columns` says of element i. */
export function numberedRows(count: number, columns: (i: number) => readonly number[]): number[][] {
  return Array.from({ length: count }, (_, i) => [i + 1, ...columns(i)]);
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
    ({ slot, name, values }) => `${SLOT_MARKS[slot]} ${name} ${say(values[i] ?? NaN)}`,
  );
  return `${where}: ${parts.join("   ")}`;
}
