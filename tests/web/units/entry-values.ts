/** What a checkpoint's entries hold, as numbers that a test can compare. */
import type { Piece, TensorEntry } from "../../../web/src/checkpoint/entry.js";
import type { RefusalCode } from "../../../web/src/checkpoint/refusal.js";
import { Refusal } from "../../../web/src/checkpoint/refusal.js";
import { float32 } from "./checkpoints.js";

/** As float64 what is stored so, since float32 has not all of these. */
function numbersOf(piece: Piece): number[] {
  const { kind, bytes } = piece;
  if (kind !== "f64") return Array.from(float32(piece));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
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
