/** ONNX: the ways in which a tensor may be written, and where it may stand. */
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../../web/src/checkpoint/entry.js";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { bytesSource } from "../../../web/src/checkpoint/source.js";
import { refusalOf, valuesOf } from "./entry-values.js";
import * as proto from "./proto-writer.js";
import type { Message } from "./proto-writer.js";

const { bytes, message, number, packed, packedDoubles, packedFloats, text } = proto;
const { unpacked, unpackedFloats } = proto;

const TYPE = { f32: 1, u8: 2, i8: 3, i32: 6, i64: 7, text: 8, bool: 9, f16: 10, f64: 11, u64: 13 };
const MORE = { c64: 14, bf16: 16, e4m3: 17, int4: 22 };

/** A TensorProto; `fields` follow its dims, type and name. */
const tensor = (
  name: string,
  type: number,
  dims: readonly number[],
  ...fields: readonly Message[]
) => message(packed(1, ...dims), number(2, type), text(8, name), ...fields);
const initializer = (value: Message): Message => bytes(5, value);
const graph = (...fields: readonly Message[]): Message => bytes(7, message(...fields));
const model = (...fields: readonly Message[]): Uint8Array =>
  Uint8Array.from(message(number(1, 8), ...fields));

const read = async (
  file: Uint8Array,
  others: Readonly<Record<string, Uint8Array>> = {},
): Promise<Checkpoint> => {
  const data = Object.entries(others).map(([name, content]) => bytesSource(name, content));
  const [checkpoint] = await readCheckpoint([bytesSource("net.onnx", file), ...data]);
  if (!checkpoint) throw new Error("no checkpoint");
  return checkpoint;
};
const readTensor = async (value: Message) =>
  (await read(model(graph(initializer(value))))).tensors[0];
const valuesIn = async (value: Message) => valuesOf(await readTensor(value));
/** Refused as it is listed, or as its values are read. */
const refused = (file: Uint8Array, others: Readonly<Record<string, Uint8Array>> = {}) =>
  refusalOf(async () => {
    for (const entry of (await read(file, others)).tensors) await valuesOf(entry);
  });
const refusedTensor = (value: Message) => refused(model(graph(initializer(value))));

