/** HDF5: old and new groups, headers that go on elsewhere, types, and what leads nowhere. */
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../../web/src/checkpoint/entry.js";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { bytesSource } from "../../../web/src/checkpoint/source.js";
import { refusalOf, valuesOf } from "./entry-values.js";
import {
  Hdf5Writer,
  UNDEFINED,
  attribute,
  chunked,
  compact,
  contiguous,
  datatype,
  le,
  link,
  linkInfo,
  noSpace,
  oldCompact,
  oldContiguous,
  otherLink,
  space,
  space2,
  type,
} from "./hdf5-writer.js";
import type { Bytes, Message } from "./hdf5-writer.js";

const read = async (bytes: Uint8Array, name = "file.h5"): Promise<Checkpoint> => {
  const [checkpoint] = await readCheckpoint([bytesSource(name, bytes)]);
  if (!checkpoint) throw new Error("no checkpoint");
  return checkpoint;
};
const refused = (bytes: Uint8Array) => refusalOf(() => read(bytes));
const names = ({ tensors }: Checkpoint) => tensors.map(({ name }) => name);

/** A file of one dataset, "w", with these messages. */
function single(...messages: readonly Message[]): Uint8Array {
  const writer = new Hdf5Writer();
  return writer.file(writer.group({ w: writer.header(messages) }));
}
const valuesIn = async (...messages: readonly Message[]) =>
  valuesOf((await read(single(...messages))).tensors[0]);
const refusedOf = (...messages: readonly Message[]) => refused(single(...messages));

/** A file with a dataset of two values; `make` puts it into a root group. */
function withPair(make: (writer: Hdf5Writer, pair: number) => number, version: 0 | 1 | 2 | 3 = 0) {
  const writer = new Hdf5Writer();
  const pair = writer.dataset(type.f32, [2], writer.f32(1, 2), 8);
  return writer.file(make(writer, pair), version);
}

describe("headers", () => {
  it("begin at a superblock of version 0 to 3", async () => {
    for (const version of [0, 1, 2, 3] as const) {
      const { format, tensors } = await read(withPair((writer, w) => writer.group({ w }), version));
      expect(format).toBe("hdf5");
      expect(await valuesOf(tensors[0])).toEqual([1, 2]);
    }
    const good = withPair((writer, w) => writer.group({ w }));
    for (const [at, value, code] of [
      [8, 4, "version"],
      [13, 4, "version"],
      [14, 4, "version"],
      [24, 8, "version"],
      [40, good[40] === 255 ? 0 : 255, "truncated"],
    ] as const) {
      const bytes = good.slice();
      bytes[at] = value;
      if (at === 40) bytes[42] = 255;
      expect(await refused(bytes)).toMatchObject({ code });
    }
    expect(await refused(good.slice(0, -8))).toMatchObject({ code: "truncated" });
  });

  it("go on in other blocks, old ones and new", async () => {
    for (const header of ["header", "header2"] as const) {
      const writer = new Hdf5Writer();
      const at = writer.f32(3, 4);
      const w = writer[header]([space2(2)], [datatype(type.f32), contiguous(at, 8)]);
      const root = writer[header]([], [link("w", w)]);
      expect(await valuesOf((await read(writer.file(root, 3))).tensors[0])).toEqual([3, 4]);
    }
  });

  it("that go on in themselves are refused, and those that go on beyond the file", async () => {
    const writer = new Hdf5Writer();
    // The block holds one message of 24 bytes: that it goes on where it is.
    const self = [...le(2, 16), ...le(2, 16), ...le(4, 0), ...le(8, writer.next), ...le(8, 24)];
    const block = writer.put(self);
    const goesOn = (at: number | bigint, size: number): Message => ({
      type: 16,
      body: [...le(8, at), ...le(8, size)],
    });
    const cycle = writer.file(writer.header([goesOn(block, 24)]));
    expect(await refused(cycle)).toMatchObject({ code: "header", value: String(block) });
    for (const [at, size, code] of [
      [2 ** 40, 24, "truncated"],
      [UNDEFINED, 24, "truncated"],
      [block, 2 ** 24, "limit"],
    ] as const)
      expect(await refused(writer.file(writer.header([goesOn(at, size)])))).toMatchObject({ code });
  });
});

