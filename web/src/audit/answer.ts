/** What is said of checkpoints: the core's reports, with what their files say of each tensor. */
import type { FormatId } from "../checkpoint/entry.js";
import type { RefusalCode } from "../checkpoint/refusal.js";
import type { ModelReport, TensorReport } from "../engine/results.js";
import type { Locale } from "../i18n/locale.js";

/** Why a file, or a tensor of it, is not read. */
export interface FileRefusal {
  readonly code: RefusalCode;
  readonly file: string;
  /** Where in the file: a byte, an entry, a tensor. */
  readonly place: string;
  /** What stands there; may be empty. */
  readonly value: string;
  /** The sentence. */
  readonly text: Readonly<Record<Locale, string>>;
}

/** A tensor as it is listed, and what is said of it. */
export interface AuditedTensor extends TensorReport {
  /** The file that holds its values. */
  readonly file: string;
  /** "torch" is [out, in, kernel...], "keras" [kernel..., in, out]. */
  readonly layout: "torch" | "keras";
  /** The earlier tensor of the list whose values these are; null where there is none. */
  readonly tiedTo: string | null;
  /** Why its values were not read, or not to their end; null where they were. */
  readonly unread: FileRefusal | null;
}

export interface Audit extends Omit<ModelReport, "tensors"> {
  /** "several" where the files are checkpoints of more than one format. */
  readonly format: FormatId | "several";
  /** Of all files that were read. */
  readonly files: readonly string[];
  /** As files list them; of several checkpoints each name begins with its file's. */
  readonly tensors: readonly AuditedTensor[];
  /** What files say beside: module paths, versions, a configuration. */
  readonly metadata: ReadonlyMap<string, string>;
}
