/** TensorProto as an entry: its values are a range of the file, numbers in it, or in another file. */
import { MOST_RANK, blockOf, countOf } from "./dtypes.js";
import type { DType, TensorEntry } from "./entry.js";
import { MOST_VARINT, WIRE, varintAt } from "./onnx-fields.js";
import type { Field, ProtoFile } from "./onnx-fields.js";
import { FIXED_FIELDS, typedSource } from "./onnx-values.js";
import { Refusal, byteAt } from "./refusal.js";
import type { Shelf } from "./shelf.js";
import type { Source } from "./source.js";
import { storedEntry } from "./values.js";

/** Fields of the message. */
const FIELD = {
  dims: 1,
  type: 2,
  segment: 3,
  float: FIXED_FIELDS.float,
  int32: 5,
  text: 6,
  int64: 7,
  name: 8,
  raw: 9,
  double: FIXED_FIELDS.double,
  uint64: 11,
  external: 13,
  location: 14,
} as const;

/** A type's name here, the field that may have its values as numbers, and how many numbers a value is. */
type TypeRow = readonly [dtype: DType, field: number, numbers?: 2];

const TYPES: ReadonlyMap<bigint, TypeRow> = new Map<bigint, TypeRow>([
  [1n, ["F32", FIELD.float]],
  [2n, ["U8", FIELD.int32]],
  [3n, ["I8", FIELD.int32]],
  [4n, ["U16", FIELD.int32]],
  [5n, ["I16", FIELD.int32]],
  [6n, ["I32", FIELD.int32]],
  [7n, ["I64", FIELD.int64]],
  [9n, ["BOOL", FIELD.int32]],
  [10n, ["F16", FIELD.int32]],
  [11n, ["F64", FIELD.double]],
  [12n, ["U32", FIELD.uint64]],
  [13n, ["U64", FIELD.uint64]],
  [14n, ["C64", FIELD.float, 2]],
  [15n, ["C128", FIELD.double, 2]],
  [16n, ["BF16", FIELD.int32]],
  [17n, ["F8_E4M3", FIELD.int32]],
  [18n, ["F8_E4M3FNUZ", FIELD.int32]],
  [19n, ["F8_E5M2", FIELD.int32]],
  [20n, ["F8_E5M2FNUZ", FIELD.int32]],
  [24n, ["F8_E8M0", FIELD.int32]],
]);

/** Types that are listed: texts, and those of which a byte has two values or more. */
const LISTED: ReadonlyMap<bigint, readonly [dtype: DType, name: string]> = new Map([
  [8n, ["STRING", "STRING"]],
  [21n, ["OPAQUE", "UINT4"]],
  [22n, ["OPAQUE", "INT4"]],
  [23n, ["F4", "FLOAT4E2M1"]],
  [25n, ["OPAQUE", "UINT2"]],
  [26n, ["OPAQUE", "INT2"]],
]);

/** What stands in a message, before it is judged. */
interface Parts {
  name: string;
  readonly dims: bigint[];
  type: bigint;
  raw: Field | null;
  isExternal: boolean;
  isSegment: boolean;
  readonly external: Map<string, string>;
  /** Fields with values as numbers, by their numbers. */
  readonly typed: Map<number, Field[]>;
}

/** The extents that a field has, which is one of them or a packed list; `before` it were so many. */
export async function dimsOf(file: ProtoFile, field: Field, before: number): Promise<bigint[]> {
  const { wire, value, begin, end } = field;
  const place = byteAt(begin);
  if (before >= MOST_RANK || end - begin > MOST_RANK * MOST_VARINT)
    file.refuse("shape", place, `> ${MOST_RANK}`);
  if (wire === WIRE.varint) return [value];
  if (wire !== WIRE.bytes) file.refuse("protobuf", place, `wire type ${wire}`);
  const bytes = await file.bytes(field);
  const dims: bigint[] = [];
  for (let at = 0; at < bytes.length;) {
    const number = varintAt(bytes, at);
    if (!number || number.size > MOST_VARINT) return file.refuse("protobuf", place, "dims");
    dims.push(number.value);
    at += number.size;
  }
  return dims;
}

/** An extent of 64 bits with a sign; what is negative or cannot be counted with is refused with the shape. */
export const extentOf = (dim: bigint): number => Number(BigInt.asIntN(64, dim));

async function partsOf(file: ProtoFile, message: Field): Promise<Parts> {
  const typed = new Map<number, Field[]>();
  const external = new Map<string, string>();
  const flags = { raw: null, isExternal: false, isSegment: false };
  const parts: Parts = { name: "", dims: [], type: 0n, ...flags, external, typed };
  for await (const field of file.fields(message.begin, message.end)) {
    if (field.id === FIELD.dims) parts.dims.push(...(await dimsOf(file, field, parts.dims.length)));
    else if (field.id === FIELD.type) parts.type = field.value;
    else if (field.id === FIELD.name) parts.name = await file.text(field);
    else if (field.id === FIELD.raw) parts.raw = field;
    else if (field.id === FIELD.segment) parts.isSegment = true;
    else if (field.id === FIELD.location) parts.isExternal = field.value === 1n;
    else if (field.id === FIELD.external) await addPair(file, field, external);
    else if (TYPED.has(field.id)) {
      const fields = typed.get(field.id) ?? [];
      fields.push(field);
      typed.set(field.id, fields);
    }
  }
  return parts;
}

