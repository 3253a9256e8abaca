/** CSV as a table: one pass over the text, which ends where the table is too large. */
import { decimal } from "../engine/decimal.js";
import { MOST_SIDE, TableError, tooLarge } from "./table.js";
import type { NumberTable } from "./table.js";

/** Lines that are not empty, with their numbers in the file, from 1. */
function* filledLines(text: string): Generator<readonly [number: number, line: string]> {
  const ends = /\r\n|\n|\r/g;
  let at = 0;
  for (let number = 1; ; ++number) {
    const end = ends.exec(text);
    const line = text.slice(at, end?.index);
    if (line.trim() !== "") yield [number, line];
    if (!end) return;
    at = ends.lastIndex;
  }
}

/** The number of a cell as float32; undefined where it has none that is finite. */
function numberOf(cell: string): number | undefined {
  const number = decimal(cell);
  return number !== undefined && Number.isFinite(Math.fround(number)) ? number : undefined;
}

/**
 * Numbers between commas, semicolons or tabs, the first line says which; a first line without any
 * number is a heading. Throws a TableError.
 */
export function readCsv(text: string): NumberTable {
  const values: number[] = [];
  let separator: string | undefined;
  let rows = 0;
  let columns = 0;
  for (const [number, line] of filledLines(text)) {
    const first = separator === undefined;
    separator ??= /[;\t]/.exec(line)?.[0] ?? ",";
    // One cell more than may be: how many there are beyond it does not matter.
    const cells = line.split(separator, MOST_SIDE + 1);
    const numbers = cells.map(numberOf);
    if (first && numbers.every((value) => value === undefined)) continue;
    if (rows === 0) columns = cells.length;
    if (columns > MOST_SIDE) throw tooLarge(`1 × >${MOST_SIDE}`);
    if (cells.length !== columns)
      throw new TableError("ragged", `${number}: ${cells.length}; ${columns}`);
    if (rows === MOST_SIDE) throw tooLarge(`>${MOST_SIDE} × ${columns}`);
    numbers.forEach((value, i) => {
      if (value === undefined)
        throw new TableError(
          "number",
          `(${number}, ${i + 1}) "${(cells[i] ?? "").trim().slice(0, 20)}"`,
        );
      values.push(value);
    });
    ++rows;
  }
  if (rows === 0) throw new TableError("empty", "0 × 0");
  return { rows, columns, values: Float32Array.from(values) };
}
