/** Checkpoints of each format are read to the bit, and hostile ones are refused in words. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMAT_IDS } from "../../../web/src/checkpoint/entry.js";
import { READ_FORMATS, readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { REFUSAL_CODES, Refusal } from "../../../web/src/checkpoint/refusal.js";
import { checkpointWords, refusalText } from "../../../web/src/i18n/checkpoint.js";
import { chosen, hashOf, manifest, readWhole } from "./checkpoints.js";

/** Tensors that are listed without values, and why. */
const LISTED: Readonly<Record<string, string>> = {
  "hdf5_latest_chunked.h5 w": "h5_chunked",
  "torch_strides_dtypes.pt c64": "unsupported",
  "torch_strides_dtypes_legacy.pt c64": "unsupported",
};

/** Without spaces, which stand where a language has them. */
const bare = (text: string) => text.replace(/\s/g, "");

it("every format has a reader", () => {
  expect([...READ_FORMATS].sort()).toEqual([...FORMAT_IDS].sort());
});

it("the samples are those that were made", () => {
  // 32 good files and 161 hostile ones; what is in them, the manifest says by its own hashes.
  expect(Object.keys(manifest.good)).toHaveLength(32);
  expect(Object.keys(manifest.hostile)).toHaveLength(161);
  const folder = join(import.meta.dirname, "../checkpoints");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
  const all = createHash("sha256");
  for (const file of files) all.update(`${file}\0`).update(readFileSync(join(folder, file)));
  expect(all.digest("hex")).toBe(
    "d2edbc927645f6830023fb4dbcb46ad7ab1eadae5c68d68b950d46b6200fc600",
  );
});

describe("a good file has its tensors, to the bit", () => {
  for (const [name, { format, tensors }] of Object.entries(manifest.good))
    it(name, async () => {
      const [checkpoint, ...others] = await readCheckpoint(chosen("good", name));
      expect(others).toEqual([]);
      expect(checkpoint?.format).toBe(format);
      const found = new Map(checkpoint?.tensors.map((tensor) => [tensor.name, tensor]));
      expect([...found.keys()].sort()).toEqual(Object.keys(tensors).sort());
      expect(found.size).toBe(checkpoint?.tensors.length);
      for (const [key, { dtype, shape, count, sha256_f32le: hash }] of Object.entries(tensors)) {
        const tensor = found.get(key);
        if (!tensor) throw new Error(key);
        expect(tensor, key).toMatchObject({ dtype, shape, count });
        const listed = LISTED[`${name} ${key}`];
        expect(tensor.unread?.code, key).toBe(listed);
        if (!listed) expect(await hashOf(tensor), key).toBe(hash);
      }
    });
});

/** What comes of a hostile file: the code of its refusal, or how many tensors it has with their values. */
async function outcomeOf(name: string): Promise<{ code: string; refusal?: Refusal }> {
  try {
    const checkpoints = await readWhole(chosen("hostile", name));
    const tensors = checkpoints.flatMap((checkpoint) => checkpoint.tensors);
    const refusal = tensors.find(
      ({ unread }) => unread?.code === manifest.hostile[name]?.expect,
    )?.unread;
    return refusal
      ? { code: refusal.code, refusal }
      : { code: `accept:${tensors.filter(({ unread }) => !unread).length}` };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, refusal: error };
  }
}

describe("a hostile file is refused by name, or accepted where it is a control", () => {
  for (const [name, { expect: expected, why }] of Object.entries(manifest.hostile)) {
    it(`${name}: ${why}`, async () => {
      const { code, refusal } = await outcomeOf(name);
      expect(code, refusal?.message).toBe(expected);
      if (!refusal) return;
      expect(refusal.place).not.toBe("");
      const [en, zh] = (["en", "zh"] as const).map((locale) => refusalText(refusal, locale));
      for (const text of [en, zh])
        for (const part of [refusal.file, refusal.place, refusal.value])
          expect(bare(text ?? "")).toContain(bare(part));
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(zh).not.toBe(en);
    });
  }

  it("which names every code that is expected, and no other", () => {
    const codes = new Set(Object.values(manifest.hostile).map(({ expect: code }) => code));
    for (const code of codes)
      expect(REFUSAL_CODES.includes(code as never) || /^accept:\d+$/.test(code), code).toBe(true);
    expect(codes.size).toBe(41);
  });
});

describe("a refusal", () => {
  it("has a sentence in each language for each code, and no sentence has none", () => {
    for (const locale of ["en", "zh"] as const)
      expect(Object.keys(checkpointWords(locale)).sort()).toEqual([...REFUSAL_CODES].sort());
  });

  it("is bounded, whatever the file says", () => {
    const long = "名".repeat(100_000);
    const { place, value } = new Refusal("shape", "a", long, long);
    expect(place.length + value.length).toBeLessThan(1000);
    expect(long.startsWith(place.slice(0, -1))).toBe(true);
  });
});
