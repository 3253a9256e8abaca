/** Why a file is not read, as data: `i18n/checkpoint.*.ts` has a sentence for each code. */
import { shown } from "../engine/shown.js";

export const REFUSAL_CODES = [
  // Files and places in them.
  "unknown_format",
  "unreadable",
  "truncated",
  "trailing",
  "version",
  "malformed",
  "header",
  "header_json",
  "header_large",
  "byteorder",
  "limit",
  "depth",
  // Tensors.
  "duplicate_name",
  "dtype",
  "shape",
  "size_mismatch",
  "offsets",
  "unsupported",
  "not_tensors",
  // Other files.
  "path",
  "storage_missing",
  // Archives.
  "zip_layout",
  "zip_method",
  "zip_mismatch",
  "zip_size",
  "zip_bomb",
  "zip_data",
  // PyTorch.
  "torchscript",
  "torch_tar",
  // TensorFlow's own.
  "saved_model",
  "tf_checkpoint",
  "plain_pickle",
  "pickle_module",
  "pickle_global",
  "pickle_opcode",
  "pickle_type",
  "pickle_stack",
  "pickle_string",
  "pickle_limit",
  "storage_dtype",
  "bounds",
  "expanded",
  // HDF5 and Protobuf.
  "h5_layout",
  "h5_link",
  "h5_chunked",
  "h5_dense",
  "protobuf",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/**
 * What a reader throws, and nothing else but a signal's reason. `place` is where it is in the file
 * (a byte, an entry, the name of a tensor), `value` what stands there, with what is allowed ("9 > 4")
 * or expected ("8 ≠ 12"). Both are cut to a bounded length. They are no words of a language, since they
 * stand in the sentences of each.
 */
export class Refusal extends Error {
  readonly place: string;
  readonly value: string;

  constructor(
    readonly code: RefusalCode,
    readonly file: string,
    place: string,
    value: string | number | bigint,
  ) {
    // A tensor or an entry may have a name without a letter.
    const [where, what] = [shown(place) || '""', shown(String(value))];
    super(`${code}: ${file}: ${where}: ${what}`);
    this.name = "Refusal";
    this.place = where;
    this.value = what;
  }
}

/** A place that is a byte of the file, as in an editor of bytes: the same in every language. */
export const byteAt = (at: number | bigint): string => `0x${at.toString(16)}`;
