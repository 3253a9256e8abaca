/** Files that are chosen together, and what formats have that no sample shows. */
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../../web/src/checkpoint/entry.js";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { Refusal } from "../../../web/src/checkpoint/refusal.js";
import { blobSource, bytesSource } from "../../../web/src/checkpoint/source.js";
import type { Source } from "../../../web/src/checkpoint/source.js";
import { chosen, valuesOf } from "./checkpoints.js";

const text = (name: string, content: string): Source =>
  bytesSource(name, new TextEncoder().encode(content));
const json = (name: string, content: unknown): Source => text(name, JSON.stringify(content));
const good = (name: string): Source => {
  const [file] = chosen("good", name);
  if (!file) throw new Error(name);
  return file;
};
const renamed = (source: Source, name: string): Source => ({ ...source, name });

/** The code, place and value of the refusal that files end with. */
async function refusalOf(files: readonly Source[]): Promise<string> {
  try {
    const checkpoints = await readCheckpoint(files);
    return `read: ${checkpoints.map(({ format }) => format).join()}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.code} ${error.file} ${error.place} ${error.value}`;
  }
}
const outline = (checkpoints: readonly Checkpoint[]) =>
  checkpoints.map(({ format, files, tensors }) => [format, files, tensors.map(({ name }) => name)]);

const SHARDS = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
const INDEX = "model.safetensors.index.json";

describe("files that are chosen together", () => {
  it("are one checkpoint where an index names them, whatever their order and folders", async () => {
    const [first = "", second = ""] = SHARDS;
    const files = [renamed(good(second), `weights/${second}`), good(INDEX), good(first)];
    const [checkpoint, ...others] = await readCheckpoint(files);
    expect(others).toEqual([]);
    expect(checkpoint?.format).toBe("safetensors");
    expect(new Set(checkpoint?.files)).toEqual(new Set([INDEX, `weights/${second}`, first]));
    expect(checkpoint?.files[0]).toBe(INDEX);
    expect(checkpoint?.tensors.map(({ name, file }) => [name, file])).toEqual([
      ["layer.0.weight", first],
      ["layer.1.weight", `weights/${second}`],
    ]);
    expect(await valuesOf(checkpoint?.tensors[1] as never)).toHaveLength(60);
  });

  it("are checkpoints of their own otherwise, in their order", async () => {
    const files = [good("numpy_v2.npy"), good("hand.gguf"), good("numpy_v1.npy")];
    expect((await readCheckpoint(files)).map(({ files: names }) => names)).toEqual([
      ["numpy_v2.npy"],
      ["hand.gguf"],
      ["numpy_v1.npy"],
    ]);
    expect(await readCheckpoint([])).toEqual([]);
  });

  it("may have others beside them, which are in nobody's list", async () => {
    const others = [
      text("README.md", "# A model"),
      json("config.json", { hidden: 8 }),
      text("lines.jsonl", "{}\n{}"),
      text("empty", ""),
    ];
    const [first, ...rest] = await readCheckpoint([...others, good("numpy_v1.npy")]);
    expect(rest).toEqual([]);
    expect(first?.files).toEqual(["numpy_v1.npy"]);
    expect(await refusalOf(others)).toMatch(/^unknown_format README.md 0x0 /);
  });

  it("are asked for by name where one is missing, is there twice, or lacks what is looked for", async () => {
    const [first = "", second = ""] = SHARDS;
    expect(await refusalOf([good(INDEX), good(first)])).toBe(
      `storage_missing ${INDEX} layer.1.weight ${second}`,
    );
    expect(
      await refusalOf([
        good(INDEX),
        good(first),
        good(second),
        renamed(good(first), `old/${first}`),
      ]),
    ).toBe(`duplicate_name ${INDEX} layer.0.weight ${first}`);
    const other = json("x.index.json", { weight_map: { "layer.0.weight": first, b: first } });
    expect(await refusalOf([other, good(first)])).toBe(`storage_missing x.index.json b ${first}`);
  });

  it.each([
    "../a",
    "a/../../b",
    "/etc/a",
    "\\\\host\\a",
    "C:\\a",
    "https://example.org/a",
    "file:a",
    "",
  ])("are not looked for elsewhere: %j", async (path) => {
    expect(await refusalOf([json("a.json", { weight_map: { w: path } }), text("a", "")])).toMatch(
      /^path a\.json w /,
    );
  });

  it("are told by what is in them, not by what they are called", async () => {
    const file = renamed(good("hand.gguf"), "model.safetensors");
    expect((await readCheckpoint([file]))[0]?.format).toBe("gguf");
    expect(
      (await readCheckpoint([renamed(good("hand.safetensors"), "model.bin")]))[0]?.format,
    ).toBe("safetensors");
  });

  it("that went away meanwhile are named", async () => {
    const blob = new Blob([new Uint8Array(100)]);
    blob.slice = () =>
      ({ arrayBuffer: () => Promise.reject(new Error("NotReadable")) }) as unknown as Blob;
    expect(await refusalOf([blobSource("gone.npy", blob)])).toBe(
      "unreadable gone.npy 0x0 Error: NotReadable",
    );
  });

  it("are left where a signal says so", async () => {
    await expect(
      readCheckpoint([good("hand.gguf")], AbortSignal.abort(new Error("enough"))),
    ).rejects.toThrow("enough");
  });
});

