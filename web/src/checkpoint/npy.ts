/** NumPy's format: a header that is a Python dict, and one array. */
import { readHeader, tokensOf } from "../files/npy-header.js";
import type { NpyHeader } from "../files/npy-header.js";
import { TableError } from "../files/table.js";
import { bytesOf, shapeText } from "./dtypes.js";
import type { DType, TensorEntry } from "./entry.js";
import type { Format } from "./format.js";
import { columnMajor } from "./gather.js";
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";
import { storedEntry } from "./values.js";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The magic, the version, and the longer of the two lengths. */
const PREFIX_BYTES = 12;
/** A longer header is not read, by NumPy either. */
const MOST_HEADER = 10_000;
/** Holds the headers that NumPy writes. */
const FIRST_READ = 4096;

/** By kind and bytes. bfloat16 of ml_dtypes is written as a void of two bytes; its name is lost. */
const DTYPES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ...([
    ["f8", "F64"],
    ["f4", "F32"],
    ["f2", "F16"],
    ["V2", "BF16"],
  ] as const),
  ...([
    ["i8", "I64"],
    ["i4", "I32"],
    ["i2", "I16"],
    ["i1", "I8"],
  ] as const),
  ...([
    ["u8", "U64"],
    ["u4", "U32"],
    ["u2", "U16"],
    ["u1", "U8"],
  ] as const),
  ...([
    ["b1", "BOOL"],
    ["c8", "C64"],
    ["c16", "C128"],
  ] as const),
]);

const DESCR = /^([<>|=])([a-zA-Z]\d{1,2})$/;

/** The header as text, and where the values begin. `place` is what messages call the array. */
async function headerText(source: Source, place: string): Promise<{ text: string; data: number }> {
  const { name: file, size } = source;
  const head = await source.read(0, Math.min(size, FIRST_READ));
  if (head.length < PREFIX_BYTES)
    throw new Refusal("truncated", file, place, `${PREFIX_BYTES} > ${size}`);
  if (MAGIC.some((byte, i) => head[i] !== byte))
    throw new Refusal("header", file, place, "\\x93NUMPY");
  const [major = 0, minor = 0] = head.subarray(6);
  if (major < 1 || major > 3 || minor !== 0)
    throw new Refusal("header", file, place, `${major}.${minor}`);
  const view = new DataView(head.buffer, head.byteOffset);
  const begin = major === 1 ? 10 : PREFIX_BYTES;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const data = begin + length;
  if (data > size) throw new Refusal("truncated", file, place, `${data} > ${size}`);
  if (length > MOST_HEADER)
    throw new Refusal("header_large", file, place, `${length} > ${MOST_HEADER}`);
  const bytes = data <= head.length ? head.subarray(begin, data) : await source.read(begin, data);
  try {
    return {
      text: new TextDecoder(major === 3 ? "utf-8" : "latin1", { fatal: true }).decode(bytes),
      data,
    };
  } catch {
    throw new Refusal("header", file, place, "UTF-8");
  }
}

function parsed(text: string, file: string, place: string): NpyHeader {
  try {
    return readHeader(tokensOf(text));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const codes = { dtype: "dtype", large: "shape" } as const;
    const code = error.fault === "dtype" || error.fault === "large" ? codes[error.fault] : "header";
    throw new Refusal(code, file, place, error.detail);
  }
}

/** One array, which is all that the source holds. */
export async function readArray(source: Source, name: string): Promise<TensorEntry> {
  const file = source.name;
  const { text, data } = await headerText(source, name);
  const { descr, fortranOrder, shape } = parsed(text, file, name);
  const [, order, kind = ""] = DESCR.exec(descr) ?? [];
  const dtype = DTYPES.get(kind);
  if (!dtype) throw new Refusal("dtype", file, name, `'${descr}'`);
  const bytes = bytesOf(dtype, shape, file, name);
  if (data + bytes !== source.size)
    throw new Refusal(
      "size_mismatch",
      file,
      name,
      `${source.size - data} ≠ ${bytes} ${shapeText(shape)}`,
    );
  const bigEndian = order === ">";
  const stored = { name, shape, dtype, source, begin: data, bigEndian };
  return storedEntry(fortranOrder ? { ...stored, strides: columnMajor(shape) } : stored);
}

/** A file's name, or an entry's, without what every one ends in. */
export const bareName = (name: string): string => name.replace(/\.npy$/i, "");

export const npy: Format = {
  id: "npy",
  recognise: (head) => MAGIC.every((byte, i) => head[i] === byte),
  read: async (source) => ({ tensors: [await readArray(source, bareName(source.name))] }),
};
