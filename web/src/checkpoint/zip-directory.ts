/**
 * The directory of a zip archive, from the end record at the file's end to the list of entries, with
 * zip64's numbers where a field of 32 bits is full. All that it says is checked before it is used:
 * entries lie one behind the other, before the directory, under names of their own.
 */
import { Refusal, byteAt } from "./refusal.js";
import type { Source } from "./source.js";

export interface DirectoryEntry {
  readonly name: string;
  /** The name as it is stored: the local header must have the same. */
  readonly rawName: Uint8Array;
  /** In bytes, as they are stored and as they are meant to come out. */
  readonly packed: number;
  readonly size: number;
  readonly deflated: boolean;
  /** The byte at which its local header begins, and the first that is another's. */
  readonly begin: number;
  readonly end: number;
}

const END_BYTES = 22;
const END_MARK = 0x06054b50;
const LOCATOR_BYTES = 20;
const LOCATOR_MARK = 0x07064b50;
const END64_BYTES = 56;
const END64_MARK = 0x06064b50;
const CENTRAL_BYTES = 46;
const CENTRAL_MARK = 0x02014b50;
export const LOCAL_BYTES = 30;
const MOST_COMMENT = 0xffff;
/** Encrypted, strongly encrypted, masked. */
const SECRET_FLAGS = 0x2041;
/** The methods that are read: stored, deflated. */
const [STORED, DEFLATED] = [0, 8];
/** What a byte of DEFLATE can give at most, and room for a short stream. */
const MOST_RATIO = 1032;
const MOST_ENTRIES = 1_000_000;
/** A longer directory is not read: 100 MB, as the header of safetensors. */
const MOST_DIRECTORY = 100_000_000;
const FULL = 0xffffffff;

const viewOf = (bytes: Uint8Array<ArrayBuffer>) => new DataView(bytes.buffer);

/** Where the directory lies, and how many entries it has. */
interface Place {
  readonly begin: number;
  readonly size: number;
  readonly entries: number;
  /** The byte at which what follows the directory begins. */
  readonly limit: number;
}

/** The end record: the last one whose comment ends where the file does. */
async function endRecord(source: Source): Promise<{ at: number; view: DataView; offset: number }> {
  const length = Math.min(source.size, END_BYTES + MOST_COMMENT);
  const first = source.size - length;
  const view = viewOf(await source.read(first, source.size));
  for (let i = length - END_BYTES; i >= 0; --i)
    if (
      view.getUint32(i, true) === END_MARK &&
      i + END_BYTES + view.getUint16(i + 20, true) === length
    )
      return { at: first + i, view, offset: i };
  throw new Refusal("truncated", source.name, byteAt(source.size), "PK\\5\\6");
}

function safe(value: bigint, source: Source, place: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new Refusal("truncated", source.name, place, `${value} > ${source.size}`);
  return Number(value);
}

/** The zip64 record that stands before the end record, or undefined where there is none. */
async function end64(source: Source, end: number): Promise<Place | undefined> {
  if (end < LOCATOR_BYTES) return undefined;
  const at = end - LOCATOR_BYTES;
  const locator = viewOf(await source.read(at, end));
  if (locator.getUint32(0, true) !== LOCATOR_MARK) return undefined;
  const begin = safe(locator.getBigUint64(8, true), source, byteAt(at));
  if (begin + END64_BYTES > at)
    throw new Refusal("truncated", source.name, byteAt(at), `${begin + END64_BYTES} > ${at}`);
  const record = viewOf(await source.read(begin, begin + END64_BYTES));
  if (record.getUint32(0, true) !== END64_MARK)
    throw new Refusal("zip_layout", source.name, byteAt(begin), "PK\\6\\6");
  if (record.getUint32(16, true) !== 0 || record.getUint32(20, true) !== 0)
    throw new Refusal("zip_layout", source.name, byteAt(begin), "disk ≠ 0");
  return {
    entries: safe(record.getBigUint64(32, true), source, byteAt(begin + 32)),
    size: safe(record.getBigUint64(40, true), source, byteAt(begin + 40)),
    begin: safe(record.getBigUint64(48, true), source, byteAt(begin + 48)),
    limit: begin,
  };
}

async function placeOf(source: Source): Promise<Place> {
  const { at, view, offset } = await endRecord(source);
  if (view.getUint16(offset + 4, true) !== 0 || view.getUint16(offset + 6, true) !== 0)
    throw new Refusal("zip_layout", source.name, byteAt(at), "disk ≠ 0");
  const place = (await end64(source, at)) ?? {
    entries: view.getUint16(offset + 10, true),
    size: view.getUint32(offset + 12, true),
    begin: view.getUint32(offset + 16, true),
    limit: at,
  };
  const { begin, size, entries, limit } = place;
  if (begin + size > limit || entries * CENTRAL_BYTES > size)
    throw new Refusal("truncated", source.name, byteAt(at), `${begin + size} > ${limit}`);
  if (entries > MOST_ENTRIES)
    throw new Refusal("limit", source.name, byteAt(at), `${entries} > ${MOST_ENTRIES}`);
  if (size > MOST_DIRECTORY)
    throw new Refusal("header_large", source.name, byteAt(begin), `${size} > ${MOST_DIRECTORY}`);
  return place;
}