describe("safetensors", () => {
  const file = (header: string, data = 0): Source => {
    const body = new TextEncoder().encode(header);
    const bytes = new Uint8Array(8 + body.length + data);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(body.length), true);
    bytes.set(body, 8);
    return bytesSource("a.safetensors", bytes);
  };

  it("lists what it does not decode by its bits", async () => {
    const header = JSON.stringify({
      a: { dtype: "F4", shape: [3, 2], data_offsets: [0, 3] },
      b: { dtype: "F6_E2M3", shape: [4], data_offsets: [3, 6] },
      c: { dtype: "C64", shape: [1], data_offsets: [6, 14] },
    });
    const [checkpoint] = await readCheckpoint([file(header, 14)]);
    expect(checkpoint?.tensors.map(({ unread }) => unread?.code)).toEqual(
      new Array(3).fill("unsupported"),
    );
    expect(await refusalOf([file(header.replace("[3,2]", "[5]"), 14)])).toMatch(
      /^shape a.safetensors a /,
    );
  });

  it("refuses names that are there twice at any depth, at their byte", async () => {
    const twice = '{"é":{"dtype":"F32","dtype":"F16","shape":[0],"data_offsets":[0,0]}}';
    expect(await refusalOf([file(twice)])).toBe("duplicate_name a.safetensors 0x1d dtype");
  });

  it("keeps the order of the header, also of names that are numbers", async () => {
    const entry = { dtype: "F32", shape: [0], data_offsets: [0, 0] };
    const header = `{"b":${JSON.stringify(entry)},"1":${JSON.stringify(entry)},"0":${JSON.stringify(entry)}}`;
    expect(outline(await readCheckpoint([file(header)]))).toEqual([
      ["safetensors", ["a.safetensors"], ["b", "1", "0"]],
    ]);
  });
});

describe("NumPy's header", () => {
  const file = (header: string, data: number): Source => {
    const bytes = Buffer.concat([
      Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0]),
      Buffer.from(header),
      Buffer.alloc(data),
    ]);
    return bytesSource("a.npy", Uint8Array.from(bytes));
  };

  it.each([
    ["{'shape': (2L, 3L), 'fortran_order': False, 'descr': '=f4'}", 24, "read: npy"],
    ["{'shape': (), 'fortran_order': True, 'descr': '|u1'}\n", 1, "read: npy"],
    ["{'shape': (2,), 'fortran_order': False, 'descr': '<c8'}", 16, "read: npy"],
    ["{'shape': (-2,), 'fortran_order': False, 'descr': '<f4'}", 8, "shape a.npy a (-2)"],
    ["{'shape': (2,), 'fortran_order': False, 'descr': '<f3'}", 6, "dtype a.npy a '<f3'"],
    [
      "{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}",
      9,
      "size_mismatch a.npy a 9 ≠ 8 (2)",
    ],
  ])("%s with %d bytes", async (header, data, expected) => {
    expect(await refusalOf([file(header, data)])).toBe(expected);
  });
});

describe("TensorFlow.js", () => {
  const weight = (
    name: string,
    shape: readonly number[],
    dtype: string,
    quantization?: unknown,
  ) => ({ name, shape, dtype, quantization });
  const shard = (name: string, bytes: readonly number[]) =>
    bytesSource(name, Uint8Array.from(bytes));

  it("has strings before other weights, and a list of groups alone in older files", async () => {
    const weights = [weight("words", [2], "string"), weight("flags", [2], "bool")];
    const model = json("weights_manifest.json", [{ paths: ["a.bin", "b.bin"], weights }]);
    const files = [
      model,
      shard("a.bin", [2, 0, 0, 0, 65, 66, 1, 0]),
      shard("b.bin", [0, 0, 67, 1, 0]),
    ];
    const [checkpoint] = await readCheckpoint(files);
    const [words, flags] = checkpoint?.tensors ?? [];
    expect([words?.unread?.code, words?.dtype, words?.file]).toEqual([
      "unsupported",
      "STRING",
      "a.bin",
    ]);
    expect([flags?.file, flags?.layout]).toEqual(["b.bin", "keras"]);
    expect([...(await valuesOf(flags as never))]).toEqual([1, 0]);
  });

  it.each([
    [
      "a shard that is named twice",
      ["a.bin", "a.bin"],
      [weight("w", [4], "int32")],
      "duplicate_name model.json weightsManifest a.bin",
    ],
    [
      "a string beyond the shard",
      ["a.bin"],
      [weight("w", [1], "string")],
      "truncated a.bin 0x4 1077936128 > 4",
    ],
    [
      "strings without number",
      ["a.bin"],
      [weight("w", [1e9], "string")],
      "truncated a.bin 0x0 4000000000 > 8",
    ],
    [
      "two weights of one name",
      ["a.bin"],
      [weight("w", [1], "int32"), weight("w", [1], "int32")],
      "duplicate_name model.json weightsManifest[0] w",
    ],
    [
      "a weight that is none",
      ["a.bin"],
      [null],
      "header model.json weightsManifest[0].weights[0] null",
    ],
  ])("refuses %s", async (_, paths, weights, expected) => {
    const model = json("model.json", { weightsManifest: [{ paths, weights }] });
    expect(await refusalOf([model, shard("a.bin", [0, 0, 64, 64, 0, 0, 0, 0])])).toBe(expected);
  });

  it("lists whole numbers that are quantized", async () => {
    const weights = [weight("w", [2], "int32", { dtype: "uint8", scale: 2, min: -1 })];
    const model = json("model.json", { weightsManifest: [{ paths: ["a.bin"], weights }] });
    const [checkpoint] = await readCheckpoint([model, shard("a.bin", [1, 2])]);
    expect(checkpoint?.tensors[0]?.unread?.value).toBe("int32 U8 quantized");
  });
});
