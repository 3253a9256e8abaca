/**
 * HDF5, as Keras and h5py write it by default: groups of datasets that lie in one piece. Chunked
 * datasets are listed without values, what lies in other files is refused.
 */
import { bytesOf } from "./dtypes.js";
import type { DType, TensorEntry } from "./entry.js";
import { textAttributes } from "./hdf5-attributes.js";
import { asRefusal } from "./foreseen.js";
import { Hdf5File, MESSAGE } from "./hdf5-file.js";
import type { Message } from "./hdf5-file.js";
import { linksOf } from "./hdf5-groups.js";
import { kindOf, layoutOf, shapeOf } from "./hdf5-types.js";
import { Names } from "./names.js";
import { Refusal, byteAt } from "./refusal.js";
import type { RefusalCode } from "./refusal.js";
import { bytesSource } from "./source.js";
import type { Source } from "./source.js";
import { refuseUnread } from "./unread.js";
import { storedEntry } from "./values.js";

/** Groups within groups. */
const MOST_DEPTH = 64;
const SHARED = 2;
/** Chunks that are compressed, which DEFLATE cannot do further. */
const MOST_RATIO = 1032;

/** A file's contents before it is known whose they are. */
export interface Hdf5Contents {
  readonly tensors: readonly TensorEntry[];
  /** The texts that are attributes of the root, and of the groups right below it. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The first message of a type. */
const messageOf = (messages: readonly Message[], type: number): Message | undefined =>
  messages.find((message) => message.type === type);

/** The type of a dataset's numbers, or what it is instead. */
async function numbersOf(
  file: Hdf5File,
  messages: readonly Message[],
): Promise<{ dtype: DType; bigEndian: boolean } | string> {
  const message = messageOf(messages, MESSAGE.datatype);
  if (!message || (message.flags & SHARED) !== 0) return "named datatype";
  const kind = kindOf(message.view);
  if (kind.kind === "number") return kind;
  // What ml_dtypes writes: the name is an attribute, since NumPy has no such type.
  if (kind.kind === "opaque" && kind.bytes === 2) {
    const name = (await textAttributes(file, messages)).get("dtype");
    if (name === "bfloat16") return { dtype: "BF16", bigEndian: false };
  }
  return kind.kind === "other" ? kind.name : kind.kind;
}

/** A dataset as an entry, or null where it has no elements. */
async function entryOf(
  file: Hdf5File,
  messages: readonly Message[],
  name: string,
): Promise<TensorEntry | null> {
  const { source } = file;
  if (messageOf(messages, MESSAGE.externalFiles)) file.refuse("h5_layout", name, "external");
  const space = messageOf(messages, MESSAGE.dataspace);
  const layoutMessage = messageOf(messages, MESSAGE.layout);
  if (!space || !layoutMessage) return file.refuse("header", name, "dataspace, layout");
  const shape = shapeOf(file, space.view, name);
  if (shape === null) return null;
  const listed = (dtype: DType, code: RefusalCode, value: string): TensorEntry => {
    const unread = new Refusal(code, source.name, name, value);
    return storedEntry({ name, shape, dtype, source, begin: 0, unread });
  };
  const numbers = await numbersOf(file, messages);
  const layout = layoutOf(file, layoutMessage.view, name);
  if (typeof numbers === "string")
    return listed(numbers.endsWith("text") ? "STRING" : "OPAQUE", "dtype", numbers);
  const { dtype, bigEndian } = numbers;
  const bytes = bytesOf(dtype, shape, source.name, name);
  if (layout.kind === "chunked") {
    if (bytes > MOST_RATIO * source.size)
      file.refuse("size_mismatch", name, `${bytes} > ${MOST_RATIO} * ${source.size}`);
    return listed(dtype, "h5_chunked", "chunked");
  }
  const stored = layout.kind === "compact" ? layout.bytes.length : (layout.bytes ?? bytes);
  if (stored !== bytes) file.refuse("size_mismatch", name, `${stored} != ${bytes}`);
  const base = { name, shape, dtype, bigEndian };
  if (layout.kind === "compact")
    return storedEntry({ ...base, source: bytesSource(source.name, layout.bytes), begin: 0 });
  const begin = bytes === 0 ? 0 : layout.at;
  if (begin === null) return file.refuse("size_mismatch", name, `0 != ${bytes}`);
  if (begin + bytes > source.size)
    file.refuse("truncated", name, `${begin + bytes} > ${source.size}`);
  return storedEntry({ ...base, source, begin });
}

/** An object of a file: a dataset, or a group with what it links to. */
interface Place {
  readonly at: number;
  readonly path: string;
  readonly depth: number;
}

class Walk {
  readonly tensors: TensorEntry[] = [];
  readonly texts = new Map<string, string>();
  /** Objects that are still to be visited, the next one last. */
  readonly open: Place[] = [];
  private readonly names: Names;
  private readonly seen = new Set<number>();

  constructor(private readonly file: Hdf5File) {
    this.names = new Names(file.source.name);
  }

  async visit({ at, path, depth }: Place): Promise<void> {
    const { file, names } = this;
    if (this.seen.has(at)) return;
    this.seen.add(at);
    if (depth > MOST_DEPTH) file.refuse("depth", path, `${depth} > ${MOST_DEPTH}`);
    const messages = await file.messages(at);
    if (messageOf(messages, MESSAGE.layout)) {
      const entry = await entryOf(file, messages, names.unique(path));
      if (entry) this.tensors.push(entry);
      return;
    }
    if (depth <= 1)
      for (const [name, text] of await textAttributes(file, messages))
        this.texts.set(names.join(path, "/", name), text);
    for (const link of (await linksOf(file, messages, path)).reverse())
      this.open.push({ at: link.at, path: names.join(path, "/", link.name), depth: depth + 1 });
  }
}

/**
 * The datasets of a file in the order of its links, and its texts. Every object is visited once, by the
 * first path that leads there: groups may hold one another. Throws a Refusal.
 */
export async function readHdf5(source: Source, signal?: AbortSignal): Promise<Hdf5Contents> {
  const file = new Hdf5File(source);
  const walk = new Walk(file);
  walk.open.push({ at: await file.root(), path: "", depth: 0 });
  for (let next = walk.open.pop(); next; next = walk.open.pop()) {
    signal?.throwIfAborted();
    try {
      await walk.visit(next);
    } catch (error) {
      throw asRefusal(error, source.name, next.path === "" ? byteAt(next.at) : next.path);
    }
  }
  const { tensors, texts } = walk;
  refuseUnread(tensors);
  return { tensors, texts };
}
