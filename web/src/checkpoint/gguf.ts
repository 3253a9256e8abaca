/**
 * GGUF, versions 2 and 3: keys with values, a list of tensors, and their values, each padded to the
 * alignment. Axes are written fastest first; here they stand as rows come.
 */
import { Cursor } from "./cursor.js";
import { blockOf, bytesOf, shapeText } from "./dtypes.js";
import type { DType } from "./entry.js";
import type { Format } from "./format.js";
import { Refusal, byteAt } from "./refusal.js";
import type { Source } from "./source.js";
import { storedEntry } from "./values.js";
import type { Stored } from "./values.js";

const MAGIC = [0x47, 0x47, 0x55, 0x46];
const VERSIONS = [2, 3];
const MOST_TENSORS = 1_000_000;
const MOST_KEYS = 100_000;
const MOST_STRING = 10_000_000;
const MOST_ARRAY = 10_000_000;
/** Of a tensor's name; GGML holds 63 bytes. */
const MOST_NAME = 65_536;
const MOST_AXES = 4;
const MOST_ALIGNMENT = 65_536;

/** The types of values by their numbers: their bytes, 0 where they say it themselves. */
const VALUE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const [UINT32, STRING, ARRAY] = [4, 8, 9];

const DTYPES: ReadonlyMap<number, DType> = new Map<number, DType>([
  ...([
    [0, "F32"],
    [1, "F16"],
    [28, "F64"],
    [30, "BF16"],
  ] as const),
  ...([
    [24, "I8"],
    [25, "I16"],
    [26, "I32"],
    [27, "I64"],
  ] as const),
  ...([
    [2, "Q4_0"],
    [3, "Q4_1"],
    [6, "Q5_0"],
    [7, "Q5_1"],
    [8, "Q8_0"],
    [9, "Q8_1"],
  ] as const),
  ...([
    [10, "Q2_K"],
    [11, "Q3_K"],
    [12, "Q4_K"],
    [13, "Q5_K"],
    [14, "Q6_K"],
    [15, "Q8_K"],
  ] as const),
  ...([
    [16, "IQ2_XXS"],
    [17, "IQ2_XS"],
    [18, "IQ3_XXS"],
    [19, "IQ1_S"],
    [20, "IQ4_NL"],
  ] as const),
  ...([
    [21, "IQ3_S"],
    [22, "IQ2_S"],
    [23, "IQ4_XS"],
    [29, "IQ1_M"],
  ] as const),
  ...([
    [34, "TQ1_0"],
    [35, "TQ2_0"],
    [39, "MXFP4"],
    [40, "NVFP4"],
  ] as const),
  ...([
    [41, "Q1_0"],
    [42, "Q2_0"],
  ] as const),
]);

class Reader {
  readonly cursor: Cursor;
  readonly file: string;

  constructor(private readonly source: Source) {
    this.cursor = new Cursor(source, MAGIC.length);
    this.file = source.name;
  }

  async uint32(): Promise<number> {
    return (await this.cursor.view(4)).getUint32(0, true);
  }

  async uint64(): Promise<bigint> {
    return (await this.cursor.view(8)).getBigUint64(0, true);
  }

  /** A number of things of which each takes a byte or more; `most` are read. */
  async number(most: number): Promise<number> {
    const { place } = this.cursor;
    const number = await this.uint64();
    if (number > BigInt(most)) throw new Refusal("limit", this.file, place, `${number} > ${most}`);
    return Number(number);
  }

  /** Refuses more bytes than remain before it says that they are too many. */
  async string(most: number): Promise<string> {
    const length = await this.uint64();
    this.cursor.check(length);
    return this.cursor.text(Number(length), most);
  }

  async type(): Promise<number> {
    const { place } = this.cursor;
    const type = await this.uint32();
    if (type >= VALUE_BYTES.length) throw new Refusal("header", this.file, place, `type=${type}`);
    return type;
  }

  private async skipArray(): Promise<void> {
    const { place } = this.cursor;
    const type = await this.type();
    if (type === ARRAY) throw new Refusal("header", this.file, place, `type=${ARRAY}`);
    const length = await this.uint64();
    this.cursor.check(length);
    if (length > BigInt(MOST_ARRAY))
      throw new Refusal("limit", this.file, place, `${length} > ${MOST_ARRAY}`);
    if (type !== STRING) return this.cursor.skip(Number(length) * (VALUE_BYTES[type] ?? 0));
    for (let i = 0; i < Number(length); ++i) {
      const bytes = await this.uint64();
      this.cursor.check(bytes);
      this.cursor.skip(Number(bytes));
    }
  }

