/** Zip archives: their entries as sources. */
import { inflatedSource } from "./inflate.js";
import { Refusal, byteAt } from "./refusal.js";
import { MOST_SLICE, checkRange, partSource } from "./source.js";
import type { Source } from "./source.js";
import { LOCAL_BYTES, readDirectory } from "./zip-directory.js";
import type { DirectoryEntry } from "./zip-directory.js";

export type ArchiveEntry = DirectoryEntry;

export interface Archive {
  readonly source: Source;
  /** By name, in the order of the directory. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /**
   * An entry's bytes, not read yet; the same source each time. Its local header is checked as it is
   * first read. A deflated one is read forward as a rule, since going back inflates it anew.
   */
  open(entry: ArchiveEntry): Source;
}

const LOCAL_MARK = 0x04034b50;
const MOST_EXTRA = 0xffff;

/** Whether a file begins as an archive with an entry does. */
export function isZip(head: Uint8Array): boolean {
  return [0x50, 0x4b, 3, 4].every((byte, i) => head[i] === byte);
}

/**
 * Where an entry's data begin within `bytes`, which begin with its local header. Sizes may be absent
 * there; the name, the method and the room for the data must agree with the directory.
 */
function dataBegin(bytes: Uint8Array<ArrayBuffer>, entry: ArchiveEntry, file: string): number {
  const { name, rawName, begin, end, packed, deflated } = entry;
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0, true) !== LOCAL_MARK)
    throw new Refusal("zip_mismatch", file, name, byteAt(begin));
  const nameEnd = LOCAL_BYTES + view.getUint16(26, true);
  const same = bytes.subarray(LOCAL_BYTES, nameEnd);
  if (same.length !== rawName.length || rawName.some((byte, i) => byte !== same[i]))
    throw new Refusal("zip_mismatch", file, name, new TextDecoder().decode(same));
  const method = view.getUint16(8, true);
  if ((method !== 0) !== deflated || (deflated && method !== 8))
    throw new Refusal("zip_mismatch", file, name, `method=${method}`);
  const first = nameEnd + view.getUint16(28, true);
  if (begin + first + packed > end)
    throw new Refusal("truncated", file, name, `${begin + first + packed} > ${end}`);
  return first;
}

/** The stored bytes of an entry. The first slice has its header, and what is asked for with it. */
function packedSource(source: Source, entry: ArchiveEntry): Source {
  let data: Source | undefined;
  return {
    name: source.name,
    size: entry.packed,
    async read(begin, end) {
      checkRange(source.name, entry.packed, begin, end);
      if (data) return data.read(begin, end);
      const header = LOCAL_BYTES + entry.rawName.length + MOST_EXTRA;
      const most = Math.min(entry.end - entry.begin, header + (end <= MOST_SLICE ? end : 0));
      const bytes = await source.read(entry.begin, entry.begin + most);
      const first = dataBegin(bytes, entry, source.name);
      const place = entry.begin + first;
      data = partSource(source, place, place + entry.packed);
      if (first + end <= bytes.length) return bytes.slice(first + begin, first + end);
      return data.read(begin, end);
    },
  };
}

/** Reads the directory and no entry. Throws a Refusal. */
export async function openArchive(source: Source): Promise<Archive> {
  const entries = await readDirectory(source);
  const opened = new Map<ArchiveEntry, Source>();
  return {
    source,
    entries,
    open(entry) {
      const before = opened.get(entry);
      if (before) return before;
      const packed = packedSource(source, entry);
      const { name, size } = entry;
      const bytes = entry.deflated ? inflatedSource(source.name, { name, packed, size }) : packed;
      opened.set(entry, bytes);
      return bytes;
    },
  };
}
