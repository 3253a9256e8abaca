/** Inputs made of a corpus by small changes; the same ones every time. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const corpusFolder = join(import.meta.dirname, "../../fuzz/corpus");

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The files of a folder of the corpus. */
export function corpusOf(folder: string): readonly Sample[] {
  return readdirSync(join(corpusFolder, folder))
    .sort()
    .map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(join(corpusFolder, folder, name))),
    }));
}

/** Mulberry32: numbers from 0 to 2^32 - 1. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** No input is longer. */
const MOST_BYTES = 8192;
const BYTES = [
  0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x27, 0x28, 0x2c, 0x2d, 0x30, 0x39, 0x7f, 0x80, 0xff,
];

const utf8 = new TextEncoder();

/**
 * `count` inputs: each a sample with one to four changes, and the sample itself before them. `words`
 * are what a format's grammar is made of.
 */
export function* mutations(
  samples: readonly Sample[],
  words: readonly string[],
  { seed, count }: { readonly seed: number; readonly count: number },
): Generator<Sample> {
  yield* samples;
  const next = generator(seed);
  const below = (n: number) => (n > 0 ? next() % n : 0);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  };
  const splice = (bytes: Uint8Array, from: number, to: number, put: Uint8Array) => {
    const rest = Math.max(0, MOST_BYTES - from);
    return Uint8Array.from([
      ...bytes.subarray(0, from),
      ...put.subarray(0, rest),
      ...bytes.subarray(to),
    ]);
  };
  /** A range of bytes, short as a rule. */
  const range = (bytes: Uint8Array): [number, number] => {
    const from = below(bytes.length + 1);
    return [from, Math.min(bytes.length, from + below(below(4) === 0 ? bytes.length : 8) + 1)];
  };
  const changes: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
    (bytes) => splice(bytes, ...range(bytes), new Uint8Array()),
    (bytes) => bytes.subarray(0, below(bytes.length + 1)),
    (bytes) => {
      const at = below(bytes.length);
      return splice(bytes, at, at + 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << below(8))));
    },
    (bytes) => {
      const at = below(bytes.length + 1);
      return splice(bytes, at, at + below(2), Uint8Array.of(pick(BYTES)));
    },
    (bytes) => splice(bytes, ...range(bytes), utf8.encode(pick(words))),
    (bytes) => {
      const at = below(bytes.length + 1);
      return splice(bytes, at, at, utf8.encode(pick(words)));
    },
    (bytes) => {
      const [from, to] = range(bytes);
      const part = bytes.subarray(from, to);
      const times = below(16) === 0 ? 200 : 1 + below(3);
      const copies = Uint8Array.from(
        { length: Math.min(MOST_BYTES, times * part.length) },
        (_, i) => part[i % part.length] ?? 0,
      );
      return splice(bytes, to, to, copies);
    },
    (bytes) => {
      const other = pick(samples).bytes;
      const [from, to] = range(other);
      return splice(bytes, ...range(bytes), other.subarray(from, to));
    },
  ];
  for (let i = 0; i < count; ++i) {
    const { name, bytes } = pick(samples);
    let changed: Uint8Array = bytes;
    for (let left = 1 + below(4); left > 0; --left) changed = pick(changes)(changed);
    yield { name, bytes: new Uint8Array(changed.subarray(0, MOST_BYTES)) };
  }
}
