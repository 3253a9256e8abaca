/**
 * MessagePack as Flax writes it: maps of text to maps and arrays. An array's bytes stay where they
 * are; what is made of a file is the tree around them.
 */
import { Cursor } from "./cursor.js";
import { bytesOf } from "./dtypes.js";
import type { DType } from "./entry.js";
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";

/** An array: its bytes are [begin, begin + bytes) of the file. */
export interface Packed {
  readonly kind: "array";
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly bytes: number;
}
interface Range {
  readonly kind: "bytes";
  readonly begin: number;
  readonly bytes: number;
}
export interface List {
  readonly kind: "list";
  readonly items: readonly Value[];
}
export interface Tree {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Value>;
}
/** null is also what is of no interest. */
export type Value = Packed | Range | List | Tree | string | number | boolean | null;

const MOST_DEPTH = 64;
const MOST_VALUES = 5_000_000;
const MOST_STRING = 65_536;
/** Of an array's type. */
const MOST_NAME = 64;
/** Flax's own types: an array, and a scalar of NumPy, which is written as one. */
const ARRAYS = [1, 3];

const DTYPES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ...([
    ["float64", "F64"],
    ["float32", "F32"],
    ["float16", "F16"],
    ["bfloat16", "BF16"],
  ] as const),
  ...([
    ["float8_e4m3fn", "F8_E4M3"],
    ["float8_e5m2", "F8_E5M2"],
  ] as const),
  ...([
    ["int64", "I64"],
    ["int32", "I32"],
    ["int16", "I16"],
    ["int8", "I8"],
  ] as const),
  ...([
    ["uint64", "U64"],
    ["uint32", "U32"],
    ["uint16", "U16"],
    ["uint8", "U8"],
  ] as const),
  ...([
    ["bool", "BOOL"],
    ["complex64", "C64"],
    ["complex128", "C128"],
  ] as const),
]);

class Reader {
  private left = MOST_VALUES;

  readonly cursor: Cursor;

  constructor(private readonly source: Source) {
    this.cursor = new Cursor(source);
  }

  private refusal(code: "header" | "limit" | "depth" | "size_mismatch" | "dtype", value: string) {
    return new Refusal(code, this.source.name, this.cursor.place, value);
  }

  /** A number of 1, 2, 4 or 8 bytes, from 0. */
  private async uint(bytes: number): Promise<number> {
    const view = await this.cursor.view(bytes);
    if (bytes === 1) return view.getUint8(0);
    if (bytes === 2) return view.getUint16(0);
    return bytes === 4 ? view.getUint32(0) : Number(view.getBigUint64(0));
  }

  private async int(bytes: number): Promise<number> {
    const view = await this.cursor.view(bytes);
    if (bytes === 1) return view.getInt8(0);
    if (bytes === 2) return view.getInt16(0);
    return bytes === 4 ? view.getInt32(0) : Number(view.getBigInt64(0));
  }

  private async float(bytes: number): Promise<number> {
    const view = await this.cursor.view(bytes);
    return bytes === 4 ? view.getFloat32(0) : view.getFloat64(0);
  }

  private bytes(length: number): Range {
    const begin = this.cursor.position;
    this.cursor.skip(length);
    return { kind: "bytes", begin, bytes: length };
  }

  private async list(length: number, depth: number): Promise<List> {
    this.cursor.check(length);
    const items: Value[] = [];
    for (let i = 0; i < length; ++i) items.push(await this.value(depth + 1));
    return { kind: "list", items };
  }

  private async map(length: number, depth: number): Promise<Tree> {
    this.cursor.check(2 * length);
    const entries = new Map<string, Value>();
    for (let i = 0; i < length; ++i) {
      const { place } = this.cursor;
      const key = await this.value(depth + 1);
      if (typeof key === "object") throw this.refusal("header", key?.kind ?? "null");
      const name = String(key);
      if (entries.has(name)) throw new Refusal("duplicate_name", this.source.name, place, name);
      entries.set(name, await this.value(depth + 1));
    }
    return { kind: "map", entries };
  }