const float32 = (...values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe("values", () => {
  it("are raw bytes, or numbers of the type's own field, packed, unpacked or in parts", async () => {
    const values = [1.5, -2, 0.25, 8];
    for (const field of [
      bytes(9, float32(...values)),
      packedFloats(4, ...values),
      unpackedFloats(4, ...values),
      message(packedFloats(4, 1.5, -2), packedFloats(4), packedFloats(4, 0.25, 8)),
      message(unpackedFloats(4, 1.5), packedFloats(4, -2, 0.25), unpackedFloats(4, 8)),
    ]) {
      expect(await valuesIn(tensor("w", TYPE.f32, [2, 2], field))).toEqual(values);
    }
  });

  it("have dims that are packed, unpacked or both", async () => {
    const rest = [number(2, TYPE.f32), text(8, "w"), bytes(9, new Uint8Array(96))];
    for (const dims of [
      packed(1, 2, 3, 4),
      unpacked(1, 2, 3, 4),
      message(unpacked(1, 2), packed(1, 3, 4)),
    ]) {
      const entry = await readTensor(message(...rest, dims));
      expect(entry?.shape).toEqual([2, 3, 4]);
    }
    const scalar = await readTensor(message(number(2, TYPE.f32), bytes(9, float32(7))));
    expect(scalar?.shape).toEqual([]);
    expect(scalar?.name).toBe("initializer 0");
    for (const [dims, value] of [
      [packed(1, 2, -3), "(2, -3)"],
      [packed(1, 2n ** 60n), `(${2 ** 60})`],
      [packed(1, 2 ** 30, 2 ** 30), "(1073741824, 1073741824)"],
      [packed(1, ...new Array<number>(33).fill(1)), "33 > 32"],
      [unpacked(1, ...new Array<number>(40).fill(1)), "> 32"],
      [packed(1, ...new Array<number>(400).fill(1)), "> 32"],
    ] as const)
      expect(await refusedTensor(message(...rest, dims))).toMatchObject({ code: "shape", value });
  });

  it("of small types are the low bits of int32_data", async () => {
    // 1, -2, the least subnormal and infinity of float16; the second as C++ writes a negative int32.
    const halves = [0x3c00, 0xc000, 0x0001, 0x7c00];
    const expected = [1, -2, 2 ** -24, Number.POSITIVE_INFINITY];
    for (const field of [packed(5, ...halves), unpacked(5, ...halves)])
      expect(await valuesIn(tensor("h", TYPE.f16, [4], field))).toEqual(expected);
    const negative = packed(5, 0x3c00, 0xc000 - 0x10000);
    expect(await valuesIn(tensor("h", TYPE.f16, [2], negative))).toEqual([1, -2]);
    const brains = packed(5, 0x3f80, 0xc040);
    expect(await valuesIn(tensor("b", MORE.bf16, [2], brains))).toEqual([1, -3]);
    expect(await valuesIn(tensor("i", TYPE.i8, [3], packed(5, -1, 127, -128)))).toEqual([
      -1, 127, -128,
    ]);
    expect(await valuesIn(tensor("t", TYPE.bool, [2], packed(5, 0, 1)))).toEqual([0, 1]);
    expect(await valuesIn(tensor("n", TYPE.i32, [2], packed(5, -(2 ** 31), 5)))).toEqual([
      -(2 ** 31),
      5,
    ]);
    expect(await valuesIn(tensor("e", MORE.e4m3, [1], packed(5, 0x38)))).toEqual([1]);
  });

  it("of 64 bits have fields of their own", async () => {
    const signed = packed(7, -1, 2 ** 40);
    expect(await valuesIn(tensor("i", TYPE.i64, [2], signed))).toEqual([-1, 2 ** 40]);
    const unsigned = unpacked(11, 2n ** 63n, 1);
    expect(await valuesIn(tensor("u", TYPE.u64, [2], unsigned))).toEqual([2 ** 63, 1]);
    const doubles = packedDoubles(10, 0.1, -5e-324);
    expect(await valuesIn(tensor("d", TYPE.f64, [2], doubles))).toEqual([0.1, -5e-324]);
  });

  it("that are many numbers are read in windows, forward and again", async () => {
    const count = 300_000;
    const given = Array.from({ length: count }, (_, i) => (i * 7919) % 65_536);
    const entry = await readTensor(tensor("h", 4, [count], bytes(5, given.flatMap(proto.varint))));
    expect(await valuesOf(entry)).toEqual(given);
    expect(await valuesOf(entry)).toEqual(given);
  });

  it("are as many as the shape says, in the one field of the type", async () => {
    for (const [value, code] of [
      [tensor("w", TYPE.f32, [3], bytes(9, float32(1, 2))), "size_mismatch"],
      [tensor("w", TYPE.f32, [1], packedFloats(4, 1, 2)), "size_mismatch"],
      [tensor("w", TYPE.f32, [3], unpackedFloats(4, 1, 2)), "size_mismatch"],
      [tensor("w", TYPE.f32, [3]), "size_mismatch"],
      [tensor("w", TYPE.i32, [3], packed(5, 1, 2)), "size_mismatch"],
      // As many bytes as could be three numbers, and two of them: seen when they are read.
      [tensor("w", TYPE.i32, [3], packed(5, 1, 70_000)), "size_mismatch"],
      [tensor("w", TYPE.i32, [1], packed(5, 1, 70_000)), "size_mismatch"],
      [tensor("w", TYPE.i32, [1], bytes(5, [0x80])), "truncated"],
      [tensor("w", TYPE.i32, [2], bytes(5, new Array<number>(11).fill(0x80))), "protobuf"],
      [tensor("w", TYPE.f32, [1], packed(5, 1)), "header"],
      [tensor("w", TYPE.f32, [1], packedFloats(4, 1), bytes(9, float32(1))), "size_mismatch"],
      [tensor("w", TYPE.f32, [1], proto.raw(4, 1, ...new Array<number>(8).fill(0))), "protobuf"],
      [tensor("w", 99, [1], bytes(9, float32(1))), "dtype"],
      [tensor("w", 0, [1], bytes(9, float32(1))), "dtype"],
    ] as const)
      expect(await refusedTensor(value), JSON.stringify(value)).toMatchObject({ code });
    expect(await valuesIn(tensor("none", TYPE.f32, [0, 4]))).toEqual([]);
  });

  it("that are not read are listed beside the others", async () => {
    const { tensors } = await read(
      model(
        graph(
          initializer(tensor("w", TYPE.f32, [1], bytes(9, float32(1)))),
          initializer(tensor("q", MORE.int4, [3], bytes(9, [0x21, 0x03]))),
          initializer(tensor("s", TYPE.text, [1], text(6, "vocabulary"))),
          initializer(tensor("c", MORE.c64, [1], packedFloats(4, 1, 2))),
          bytes(
            15,
            message(
              bytes(1, tensor("sparse", TYPE.f32, [1], bytes(9, float32(1)))),
              packed(3, 9, 9),
            ),
          ),
        ),
      ),
    );
    expect(tensors.map(({ name, shape, unread }) => [name, shape, unread?.code ?? null])).toEqual([
      ["w", [1], null],
      ["q", [3], "unsupported"],
      ["s", [1], "unsupported"],
      ["c", [1], "unsupported"],
      ["sparse", [9, 9], "unsupported"],
    ]);
    const alone = refusedTensor(tensor("q", MORE.int4, [2], bytes(9, [0x21])));
    expect(await alone).toMatchObject({ code: "unsupported", place: "q", value: "INT4" });
  });
});

const external = (...pairs: readonly (readonly [string, string])[]): Message =>
  message(
    ...pairs.map(([name, value]) => bytes(13, message(text(1, name), text(2, value)))),
    number(14, 1),
  );
const outside = (...pairs: readonly (readonly [string, string])[]): Uint8Array =>
  model(graph(initializer(tensor("w", TYPE.f32, [2], external(...pairs)))));

describe("external data", () => {
  const data = float32(0, 1, 2, 3);

  it("lie at an offset of the file that is named, or are all of it", async () => {
    const files = { "weights.bin": data, "other.bin": data };
    for (const [pairs, expected] of [
      [[["location", "weights.bin"]], [0, 1]],
      [
        [
          ["location", "dir/weights.bin"],
          ["offset", "4"],
        ],
        [1, 2],
      ],
      [
        [
          ["length", "8"],
          ["offset", "8"],
          ["location", "./weights.bin"],
        ],
        [2, 3],
      ],
      [
        [
          ["location", "weights.bin"],
          ["checksum", "abc"],
        ],
        [0, 1],
      ],
    ] as const) {
      const checkpoint = await read(outside(...pairs), files);
      expect(await valuesOf(checkpoint.tensors[0])).toEqual(expected);
      expect(checkpoint.tensors[0]?.file).toBe("weights.bin");
      expect(checkpoint.files).toEqual(["net.onnx", "weights.bin"]);
    }
  });

  it("are refused where they are not there, or the numbers are none", async () => {
    const at = ["location", "w.bin"] as const;
    for (const [pairs, code, value] of [
      [[["location", "absent.bin"]], "storage_missing", "absent.bin"],
      [[["location", "../w.bin"]], "path", "../w.bin"],
      [[["location", "/etc/w.bin"]], "path", "/etc/w.bin"],
      [[["location", "file:w.bin"]], "path", "file:w.bin"],
      [[], "path", ""],
      [[at, ["offset", "9"]], "truncated", "17 > 16"],
      [[at, ["length", "4"]], "size_mismatch", "4 != 8"],
      [[at, ["offset", "-1"]], "offsets", "offset -1"],
      [[at, ["offset", "1e1"]], "offsets", "offset 1e1"],
      [[at, ["offset", "9".repeat(16)]], "offsets", `offset ${"9".repeat(16)}`],
    ] as const)
      expect(await refused(outside(...pairs), { "w.bin": data })).toMatchObject({ code, value });
  });
});

const constant = (output: string, value: Message): Message =>
  bytes(
    1,
    message(
      text(2, output),
      text(4, "Constant"),
      bytes(5, message(text(1, "value"), bytes(5, value))),
    ),
  );
const scalar = (value: number, name = "") =>
  message(number(2, TYPE.f32), text(8, name), bytes(9, float32(value)));
/** A node with graphs as attributes, one each or in a list. */
const branches = (...bodies: readonly Message[]): Message =>
  bytes(1, message(...bodies.map((body) => bytes(5, bytes(6, body))), text(4, "If")));

describe("graphs", () => {
  it("have tensors in Constant nodes, in branches and in functions; twins are told apart", async () => {
    const file = model(
      graph(
        initializer(tensor("w", TYPE.f32, [1], bytes(9, float32(1)))),
        constant("c", scalar(2, "inside")),
        // Another operation's attribute is no weight.
        bytes(1, message(text(2, "s"), text(4, "ConstantOfShape"), bytes(5, bytes(5, scalar(9))))),
        branches(
          constant("c", scalar(3)),
          message(initializer(scalar(4, "w")), constant("d", scalar(5))),
        ),
        bytes(1, message(text(4, "Loops"), bytes(5, bytes(11, constant("e", scalar(6)))))),
      ),
      bytes(25, message(text(1, "f"), bytes(7, constant("g", scalar(7)).slice(2)))),
      bytes(14, message(text(1, "epoch"), text(2, "12"))),
    );
    const { tensors, metadata } = await read(file);
    const found = await Promise.all(
      tensors.map(async (entry) => [entry.name, ...(await valuesOf(entry))]),
    );
    expect(found).toEqual([
      ["w", 1],
      ["c", 2],
      ["c (2)", 3],
      ["w (2)", 4],
      ["d", 5],
      ["e", 6],
      ["g", 7],
    ]);
    expect([...metadata]).toEqual([["epoch", "12"]]);
    const twice = model(graph(initializer(scalar(1, "w")), initializer(scalar(2, "w"))));
    expect(await refused(twice)).toMatchObject({ code: "duplicate_name", value: "w" });
  });

  it("lie 64 deep in one another, and no deeper", async () => {
    const nested = (depth: number): Message =>
      depth === 0 ? initializer(scalar(1, "w")) : branches(nested(depth - 1));
    expect((await read(model(graph(nested(64))))).tensors).toHaveLength(1);
    expect(await refused(model(graph(nested(65))))).toMatchObject({
      code: "depth",
      value: "65 > 64",
    });
  });

  it("are refused where Protobuf ends, or has what it never has", async () => {
    const good = initializer(scalar(1, "w"));
    for (const [fields, code] of [
      [[graph(good), proto.raw(9, 3)], "protobuf"],
      [[graph(good), proto.raw(9, 4)], "protobuf"],
      [[graph(good), proto.raw(9, 6)], "protobuf"],
      [[graph(good), proto.raw(0, 0, 1)], "protobuf"],
      [[graph(good), proto.raw(9, 2, 5, 1)], "truncated"],
      [[graph(good), proto.raw(9, 5, 1)], "truncated"],
      [[graph(good), proto.raw(9, 0, 0x80)], "truncated"],
      [[graph(good), proto.raw(9, 0, ...new Array<number>(10).fill(0x80))], "protobuf"],
      [[graph(initializer(message(number(2, 1), bytes(8, [0xff]))))], "protobuf"],
      [[graph(text(2, "no tensor"))], "not_tensors"],
      [[text(2, "a producer"), number(5, 3)], "unknown_format"],
    ] as const)
      expect(await refused(model(...fields)), JSON.stringify(fields)).toMatchObject({ code });
    // Fields of all other kinds are passed over.
    const others = [
      proto.raw(40, 1, ...new Array<number>(8).fill(1)),
      proto.raw(41, 5, 1, 2, 3, 4),
    ];
    expect((await read(model(...others, graph(good)))).tensors).toHaveLength(1);
  });

  it("of TensorFlow are named", async () => {
    const saved = Uint8Array.from(message(number(1, 1), bytes(2, message(text(1, "serve")))));
    expect(await refused(saved)).toMatchObject({ code: "saved_model" });
    // The index of a checkpoint: an entry without a key, whose value says that there is one file.
    const index = Uint8Array.of(0, 0, 6, 8, 1, 0x1a, 2, 8, 1, 0, 7, 3, 0x77);
    const data = bytesSource("ckpt.data-00000-of-00001", new Uint8Array(64));
    expect(await refused(index)).toMatchObject({ code: "tf_checkpoint" });
    expect(await refusalOf(() => readCheckpoint([data]))).toMatchObject({ code: "tf_checkpoint" });
    expect(await refused(new Uint8Array(64))).toMatchObject({ code: "unknown_format" });
  });
});
