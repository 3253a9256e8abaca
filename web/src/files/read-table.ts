/** Tables of numbers from a reader's file: .npy of NumPy, or CSV. */
import { KIND_BYTES, kindOf } from "./file-kind.js";

export interface NumberTable {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: Float32Array<ArrayBuffer>;
}

export type TableFault =
  | "kind"
  | "binary"
  | "not_npy"
  | "dtype"
  | "order"
  | "rank"
  | "size"
  | "empty"
  | "ragged"
  | "number"
  | "large";

/** What is wrong with a file; `detail` names the place or the value. */
export class TableError extends Error {
  constructor(
    readonly fault: TableFault,
    readonly detail: string,
  ) {
    super(`${fault}: ${detail}`);
    this.name = "TableError";
  }
}

/** Most numbers in a file: a batch of 1024 inputs of 1024. */
const MOST_SIDE = 1024;
/** A larger file is not read at all: so many numbers take less, whatever their digits. */
const MOST_BYTES = 1 << 26;

const READERS: Readonly<Record<string, [number, (view: DataView, at: number) => number]>> = {
  "<f4": [4, (view, at) => view.getFloat32(at, true)],
  "<f8": [8, (view, at) => view.getFloat64(at, true)],
  "<i4": [4, (view, at) => view.getInt32(at, true)],
  "<i8": [8, (view, at) => Number(view.getBigInt64(at, true))],
  "|u1": [1, (view, at) => view.getUint8(at)],
  "|i1": [1, (view, at) => view.getInt8(at)],
  "<u2": [2, (view, at) => view.getUint16(at, true)],
  "<i2": [2, (view, at) => view.getInt16(at, true)],
};

function checkSides(rows: number, columns: number): void {
  if (rows === 0 || columns === 0) throw new TableError("empty", `${rows} × ${columns}`);
  if (rows > MOST_SIDE || columns > MOST_SIDE)
    throw new TableError("large", `${rows} × ${columns}; ${MOST_SIDE} × ${MOST_SIDE}`);
}

function checked(values: Float32Array<ArrayBuffer>, columns: number): NumberTable {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new TableError("number", `(${Math.floor(bad / columns) + 1}, ${(bad % columns) + 1})`);
  return { rows: values.length / columns, columns, values };
}

/** NumPy's format, versions 1 to 3: a row for each input. Further axes count as columns. */
export function readNpy(bytes: ArrayBuffer): NumberTable {
  const view = new DataView(bytes);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.byteLength < 12 || magic.some((byte, i) => view.getUint8(i) !== byte))
    throw new TableError("not_npy", "\\x93NUMPY");
  const long = view.getUint8(6) > 1;
  const begin = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  if (begin + length > bytes.byteLength) throw new TableError("size", String(bytes.byteLength));
  const header = new TextDecoder().decode(new Uint8Array(bytes, begin, length));
  const dtype = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "";
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "";
  const reader = READERS[dtype];
  if (!reader) throw new TableError("dtype", dtype || header.slice(0, 40));
  if (!/'fortran_order':\s*False/.test(header)) throw new TableError("order", "fortran_order");
  const extents = shape.split(",").flatMap((text) => (text.trim() ? [Number(text)] : []));
  if (extents.length < 2 || !extents.every(Number.isSafeInteger))
    throw new TableError("rank", `(${shape})`);
  const [rows = 0, ...others] = extents;
  const columns = others.reduce((product, extent) => product * extent, 1);
  checkSides(rows, columns);
  const [size, read] = reader;
  const first = begin + length;
  if (bytes.byteLength !== first + rows * columns * size)
    throw new TableError("size", `${bytes.byteLength - first}; ${rows * columns * size}`);
  const values = Float32Array.from({ length: rows * columns }, (_, i) =>
    read(view, first + i * size),
  );
  return checked(values, columns);
}

/** Numbers between commas, semicolons or tabs; a first line without any number is a heading. */
export function readCsv(text: string): NumberTable {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "");
  const separator = /[;\t]/.exec(lines[0] ?? "")?.[0] ?? ",";
  const cells = lines.map((line) => line.split(separator).map((cell) => cell.trim()));
  const isNumber = (cell: string) => cell !== "" && Number.isFinite(Number(cell));
  const heading = cells.length > 0 && !cells[0]?.some(isNumber) ? 1 : 0;
  const rows = cells.slice(heading);
  const columns = rows[0]?.length ?? 0;
  checkSides(rows.length, columns);
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns)
      throw new TableError("ragged", `${i + 1 + heading}: ${row.length}; ${columns}`);
    row.forEach((cell, j) => {
      if (!isNumber(cell))
        throw new TableError("number", `(${i + 1 + heading}, ${j + 1}) "${cell.slice(0, 20)}"`);
      values[i * columns + j] = Number(cell);
    });
  });
  return checked(values, columns);
}

/** By what the file is; its name counts where its bytes could be anything. */
export async function readTable(file: File): Promise<NumberTable> {
  if (file.size > MOST_BYTES)
    throw new TableError("large", `${file.size} bytes; ${MOST_BYTES} bytes`);
  const bytes = await file.arrayBuffer();
  const kind = kindOf(new Uint8Array(bytes, 0, Math.min(KIND_BYTES, bytes.byteLength)));
  if (kind === "npy") return readNpy(bytes);
  if (kind) throw new TableError("kind", kind);
  if (/\.npy$/i.test(file.name)) return readNpy(bytes); // which says how such a file begins
  if (kind === "") throw new TableError("binary", file.name);
  return readCsv(new TextDecoder().decode(bytes));
}