  /** Shape, name of the type, and bytes, packed within a value of a type of its own. */
  private async extension(length: number, depth: number): Promise<Value> {
    const type = await this.uint(1);
    if (ARRAYS.includes(type)) return this.cursor.within(length, () => this.array(depth));
    this.cursor.skip(length);
    return null;
  }

  private async array(depth: number): Promise<Packed> {
    const { place } = this.cursor;
    const value = await this.value(depth + 1);
    const [shape, type, raw] =
      typeof value === "object" && value?.kind === "list" ? value.items : [];
    if (typeof shape !== "object" || shape?.kind !== "list") throw this.refusal("header", "shape");
    if (typeof raw !== "object" || raw?.kind !== "bytes") throw this.refusal("header", "bytes");
    if (this.cursor.remaining > 0)
      throw new Refusal("trailing", this.source.name, this.cursor.place, this.cursor.remaining);
    const name = await this.typeName(type);
    const dtype = DTYPES.get(name);
    if (!dtype) throw new Refusal("dtype", this.source.name, place, name);
    const { items } = shape;
    const expected = bytesOf(dtype, items, this.source.name, place);
    if (raw.bytes !== expected)
      throw new Refusal("size_mismatch", this.source.name, place, `${raw.bytes} ≠ ${expected}`);
    return { kind: "array", dtype, shape: items as number[], begin: raw.begin, bytes: expected };
  }

  /** The name of a type is text, or bytes. */
  private async typeName(type: Value | undefined): Promise<string> {
    if (typeof type === "string") return type;
    if (typeof type !== "object" || type?.kind !== "bytes" || type.bytes > MOST_NAME)
      throw this.refusal("header", "dtype");
    const bytes = await this.source.read(type.begin, type.begin + type.bytes);
    return new TextDecoder("latin1").decode(bytes);
  }

  async value(depth: number): Promise<Value> {
    if (depth > MOST_DEPTH) throw this.refusal("depth", `${depth} > ${MOST_DEPTH}`);
    if (--this.left < 0) throw this.refusal("limit", `${MOST_VALUES + 1} > ${MOST_VALUES}`);
    const tag = await this.uint(1);
    if (tag < 0x80) return tag;
    if (tag < 0x90) return this.map(tag & 0x0f, depth);
    if (tag < 0xa0) return this.list(tag & 0x0f, depth);
    if (tag < 0xc0) return this.cursor.text(tag & 0x1f, MOST_STRING);
    if (tag >= 0xe0) return tag - 0x100;
    if (tag < 0xc4) return this.constant(tag);
    if (tag < 0xc7) return this.bytes(await this.uint(1 << (tag - 0xc4)));
    if (tag < 0xca) return this.extension(await this.uint(1 << (tag - 0xc7)), depth);
    if (tag < 0xcc) return this.float(4 << (tag - 0xca));
    if (tag < 0xd0) return this.uint(1 << (tag - 0xcc));
    if (tag < 0xd4) return this.int(1 << (tag - 0xd0));
    if (tag < 0xd9) return this.extension(1 << (tag - 0xd4), depth);
    if (tag < 0xdc) return this.cursor.text(await this.uint(1 << (tag - 0xd9)), MOST_STRING);
    if (tag < 0xde) return this.list(await this.uint(2 << (tag - 0xdc)), depth);
    return this.map(await this.uint(2 << (tag - 0xde)), depth);
  }

  private constant(tag: number): Value {
    if (tag === 0xc0) return null;
    if (tag === 0xc1) throw this.refusal("header", "0xc1");
    return tag === 0xc3;
  }
}

/** The tree that a file is, and nothing behind it. Throws a Refusal. */
export async function readMsgpack(source: Source): Promise<Value> {
  const reader = new Reader(source);
  const value = await reader.value(0);
  const { cursor } = reader;
  if (cursor.remaining > 0)
    throw new Refusal("trailing", source.name, cursor.place, cursor.remaining);
  return value;
}
