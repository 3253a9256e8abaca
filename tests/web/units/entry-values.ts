/** What a checkpoint's entries hold, as numbers that a test can compare. */
import type { Piece, TensorEntry } from "../../../web/src/checkpoint/entry.js";
import type { RefusalCode } from "../../../web/src/checkpoint/refusal.js";
import { Refusal } from "../../../web/src/checkpoint/refusal.js";

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, mantissa] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

function brain(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

function numbersOf({ kind, bytes }: Piece): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = { f32: 4, f16: 2, bf16: 2, f64: 8 }[kind];
  return Array.from({ length: bytes.length / width }, (_, i) => {
    if (kind === "f32") return view.getFloat32(4 * i, true);
    if (kind === "f64") return view.getFloat64(8 * i, true);
    return (kind === "f16" ? half : brain)(view.getUint16(2 * i, true));
  });
}

/** All values of a tensor in row-major order. */
export async function valuesOf(entry: TensorEntry | undefined): Promise<number[]> {
  if (!entry) throw new Error("no such tensor");
  const pieces: number[][] = [];
  for await (const piece of entry.pieces()) pieces.push(numbersOf(piece));
  return pieces.flat();
}

/** What a refusal says, of which a test looks at a part. */
export interface Said {
  readonly code: RefusalCode;
  readonly place: string;
  readonly value: string;
}

/** How a reading was refused, or null where it went well; what is no refusal is thrown on. */
export async function refusalOf(reading: () => Promise<unknown>): Promise<Said | null> {
  try {
    await reading();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, place, value } = error;
    return { code, place, value };
  }
}
