/** Writes pickles opcode by opcode, and the archives of torch around them, for tests. */
import { zipSync } from "fflate";
import type { Zippable } from "fflate";

/** An opcode's letter or number, and what stands behind it. */
export type Code = readonly number[];

const little = (value: number | bigint, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn));

const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];

/** Opcodes by their names in pickletools. */
export const op = {
  proto: (version = 2): Code => [0x80, version],
  stop: [0x2e] as Code,
  mark: [0x28] as Code,
  pop: [0x30] as Code,
  dup: [0x32] as Code,
  none: [0x4e] as Code,
  yes: [0x88] as Code,
  no: [0x89] as Code,
  reduce: [0x52] as Code,
  newobj: [0x81] as Code,
  obj: [0x6f] as Code,
  build: [0x62] as Code,
  persid: [0x51] as Code,
  emptyList: [0x5d] as Code,
  emptyDict: [0x7d] as Code,
  emptyTuple: [0x29] as Code,
  emptySet: [0x8f] as Code,
  addItems: [0x90] as Code,
  append: [0x61] as Code,
  appends: [0x65] as Code,
  setItem: [0x73] as Code,
  setItems: [0x75] as Code,
  tuple: [0x74] as Code,
  tuple1: [0x85] as Code,
  tuple2: [0x86] as Code,
  memoize: [0x94] as Code,
  stackGlobal: [0x93] as Code,
  put: (number: number): Code => [0x72, ...little(number, 4)],
  get: (number: number): Code => [0x6a, ...little(number, 4)],
  global: (module: string, name: string): Code => [0x63, ...utf8(`${module}\n${name}\n`)],
  text: (text: string): Code => [0x58, ...little(utf8(text).length, 4), ...utf8(text)],
  shortText: (text: string): Code => [0x8c, utf8(text).length, ...utf8(text)],
  int: (value: number): Code => [0x4a, ...little(value, 4)],
  long: (value: bigint, bytes = 9): Code => [0x8a, bytes, ...little(value, bytes)],
  float: (value: number): Code => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return [0x47, ...new Uint8Array(view.buffer)];
  },
  frame: (length: number | bigint): Code => [0x95, ...little(length, 8)],
} as const;

export const join = (...codes: readonly Code[]): Code => codes.flat();

/** A whole number, by the opcode that holds it. */
const whole = (value: number): Code =>
  Math.abs(value) < 2 ** 31 ? op.int(value) : op.long(BigInt(value), 8);

export const tuple = (...items: readonly Code[]): Code => join(op.mark, ...items, op.tuple);
export const list = (...items: readonly Code[]): Code =>
  join(op.emptyList, op.mark, ...items, op.appends);
export const dict = (...pairs: readonly (readonly [key: Code, value: Code])[]): Code =>
  join(op.emptyDict, op.mark, ...pairs.flat(), op.setItems);
/** The same by names of plain text. */
export const named = (values: Readonly<Record<string, Code>>): Code =>
  dict(...Object.entries(values).map(([name, value]) => [op.text(name), value] as const));
export const ordered = (): Code =>
  join(op.global("collections", "OrderedDict"), op.emptyTuple, op.reduce);

const call = (name: readonly [string, string], ...args: readonly Code[]): Code =>
  join(op.global(...name), tuple(...args), op.reduce);

export interface StorageGiven {
  readonly key?: string;
  readonly type?: readonly [module: string, name: string];
  readonly numel: number;
  /** The sixth part of a persistent id, which the old format has. */
  readonly view?: Code;
}

export const storage = ({
  key = "0",
  type = ["torch", "FloatStorage"],
  numel,
  view,
}: StorageGiven) =>
  join(
    tuple(
      ...[op.text("storage"), op.global(...type), op.text(key), op.text("cpu"), whole(numel)],
      ...(view ? [view] : []),
    ),
    op.persid,
  );

export interface TensorGiven extends StorageGiven {
  readonly offset?: number;
  readonly shape: readonly number[];
  /** Row-major unless given. */
  readonly strides?: readonly number[];
  /** A function of torch._utils and what it takes behind its six arguments. */
  readonly rebuild?: string;
  readonly further?: readonly Code[];
}

const rowMajor = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));

export function tensor(given: TensorGiven): Code {
  const { offset = 0, shape, strides = rowMajor(shape), further = [] } = given;
  const view = [whole(offset), tuple(...shape.map(whole)), tuple(...strides.map(whole))];
  const rest = [op.no, ordered(), ...further];
  return call(
    ["torch._utils", given.rebuild ?? "_rebuild_tensor_v2"],
    ...[storage(given), ...view, ...rest],
  );
}

export const parameter = (data: Code): Code =>
  call(["torch._utils", "_rebuild_parameter"], data, op.yes, ordered());

/** A call of any function, as a pickle has it. */
export const reduced = call;

/** A whole pickle of protocol 2. */
export const pickle = (value: Code): Uint8Array =>
  Uint8Array.from(join(op.proto(), value, op.stop));

export const float32 = (...values: readonly number[]): Uint8Array =>
  new Uint8Array(Float32Array.from(values).buffer);

/** A storage's bytes in the other order, `width` bytes each. */
export const swapped = (bytes: Uint8Array, width: number): Uint8Array =>
  bytes.map((_, i) => bytes[i - (i % width) + (width - 1 - (i % width))] ?? 0);

/** An archive as torch writes it; `records` are by their paths within the folder. */
export function archive(
  value: Uint8Array,
  records: Readonly<Record<string, Uint8Array>>,
  folder = "archive",
): Uint8Array {
  const files: Zippable = { [`${folder}/data.pkl`]: value };
  for (const [path, bytes] of Object.entries(records)) files[`${folder}/${path}`] = bytes;
  return zipSync(files, { level: 0 });
}

const MAGIC = 0x1950a86a20f9469cfc6cn;

/** A file of the old format: `storages` in order, by key, each as the number of values and its bytes. */
export function legacy(
  value: Code,
  storages: readonly (readonly [key: string, numel: number, bytes: Uint8Array])[],
  { little: isLittle = true, trailing = [] as readonly number[] } = {},
): Uint8Array {
  const pickles = [
    op.long(MAGIC, 10),
    op.int(1001),
    named({ protocol_version: op.int(1001), little_endian: isLittle ? op.yes : op.no }),
    value,
    list(...storages.map(([key]) => op.text(key))),
  ];
  const data = storages.flatMap(([, numel, bytes]) => [Uint8Array.from(little(numel, 8)), bytes]);
  return Uint8Array.from(
    Buffer.concat([...pickles.map(pickle), ...data, Uint8Array.from(trailing)]),
  );
}
