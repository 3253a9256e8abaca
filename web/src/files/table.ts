/** A table of numbers, and what may be wrong with a file that should hold one. */
import { shown } from "../engine/shown.js";
import { mostBatch, mostInputs } from "../generated/limits.js";

export interface NumberTable {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: Float32Array<ArrayBuffer>;
}

export type TableFault =
  | "unreadable"
  | "kind"
  | "binary"
  | "not_npy"
  | "version"
  | "header"
  | "dtype"
  | "order"
  | "rank"
  | "short"
  | "trailing"
  | "empty"
  | "ragged"
  | "number"
  | "large";

/** What is wrong with a file; `detail` names the place or the value, in at most 200 characters. */
export class TableError extends Error {
  readonly detail: string;

  constructor(
    readonly fault: TableFault,
    detail: string,
  ) {
    super(`${fault}: ${shown(detail)}`);
    this.name = "TableError";
    this.detail = shown(detail);
  }
}

/** Most rows, and most columns: a batch of inputs, as a network takes them. */
export const MOST_SIDE = Math.min(mostBatch, mostInputs);

/** A table of more than MOST_SIDE rows or columns, as far as its size is known. */
export function tooLarge(size: string): TableError {
  return new TableError("large", `${size}; ${MOST_SIDE} × ${MOST_SIDE}`);
}
