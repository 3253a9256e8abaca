/** Flax's checkpoints: one map in MessagePack, whose names lead to arrays. */
import { bytesOf } from "./dtypes.js";
import type { TensorEntry } from "./entry.js";
import type { Format } from "./format.js";
import { readMsgpack } from "./msgpack.js";
import type { Packed, Tree, Value } from "./msgpack.js";
import { Refusal } from "./refusal.js";
import { joinedSource, partSource } from "./source.js";
import type { Source } from "./source.js";
import { storedEntry } from "./values.js";

/** The member by which a map is one array in chunks, as Flax writes those of 2^30 bytes and more. */
const CHUNKED = "__msgpack_chunked_array__";

const isTree = (value: Value | undefined): value is Tree =>
  typeof value === "object" && value?.kind === "map";
const isArray = (value: Value | undefined): value is Packed =>
  typeof value === "object" && value?.kind === "array";

/** The values of a map whose names are 0, 1, 2, ..., in that order; undefined where it is none. */
function listOf(value: Value | undefined): Value[] | undefined {
  if (!isTree(value)) return undefined;
  const items: Value[] = [];
  for (let i = 0; i < value.entries.size; ++i) {
    const item = value.entries.get(String(i));
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

class Reader {
  readonly tensors: TensorEntry[] = [];
  private readonly names = new Set<string>();

  constructor(private readonly source: Source) {}

  private refusal(
    code: "header" | "dtype" | "size_mismatch" | "duplicate_name",
    name: string,
    value: string,
  ) {
    return new Refusal(code, this.source.name, name, value);
  }

  private add(
    name: string,
    { dtype, shape }: Pick<Packed, "dtype" | "shape">,
    source: Source,
    begin: number,
  ) {
    if (this.names.has(name)) throw this.refusal("duplicate_name", name, name);
    this.names.add(name);
    this.tensors.push(storedEntry({ name, dtype, shape, source, begin, layout: "keras" }));
  }

  private addChunks(name: string, { entries }: Tree): void {
    const shape = listOf(entries.get("shape"));
    const chunks = listOf(entries.get("chunks"));
    const [first] = chunks ?? [];
    if (!shape || !chunks || !isArray(first) || !chunks.every(isArray))
      throw this.refusal("header", name, CHUNKED);
    const { dtype } = first;
    const other = chunks.find((chunk) => chunk.dtype !== dtype);
    if (other) throw this.refusal("dtype", name, `${other.dtype} ≠ ${dtype}`);
    const expected = bytesOf(dtype, shape, this.source.name, name);
    const parts = chunks.map(({ begin, bytes }) => partSource(this.source, begin, begin + bytes));
    const joined = joinedSource(this.source.name, parts);
    if (joined.size !== expected)
      throw this.refusal("size_mismatch", name, `${joined.size} ≠ ${expected}`);
    this.add(name, { dtype, shape: shape as number[] }, joined, 0);
  }

  /** Arrays by the names that lead to them, with points between. */
  collect(name: string, value: Value): void {
    if (isArray(value)) return this.add(name, value, this.source, value.begin);
    if (isTree(value) && value.entries.get(CHUNKED) === true) return this.addChunks(name, value);
    const inner = (key: string) => (name === "" ? key : `${name}.${key}`);
    if (isTree(value)) for (const [key, item] of value.entries) this.collect(inner(key), item);
    else if (typeof value === "object" && value?.kind === "list")
      value.items.forEach((item, i) => this.collect(inner(String(i)), item));
  }
}

/** Whether a byte begins what a map's name may be: text, or a whole number. */
const beginsName = (byte: number): boolean =>
  byte < 0x80 || (byte >= 0xa0 && byte < 0xc0) || (byte >= 0xcc && byte <= 0xdb);

export const flax: Format = {
  id: "flax",
  /** A map, which has no mark of its own: its first name must begin as one. */
  recognise(head) {
    const [tag = 0, next, , third, , fifth] = head;
    if (tag === 0x80) return next === undefined || next < 2 || next > 5; // else it is a pickle
    if (tag > 0x80 && tag < 0x90) return next === undefined || beginsName(next);
    if (tag === 0xde) return third === undefined || beginsName(third);
    return tag === 0xdf && (fifth === undefined || beginsName(fifth));
  },
  async read(source) {
    const reader = new Reader(source);
    reader.collect("", await readMsgpack(source));
    return { tensors: reader.tensors };
  },
};