describe("groups", () => {
  it("have trees of several levels, whose leaves stay in order", async () => {
    const letters = Array.from("abcdefgh");
    const bytes = withPair((writer) => {
      const [heap, places] = writer.heap(letters);
      const leaves = letters.map((_, i) => {
        const at = writer.dataset(type.f32, [1], writer.f32(i), 4);
        return writer.leaf([{ place: places[i] ?? 0, at }]);
      });
      const low = [0, 2, 4, 6].map((i) => writer.tree(0, leaves.slice(i, i + 2)));
      const middle = [writer.tree(1, low.slice(0, 2)), writer.tree(1, low.slice(2))];
      return writer.header([writer.symbols(writer.tree(2, middle), heap)]);
    });
    const checkpoint = await read(bytes);
    expect(names(checkpoint)).toEqual(letters);
    expect(await Promise.all(checkpoint.tensors.map(valuesOf))).toEqual(letters.map((_, i) => [i]));
  });

  it("whose trees do not come down, or come twice to one place, are refused", async () => {
    const rootOf = (make: (writer: Hdf5Writer) => number) =>
      withPair((writer) => {
        const [heap] = writer.heap(["w"]);
        return writer.header([writer.symbols(make(writer), heap)]);
      });
    const level = rootOf((writer) => writer.tree(1, [writer.tree(1, [])]));
    expect(await refused(level)).toMatchObject({ code: "depth", value: "1 >= 1" });
    const deep = rootOf((writer) => writer.tree(64, []));
    expect(await refused(deep)).toMatchObject({ code: "depth" });
    const twice = rootOf((writer) => {
      const leaf = writer.tree(0, []);
      return writer.tree(1, [leaf, leaf]);
    });
    expect(await refused(twice)).toMatchObject({ code: "header", value: "B-tree" });
    const itself = rootOf((writer) => writer.tree(1, [writer.next]));
    expect(await refused(itself)).toMatchObject({ code: "header", value: "B-tree" });
    const foreign = rootOf((writer) => writer.tree(0, [], 1));
    expect(await refused(foreign)).toMatchObject({ code: "header" });
    const none = rootOf((writer) => writer.put([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(await refused(none)).toMatchObject({ code: "header", value: "TREE, SNOD" });
  });

  it("name things in UTF-8 within their heap, and soft links are passed over", async () => {
    const bytes = withPair((writer, at) => {
      const [heap, places] = writer.heap(["权重/w", "soft"]);
      const leaf = writer.leaf([
        { place: places[0] ?? 0, at },
        { place: places[1] ?? 0, at: 2 ** 40, cache: 2 },
      ]);
      return writer.header([writer.symbols(writer.tree(0, [leaf]), heap)]);
    });
    expect(names(await read(bytes))).toEqual(["权重/w"]);
    for (const place of [4096, 2 ** 40]) {
      const outside = withPair((writer, at) => {
        const [heap] = writer.heap(["w"]);
        const tree = writer.tree(0, [writer.leaf([{ place, at }])]);
        return writer.header([writer.symbols(tree, heap)]);
      });
      expect(await refused(outside)).toMatchObject({ code: "header" });
    }
    const endless = withPair((writer, w) => writer.group({ ["n".repeat(2000)]: w }));
    expect(await refused(endless)).toMatchObject({ code: "limit" });
  });

  it("may hold one another: each object is visited once", async () => {
    const bytes = withPair((writer, w) => {
      const root = writer.next;
      const inner = writer.header2([link("w", w), link("root", root + 200)]);
      while (writer.next < root + 200) writer.put([0, 0, 0, 0, 0, 0, 0, 0]);
      return writer.header2([link("a", inner), link("b", inner), link("again", w)]);
    }, 2);
    const checkpoint = await read(bytes);
    expect(names(checkpoint)).toEqual(["a/w"]);
    const deep = withPair((writer, w) => {
      let at = w;
      for (let i = 0; i < 70; ++i) at = writer.header2([link("g", at)]);
      return at;
    }, 3);
    expect(await refused(deep)).toMatchObject({ code: "depth", value: "65 > 64" });
  });

  it("of new files have links as messages; those to other files are refused", async () => {
    const soft = otherLink("soft", 1, [...le(2, 2), 0x2f, 0x77]);
    const bytes = withPair(
      (writer, w) => writer.header2([linkInfo(UNDEFINED), soft, link("w", w)]),
      3,
    );
    expect(names(await read(bytes))).toEqual(["w"]);
    const outside = otherLink("out", 64, [...le(2, 4), 0, 0x61, 0, 0]);
    expect(
      await refused(withPair((writer, w) => writer.header2([link("w", w), outside]), 3)),
    ).toMatchObject({ code: "h5_link" });
    const dense = withPair((writer) => writer.header2([linkInfo(96)]), 3);
    expect(await refused(dense)).toMatchObject({ code: "h5_dense" });
  });
});

const bytesOf = (numbers: Float32Array | Float64Array | Uint16Array | BigInt64Array): Bytes => [
  ...new Uint8Array(numbers.buffer),
];

describe("datasets", () => {
  it("are floats and integers of either order, and truth values", async () => {
    for (const [kind, data, expected, dtype] of [
      [type.f16, [0, 0x3c, 0, 0xc0], [1, -2], "F16"],
      [type.bf16, [0x80, 0x3f, 0x40, 0xc0], [1, -3], "BF16"],
      [type.f32, bytesOf(Float32Array.of(1.5, -2)), [1.5, -2], "F32"],
      [type.bigF32, [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], [1, -2], "F32"],
      [type.f64, bytesOf(Float64Array.of(0.1, 3)), [0.1, 3], "F64"],
      [type.i8, [0xff, 5], [-1, 5], "I8"],
      [type.u16, [0xff, 0xff, 1, 0], [65_535, 1], "U16"],
      [type.bigU16, [1, 0, 0, 2], [256, 2], "U16"],
      [type.i64, bytesOf(BigInt64Array.of(-1n, 2n)), [-1, 2], "I64"],
      [type.bool, [1, 0], [1, 0], "BOOL"],
    ] as const) {
      const entry = (await read(single(space(2), datatype(kind), compact(data)))).tensors[0];
      expect(entry?.dtype).toBe(dtype);
      expect(await valuesOf(entry)).toEqual(expected);
    }
  });

  it("lie in one piece elsewhere, or in the header, by new words and old", async () => {
    const data = bytesOf(Float32Array.of(5, 6));
    const f32 = datatype(type.f32);
    expect(await valuesIn(space2(2), f32, compact(data))).toEqual([5, 6]);
    expect(await valuesIn(space(2), f32, oldCompact(data, 2))).toEqual([5, 6]);
    expect(await valuesIn(space(), f32, compact(data.slice(0, 4)))).toEqual([5]);
    expect(await valuesIn(space(0, 3), f32, contiguous(UNDEFINED, 0))).toEqual([]);
    const writer = new Hdf5Writer();
    const w = writer.header([space(2), f32, oldContiguous(writer.f32(7, 8), 2)]);
    expect(await valuesOf((await read(writer.file(writer.group({ w })))).tensors[0])).toEqual([
      7, 8,
    ]);
  });

  it("are as long as their shape says, and within the file", async () => {
    const f32 = datatype(type.f32);
    for (const [messages, code] of [
      [[space(3), f32, contiguous(96, 8)], "size_mismatch"],
      [[space(2), f32, contiguous(UNDEFINED, 8)], "size_mismatch"],
      [[space(2), f32, contiguous(2 ** 40, 8)], "truncated"],
      [[space(2), f32, oldContiguous(2 ** 30, 2)], "truncated"],
      [[space(2), f32, compact([1, 2, 3, 4])], "size_mismatch"],
      [[space(2n ** 60n), f32, contiguous(96, 8)], "shape"],
      [[space(2 ** 30, 2 ** 30), f32, contiguous(96, 8)], "shape"],
      [[space(...new Array<number>(33).fill(1)), f32, contiguous(96, 4)], "shape"],
      [[space(2 ** 40), f32, chunked], "size_mismatch"],
      [[space(2), f32, chunked], "h5_chunked"],
      [[space(1), datatype(type.odd), contiguous(96, 4)], "dtype"],
      [[space(1), datatype(type.compound), contiguous(96, 4)], "dtype"],
      [[space(1), datatype(type.longText), contiguous(96, 16)], "dtype"],
      [[space(1), datatype(type.opaque2), contiguous(96, 2)], "dtype"],
      [[space(1), { ...f32, flags: 2 }, contiguous(96, 4)], "dtype"],
      [[space(1), f32, { type: 7, body: [] }, contiguous(96, 4)], "h5_layout"],
      [[space(1), f32, { type: 8, body: [4, 3, ...le(8, 0), ...le(4, 0)] }], "h5_layout"],
      [[space(1), f32, { type: 8, body: [9, 1, ...le(8, 0), ...le(8, 0)] }], "version"],
      [[f32, contiguous(96, 4)], "header"],
      [[{ type: 1, body: [7, 0, 0, 0] }, f32, contiguous(96, 4)], "version"],
      [[noSpace, f32, contiguous(UNDEFINED, 0)], "not_tensors"],
    ] as const)
      expect(
        await refusedOf(...messages),
        JSON.stringify(messages.map(({ type: id }) => id)),
      ).toMatchObject({
        code,
      });
  });

  it("whose messages end too early are refused by their names", async () => {
    const cut: Message = { type: 8, body: [3, 1] };
    const said = await refusedOf(space(1), datatype(type.f32), cut);
    expect(said).toMatchObject({ code: "malformed", place: "w" });
  });

  it("in chunks, of texts and without elements are listed beside the others, or not at all", async () => {
    const bytes = withPair((writer, w) => {
      const texts = writer.header([
        space(1),
        datatype(type.text(4)),
        compact([0x61, 0x62, 0x63, 0]),
      ]);
      const empty = writer.header([noSpace, datatype(type.f32), contiguous(UNDEFINED, 0)]);
      const parts = writer.header([space(4, 4), datatype(type.f32), chunked]);
      return writer.group({ empty, parts, texts, w });
    });
    const { tensors } = await read(bytes);
    expect(tensors.map(({ name, dtype, unread }) => [name, dtype, unread?.code ?? null])).toEqual([
      ["parts", "F32", "h5_chunked"],
      ["texts", "STRING", "dtype"],
      ["w", "F32", null],
    ]);
    expect(await refusalOf(() => valuesOf(tensors[0]))).toMatchObject({ place: "parts" });
  });

  it("are bfloat16 where an attribute says so, in the header or in the global heap", async () => {
    const data = [0x80, 0x3f, 0x40, 0xc0];
    const own = [space(2), datatype(type.opaque2), compact(data)];
    const short = attribute(1, "dtype", type.text(8), [...new TextEncoder().encode("bfloat16")]);
    expect(await valuesIn(...own, short)).toEqual([1, -3]);
    for (const version of [1, 3] as const) {
      const writer = new Hdf5Writer();
      const long = attribute(version, "dtype", type.longText, writer.long("bfloat16"));
      const w = writer.header(own, [long]);
      const { tensors } = await read(writer.file(writer.group({ w })));
      expect(tensors[0]?.dtype).toBe("BF16");
      expect(await valuesOf(tensors[0])).toEqual([1, -3]);
    }
    const other = attribute(1, "dtype", type.text(8), [...new TextEncoder().encode("complex4")]);
    expect(await refusedOf(...own, other)).toMatchObject({ code: "dtype", value: "opaque" });
    const lost = attribute(1, "dtype", type.longText, [...le(4, 8), ...le(8, 96), ...le(4, 2)]);
    expect(await refusedOf(...own, lost)).toMatchObject({ code: "header", value: "GCOL" });
  });
});

describe("Keras", () => {
  /** Keras 2: a group of layers, whose root says what they are. */
  const old = (isOfKeras: boolean): Uint8Array =>
    withPair((writer, w) => {
      const kernel = isOfKeras ? "kernel:0" : "kernel";
      const config = writer.long('{"name": "net"}');
      return writer.group(
        { dense: writer.group({ [kernel]: w }) },
        attribute(1, "model_config", type.longText, config),
      );
    });

  it("has its axes in its own order, and its configuration in attributes", async () => {
    const { tensors, metadata } = await read(old(true));
    expect(tensors.map(({ name, layout }) => [name, layout])).toEqual([
      ["dense/kernel:0", "keras"],
    ]);
    expect([...metadata]).toEqual([["model_config", '{"name": "net"}']]);
    const foreign = await read(old(false));
    expect(foreign.tensors[0]?.layout).toBe("torch");
  });

  it("of version 3 has the weights in an archive, stored or deflated", async () => {
    const weights = withPair((writer, w) =>
      writer.group({ layers: writer.group({ vars: writer.group({ "0": w }) }) }),
    );
    const config = new TextEncoder().encode('{"class_name": "Sequential"}');
    for (const level of [0, 9] as const) {
      const bytes = zipSync({ "config.json": config, "model.weights.h5": weights }, { level });
      const { format, tensors, metadata } = await read(bytes, "net.keras");
      expect(format).toBe("keras-zip");
      expect(tensors.map(({ name, layout }) => [name, layout])).toEqual([
        ["layers/vars/0", "keras"],
      ]);
      expect(await valuesOf(tensors[0])).toEqual([1, 2]);
      expect(metadata.get("config.json")).toBe('{"class_name": "Sequential"}');
    }
  });
});
