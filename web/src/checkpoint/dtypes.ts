/** What a value of each type takes. */
import type { DType } from "./entry.js";
import { Refusal } from "./refusal.js";

/** Values lie in blocks: of one value as a rule, of several where they share bits or a scale. */
export interface Block {
  readonly values: number;
  readonly bytes: number;
}

const BLOCKS: Readonly<Record<DType, readonly [values: number, bytes: number] | null>> = {
  F64: [1, 8],
  F32: [1, 4],
  F16: [1, 2],
  BF16: [1, 2],
  F8_E4M3: [1, 1],
  F8_E5M2: [1, 1],
  I64: [1, 8],
  I32: [1, 4],
  I16: [1, 2],
  I8: [1, 1],
  U64: [1, 8],
  U32: [1, 4],
  U16: [1, 2],
  U8: [1, 1],
  BOOL: [1, 1],
  "U8 quantized": [1, 1],
  "U16 quantized": [1, 2],
  C64: [1, 8],
  C128: [1, 16],
  STRING: null,
  OPAQUE: null,
  F4: [2, 1],
  F6_E2M3: [4, 3],
  F6_E3M2: [4, 3],
  F8_E8M0: [1, 1],
  F8_E4M3FNUZ: [1, 1],
  F8_E5M2FNUZ: [1, 1],
  Q8_0: [32, 34],
  Q4_0: [32, 18],
  Q4_1: [32, 20],
  Q5_0: [32, 22],
  Q5_1: [32, 24],
  Q8_1: [32, 36],
  Q2_K: [256, 84],
  Q3_K: [256, 110],
  Q4_K: [256, 144],
  Q5_K: [256, 176],
  Q6_K: [256, 210],
  Q8_K: [256, 292],
  IQ1_S: [256, 50],
  IQ1_M: [256, 56],
  IQ2_XXS: [256, 66],
  IQ2_XS: [256, 74],
  IQ2_S: [256, 82],
  IQ3_XXS: [256, 98],
  IQ3_S: [256, 110],
  IQ4_NL: [32, 18],
  IQ4_XS: [256, 136],
  TQ1_0: [256, 54],
  TQ2_0: [256, 66],
  MXFP4: [32, 17],
  NVFP4: [64, 36],
  Q1_0: [128, 18],
  Q2_0: [64, 18],
  QI8: [1, 1],
  QU8: [1, 1],
  QI32: [1, 4],
};

/** Throws where a type has no size of its own (strings). */
export function blockOf(dtype: DType): Block {
  const block = BLOCKS[dtype];
  if (!block) throw new TypeError(`${dtype} has no size`);
  const [values, bytes] = block;
  return { values, bytes };
}

export const MOST_RANK = 32;
/** More values than a file of 2^50 bytes could hold. */
const MOST_VALUES = 2 ** 50;

/** A shape for a message; of a long one, its beginning. */
export const shapeText = (shape: readonly unknown[]): string =>
  `(${shape.slice(0, 8).map(String).join(", ")}${shape.length > 8 ? ", …" : ""})`;

/**
 * The number of values of a shape. Refuses more than 32 axes, an extent that is no whole number from
 * 0, and a product beyond 2^50: "shape", at `place`.
 */
export function countOf(shape: readonly unknown[], file: string, place: string): number {
  if (shape.length > MOST_RANK)
    throw new Refusal("shape", file, place, `${shape.length} > ${MOST_RANK}`);
  let count = 1;
  for (const extent of shape) {
    if (typeof extent !== "number" || !Number.isSafeInteger(extent) || extent < 0)
      throw new Refusal("shape", file, place, shapeText(shape));
    count *= extent;
    if (count > MOST_VALUES) throw new Refusal("shape", file, place, shapeText(shape));
  }
  return count;
}

/** The bytes of a shape's values; beside what `countOf` refuses, values that fill no whole blocks ("shape"). */
export function bytesOf(
  dtype: DType,
  shape: readonly unknown[],
  file: string,
  place: string,
): number {
  const { values, bytes } = blockOf(dtype);
  const count = countOf(shape, file, place);
  if (count % values !== 0)
    throw new Refusal("shape", file, place, `${shapeText(shape)} % ${values}`);
  return (count / values) * bytes;
}
