/** What a reader of a format is: a row of a table in `read.ts`. */
import type { FormatId, TensorEntry } from "./entry.js";
import type { Shelf } from "./shelf.js";
import type { Source } from "./source.js";
import type { Archive } from "./zip.js";

/** What a reader makes of a file. */
export interface Contents {
  /** Of one length or more: a file without a tensor is refused ("not_tensors"). */
  readonly tensors: readonly TensorEntry[];
  readonly metadata?: ReadonlyMap<string, string>;
}

/** How much of a file's beginning is looked at to tell what it is, in bytes; less where it is shorter. */
export const HEAD_BYTES = 512;

/** A format that is told by a file's first bytes. Throws what `readCheckpoint` throws. */
export interface Format {
  readonly id: FormatId;
  /** Whether its files may name others, which then belong to them: these are read first. */
  readonly namesOthers?: boolean;
  recognise(head: Uint8Array<ArrayBuffer>, source: Source): boolean;
  /** `shelf` has the files that were chosen with it, by their names. */
  read(source: Source, shelf: Shelf, signal?: AbortSignal): Promise<Contents>;
}

/** A format that is a zip archive, told by its entries. */
export interface ZipFormat {
  readonly id: FormatId;
  recognise(archive: Archive): boolean;
  read(archive: Archive, signal?: AbortSignal): Promise<Contents>;
}

/** A format that is a JSON file and names others, told by its members. */
export interface JsonFormat {
  readonly id: FormatId;
  recognise(json: unknown): boolean;
  read(json: unknown, source: Source, shelf: Shelf, signal?: AbortSignal): Promise<Contents>;
}
