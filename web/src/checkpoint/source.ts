/** Files as what may be read from them: ranges, never the whole. */
import { Refusal, byteAt } from "./refusal.js";

/** No more is read, and no more is given on, at once: 16 MiB. */
export const MOST_SLICE = 16 * 1024 * 1024;

export interface Source {
  /** The file's name as it was chosen; what lies within a file has the name of that file. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes [begin, end) as a copy. Refuses what is not within the file: "truncated". */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Throws a Refusal unless [begin, end) lies within `size` bytes. */
export function checkRange(name: string, size: number, begin: number, end: number): void {
  const whole = Number.isSafeInteger(begin) && Number.isSafeInteger(end);
  if (!whole || begin < 0 || end < begin || end > size)
    throw new Refusal("truncated", name, byteAt(begin), `${end - begin} > ${size - begin}`);
}

/** A chosen file. One that changed or went away meanwhile is "unreadable". */
export function blobSource(name: string, blob: Blob): Source {
  return {
    name,
    size: blob.size,
    async read(begin, end) {
      checkRange(name, blob.size, begin, end);
      try {
        return new Uint8Array(await blob.slice(begin, end).arrayBuffer());
      } catch (error) {
        throw new Refusal("unreadable", name, byteAt(begin), String(error));
      }
    },
  };
}

/** Bytes in memory. */
export function bytesSource(name: string, bytes: Uint8Array): Source {
  return {
    name,
    size: bytes.length,
    async read(begin, end) {
      await Promise.resolve();
      checkRange(name, bytes.length, begin, end);
      return new Uint8Array(bytes.subarray(begin, end));
    },
  };
}

/** The bytes [begin, end) of another source, counted from `begin`. */
export function partSource(source: Source, begin: number, end: number): Source {
  checkRange(source.name, source.size, begin, end);
  const size = end - begin;
  return {
    name: source.name,
    size,
    async read(from, to) {
      checkRange(source.name, size, from, to);
      return source.read(begin + from, begin + to);
    },
  };
}

/** Several sources, one behind the other, under the name of the first that is asked. */
export function joinedSource(name: string, parts: readonly Source[]): Source {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    name,
    size,
    async read(begin, end) {
      checkRange(name, size, begin, end);
      const bytes = new Uint8Array(end - begin);
      let first = 0;
      for (const part of parts) {
        const [from, to] = [Math.max(begin, first), Math.min(end, first + part.size)];
        if (from < to) bytes.set(await part.read(from - first, to - first), from - begin);
        first += part.size;
      }
      return bytes;
    },
  };
}