const TYPED: ReadonlySet<number> = new Set([
  ...[FIELD.float, FIELD.int32, FIELD.text, FIELD.int64, FIELD.double, FIELD.uint64],
]);

/** A StringStringEntryProto: key 1, value 2. */
export async function addPair(
  file: ProtoFile,
  pair: Field,
  pairs: Map<string, string>,
): Promise<void> {
  let [key, value] = ["", ""];
  for await (const field of file.fields(pair.begin, pair.end)) {
    if (field.id === 1) key = await file.text(field);
    if (field.id === 2) value = await file.text(field);
  }
  pairs.set(key, value);
}

/** What a tensor is found with: the file, and those that were chosen with it. */
export interface Found {
  readonly file: ProtoFile;
  readonly shelf: Shelf;
}

/** A tensor's message as an entry; `nameOf` makes its name of the one in the message. */
export async function entryOf(
  { file, shelf }: Found,
  message: Field,
  nameOf: (own: string) => string,
): Promise<TensorEntry> {
  const { source } = file;
  const parts = await partsOf(file, message);
  const name = nameOf(parts.name);
  const shape = parts.dims.map(extentOf);
  const count = countOf(shape, source.name, name);
  const listed = LISTED.get(parts.type);
  if (listed) {
    const unread = new Refusal("unsupported", source.name, name, listed[1]);
    return storedEntry({ name, shape, dtype: listed[0], source, begin: 0, unread });
  }
  const row = TYPES.get(parts.type) ?? file.refuse("dtype", name, parts.type);
  const [dtype, id, numbers = 1] = row;
  const base = { name, shape, dtype };
  if (parts.isSegment) {
    const unread = new Refusal("unsupported", source.name, name, "segment");
    return storedEntry({ ...base, source, begin: 0, unread });
  }
  const width = blockOf(dtype).bytes / numbers;
  const bytes = count * numbers * width;
  if (parts.isExternal)
    return storedEntry({ ...base, ...placeOf(source, shelf, parts, name, bytes) });
  const { raw, typed } = parts;
  if (raw && (raw.end > raw.begin || typed.size === 0)) {
    const stored = raw.end - raw.begin;
    if (stored !== bytes || typed.size > 0)
      file.refuse("size_mismatch", name, `${stored} != ${bytes}`);
    return storedEntry({ ...base, source, begin: raw.begin });
  }
  for (const field of typed.keys())
    if (field !== id) file.refuse("header", name, `field ${field} != ${id}`);
  const fields = typed.get(id) ?? [];
  checkSize(file, fields, { id, name, count: count * numbers, width });
  const [first] = fields;
  const isFixed = id === FIELD.float || id === FIELD.double;
  // One packed field of floats lies there as raw data does.
  if (isFixed && first && fields.length === 1)
    return storedEntry({ ...base, source, begin: first.begin });
  const { begin, end } = message;
  const data = { source, begin, end, place: name, id, count: count * numbers, width };
  return storedEntry({ ...base, source: typedSource(data), begin: 0 });
}

/** Whether the bytes of fields can be the values: exactly for floats; a varint has 1 to 10 bytes. */
function checkSize(
  file: ProtoFile,
  fields: readonly Field[],
  { id, name, count, width }: { id: number; name: string; count: number; width: number },
): void {
  const isFixed = id === FIELD.float || id === FIELD.double;
  const wires: readonly number[] = isFixed
    ? [width === 4 ? WIRE.fixed32 : WIRE.fixed64]
    : [WIRE.varint];
  for (const { wire } of fields)
    if (wire !== WIRE.bytes && !wires.includes(wire))
      file.refuse("protobuf", name, `wire type ${wire}`);
  const bytes = fields.reduce((sum, { begin, end }) => sum + end - begin, 0);
  const fits = isFixed ? bytes === count * width : bytes >= count && bytes <= MOST_VARINT * count;
  if (!fits) file.refuse("size_mismatch", name, `${bytes} != ${count}`);
}

/** Where external data lie: the file by its name alone, whole or from an offset on. */
function placeOf(
  source: Source,
  shelf: Shelf,
  { external }: Parts,
  name: string,
  bytes: number,
): { readonly source: Source; readonly begin: number } {
  const wholeOf = (key: string, otherwise: number): number => {
    const text = external.get(key);
    if (text === undefined) return otherwise;
    if (!/^\d{1,15}$/.test(text)) throw new Refusal("offsets", source.name, name, `${key} ${text}`);
    return Number(text);
  };
  const file = shelf.take(external.get("location") ?? "", source, name);
  const begin = wholeOf("offset", 0);
  const length = wholeOf("length", bytes);
  if (length !== bytes)
    throw new Refusal("size_mismatch", source.name, name, `${length} != ${bytes}`);
  if (begin + length > file.size)
    throw new Refusal("truncated", file.name, name, `${begin + length} > ${file.size}`);
  return { source: file, begin };
}
