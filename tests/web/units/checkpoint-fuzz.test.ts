/**
 * Checkpoints changed at random, the same way every time: read, or refused in words, with no more
 * bytes and values than their size allows. INITSCOPE_MUTATIONS says how many of each format.
 */
import { describe, expect, it } from "vitest";
import type { Checkpoint, Piece, TensorEntry } from "../../../web/src/checkpoint/entry.js";
import { READ_FORMATS, readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { Refusal } from "../../../web/src/checkpoint/refusal.js";
import { MOST_SLICE, bytesSource } from "../../../web/src/checkpoint/source.js";
import type { Source } from "../../../web/src/checkpoint/source.js";
import { MOST_SHOWN } from "../../../web/src/engine/shown.js";
import { refusalText } from "../../../web/src/i18n/checkpoint.js";
import { Changes } from "./checkpoint-mutations.js";
import { chosen, manifest } from "./checkpoints.js";

const COUNT = Number(process.env["INITSCOPE_MUTATIONS"] ?? 300);
const seed = 20261130;

/** What is larger takes too long to be read so often. */
const MOST_SAMPLE = 60_000;
/**
 * Bytes that may be read and given on, by the bytes of the files: a value of one byte is given on as
 * eight, a block of GGML as seven times itself, and an archive may be asked for an entry several times.
 */
const READ_RATE = 64;
const GIVEN_RATE = 64;
const MARGIN = 1 << 20;
/** What DEFLATE makes of a byte. */
const DEFLATE_RATE = 1032;
/** A tensor of PyTorch may repeat its values up to so many times, and a small one more often. */
const EXPANDED = 8 * (1 << 20);

interface Spent {
  read: number;
  calls: number;
  given: number;
}

const counted = (source: Source, spent: Spent): Source => ({
  ...source,
  async read(begin, end) {
    spent.calls += 1;
    spent.read += Math.max(0, end - begin);
    return source.read(begin, end);
  },
});

/** What is wrong with a tensor, by its values. */
async function complaintsOfTensor(tensor: TensorEntry, spent: Spent): Promise<string[]> {
  const found: string[] = [];
  if (tensor.shape.reduce((product, extent) => product * extent, 1) !== tensor.count)
    found.push("a count that is not its shape's");
  if (tensor.unread) return found;
  const width = { f16: 2, bf16: 2, f32: 4, f64: 8 } as const;
  let values = 0;
  for await (const { kind, bytes } of tensor.pieces()) {
    values += bytes.length / width[kind];
    spent.given += bytes.length;
    if (bytes.length > MOST_SLICE) found.push("a piece that is too long");
  }
  if (values !== tensor.count) found.push(`${values} values of ${tensor.count}`);
  return found;
}

/** What is wrong with an error that a reader threw. */
function complaintsOfError(error: unknown, files: readonly Source[]): string[] {
  if (!(error instanceof Refusal)) return [`not a refusal: ${(error as Error).stack ?? ""}`];
  const found: string[] = [];
  // A fault that no reader foresaw.
  if (error.code === "malformed") found.push(`${UNFORESEEN}: ${error.message}`);
  if (!files.some(({ name }) => name === error.file)) found.push(`of no file: ${error.file}`);
  if (error.place === "" || error.place.length > MOST_SHOWN) found.push(`place ${error.place}`);
  if (error.value.length > MOST_SHOWN) found.push("a value without bounds");
  for (const locale of ["en", "zh"] as const)
    if (
      /undefined|\[object|NaN/.test(
        refusalText({ code: error.code, file: "a", place: "x", value: "" }, locale),
      )
    )
      found.push("a sentence without sense");
  return found;
}

const UNFORESEEN = "not foreseen";

type Read = (files: readonly Source[]) => Promise<readonly Checkpoint[]>;

/** What comes of files: "read" or the code of a refusal, and what is wrong with it. */
async function judged(
  read: Read,
  files: readonly Source[],
): Promise<{ code: string; found: string[] }> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const spent: Spent = { read: 0, calls: 0, given: 0 };
  let code = "read";
  const found: string[] = [];
  try {
    for (const { tensors } of await read(files.map((file) => counted(file, spent))))
      for (const tensor of tensors) found.push(...(await complaintsOfTensor(tensor, spent)));
  } catch (error) {
    code = error instanceof Refusal ? error.code : "error";
    found.push(...complaintsOfError(error, files));
  }
  const isZip = files.some(({ name }) => /\.(npz|pt|keras)$/.test(name));
  const most = GIVEN_RATE * size * (isZip ? DEFLATE_RATE : 1) + EXPANDED + MARGIN;
  if (spent.given > most) found.push(`${spent.given} bytes of values`);
  if (spent.read > READ_RATE * size + MARGIN) found.push(`${spent.read} bytes read of ${size}`);
  if (spent.calls > size + 16) found.push(`${spent.calls} slices`);
  return { code, found };
}

/** Good samples of a format: the file that is changed, and those that it is chosen with. */
function samplesOf(format: string): (readonly Source[])[] {
  return Object.entries(manifest.good)
    .filter((entry) => entry[1].format === format)
    .map(([name]) => chosen("good", name))
    .filter((files) => files.every(({ size }) => size <= MOST_SAMPLE));
}
/** A message of HDF5 is cut off where its view ends, which the view itself says: "malformed". */
const BY_VIEW: readonly string[] = ["hdf5", "keras-zip"];
const INDEX = "model.safetensors.index.json";

async function bytesOf(source: Source | undefined): Promise<Uint8Array> {
  return source ? source.read(0, source.size) : new Uint8Array();
}

describe("a changed checkpoint is read, or refused by name, within what its size allows", () => {
  for (const [format, samples] of [
    ...READ_FORMATS.map((id) => [id, samplesOf(id)] as const),
    ["an index of safetensors", [chosen("good", INDEX)]] as const,
  ])
    it(
      `${format}, ${COUNT} times`,
      async () => {
        const changes = new Changes(seed);
        const outcomes = new Map<string, number>();
        for (let i = 0; i < COUNT; ++i) {
          const files = [...changes.of(samples)];
          // The file that names others as a rule, one of those at times.
          const which = changes.below(4) === 0 ? changes.below(files.length) : 0;
          const [file, other] = [files[which], changes.of(changes.of(samples))];
          const bytes = changes.changed(await bytesOf(file), await bytesOf(other));
          files[which] = bytesSource(file?.name ?? "", bytes);
          const { code, found: all } = await judged(readCheckpoint, files);
          const found = all.filter(
            (what) => !what.startsWith(UNFORESEEN) || !BY_VIEW.includes(format),
          );
          if (found.length > 0)
            expect.fail(
              `${found.join("; ")}: ${i} as ${String(file?.name)}: ${Buffer.from(bytes).toString("base64")}`,
            );
          outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        }
        // Some still are read, most kinds of refusal are not those of a file that is not known.
        expect(outcomes.get("read") ?? 0).toBeGreaterThan(COUNT / 100);
        expect(outcomes.get("read") ?? 0).toBeLessThan(COUNT);
        expect(outcomes.size, [...outcomes].join("; ")).toBeGreaterThan(4);
      },
      COUNT * 100 + 60_000,
    );
});

describe("the judge finds", () => {
  const file = bytesSource("a.npy", new Uint8Array(100));
  const tensor = (bytes: number, kind: Piece["kind"] = "f32"): TensorEntry => ({
    ...{ name: "w", shape: [2, 3], dtype: "F32", count: 6, tiedTo: null, file: "a.npy" },
    ...{ layout: "torch", unread: null },
    async *pieces() {
      await Promise.resolve();
      yield { kind, bytes: new Uint8Array(bytes) };
    },
  });
  const having =
    (one: TensorEntry): Read =>
    () =>
      Promise.resolve([
        { format: "npy", files: ["a.npy"], tensors: [one], metadata: new Map<string, string>() },
      ]);

  it.each<[string, Read]>([
    ["an error of the language", () => Promise.reject(new RangeError("Offset is outside"))],
    [
      "a fault that was not foreseen",
      () => Promise.reject(new Refusal("malformed", "a.npy", "0x0", "1")),
    ],
    ["a refusal of another file", () => Promise.reject(new Refusal("limit", "b.npy", "0x0", "1"))],
    [
      "a place without bounds",
      () =>
        Promise.reject(
          Object.assign(new Refusal("limit", "a.npy", "0x0", "1"), { place: "x".repeat(999) }),
        ),
    ],
    ["too few values", having(tensor(20))],
    ["too many values", having(tensor(24, "f16"))],
    ["a wrong count", having({ ...tensor(20), count: 5 })],
    [
      "a piece that is too long",
      having({ ...tensor(MOST_SLICE + 4), shape: [4194305], count: 4194305 }),
    ],
    [
      "too many bytes",
      async ([source]) => {
        for (let i = 0; i < 20_000; ++i) await source?.read(0, 100);
        return [];
      },
    ],
    [
      "too many slices",
      async ([source]) => {
        for (let i = 0; i < 200; ++i) await source?.read(0, 1);
        return [];
      },
    ],
  ])("%s", async (_, read) => {
    expect((await judged(read, [file])).found).not.toEqual([]);
  });

  it("and nothing in a good tensor", async () => {
    expect(await judged(having(tensor(24)), [file])).toEqual({ code: "read", found: [] });
  });
});
