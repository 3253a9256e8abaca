/** Datatypes, dataspaces and layouts: the messages that say what a dataset is. */
import type { DType } from "./entry.js";
import type { Hdf5File } from "./hdf5-file.js";

/** A type of numbers, or what is told of another. */
export type Kind =
  | { readonly kind: "number"; readonly dtype: DType; readonly bigEndian: boolean }
  | { readonly kind: "text"; readonly bytes: number }
  /** A text of any length, in the global heap. */
  | { readonly kind: "long text" }
  | { readonly kind: "opaque"; readonly bytes: number }
  | { readonly kind: "other"; readonly name: string };

const CLASSES = [
  ...["integer", "float", "time", "string", "bit field", "opaque"],
  ...["compound", "reference", "enum", "variable length", "array"],
];

const INTEGERS: ReadonlyMap<number, readonly [unsigned: DType, signed: DType]> = new Map([
  [1, ["U8", "I8"]],
  [2, ["U16", "I16"]],
  [4, ["U32", "I32"]],
  [8, ["U64", "I64"]],
]);

/** By bytes, the place and size of the exponent in bits, those of the mantissa, and the bias. */
const FLOATS: ReadonlyMap<string, DType> = new Map([
  ["2: 10 5, 0 10, 15", "F16"],
  ["2: 7 8, 0 7, 127", "BF16"],
  ["4: 23 8, 0 23, 127", "F32"],
  ["8: 52 11, 0 52, 1023", "F64"],
]);

/** A datatype message. */
export function kindOf(view: DataView): Kind {
  const type = view.getUint8(0) & 15;
  const bits = view.getUint8(1);
  const bytes = view.getUint32(4, true);
  const bigEndian = (bits & 1) === 1;
  if (type === 0) {
    const dtype = INTEGERS.get(bytes)?.[(bits >> 3) & 1];
    const isWhole = view.getUint16(8, true) === 0 && view.getUint16(10, true) === 8 * bytes;
    if (dtype && isWhole) return { kind: "number", dtype, bigEndian };
    return { kind: "other", name: `integer of ${view.getUint16(10, true)} bits` };
  }
  if (type === 1) {
    const at = (place: number): number => view.getUint8(place);
    const text = `${bytes}: ${at(12)} ${at(13)}, ${at(14)} ${at(15)}, ${view.getUint32(16, true)}`;
    const dtype = FLOATS.get(text);
    // Bit 6 marks the order of a VAX.
    if (dtype && (bits & 0x40) === 0) return { kind: "number", dtype, bigEndian };
    return { kind: "other", name: `float of ${text}` };
  }
  if (type === 3) return { kind: "text", bytes };
  if (type === 5) return { kind: "opaque", bytes };
  // h5py's truth values: an enumeration of two names in one byte.
  if (type === 8 && bytes === 1 && view.getUint16(1, true) === 2)
    return { kind: "number", dtype: "BOOL", bigEndian: false };
  if (type === 9 && (bits & 15) === 1) return { kind: "long text" };
  return { kind: "other", name: CLASSES[type] ?? `class ${type}` };
}

/** The extents of a dataspace message, or null where it has no elements at all. */
export function shapeOf(file: Hdf5File, view: DataView, place: string): number[] | null {
  const version = view.getUint8(0);
  const rank = view.getUint8(1);
  if (version !== 1 && version !== 2) return file.refuse("version", place, `dataspace ${version}`);
  if (version === 2 && view.getUint8(3) === 2) return null;
  if (rank > 32) return file.refuse("shape", place, `${rank} > 32`);
  const begin = version === 1 ? 8 : 4;
  return Array.from({ length: rank }, (_, i) => file.whole(view, begin + 8 * i, place, "shape"));
}

/** Where a dataset's bytes lie. */
export type Layout =
  | { readonly kind: "contiguous"; readonly at: number | null; readonly bytes: number | null }
  /** In the header itself. */
  | { readonly kind: "compact"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "chunked" };

/** A layout message; `bytes` is null in old ones, which leave it to the shape. */
export function layoutOf(file: Hdf5File, view: DataView<ArrayBuffer>, place: string): Layout {
  const version = view.getUint8(0);
  if (version === 1 || version === 2) return oldLayout(file, view, place);
  if (version !== 3 && version !== 4) return file.refuse("version", place, `layout ${version}`);
  const type = view.getUint8(1);
  if (type === 0) return { kind: "compact", bytes: cut(view, 4, view.getUint16(2, true)) };
  if (type === 1) {
    const at = file.address(view, 2, place);
    return { kind: "contiguous", at, bytes: file.whole(view, 10, place, "size_mismatch") };
  }
  if (type === 2) return { kind: "chunked" };
  return file.refuse("h5_layout", place, type === 3 ? "virtual" : `class ${type}`);
}

/** Versions 1 and 2: the rank, the class, 5 bytes, an address unless it is compact, the extents. */
function oldLayout(file: Hdf5File, view: DataView<ArrayBuffer>, place: string): Layout {
  const rank = view.getUint8(1);
  const type = view.getUint8(2);
  if (type === 2) return { kind: "chunked" };
  if (type === 1) return { kind: "contiguous", at: file.address(view, 8, place), bytes: null };
  if (type !== 0) return file.refuse("h5_layout", place, `class ${type}`);
  const size = 8 + 4 * rank;
  return { kind: "compact", bytes: cut(view, size + 4, view.getUint32(size, true)) };
}

/** Bytes of a message; more than it has is a RangeError. */
export const cut = (view: DataView<ArrayBuffer>, begin: number, count: number) =>
  new Uint8Array(view.buffer, view.byteOffset + within(view, begin, count), count);

function within(view: DataView, begin: number, count: number): number {
  if (begin + count > view.byteLength)
    throw new RangeError(`${begin} + ${count} > ${view.byteLength}`);
  return begin;
}
