/** Stored values as pieces: little-endian floats as they are, whatever else as float32 or float64. */
import type { DType, Piece } from "./entry.js";

/** A value is scale × integer + minimum, computed in float64 and rounded to float32. */
export interface Affine {
  readonly scale: number;
  readonly minimum: number;
}

export interface Decoder {
  readonly kind: Piece["kind"];
  /** Bytes of a value as it is given on. */
  readonly width: number;
  /** `bytes` holds whole blocks, and may be changed. */
  decode(
    bytes: Uint8Array<ArrayBuffer>,
    bigEndian: boolean,
    affine: Affine,
  ): Uint8Array<ArrayBuffer>;
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): DataView =>
  new DataView(buffer, byteOffset, length);

/** The number that a binary float has, of bits below the sign: exponent, then mantissa, IEEE 754. */
function floatOf(bits: number, exponentBits: number, mantissaBits: number): number {
  const bias = 2 ** (exponentBits - 1) - 1;
  const one = 2 ** mantissaBits;
  const sign = bits >> (exponentBits + mantissaBits) === 1 ? -1 : 1;
  const exponent = (bits >> mantissaBits) & (2 ** exponentBits - 1);
  const mantissa = bits & (one - 1);
  if (exponent === 2 ** exponentBits - 1) return mantissa === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * mantissa * 2 ** (1 - bias - mantissaBits);
  return sign * (1 + mantissa / one) * 2 ** (exponent - bias);
}

export const float16 = (bits: number): number => floatOf(bits, 5, 10);

/** E4M3 has no infinity: all bits set is NaN, and its highest exponent counts as any other. */
function float8e4m3(bits: number): number {
  if ((bits & 0x7f) === 0x7f) return NaN;
  if ((bits & 0x78) !== 0x78) return floatOf(bits, 4, 3);
  return (bits & 0x80 ? -1 : 1) * (1 + (bits & 7) / 8) * 2 ** 8;
}

function swap(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  return bytes;
}

const asStored = (kind: Piece["kind"], width: number): Decoder => ({
  kind,
  width,
  decode: (bytes, bigEndian) => (bigEndian ? swap(bytes, width) : bytes),
});

/** A whole number as a float64: those beyond 2^53 are rounded. */
const whole = (
  bytesEach: number,
  read: (view: DataView, at: number, little: boolean) => number,
): Decoder => ({
  kind: "f64",
  width: 8,
  decode(bytes, bigEndian) {
    const from = viewOf(bytes);
    const count = bytes.length / bytesEach;
    const to = new DataView(new ArrayBuffer(8 * count));
    for (let i = 0; i < count; ++i)
      to.setFloat64(8 * i, read(from, bytesEach * i, !bigEndian), true);
    return new Uint8Array(to.buffer);
  },
});

/** Numbers of few values, by a table. */
const byTable = (value: (bits: number) => number): Decoder => {
  const table = Float32Array.from({ length: 256 }, (_, bits) => value(bits));
  return {
    kind: "f32",
    width: 4,
    decode(bytes) {
      const to = new DataView(new ArrayBuffer(4 * bytes.length));
      bytes.forEach((bits, i) => to.setFloat32(4 * i, table[bits] ?? 0, true));
      return new Uint8Array(to.buffer);
    },
  };
};

const quantized = (
  bytesEach: number,
  read: (view: DataView, at: number, little: boolean) => number,
): Decoder => ({
  kind: "f32",
  width: 4,
  decode(bytes, bigEndian, { scale, minimum }) {
    const from = viewOf(bytes);
    const count = bytes.length / bytesEach;
    const to = new DataView(new ArrayBuffer(4 * count));
    for (let i = 0; i < count; ++i)
      to.setFloat32(4 * i, read(from, bytesEach * i, !bigEndian) * scale + minimum, true);
    return new Uint8Array(to.buffer);
  },
});

/** GGML's blocks of 32 values with a scale before them: `integer` is value i of the block at `at`. */
const ggmlBlocks = (
  bytesEach: number,
  integer: (view: DataView, at: number, i: number) => number,
): Decoder => ({
  kind: "f32",
  width: 4,
  decode(bytes) {
    const from = viewOf(bytes);
    const blocks = bytes.length / bytesEach;
    const to = new DataView(new ArrayBuffer(4 * 32 * blocks));
    for (let block = 0; block < blocks; ++block) {
      const at = bytesEach * block;
      const scale = float16(from.getUint16(at, true));
      for (let i = 0; i < 32; ++i)
        to.setFloat32(4 * (32 * block + i), scale * integer(from, at + 2, i), true);
    }
    return new Uint8Array(to.buffer);
  },
});

/** Low halves of 16 bytes are the first 16 values, high halves the others. */
const nibble = (view: DataView, at: number, i: number): number => {
  const both = view.getUint8(at + (i % 16));
  return (i < 16 ? both & 15 : both >> 4) - 8;
};

const DECODERS: ReadonlyMap<DType, Decoder> = new Map<DType, Decoder>([
  ["F64", asStored("f64", 8)],
  ["F32", asStored("f32", 4)],
  ["F16", asStored("f16", 2)],
  ["BF16", asStored("bf16", 2)],
  ["F8_E4M3", byTable(float8e4m3)],
  ["F8_E5M2", byTable((bits) => floatOf(bits, 5, 2))],
  ["I64", whole(8, (view, at, little) => Number(view.getBigInt64(at, little)))],
  ["U64", whole(8, (view, at, little) => Number(view.getBigUint64(at, little)))],
  ["I32", whole(4, (view, at, little) => view.getInt32(at, little))],
  ["U32", whole(4, (view, at, little) => view.getUint32(at, little))],
  ["I16", whole(2, (view, at, little) => view.getInt16(at, little))],
  ["U16", whole(2, (view, at, little) => view.getUint16(at, little))],
  ["I8", whole(1, (view, at) => view.getInt8(at))],
  ["U8", whole(1, (view, at) => view.getUint8(at))],
  ["BOOL", whole(1, (view, at) => (view.getUint8(at) === 0 ? 0 : 1))],
  ["U8 quantized", quantized(1, (view, at) => view.getUint8(at))],
  ["U16 quantized", quantized(2, (view, at, little) => view.getUint16(at, little))],
  ["Q8_0", ggmlBlocks(34, (view, at, i) => view.getInt8(at + i))],
  ["Q4_0", ggmlBlocks(18, nibble)],
]);

/** How values of a type are decoded; undefined where they are listed only. */
export const decoderOf = (dtype: DType): Decoder | undefined => DECODERS.get(dtype);
