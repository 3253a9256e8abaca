/** The project's copy of sample checkpoints, good and hostile ones, and what a reader makes of them. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type {
  Checkpoint,
  FormatId,
  Piece,
  TensorEntry,
} from "../../../web/src/checkpoint/entry.js";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { bytesSource } from "../../../web/src/checkpoint/source.js";
import type { Source } from "../../../web/src/checkpoint/source.js";

const folder = join(import.meta.dirname, "../checkpoints");

export interface SampleTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Of the values as little-endian float32, row-major; absent where they are no real numbers. */
  readonly sha256_f32le?: string;
}
export interface GoodSample {
  readonly format: FormatId;
  readonly tensors: Readonly<Record<string, SampleTensor>>;
}
export interface HostileSample {
  /** The code of its refusal, or "accept:N": N tensors. */
  readonly expect: string;
  readonly why: string;
}
interface Manifest {
  readonly good: Readonly<Record<string, GoodSample>>;
  readonly hostile: Readonly<Record<string, HostileSample>>;
}

export const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;

const fileOf = (path: string): Source =>
  bytesSource(basename(path), new Uint8Array(readFileSync(path)));

/** A sample, and the files that are chosen with it: what a model or an index may name. */
export function chosen(kind: "good" | "hostile", name: string): Source[] {
  const path = join(folder, kind, name);
  const companion = name.startsWith("tfjs/")
    ? /\.bin$/
    : name.endsWith(".index.json")
      ? /^model-.*\.safetensors$/
      : name.endsWith(".onnx")
        ? /\.data$/
        : undefined;
  const others = readdirSync(dirname(path)).filter((other) => companion?.test(other));
  return [fileOf(path), ...others.sort().map((other) => fileOf(join(dirname(path), other)))];
}

/** A piece's values as float32. */
export function float32(piece: Piece): Float32Array {
  const { bytes, kind } = piece;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (kind === "f32")
    return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  if (kind === "f64")
    return Float32Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
  const bits = new Uint32Array(1);
  const number = new Float32Array(bits.buffer);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => {
    const half = view.getUint16(2 * i, true);
    if (kind === "f16") return halfOf(half);
    bits[0] = half << 16;
    return number[0] ?? 0;
  });
}

/** IEEE 754 binary16, by its fields. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return exponent === 0
    ? sign * mantissa * 2 ** -24
    : sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

/** All values of a tensor, as float32. */
export async function valuesOf(tensor: TensorEntry, signal?: AbortSignal): Promise<Float32Array> {
  const pieces: Float32Array[] = [];
  for await (const piece of tensor.pieces(signal)) pieces.push(float32(piece));
  const values = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    values.set(piece, at);
    at += piece.length;
  }
  return values;
}

/** The SHA-256 of the values as little-endian float32. */
export async function hashOf(tensor: TensorEntry): Promise<string> {
  const values = await valuesOf(tensor);
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return createHash("sha256").update(new Uint8Array(view.buffer)).digest("hex");
}

/** Reads files and every value in them. */
export async function readWhole(files: readonly Source[]): Promise<Checkpoint[]> {
  const checkpoints = await readCheckpoint(files);
  for (const { tensors } of checkpoints)
    for (const tensor of tensors) if (!tensor.unread) await valuesOf(tensor);
  return checkpoints;
}
