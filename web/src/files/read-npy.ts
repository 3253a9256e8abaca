/** NumPy's .npy as a table. What its header says is checked before anything is made of it. */
import { readHeader, tokensOf } from "./npy-header.js";
import { MOST_SIDE, TableError, tooLarge } from "./table.js";
import type { NumberTable } from "./table.js";

type NumberReader = readonly [bytes: number, read: (view: DataView, at: number) => number];

const READERS: ReadonlyMap<string, NumberReader> = new Map<string, NumberReader>([
  ["<f4", [4, (view, at) => view.getFloat32(at, true)]],
  ["<f8", [8, (view, at) => view.getFloat64(at, true)]],
  ["<i4", [4, (view, at) => view.getInt32(at, true)]],
  ["<i8", [8, (view, at) => Number(view.getBigInt64(at, true))]],
  ["|u1", [1, (view, at) => view.getUint8(at)]],
  ["|i1", [1, (view, at) => view.getInt8(at)]],
  ["<u2", [2, (view, at) => view.getUint16(at, true)]],
  ["<i2", [2, (view, at) => view.getInt16(at, true)]],
]);

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Versions of the format, all with minor number 0; from the second on the header may be longer. */
const VERSIONS = [1, 2, 3];
/** A longer header is not read, by NumPy either. */
const MOST_HEADER = 10_000;

/** Where the header stands, and how long it is, in bytes. */
function headerPlace(view: DataView): { begin: number; length: number } {
  if (view.byteLength < 12 || MAGIC.some((byte, i) => view.getUint8(i) !== byte))
    throw new TableError("not_npy", "\\x93NUMPY");
  const [major, minor] = [view.getUint8(6), view.getUint8(7)];
  if (!VERSIONS.includes(major) || minor !== 0)
    throw new TableError("version", `${major}.${minor}`);
  const begin = major > 1 ? 12 : 10;
  const length = major > 1 ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > MOST_HEADER) throw new TableError("header", `${length} > ${MOST_HEADER}`);
  if (begin + length > view.byteLength)
    throw new TableError("short", `${view.byteLength} < ${begin + length}`);
  return { begin, length };
}

/** A row for each input; further axes count as columns. */
function sidesOf(shape: readonly number[]): { rows: number; columns: number } {
  const text = `(${shape.join(", ")})`;
  const [rows = 0, ...others] = shape;
  if (shape.some((extent) => extent < 0)) throw new TableError("header", text);
  if (others.length === 0) throw new TableError("rank", text);
  if (shape.includes(0)) throw new TableError("empty", text);
  const columns = others.reduce((product, extent) => product * extent, 1);
  if (rows > MOST_SIDE || columns > MOST_SIDE) throw tooLarge(text);
  return { rows, columns };
}

/** NumPy's format, versions 1 to 3, in row-major order. Throws a TableError. */
export function readNpy(bytes: ArrayBuffer): NumberTable {
  const view = new DataView(bytes);
  const { begin, length } = headerPlace(view);
  const text = new TextDecoder().decode(new Uint8Array(bytes, begin, length));
  const { descr, fortranOrder, shape } = readHeader(tokensOf(text));
  const reader = READERS.get(descr);
  if (!reader) throw new TableError("dtype", `'${descr}'`);
  if (fortranOrder) throw new TableError("order", "fortran_order");
  const { rows, columns } = sidesOf(shape);
  const [size, read] = reader;
  const first = begin + length;
  const [found, expected] = [bytes.byteLength - first, rows * columns * size];
  if (found < expected) throw new TableError("short", `${found} < ${expected}`);
  if (found > expected) throw new TableError("trailing", `${found} > ${expected}`);
  const values = Float32Array.from({ length: rows * columns }, (_, i) =>
    read(view, first + i * size),
  );
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new TableError("number", `(${Math.floor(bad / columns) + 1}, ${(bad % columns) + 1})`);
  return { rows, columns, values };
}
