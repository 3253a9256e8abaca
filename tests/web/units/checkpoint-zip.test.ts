/** Archives: their directory, entries read in part and in any order, and what both may cost. */
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { Refusal } from "../../../web/src/checkpoint/refusal.js";
import { bytesSource } from "../../../web/src/checkpoint/source.js";
import type { Source } from "../../../web/src/checkpoint/source.js";
import { openArchive } from "../../../web/src/checkpoint/zip.js";
import { zipOf } from "./zip-writer.js";
import type { ZipEntry, ZipOptions } from "./zip-writer.js";

const MEBI = 1024 * 1024;
const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i) >> 5);

function counted(bytes: Uint8Array): { source: Source; slices: () => number; read: () => number } {
  const inner = bytesSource("a.zip", bytes);
  let [slices, read] = [0, 0];
  const source: Source = {
    ...inner,
    read(begin, end) {
      slices += 1;
      read += end - begin;
      return inner.read(begin, end);
    },
  };
  return { source, slices: () => slices, read: () => read };
}

async function open(entries: readonly ZipEntry[], options?: ZipOptions) {
  const archive = await openArchive(bytesSource("a.zip", zipOf(entries, options)));
  return (name: string): Source => {
    const entry = archive.entries.get(name);
    if (!entry) throw new Error(name);
    return archive.open(entry);
  };
}

const refusalOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return "none";
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

describe("an archive", () => {
  const bytes = noise(200_000);
  const entries = [
    { name: "stored", bytes },
    { name: "deflated", bytes, deflated: true },
    { name: "padded", bytes: bytes.subarray(0, 9), extra: 65_535 },
    { name: "empty", bytes: new Uint8Array() },
    { name: "empty too", bytes: new Uint8Array(), deflated: true },
  ];

  it.each<[string, ZipOptions]>([
    ["as usual", {}],
    ["with numbers of 64 bits", { zip64: true }],
    [
      "with a comment",
      { comment: new TextEncoder().encode("PK\x05\x06 is how an end begins".repeat(2000)) },
    ],
  ])("%s has its entries", async (_, options) => {
    const entry = await open(entries, options);
    for (const { name, bytes: whole } of entries) {
      const source = entry(name);
      expect(source.size).toBe(whole.length);
      expect(Buffer.compare(await source.read(0, whole.length), whole), name).toBe(0);
    }
  });

  it("gives parts of an entry in any order", async () => {
    const entry = await open(entries);
    for (const name of ["stored", "deflated"])
      for (const [begin, end] of [
        [5, 10],
        [150_000, 200_000],
        [0, 1],
        [70_000, 70_000],
        [1, 199_999],
      ] as const)
        expect(Buffer.compare(await entry(name).read(begin, end), bytes.subarray(begin, end))).toBe(
          0,
        );
  });

  it("gives parts that are asked for at the same time", async () => {
    const source = (await open(entries))("deflated");
    const parts = await Promise.all([source.read(9, 20), source.read(0, 9), source.read(20, 30)]);
    expect([parts[1], parts[0], parts[2]].flatMap((part) => [...part])).toEqual([
      ...bytes.subarray(0, 30),
    ]);
  });

  it("refuses numbers of 64 bits that lead out of it, or that no number holds", async () => {
    expect(await refusalOf(() => open(entries, { zip64: true, directory: 2n ** 53n }))).toBe(
      "truncated",
    );
    expect(await refusalOf(() => open(entries, { zip64: true, directory: 2n ** 40n }))).toBe(
      "truncated",
    );
  });

  it.each<[string, ZipEntry]>([
    ["more than the directory says", { name: "a", bytes, deflated: true, size: 100 }],
    ["less than the directory says", { name: "a", bytes, deflated: true, size: 200_001 }],
  ])("refuses an entry of which comes %s", async (_, one) => {
    const source = (await open([one]))("a");
    expect(await refusalOf(() => source.read(0, source.size))).toBe("zip_size");
  });

  it("refuses an entry whose local header reaches into the next", async () => {
    const zip = zipOf([
      { name: "a", bytes: noise(40) },
      { name: "b", bytes: noise(40) },
    ]);
    zip[28] = 8;
    const archive = await openArchive(bytesSource("a.zip", zip));
    const [first] = archive.entries.values();
    expect(await refusalOf(async () => first && archive.open(first).read(0, 1))).toBe("truncated");
  });

  it("refuses to be inflated again and again", async () => {
    const zeros = new Uint8Array(MEBI);
    const source = (await open([{ name: "a", bytes: zeros, deflated: true }]))("a");
    const back = async () => {
      for (let i = 0; i < 200; ++i) await source.read(MEBI - 2 - i, MEBI - 1 - i);
    };
    expect(await refusalOf(back)).toBe("limit");
  });

  it("takes a slice an entry, and three for the directory of however many", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ name: `data/${i}`, bytes: noise(100) }));
    const { source, slices, read } = counted(zipOf(many));
    const archive = await openArchive(source);
    expect(slices()).toBeLessThanOrEqual(3);
    const before = read();
    for (const entry of archive.entries.values()) await archive.open(entry).read(0, entry.size);
    expect(slices()).toBeLessThanOrEqual(1003);
    expect(read() - before).toBeLessThanOrEqual(source.size);
  });

  it("is listed without its arrays being read", async () => {
    const header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1048576,), }".padEnd(117) + "\n";
    const array = new Uint8Array(128 + 4 * MEBI);
    array.set(Buffer.from(`\x93NUMPY\x01\0v\0${header}`, "latin1"));
    const arrays = ["a", "b", "c"].map((name) => ({ name: `${name}.npy`, bytes: array }));
    const { source, read } = counted(zipOf(arrays));
    const [checkpoint] = await readCheckpoint([source]);
    expect(checkpoint?.tensors.map(({ name, count }) => [name, count])).toEqual([
      ["a", MEBI],
      ["b", MEBI],
      ["c", MEBI],
    ]);
    expect(read()).toBeLessThan(source.size / 20);
  });
});