/** Takes the fields of 64 bits out of an entry's extra field, in their order. */
class Extra64 {
  private at = 0;
  private end = 0;

  constructor(
    private readonly view: DataView,
    begin: number,
    end: number,
  ) {
    for (let at = begin; at + 4 <= end;) {
      const next = at + 4 + view.getUint16(at + 2, true);
      if (next > end) return;
      if (view.getUint16(at, true) === 1) [this.at, this.end] = [at + 4, next];
      at = next;
    }
  }

  /** The number of a field of 32 bits, or the next of 64 where that one is full. */
  number(short: number, source: Source, place: string): number {
    if (short !== FULL) return short;
    if (this.at + 8 > this.end) throw new Refusal("truncated", source.name, place, "zip64");
    this.at += 8;
    return safe(this.view.getBigUint64(this.at - 8, true), source, place);
  }
}

type Unplaced = Omit<DirectoryEntry, "end">;

/** One entry of the directory and where the next one begins. */
function entryAt(view: DataView, at: number, source: Source, place: Place): [Unplaced, number] {
  const where = byteAt(place.begin + at);
  if (at + CENTRAL_BYTES > view.byteLength || view.getUint32(at, true) !== CENTRAL_MARK)
    throw new Refusal("truncated", source.name, where, "PK\\1\\2");
  const short = (offset: number) => view.getUint16(at + offset, true);
  const nameEnd = at + CENTRAL_BYTES + short(28);
  const extraEnd = nameEnd + short(30);
  const next = extraEnd + short(32);
  if (next > view.byteLength)
    throw new Refusal("truncated", source.name, where, `${next} > ${view.byteLength}`);
  const rawName = new Uint8Array(view.buffer, at + CENTRAL_BYTES, short(28));
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true }).decode(rawName);
  } catch {
    throw new Refusal("zip_layout", source.name, where, "UTF-8");
  }
  const extra = new Extra64(view, nameEnd, extraEnd);
  const size = extra.number(view.getUint32(at + 24, true), source, name);
  const packed = extra.number(view.getUint32(at + 20, true), source, name);
  const begin = extra.number(view.getUint32(at + 42, true), source, name);
  const [flags, method] = [short(8), short(10)];
  if ((flags & SECRET_FLAGS) !== 0)
    throw new Refusal("zip_method", source.name, name, `flags=0x${flags.toString(16)}`);
  if (method !== STORED && method !== DEFLATED)
    throw new Refusal("zip_method", source.name, name, `method=${method}`);
  const deflated = method === DEFLATED;
  if (!deflated && packed !== size)
    throw new Refusal("zip_size", source.name, name, `${packed} ≠ ${size}`);
  if (deflated && size > MOST_RATIO * (packed + 1))
    throw new Refusal("zip_bomb", source.name, name, `${size} > ${MOST_RATIO} × ${packed}`);
  return [{ name, rawName, packed, size, deflated, begin }, next];
}

/** Gives each entry its end: the next one's beginning, or the directory's. */
function placed(entries: readonly Unplaced[], source: Source, limit: number): DirectoryEntry[] {
  const byPlace = [...entries].sort((a, b) => a.begin - b.begin);
  const ends = new Map<Unplaced, number>();
  byPlace.forEach((entry, i) => {
    const next = byPlace[i + 1];
    const end = next?.begin ?? limit;
    const needed = entry.begin + LOCAL_BYTES + entry.rawName.length + entry.packed;
    if (needed > limit)
      throw new Refusal("truncated", source.name, entry.name, `${needed} > ${limit}`);
    if (needed > end)
      throw new Refusal("zip_mismatch", source.name, entry.name, `${needed} > ${end}`);
    ends.set(entry, end);
  });
  return entries.map((entry) => ({ ...entry, end: ends.get(entry) ?? limit }));
}

/** The entries of an archive by name, in the order of its directory. Throws a Refusal. */
export async function readDirectory(source: Source): Promise<ReadonlyMap<string, DirectoryEntry>> {
  const place = await placeOf(source);
  const view = viewOf(await source.read(place.begin, place.begin + place.size));
  const entries: Unplaced[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < place.entries; ++i) {
    const [entry, next] = entryAt(view, at, source, place);
    if (names.has(entry.name))
      throw new Refusal("duplicate_name", source.name, byteAt(place.begin + at), entry.name);
    names.add(entry.name);
    entries.push(entry);
    at = next;
  }
  return new Map(placed(entries, source, place.begin).map((entry) => [entry.name, entry]));
}
