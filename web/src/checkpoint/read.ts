/**
 * Checkpoints of every format: what a file is, is told by what stands in it. A format is a row of one
 * of three tables here, and a file beside this one.
 */
import type { Checkpoint, FormatId } from "./entry.js";
import { flax } from "./flax.js";
import { refuseForeign } from "./foreign.js";
import { asRefusal } from "./foreseen.js";
import { HEAD_BYTES } from "./format.js";
import type { Contents, Format, JsonFormat, ZipFormat } from "./format.js";
import { gguf } from "./gguf.js";
import { beginsAsJson, readJson } from "./json.js";
import { hdf5, kerasZip } from "./keras.js";
import { npy } from "./npy.js";
import { npz } from "./npz.js";
import { onnx } from "./onnx.js";
import { Refusal, byteAt } from "./refusal.js";
import { safetensors, safetensorsIndex } from "./safetensors.js";
import { Shelf } from "./shelf.js";
import type { Source } from "./source.js";
import { tfjs } from "./tfjs.js";
import { torchLegacy } from "./torch-legacy.js";
import { torchZip } from "./torch-zip.js";
import { isZip, openArchive } from "./zip.js";

/** Told by the first bytes, the surest ones first. */
const FORMATS: readonly Format[] = [npy, gguf, hdf5, torchLegacy, safetensors, onnx, flax];
/** Told by the entries of an archive. */
const ZIP_FORMATS: readonly ZipFormat[] = [torchZip, kerasZip, npz];
/** Told by the members of a JSON file. */
const JSON_FORMATS: readonly JsonFormat[] = [safetensorsIndex, tfjs];

/** The formats that are read. */
export const READ_FORMATS: readonly FormatId[] = [
  ...new Set([...FORMATS, ...ZIP_FORMATS, ...JSON_FORMATS].map(({ id }) => id)),
];

interface Found extends Contents {
  readonly format: FormatId;
}
/** How a file is read, and whether it may name others. */
interface Way {
  readonly namesOthers: boolean;
  read(shelf: Shelf, signal?: AbortSignal): Promise<Found>;
}

async function readZip(source: Source, signal?: AbortSignal): Promise<Found> {
  const archive = await openArchive(source);
  const format = ZIP_FORMATS.find((each) => each.recognise(archive));
  if (!format) throw new Refusal("unknown_format", source.name, byteAt(0), "zip");
  return { format: format.id, ...(await format.read(archive, signal)) };
}

async function readAsJson(source: Source, shelf: Shelf, signal?: AbortSignal): Promise<Found> {
  const json = await readJson(source);
  const format = JSON_FORMATS.find((each) => each.recognise(json));
  if (!format) throw new Refusal("unknown_format", source.name, byteAt(0), "JSON");
  return { format: format.id, ...(await format.read(json, source, shelf, signal)) };
}

/** What a file is, by its first bytes. */
async function wayOf(source: Source): Promise<Way> {
  const head = await source.read(0, Math.min(source.size, HEAD_BYTES));
  if (isZip(head)) return { namesOthers: false, read: (_, signal) => readZip(source, signal) };
  const format = FORMATS.find((each) => each.recognise(head, source));
  if (format)
    return {
      namesOthers: format.namesOthers ?? false,
      read: async (shelf, signal) => ({
        format: format.id,
        ...(await format.read(source, shelf, signal)),
      }),
    };
  if (beginsAsJson(head))
    return { namesOthers: true, read: (shelf, signal) => readAsJson(source, shelf, signal) };
  return { namesOthers: false, read: () => refuseForeign(head, source) };
}

/** A checkpoint, and on the shelf which files it took. */
async function readOne(
  source: Source,
  way: Way,
  files: readonly Source[],
  shelf: Shelf,
  signal?: AbortSignal,
): Promise<Checkpoint> {
  const own = new Shelf(files);
  const { format, tensors, metadata } = await way.read(own, signal);
  if (tensors.length === 0) throw new Refusal("not_tensors", source.name, byteAt(0), format);
  const others = files.filter((file) => own.isTaken(file));
  for (const file of others) shelf.claim(file);
  const names = [source, ...others].map(({ name }) => name);
  return { format, files: names, tensors, metadata: metadata ?? new Map<string, string>() };
}

/**
 * The checkpoints that are in files chosen together, in the order of the files: an index and its
 * shards are one, and a file of data belongs to the model that names it. A file that is of no format is
 * passed over where another is read (it is in nobody's `files`), and refused where none is. Throws a
 * Refusal, or the signal's reason.
 */
export async function readCheckpoint(
  files: readonly Source[],
  signal?: AbortSignal,
): Promise<Checkpoint[]> {
  const shelf = new Shelf(files);
  const read = new Map<Source, Checkpoint>();
  const unknown = new Map<Source, Refusal>();
  const ways = new Map<Source, Way>();
  for (const namesOthers of [true, false])
    for (const source of files) {
      signal?.throwIfAborted();
      try {
        const way = ways.get(source) ?? (await wayOf(source));
        ways.set(source, way);
        if (way.namesOthers !== namesOthers || shelf.isTaken(source)) continue;
        read.set(source, await readOne(source, way, files, shelf, signal));
      } catch (error) {
        const refusal = asRefusal(error, source.name, byteAt(0));
        if (!(refusal instanceof Refusal) || refusal.code !== "unknown_format") throw refusal;
        unknown.set(source, refusal);
      }
    }
  const [first] = files.flatMap((file) => unknown.get(file) ?? []);
  if (read.size === 0 && first) throw first;
  return files.flatMap((file) => read.get(file) ?? []);
}
