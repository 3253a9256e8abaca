/** Where the strips of a network lie in a figure of some width, and what they are drawn from. */
import { labelWidth } from "../../../charts/labels.js";
import { FONT_SIZE } from "../../../charts/theme.js";
import { lanesOf, levelFor } from "./boxes.js";
import type { Level } from "./boxes.js";
import type { Line } from "./strips.js";

/** Mean squares by row, the inputs first; NaN where there is nothing to say. */
export interface Measured {
  readonly signal: readonly number[];
  /** Null for a network without residual blocks. */
  readonly branch: readonly number[] | null;
  readonly gradient: readonly number[];
}

export interface StripsData {
  readonly lines: readonly Line[];
  /** Labels of the rows, from the first on; of the inputs, before them. */
  readonly labels: readonly string[];
  readonly inputs: string;
  /** Undefined while there is no measurement of this network. */
  readonly measured: Measured | undefined;
  readonly residual: boolean;
  /** Whether the reader has hold of an item. */
  readonly isPicked: (place: number) => boolean;
}

export interface StripsWords {
  readonly branch: string;
  readonly trunk: string;
  readonly signal: string;
  readonly gradient: string;
  readonly gradientShort: string;
  readonly more: (copies: number) => string;
}

/** Narrower figures say less, and have a row's label above its strip. */
const NARROW = 560;
export const HEAD = 34;
export const LEGEND = 26;
export const STRIP_GAP = 12;
const FOLD = { least: 26, most: 96, row: 6 } as const;
const CELL_GAP = 4;
/** Of a trunk's line, before its first box and after its last. */
export const MARGIN = 8;

export interface Layout {
  readonly narrow: boolean;
  readonly level: Level;
  readonly label: number;
  readonly from: number;
  readonly to: number;
  readonly box: number;
  readonly lane: number;
  readonly cell: number;
  /** Left edges of the columns of cells; without room, branches have none of their own. */
  readonly columns: Readonly<Record<"branch" | "signal" | "gradient", number>>;
}

export function layoutOf({ lines, labels, residual, inputs }: StripsData, width: number): Layout {
  const narrow = width < NARROW;
  const cell = narrow ? 44 : 62;
  const apart = residual && !narrow;
  const count = apart ? 3 : 2;
  const first = width - count * cell - (count - 1) * CELL_GAP;
  const widest = Math.max(...[inputs, ...labels].map(labelWidth));
  const label = narrow ? 0 : Math.ceil(widest) + 14;
  const [from, to] = [label + 2, first - 12];
  const level = levelFor(lines, to - from - 2 * MARGIN);
  const box = level === "stacked" ? 34 : 22;
  const at = (i: number) => first + i * (cell + CELL_GAP);
  const signal = apart ? 1 : 0;
  const columns = { branch: at(0), signal: at(signal), gradient: at(signal + 1) };
  return { narrow, level, label, from, to, box, lane: box + 8, cell, columns };
}

export function heightOf(line: Line, layout: Layout): number {
  if (line.kind === "fold") {
    const rows = line.to - line.from;
    return Math.min(FOLD.most, Math.max(FOLD.least, rows * FOLD.row));
  }
  return lanesOf(line.pieces) * layout.lane + (layout.narrow ? FONT_SIZE + 4 : 0);
}

/** Height of the figure at a width. */
export function stripsHeight(data: StripsData, width: number): number {
  const layout = layoutOf(data, width);
  const inputs = layout.lane + STRIP_GAP;
  const lines = data.lines.reduce((sum, line) => sum + heightOf(line, layout) + STRIP_GAP, 0);
  return HEAD + inputs + lines + (data.measured ? LEGEND * (layout.narrow ? 2 : 1) : 0);
}
