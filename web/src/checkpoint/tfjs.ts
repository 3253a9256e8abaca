/**
 * TensorFlow.js: a JSON file with groups of weights. The shards of a group count as one run of bytes,
 * in which weights lie one behind the other; nothing is fetched.
 */
import { shown } from "../engine/shown.js";
import { Cursor } from "./cursor.js";
import { bytesOf, countOf } from "./dtypes.js";
import type { DType, TensorEntry } from "./entry.js";
import type { JsonFormat } from "./format.js";
import { isObject, member } from "./json.js";
import type { JsonObject } from "./json.js";
import { Refusal } from "./refusal.js";
import type { Shelf } from "./shelf.js";
import { joinedSource } from "./source.js";
import type { Source } from "./source.js";
import { storedEntry } from "./values.js";
import type { Stored } from "./values.js";

const DTYPES: ReadonlyMap<unknown, DType> = new Map<unknown, DType>([
  ["float32", "F32"],
  ["int32", "I32"],
  ["bool", "BOOL"],
  ["string", "STRING"],
]);
/** Types of what stands for float32. */
const QUANTIZED: ReadonlyMap<unknown, DType> = new Map<unknown, DType>([
  ["uint8", "U8 quantized"],
  ["uint16", "U16 quantized"],
  ["float16", "F16"],
]);
/** A string is its length, in 4 bytes, and so many bytes. */
const LENGTH_BYTES = 4;

/** The list of groups: a member of the model, or in older files all that there is. */
const manifestOf = (json: unknown): unknown =>
  isObject(json) ? member(json, "weightsManifest") : json;

type Described = Pick<Stored, "name" | "shape" | "dtype" | "affine" | "unread">;

/** What the manifest says of one weight. */
function describe(weight: unknown, file: string, place: string): Described {
  if (!isObject(weight)) throw new Refusal("header", file, place, String(weight));
  const name = member(weight, "name");
  const shape = member(weight, "shape");
  if (typeof name !== "string") throw new Refusal("header", file, place, "name");
  if (!Array.isArray(shape)) throw new Refusal("header", file, name, "shape");
  countOf(shape, file, name);
  const type = member(weight, "dtype");
  const dtype = DTYPES.get(type);
  if (!dtype) throw new Refusal("dtype", file, name, String(type));
  const described = { name, shape: shape as number[], dtype };
  const quantization = member(weight, "quantization");
  if (quantization === undefined) return described;
  if (!isObject(quantization)) throw new Refusal("header", file, name, "quantization");
  return { ...described, ...quantized(quantization, type, file, name) };
}

function quantized(
  quantization: JsonObject,
  type: unknown,
  file: string,
  name: string,
): Pick<Stored, "dtype" | "affine" | "unread"> {
  const stored = member(quantization, "dtype");
  const dtype = QUANTIZED.get(stored);
  if (!dtype) throw new Refusal("dtype", file, name, String(stored));
  // Integers of it are rounded in a way of their own.
  const unread =
    type === "float32" ? null : new Refusal("unsupported", file, name, `${String(type)} ${dtype}`);
  if (dtype === "F16") return { dtype, unread };
  const scale = member(quantization, "scale");
  const minimum = member(quantization, "min");
  if (!Number.isFinite(scale) || !Number.isFinite(minimum))
    throw new Refusal("header", file, name, `scale=${shown(scale)}, min=${shown(minimum)}`);
  return { dtype, unread, affine: { scale: Number(scale), minimum: Number(minimum) } };
}

/** The bytes that strings take, by going from one to the next. */
async function bytesOfStrings(count: number, group: Source, begin: number): Promise<number> {
  const cursor = new Cursor(group, begin);
  cursor.check(count * LENGTH_BYTES);
  for (let i = 0; i < count; ++i) cursor.skip((await cursor.view(LENGTH_BYTES)).getUint32(0, true));
  return cursor.position - begin;
}

/** The shards of a group as one, and which of them holds a byte. */
function groupOf(paths: readonly unknown[], source: Source, shelf: Shelf, seen: Set<Source>) {
  const shards = paths.map((path) => {
    const shard = shelf.take(path, source, "weightsManifest");
    if (seen.has(shard))
      throw new Refusal("duplicate_name", source.name, "weightsManifest", shard.name);
    seen.add(shard);
    return shard;
  });
  const shardAt = (begin: number): string => {
    let end = 0;
    return shards.find(({ size }) => begin < (end += size))?.name ?? source.name;
  };
  return { group: joinedSource(shards[0]?.name ?? source.name, shards), shardAt };
}

async function readGroup(
  json: unknown,
  place: string,
  source: Source,
  shelf: Shelf,
  seen: Set<Source>,
): Promise<TensorEntry[]> {
  const file = source.name;
  const paths = isObject(json) ? member(json, "paths") : undefined;
  const weights = isObject(json) ? member(json, "weights") : undefined;
  if (!Array.isArray(paths)) throw new Refusal("header", file, place, "paths");
  if (!Array.isArray(weights)) throw new Refusal("header", file, place, "weights");
  const { group, shardAt } = groupOf(paths, source, shelf, seen);
  const tensors: TensorEntry[] = [];
  let begin = 0;
  for (const [i, weight] of weights.entries()) {
    const described = describe(weight, file, `${place}.weights[${i}]`);
    const { name, dtype, shape } = described;
    const bytes =
      dtype === "STRING"
        ? await bytesOfStrings(countOf(shape, file, name), group, begin)
        : bytesOf(dtype, shape, file, name);
    if (begin + bytes > group.size)
      throw new Refusal("size_mismatch", file, name, `${group.size - begin} < ${bytes}`);
    // Which shard a weight is in, is said of its first byte.
    const named: Source = { ...group, name: shardAt(begin) };
    tensors.push(storedEntry({ ...described, source: named, begin, layout: "keras" }));
    begin += bytes;
  }
  if (begin !== group.size)
    throw new Refusal("size_mismatch", file, place, `${group.size} ≠ ${begin}`);
  return tensors;
}

export const tfjs: JsonFormat = {
  id: "tfjs",
  recognise: (json) => Array.isArray(manifestOf(json)),
  async read(json, source, shelf, signal) {
    const manifest = manifestOf(json) as readonly unknown[];
    const tensors: TensorEntry[] = [];
    const names = new Set<string>();
    const seen = new Set<Source>();
    for (const [i, group] of manifest.entries()) {
      signal?.throwIfAborted();
      const place = `weightsManifest[${i}]`;
      for (const tensor of await readGroup(group, place, source, shelf, seen)) {
        if (names.has(tensor.name))
          throw new Refusal("duplicate_name", source.name, place, tensor.name);
        names.add(tensor.name);
        tensors.push(tensor);
      }
    }
    return { tensors };
  },
};
