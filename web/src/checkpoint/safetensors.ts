/**
 * safetensors: the length of a JSON header, the header, and the values. What the header may say is
 * what the crate `safetensors` checks: tensors lie one behind the other without a hole, and nothing
 * follows them. An index names the shards that hold each tensor.
 */
import { bytesOf } from "./dtypes.js";
import type { DType } from "./entry.js";
import type { Format, JsonFormat } from "./format.js";
import { isObject, member } from "./json.js";
import type { JsonObject } from "./json.js";
import { keysOf } from "./json-keys.js";
import { Refusal, byteAt } from "./refusal.js";
import type { Shelf } from "./shelf.js";
import type { Source } from "./source.js";
import { storedEntry } from "./values.js";
import type { Stored } from "./values.js";

/** The limit of the crate, in bytes. */
const MOST_HEADER = 100_000_000;
/** The header's object, a tensor's, and its lists. */
const DEEPEST = 4;
const LENGTH_BYTES = 8;

const DTYPES: ReadonlyMap<string, DType> = new Map<string, DType>(
  (
    [
      ...(["F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "C64"] as const),
      ...(["I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"] as const),
      ...(["F4", "F6_E2M3", "F6_E3M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"] as const),
    ] as const
  ).map((dtype) => [dtype, dtype]),
);

interface Ranged extends Stored {
  /** Of its values, from the end of the header. */
  readonly from: number;
  readonly to: number;
}

/** The header as text, and where the values begin. */
async function headerOf(source: Source): Promise<{ text: string; data: number }> {
  const { name, size } = source;
  const view = new DataView((await source.read(0, LENGTH_BYTES)).buffer);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MOST_HEADER))
    throw new Refusal("header_large", name, byteAt(0), `${length} > ${MOST_HEADER}`);
  const data = LENGTH_BYTES + Number(length);
  if (data > size) throw new Refusal("truncated", name, byteAt(LENGTH_BYTES), `${data} > ${size}`);
  const bytes = await source.read(LENGTH_BYTES, data);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), data };
  } catch {
    throw new Refusal("header_json", name, byteAt(LENGTH_BYTES), "UTF-8");
  }
}

const bytesBefore = (text: string, at: number): number =>
  new TextEncoder().encode(text.slice(0, at)).length;

/** The header as an object, and its names in their order. */
function parsed(text: string, file: string): { header: JsonObject; names: readonly string[] } {
  const begin = byteAt(LENGTH_BYTES);
  if (!text.startsWith("{")) throw new Refusal("header_json", file, begin, text.slice(0, 8));
  const names = keysOf(text, DEEPEST);
  if ("code" in names)
    throw new Refusal(
      names.code,
      file,
      byteAt(LENGTH_BYTES + bytesBefore(text, names.at)),
      names.value,
    );
  try {
    const header: unknown = JSON.parse(text);
    if (isObject(header)) return { header, names };
  } catch (error) {
    throw new Refusal("header_json", file, begin, (error as Error).message);
  }
  throw new Refusal("header_json", file, begin, text.slice(0, 8));
}

const isOffset = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

function tensorOf(name: string, entry: unknown, source: Source, data: number): Ranged {
  const file = source.name;
  const no = (value: string) => new Refusal("header_json", file, name, value);
  if (!isObject(entry)) throw no(String(entry));
  const dtypeName = member(entry, "dtype");
  const shape = member(entry, "shape");
  const offsets = member(entry, "data_offsets");
  if (typeof dtypeName !== "string") throw no("dtype");
  if (!Array.isArray(shape)) throw no("shape");
  if (!Array.isArray(offsets) || offsets.length !== 2) throw no("data_offsets");
  const [from, to] = offsets as readonly unknown[];
  if (!isOffset(from) || !isOffset(to) || to < from)
    throw new Refusal("offsets", file, name, `[${String(from)}, ${String(to)}]`);
  const dtype = DTYPES.get(dtypeName);
  if (!dtype) throw new Refusal("dtype", file, name, dtypeName);
  const bytes = bytesOf(dtype, shape, file, name);
  if (bytes !== to - from)
    throw new Refusal("size_mismatch", file, name, `${to - from} ≠ ${bytes}`);
  return { name, dtype, shape: shape as number[], source, begin: data + from, from, to };
}

/** Refuses holes, tensors that share bytes, and a file that ends before its values or after them. */
function checkRanges(tensors: readonly Ranged[], source: Source, data: number): void {
  let end = 0;
  for (const { name, from, to } of [...tensors].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw new Refusal("offsets", source.name, name, `${from} ≠ ${end}`);
    end = to;
  }
  const size = data + end;
  if (size > source.size)
    throw new Refusal("truncated", source.name, byteAt(source.size), `${size} > ${source.size}`);
  if (size < source.size)
    throw new Refusal("offsets", source.name, byteAt(size), `${size} < ${source.size}`);
}

function metadataOf(value: unknown, file: string): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  if (value === undefined) return metadata;
  if (!isObject(value)) throw new Refusal("header_json", file, "__metadata__", typeof value);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string")
      throw new Refusal("header_json", file, "__metadata__", `${key}: ${typeof text}`);
    metadata.set(key, text);
  }
  return metadata;
}

async function readTensors(source: Source) {
  const { text, data } = await headerOf(source);
  const { header, names } = parsed(text, source.name);
  const metadata = metadataOf(member(header, "__metadata__"), source.name);
  const tensors = names
    .filter((name) => name !== "__metadata__")
    .map((name) => tensorOf(name, member(header, name), source, data));
  checkRanges(tensors, source, data);
  return { tensors: tensors.map(storedEntry), metadata };
}

/**
 * A header begins behind its length, of which the upper half is 0. A file that is called so is held to
 * it, so that one that is broken there is told what is wrong.
 */
export const safetensors: Format = {
  id: "safetensors",
  recognise(head, { name, size }) {
    if (size < LENGTH_BYTES) return false;
    if (/\.safetensors$/i.test(name)) return true;
    return (
      head[LENGTH_BYTES] === 0x7b && head.subarray(4, LENGTH_BYTES).every((byte) => byte === 0)
    );
  },
  read: readTensors,
};

/** The shards that an index names, and of each the tensors that it looks for there. */
function shardsOf(map: JsonObject, source: Source, shelf: Shelf): Map<Source, Set<string>> {
  const files = new Map<unknown, Source>();
  const shards = new Map<Source, Set<string>>();
  for (const [tensor, path] of Object.entries(map)) {
    const file = files.get(path) ?? shelf.take(path, source, tensor);
    files.set(path, file);
    const names = shards.get(file) ?? new Set();
    shards.set(file, names.add(tensor));
  }
  return shards;
}

export const safetensorsIndex: JsonFormat = {
  id: "safetensors",
  recognise: (json) => isObject(json) && isObject(member(json, "weight_map")),
  async read(json, source, shelf, signal) {
    const map = isObject(json) ? member(json, "weight_map") : undefined;
    const tensors = [];
    const metadata = new Map<string, string>();
    for (const [shard, wanted] of shardsOf(isObject(map) ? map : {}, source, shelf)) {
      signal?.throwIfAborted();
      const read = await readTensors(shard);
      for (const [key, text] of read.metadata) metadata.set(key, text);
      for (const tensor of read.tensors) if (wanted.delete(tensor.name)) tensors.push(tensor);
      const [missing] = wanted;
      if (missing !== undefined)
        throw new Refusal("storage_missing", source.name, missing, shard.name);
    }
    return { tensors, metadata };
  },
};
