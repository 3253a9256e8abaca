/** What a checkpoint holds: its tensors, of which each gives its values in pieces. */
import type { Refusal } from "./refusal.js";

/** Types of numbers as files have them; "quantized" ones are scale × integer + minimum. */
export const DTYPES = [
  ...(["F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"] as const),
  ...(["I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"] as const),
  ...(["U8 quantized", "U16 quantized"] as const),
  // Read by their size alone.
  ...(["C64", "C128", "STRING", "OPAQUE"] as const),
  ...(["F4", "F6_E2M3", "F6_E3M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"] as const),
  // GGML's blocks; the first two are decoded.
  ...(["Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_1"] as const),
  ...(["Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_K"] as const),
  ...(["IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S"] as const),
  ...(["IQ4_NL", "IQ4_XS", "TQ1_0", "TQ2_0", "MXFP4", "NVFP4", "Q1_0", "Q2_0"] as const),
  // PyTorch's quantized tensors, which are named.
  ...(["QI8", "QU8", "QI32"] as const),
] as const;
export type DType = (typeof DTYPES)[number];

/** Why a tensor is listed without values: the refusal that its pieces would end with. */
export type Unread = Refusal;

export interface Piece {
  readonly kind: "f32" | "f16" | "bf16" | "f64";
  /** Little-endian, a whole number of values, at most 16 MiB. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly count: number;
  /** The earlier tensor of the list whose very values these are (same storage, offset, shape, strides). */
  readonly tiedTo: string | null;
  /** The file that holds its values. */
  readonly file: string;
  /** "torch" is [out, in, kernel...], "keras" [kernel..., in, out]. */
  readonly layout: "torch" | "keras";
  readonly unread: Unread | null;
  /**
   * Values in row-major order, in pieces of at most 16 MiB: floats of 16 bits and more as they are
   * stored but little-endian, decoded ones (of 8 bits, quantized) as f32, integers and truth values as
   * f64. Throws a Refusal or the signal's reason.
   */
  pieces(signal?: AbortSignal): AsyncGenerator<Piece>;
}

export const FORMAT_IDS = [
  ...(["safetensors", "torch-zip", "torch-legacy", "npy", "npz", "gguf"] as const),
  ...(["keras-zip", "hdf5", "onnx", "tfjs", "flax"] as const),
] as const;
export type FormatId = (typeof FORMAT_IDS)[number];

export interface Checkpoint {
  readonly format: FormatId;
  /** The names of all files that it is made of, the one that names the others first. */
  readonly files: readonly string[];
  readonly tensors: readonly TensorEntry[];
  /** Module paths (torch `_metadata`), configurations (Keras) and such; strings only, as the file has them. */
  readonly metadata: ReadonlyMap<string, string>;
}
