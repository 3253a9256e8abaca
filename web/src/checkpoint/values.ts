/** Tensors whose values lie in a source, as entries. */
import type { DType, TensorEntry, Unread } from "./entry.js";
import { Refusal } from "./refusal.js";
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
  /** Of a quantized type: a value is scale × integer + minimum, in float32. */
  readonly affine?: { readonly scale: number; readonly minimum: number };
  readonly layout?: "torch" | "keras";
  readonly tiedTo?: string | null;
  /** Why it is listed without values. */
  readonly unread?: Unread | null;
}

/**
 * The number of values of a shape. Refuses more than 32 axes, an extent that is no whole number from
 * 0, and a product beyond 2^50: "shape", at `place`.
 */
export function countOf(shape: readonly unknown[], file: string, place: string): number {
  if (shape.length > 32) throw new Refusal("shape", file, place, `${shape.length} > 32`);
  let count = 1;
  for (const extent of shape) {
    if (typeof extent !== "number" || !Number.isSafeInteger(extent) || extent < 0)
      throw new Refusal("shape", file, place, `(${shape.join(", ")})`);
    count *= extent;
    if (count > 2 ** 50) throw new Refusal("shape", file, place, `(${shape.join(", ")})`);
  }
  return count;
}

/** Bytes of one value of a type that has whole bytes, or undefined. */
export function bytesOfType(dtype: DType): number | undefined {
  return WIDTHS.get(dtype);
}

const WIDTHS: ReadonlyMap<DType, number> = new Map<DType, number>([
  ...(["F64", "I64", "U64", "C64"] as const).map((type) => [type, 8] as const),
  ...(["F32", "I32", "U32", "QI32"] as const).map((type) => [type, 4] as const),
  ...(["F16", "BF16", "I16", "U16", "U16 quantized"] as const).map((type) => [type, 2] as const),
  ...(["I8", "U8", "BOOL", "U8 quantized", "QI8", "QU8"] as const).map(
    (type) => [type, 1] as const,
  ),
  ...(["F8_E4M3", "F8_E5M2", "F8_E8M0"] as const).map((type) => [type, 1] as const),
  ...(["F8_E4M3FNUZ", "F8_E5M2FNUZ"] as const).map((type) => [type, 1] as const),
  ["C128", 16],
]);

/** A tensor that gives its values from where they lie. */
export function storedEntry(stored: Stored): TensorEntry {
  const { name, shape, dtype, source } = stored;
  return {
    name,
    shape,
    dtype,
    count: countOf(shape, source.name, name),
    tiedTo: stored.tiedTo ?? null,
    file: source.name,
    layout: stored.layout ?? "torch",
    unread: stored.unread ?? null,
    async *pieces(signal) {
      await Promise.resolve();
      signal?.throwIfAborted();
      throw new Refusal("unsupported", source.name, name, dtype);
    },
  };
}