  /** Strings among the values; the alignment. */
  async keys(count: number): Promise<{ metadata: Map<string, string>; alignment: number }> {
    const metadata = new Map<string, string>();
    const seen = new Set<string>();
    let alignment = 32;
    for (let i = 0; i < count; ++i) {
      const { place } = this.cursor;
      const key = await this.string(MOST_NAME);
      if (seen.has(key)) throw new Refusal("duplicate_name", this.file, place, key);
      seen.add(key);
      const type = await this.type();
      if (type === STRING) metadata.set(key, await this.string(MOST_STRING));
      else if (key === "general.alignment") alignment = await this.alignment(type);
      else if (type === ARRAY) await this.skipArray();
      else this.cursor.skip(VALUE_BYTES[type] ?? 0);
    }
    return { metadata, alignment };
  }

  private async alignment(type: number): Promise<number> {
    const { place } = this.cursor;
    if (type !== UINT32) throw new Refusal("header", this.file, place, `type=${type} ≠ ${UINT32}`);
    const alignment = await this.uint32();
    const isPower = alignment > 0 && (alignment & (alignment - 1)) === 0;
    if (!isPower || alignment > MOST_ALIGNMENT)
      throw new Refusal("header", this.file, place, `general.alignment=${alignment}`);
    return alignment;
  }

  /** A tensor's name, type, shape and bytes, and where it says that it begins. */
  async info(): Promise<Omit<Stored, "begin"> & { bytes: number; offset: bigint }> {
    const name = await this.string(MOST_NAME);
    const axes = await this.uint32();
    if (axes > MOST_AXES) throw new Refusal("shape", this.file, name, `${axes} > ${MOST_AXES}`);
    const extents: number[] = [];
    for (let axis = 0; axis < axes; ++axis) extents.push(Number(await this.uint64()));
    const number = await this.uint32();
    const dtype = DTYPES.get(number);
    if (!dtype) throw new Refusal("dtype", this.file, name, `type=${number}`);
    const shape = [...extents].reverse();
    const bytes = bytesOf(dtype, shape, this.file, name);
    const { values } = blockOf(dtype);
    // A row is whole blocks.
    if ((extents[0] ?? 1) % values !== 0 || (axes === 0 && values > 1))
      throw new Refusal("shape", this.file, name, `${shapeText(shape)} % ${values}`);
    const { source } = this;
    return { name, dtype, shape, source, bytes, offset: await this.uint64() };
  }
}

const padded = (bytes: number, alignment: number): number =>
  Math.ceil(bytes / alignment) * alignment;

export const gguf: Format = {
  id: "gguf",
  recognise: (head) => MAGIC.every((byte, i) => head[i] === byte),
  async read(source) {
    const reader = new Reader(source);
    const { file, cursor } = reader;
    const version = await reader.uint32();
    if (!VERSIONS.includes(version))
      throw new Refusal("version", file, byteAt(MAGIC.length), version);
    const tensorCount = await reader.number(MOST_TENSORS);
    const { metadata, alignment } = await reader.keys(await reader.number(MOST_KEYS));
    const infos = [];
    const names = new Set<string>();
    for (let i = 0; i < tensorCount; ++i) {
      const { place } = cursor;
      const info = await reader.info();
      if (names.has(info.name)) throw new Refusal("duplicate_name", file, place, info.name);
      names.add(info.name);
      infos.push(info);
    }
    const data = padded(cursor.position, alignment);
    let next = 0;
    const tensors = infos.map(({ bytes, offset, ...stored }) => {
      if (offset !== BigInt(next))
        throw new Refusal("offsets", file, stored.name, `${offset} ≠ ${next}`);
      const end = data + next + bytes;
      if (end > source.size)
        throw new Refusal("truncated", file, stored.name, `${end} > ${source.size}`);
      const begin = data + next;
      next = padded(next + bytes, alignment);
      return storedEntry({ ...stored, begin });
    });
    return { tensors, metadata };
  },
};
