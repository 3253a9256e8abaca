/** Tensors whose values lie in a source, as entries. */
import type { Affine, Decoder } from "./decode.js";
import { decoderOf } from "./decode.js";
import { blockOf, countOf } from "./dtypes.js";
import type { DType, Piece, TensorEntry, Unread } from "./entry.js";
import { asRefusal } from "./foreseen.js";
import { gathered, isRowMajor } from "./gather.js";
import { Refusal } from "./refusal.js";
import { MOST_SLICE } from "./source.js";
import type { Source } from "./source.js";

/** Where a tensor's values lie. What it says must have been checked against the source's size. */
export interface Stored {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Has the values; the entry's file is its name. */
  readonly source: Source;
  /** The byte of the source at which the first value begins. */
  readonly begin: number;
  /** Little-endian unless it is said. */
  readonly bigEndian?: boolean;
  /** Of each axis, in values, from 0; row-major without gaps unless they are given. */
  readonly strides?: readonly number[];
  /** Of a quantized type. */
  readonly affine?: Affine;
  readonly layout?: "torch" | "keras";
  readonly tiedTo?: string | null;
  /** Why it is listed without values, if it is: a type that nothing decodes is "unsupported" of itself. */
  readonly unread?: Unread | null;
}

const NO_AFFINE: Affine = { scale: 1, minimum: 0 };

/** Whole blocks as they are stored, in row-major order, so many that what comes of them fits a piece. */
async function* storedPieces(
  { name, shape, dtype, source, begin, strides }: Stored,
  { width }: Decoder,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const block = blockOf(dtype);
  const count = countOf(shape, source.name, name);
  const most = Math.floor(MOST_SLICE / Math.max(block.bytes, block.values * width));
  if (strides && !isRowMajor(shape, strides)) {
    const strided = { name, shape, strides, count, source, begin, width: block.bytes };
    yield* gathered(strided, most, signal);
    return;
  }
  const blocks = count / block.values;
  for (let first = 0; first < blocks; first += most) {
    signal?.throwIfAborted();
    const last = Math.min(blocks, first + most);
    yield await source.read(begin + first * block.bytes, begin + last * block.bytes);
  }
}

async function* decodedPieces(
  stored: Stored,
  unread: Unread | null,
  signal?: AbortSignal,
): AsyncGenerator<Piece> {
  const decoder = decoderOf(stored.dtype);
  if (unread) throw unread;
  if (!decoder) throw new TypeError(stored.dtype);
  const { bigEndian = false, affine = NO_AFFINE } = stored;
  try {
    for await (const bytes of storedPieces(stored, decoder, signal))
      yield { kind: decoder.kind, bytes: decoder.decode(bytes, bigEndian, affine) };
  } catch (error) {
    throw asRefusal(error, stored.source.name, stored.name);
  }
}

/** A tensor that gives its values from where they lie. */
export function storedEntry(stored: Stored): TensorEntry {
  const { name, shape, dtype, source } = stored;
  const listed = () => new Refusal("unsupported", source.name, name, dtype);
  const unread = stored.unread ?? (decoderOf(dtype) ? null : listed());
  return {
    name,
    shape,
    dtype,
    count: countOf(shape, source.name, name),
    tiedTo: stored.tiedTo ?? null,
    file: source.name,
    layout: stored.layout ?? "torch",
    unread,
    pieces: (signal) => decodedPieces(stored, unread, signal),
  };
}
