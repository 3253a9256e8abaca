/** PyTorch's files: what is read of a pickle, by rules that its own files seldom need. */
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../../web/src/checkpoint/entry.js";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { bytesSource } from "../../../web/src/checkpoint/source.js";
import { refusalOf, valuesOf } from "./entry-values.js";
import {
  archive,
  dict,
  float32,
  join,
  legacy,
  list,
  named,
  op,
  ordered,
  parameter,
  pickle,
  reduced,
  storage,
  swapped,
  tensor,
  tuple,
} from "./pickle-writer.js";
import type { Code } from "./pickle-writer.js";

const SIX = float32(0, 1, 2, 3, 4, 5);
const records = { "data/0": SIX };

const readBytes = async (bytes: Uint8Array): Promise<Checkpoint> => {
  const [checkpoint] = await readCheckpoint([bytesSource("file.pt", bytes)]);
  if (!checkpoint) throw new Error("no checkpoint");
  return checkpoint;
};
const read = (value: Code, files: Readonly<Record<string, Uint8Array>> = records) =>
  readBytes(archive(pickle(value), files));
const refused = (value: Code, files: Readonly<Record<string, Uint8Array>> = records) =>
  refusalOf(() => read(value, files));
const names = ({ tensors }: Checkpoint) => tensors.map(({ name }) => name);

const view = (shape: readonly number[], strides?: readonly number[], offset = 0) =>
  tensor({ numel: 6, shape, offset, ...(strides ? { strides } : {}) });
const one = tensor({ numel: 6, shape: [2] });

describe("tensors", () => {
  it("are views with strides of a storage that they share", async () => {
    const { tensors } = await read(
      named({
        whole: view([2, 3]),
        transposed: view([3, 2], [1, 3]),
        column: view([2, 1], [3, 1], 1),
        expanded: view([2, 2, 2], [0, 0, 1], 4),
        scalar: view([], [], 5),
        empty: view([0, 3], [3, 1], 6),
      }),
    );
    const values = await Promise.all(tensors.map(valuesOf));
    expect(tensors.map(({ shape }) => shape)).toEqual([
      [2, 3],
      [3, 2],
      [2, 1],
      [2, 2, 2],
      [],
      [0, 3],
    ]);
    expect(values).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 3, 1, 4, 2, 5],
      [1, 4],
      [4, 5, 4, 5, 4, 5, 4, 5],
      [5],
      [],
    ]);
  });

  it("are tied where storage, offset, shape and strides are the same, and nowhere else", async () => {
    const files = { ...records, "data/1": SIX };
    const { tensors } = await read(
      named({
        a: view([2, 3]),
        same: parameter(view([2, 3])),
        // The axis of one value has no stride that counts.
        row: view([1, 6], [6, 1]),
        sameRow: view([1, 6], [1, 1]),
        flat: view([6]),
        shifted: view([2, 2], [3, 1], 1),
        unshifted: view([2, 2], [3, 1]),
        transposed: view([3, 2], [1, 3]),
        other: tensor({ key: "1", numel: 6, shape: [2, 3] }),
        none: view([0]),
        alsoNone: view([0]),
      }),
      files,
    );
    const ties = tensors.flatMap(({ name, tiedTo }) => (tiedTo === null ? [] : [[name, tiedTo]]));
    expect(ties).toEqual([
      ["same", "a"],
      ["sameRow", "row"],
    ]);
  });

  it("are tied to the first of a tensor that the memo gives several names", async () => {
    const value = named({ a: join(one, op.put(7)), b: op.get(7), c: op.get(7) });
    const { tensors } = await read(value);
    expect(tensors.map(({ name, tiedTo }) => [name, tiedTo])).toEqual([
      ["a", null],
      ["b", "a"],
      ["c", "a"],
    ]);
  });

  it("are in the other order of bytes where `byteorder` says so", async () => {
    const big = new TextEncoder().encode("big");
    const files = { "data/0": swapped(SIX, 4), byteorder: big };
    const [entry] = (await read(view([3], [2]), files)).tensors;
    expect(await valuesOf(entry)).toEqual([0, 2, 4]);
    const none = { ...files, byteorder: big.slice(0, 0) };
    expect(await refused(view([3], [2]), none)).toMatchObject({ code: "byteorder" });
    const little = await read(view([3], [2]), { "data/0": swapped(SIX, 4) });
    expect(await valuesOf(little.tensors[0])).not.toEqual([0, 2, 4]);
  });

  it("of version 3 say what the bytes of their storage are", async () => {
    const bytes = new Uint8Array(Uint16Array.from([9, 7, 65535, 1]).buffer);
    const given = {
      type: ["torch.storage", "UntypedStorage"] as const,
      numel: 8,
      rebuild: "_rebuild_tensor_v3",
      further: [op.global("torch", "uint16")],
    };
    const [entry] = (await read(tensor({ ...given, shape: [3], offset: 1 }), { "data/0": bytes }))
      .tensors;
    expect(entry?.dtype).toBe("U16");
    expect(await valuesOf(entry)).toEqual([7, 65535, 1]);
    // The storage has 8 bytes, which are 4 values and not 8.
    const outside = tensor({ ...given, shape: [4], offset: 1 });
    expect(await refused(outside, { "data/0": bytes })).toMatchObject({
      code: "bounds",
      value: "4 >= 4",
    });
    const unknown = tensor({ ...given, shape: [1], further: [op.global("torch", "complex32")] });
    expect(await refused(unknown, { "data/0": bytes })).toMatchObject({ code: "dtype" });
  });

  it("come as parameters with a state, and as subclasses", async () => {
    const { tensors } = await read(
      named({
        state: reduced(
          ["torch._utils", "_rebuild_parameter_with_state"],
          ...[one, op.yes, ordered(), op.emptyDict],
        ),
        subclass: reduced(
          ["torch._tensor", "_rebuild_from_type_v2"],
          op.global("torch._utils", "_rebuild_tensor_v2"),
          op.global("torch.nn.parameter", "Parameter"),
          tuple(
            storage({ numel: 6 }),
            op.int(4),
            tuple(op.int(2)),
            tuple(op.int(1)),
            op.no,
            ordered(),
          ),
          op.emptyDict,
        ),
      }),
    );
    expect(await Promise.all(tensors.map(valuesOf))).toEqual([
      [0, 1],
      [4, 5],
    ]);
    const itself = reduced(
      ["torch._tensor", "_rebuild_from_type_v2"],
      ...[op.global("torch._tensor", "_rebuild_from_type_v2"), op.none, tuple(), op.none],
    );
    expect(await refused(itself)).toMatchObject({ code: "pickle_type" });
  });

  it("that are sparse, quantized or without values are listed beside the others", async () => {
    const { tensors } = await read(
      named({
        dense: one,
        sparse: reduced(
          ["torch._utils", "_rebuild_sparse_tensor"],
          reduced(["torch.serialization", "_get_layout"], op.text("torch.sparse_coo")),
          tuple(view([1, 2]), view([2]), tuple(op.int(30), op.int(40))),
        ),
        meta: reduced(
          ["torch._utils", "_rebuild_meta_tensor_no_storage"],
          ...[op.global("torch", "bfloat16"), tuple(op.int(5)), tuple(op.int(1)), op.no],
        ),
      }),
    );
    expect(tensors.map(({ dtype, shape, unread }) => [dtype, shape, unread?.code])).toEqual([
      ["F32", [2], undefined],
      ["F32", [30, 40], "unsupported"],
      ["BF16", [5], "unsupported"],
    ]);
    expect(await refusalOf(() => valuesOf(tensors[1]))).toMatchObject({
      code: "unsupported",
      place: "sparse",
      value: "torch._utils._rebuild_sparse_tensor",
    });
  });
});

describe("names", () => {
  it("are paths of keys of any kind, and of places in lists", async () => {
    const keys = dict(
      [op.text("model"), named({ "0.weight": one })],
      [op.int(3), list(op.none, one)],
      [op.long(2n ** 64n), one],
      [op.float(0.5), one],
      [op.yes, one],
      [op.none, one],
      [tuple(op.text("a"), op.int(1)), tuple(one)],
    );
    expect(names(await read(keys))).toEqual([
      ...["model.0.weight", "3.1", "18446744073709551616", "0.5", "True", "None", "(a, 1).0"],
    ]);
  });

  it("of two tensors differ, and the last value of a key counts, as in Python", async () => {
    const twice = dict(
      [op.text("a"), named({ b: one })],
      [op.text("a.b"), one],
      [op.text("a.b"), view([3])],
      [op.int(1), one],
      [op.text("1"), one],
    );
    const checkpoint = await read(twice);
    expect(names(checkpoint)).toEqual(["a.b", "a.b (2)", "1", "1 (2)"]);
    expect(checkpoint.tensors[1]?.shape).toEqual([3]);
  });

  it("of a file that is one tensor is the file's", async () => {
    expect(names(await read(one))).toEqual(["file"]);
  });

  it("are no properties of objects", async () => {
    const odd = ["__proto__", "constructor", "toString"];
    const values = dict(...odd.map((key) => [op.text(key), one] as const));
    expect(names(await read(values))).toEqual(odd);
  });

  it("keep a mark of encoding, and are refused where they are too long", async () => {
    expect(names(await read(named({ "\ufeffw": one })))).toEqual(["\ufeffw"]);
    expect(await refused(named({ ["n".repeat(65_537)]: one }))).toMatchObject({
      code: "limit",
      value: "65537 > 65536",
    });
    // A long name that a thousand short ones stand behind costs more than the file.
    const many = dict(
      [join(op.text("n".repeat(65_000)), op.put(0)), one],
      ...Array.from({ length: 1100 }, (_, i) => [op.int(i), dict([op.get(0), one])] as const),
    );
    expect(await refused(many)).toMatchObject({ code: "limit" });
  });

  it("list every module of a state_dict with its version, below the name of the dict", async () => {
    const modules = named({
      "": named({ version: op.int(1) }),
      conv: named({ version: op.int(2) }),
      relu: op.emptyDict,
    });
    const state = join(
      ordered(),
      ...[op.text("conv.weight"), one, op.setItem],
      ...[named({ _metadata: modules }), op.build],
    );
    const { metadata } = await read(named({ net: state, plain: state }));
    expect([...metadata]).toEqual([
      ["module:net", "1"],
      ["module:net.conv", "2"],
      ["module:net.relu", ""],
      ["module:plain", "1"],
      ["module:plain.conv", "2"],
      ["module:plain.relu", ""],
    ]);
  });
});

describe("containers", () => {
  it("are visited once, however many paths lead there", async () => {
    let nest = join(list(one), op.put(0));
    for (let i = 1; i <= 60; ++i)
      nest = join(nest, op.pop, list(op.get(i - 1), op.get(i - 1)), op.put(i));
    expect((await read(nest)).tensors).toHaveLength(1);
  });

  it("may hold themselves, and are refused where they are too deep", async () => {
    const cycle = join(op.emptyDict, op.put(0), op.text("self"), op.get(0), op.setItem);
    expect(names(await read(join(cycle, op.text("w"), one, op.setItem)))).toEqual(["w"]);
    const nested = (depth: number): Code =>
      join(
        ...Array.from({ length: depth }, () => op.emptyList),
        one,
        ...Array.from({ length: depth }, () => op.append),
      );
    expect((await read(nested(64))).tensors).toHaveLength(1);
    expect(await refused(nested(66))).toMatchObject({ code: "depth", value: "65 > 64" });
  });

  it("that are copied are paid for", async () => {
    // A list of n, of which n copies are made: n^2 in a file of 2 n opcodes.
    const items = join(
      ...[op.emptyList, op.mark],
      ...Array.from({ length: 20_000 }, () => op.none),
      ...[op.appends, op.put(0), op.pop],
    );
    const copy = join(op.global("torch", "Size"), op.get(0), op.tuple1, op.reduce, op.pop);
    const copies = (count: number) =>
      join(items, ...Array.from({ length: count }, () => copy), one);
    expect((await read(copies(10))).tensors).toHaveLength(1);
    expect(await refused(copies(2000))).toMatchObject({ code: "pickle_limit" });
  });

  it("of other kinds are of no use, and stay what they are", async () => {
    const set = join(op.emptySet, op.mark, op.int(1), op.addItems);
    expect(names(await read(named({ set, w: one })))).toEqual(["w"]);
    for (const wrong of [
      join(op.emptyTuple, op.text("k"), op.none, op.setItem),
      join(op.emptyDict, op.none, op.append),
      join(op.emptyDict, op.mark, op.none, op.setItems),
      join(op.emptyList, op.mark, op.none, op.addItems),
      join(one, op.emptyDict, op.build),
      join(op.int(1), op.emptyTuple, op.reduce),
      join(op.global("torch", "FloatStorage"), op.emptyTuple, op.reduce),
      join(op.global("collections", "OrderedDict"), op.emptyList, op.reduce),
      join(tuple(op.text("storage"), op.text("torch.FloatStorage"), op.text("0")), op.persid),
      join(op.text("0"), op.persid),
    ])
      expect(await refused(wrong)).toMatchObject({ code: "pickle_type" });
  });
});

describe("the machine", () => {
  it("has a memo of any number, which MEMOIZE counts", async () => {
    const far = join(op.text("w"), op.put(2 ** 32 - 1), op.pop);
    const counted = join(op.text("v"), op.memoize, op.pop);
    const value = join(
      far,
      counted,
      op.emptyDict,
      op.get(2 ** 32 - 1),
      one,
      op.setItem,
      op.get(1),
      one,
      op.setItem,
    );
    expect(names(await read(value))).toEqual(["w", "v"]);
    expect(await refused(op.get(2))).toMatchObject({ code: "pickle_stack", value: "memo 2" });
  });

  it("refuses each opcode that the table does not have, and says where", async () => {
    const known = [
      ...[0x28, 0x29, 0x2e, 0x30, 0x31, 0x32, 0x42, 0x43, 0x47, 0x4a, 0x4b, 0x4d, 0x4e, 0x51, 0x52],
      ...[0x54, 0x55, 0x58, 0x5d, 0x61, 0x62, 0x63, 0x65, 0x68, 0x6a, 0x6f, 0x71, 0x72, 0x73, 0x74],
      ...[0x75, 0x7d, 0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f],
      ...[0x90, 0x91, 0x93, 0x94, 0x95, 0x96],
    ];
    for (let code = 0; code < 256; ++code) {
      const said = await refused([code]);
      if (known.includes(code))
        expect(said?.value, String(code)).not.toBe(`0x${code.toString(16)}`);
      else
        expect(said).toEqual({
          code: "pickle_opcode",
          place: "archive/data.pkl, byte 2",
          value: `0x${code.toString(16).padStart(2, "0")}`,
        });
    }
  });

  it("knows names in full, and no part of one", async () => {
    const wrong = [
      ["torch", "load"],
      ["torch.hub", "load"],
      ["torch._utils", "_import_dotted_name"],
      ["torch.serialization", "os.system"],
      ["collections", "OrderedDict.fromkeys"],
      ["collections.OrderedDict", "__init__"],
      ["", "eval"],
      ["builtins", "getattr"],
      ["__builtin__", "eval"],
      ["constructor", "constructor"],
      ["__proto__", "toString"],
      ["torch.storage", "FloatStorage"],
      ["numpy.core.multiarray", "_reconstruct"],
    ] as const;
    for (const [module, name] of wrong)
      for (const by of [
        op.global(module, name),
        join(op.shortText(module), op.shortText(name), op.stackGlobal),
      ])
        expect(await refused(by)).toMatchObject({
          code: "pickle_global",
          value: `${module}.${name}`,
        });
    const layer = op.global("torch.nn.modules.linear", "Linear");
    expect(await refused(layer)).toMatchObject({
      code: "pickle_module",
      value: "torch.nn.modules.linear.Linear",
    });
    // What may be named need not be callable.
    const named_ = join(op.mark, op.global("torch", "float32"), op.obj);
    expect(await refused(named_)).toMatchObject({ code: "pickle_type" });
  });

  it("checks every length before it takes it", async () => {
    const far = { little: [0xff, 0xff, 0xff, 0x7f], long: [0, 0, 0, 0, 0, 0, 0, 0x80] };
    for (const [opcode, length] of [
      ...[0x58, 0x54, 0x42].map((code) => [code, far.little] as const),
      ...[0x8d, 0x8e, 0x96, 0x95].map((code) => [code, far.long] as const),
      [0x8c, [200]] as const,
    ])
      expect(await refused([opcode, ...length])).toMatchObject({ code: "truncated" });
    expect(await refused([0x8b, 0xff, 0xff, 0xff, 0x7f])).toMatchObject({ code: "pickle_limit" });
    expect(await refused([0x63, ...new Array<number>(1500).fill(0x61)])).toMatchObject({
      code: "pickle_limit",
    });
    expect(await refused(op.frame(2 ** 20))).toMatchObject({ code: "truncated" });
    expect(await refused(op.proto(6))).toMatchObject({ code: "pickle_opcode", value: "PROTO 6" });
  });

  it("reads numbers beyond 2^53 exactly, and takes none for a size", async () => {
    const huge = dict([op.long(-(2n ** 70n), 10), one]);
    expect(names(await read(huge))).toEqual(["-1180591620717411303424"]);
    const wrong = join(
      op.global("torch._utils", "_rebuild_tensor_v2"),
      tuple(
        storage({ numel: 6 }),
        op.int(0),
        tuple(op.long(2n ** 60n)),
        tuple(op.int(1)),
        op.no,
        ordered(),
      ),
      op.reduce,
    );
    expect(await refused(wrong)).toMatchObject({ code: "shape" });
  });
});

describe("storages", () => {
  it("are as long as they say, and of one type", async () => {
    for (const [value, code, text] of [
      [tensor({ numel: 5, shape: [5] }), "size_mismatch", "24 != 20"],
      [tensor({ numel: 7, shape: [5] }), "size_mismatch", "24 != 28"],
      [tensor({ numel: 6, shape: [1], key: "../0" }), "storage_missing", "../0"],
      [tensor({ numel: 6, shape: [7] }), "bounds", "6 >= 6"],
      [tensor({ numel: 6, shape: [2], strides: [2 ** 53] }), "bounds", ""],
      [tensor({ numel: 6, shape: [2], strides: [-1] }), "bounds", "stride -1"],
      [tensor({ numel: 6, shape: [2 ** 11, 2 ** 10], strides: [0, 0] }), "expanded", ""],
      [tensor({ numel: 6, shape: new Array<number>(33).fill(1) }), "shape", "33 > 32"],
      [
        list(one, tensor({ numel: 6, shape: [1], type: ["torch", "IntStorage"] })),
        "storage_dtype",
        "",
      ],
      [list(one, tensor({ numel: 3, shape: [1] })), "storage_dtype", ""],
    ] as const) {
      const said = await refused(value);
      expect(said).toMatchObject({ code });
      expect(said?.value).toContain(text);
    }
    // A million values of one are still read.
    const expanded = tensor({ numel: 6, shape: [2 ** 10, 2 ** 10], strides: [0, 0] });
    expect((await read(expanded)).tensors[0]?.count).toBe(2 ** 20);
  });

  it("that no tensor is a view of need not be there", async () => {
    expect(names(await read(named({ bare: storage({ key: "9", numel: 3 }), w: one })))).toEqual([
      "w",
    ]);
  });
});

describe("the format before archives", () => {
  const both = named({
    a: tensor({ key: "x", numel: 6, shape: [6] }),
    b: tensor({ key: "y", numel: 2, shape: [2], type: ["torch", "LongStorage"] }),
  });
  const longs = new Uint8Array(BigInt64Array.from([-1n, 2n ** 40n]).buffer);
  const storages = [
    ["y", 2, longs],
    ["x", 6, SIX],
  ] as const;

  it("has its storages in the order of the list of keys", async () => {
    const { format, tensors } = await readBytes(legacy(both, storages));
    expect(format).toBe("torch-legacy");
    expect(await Promise.all(tensors.map(valuesOf))).toEqual([
      [0, 1, 2, 3, 4, 5],
      [-1, 2 ** 40],
    ]);
  });

  it("may be big-endian", async () => {
    const swappedBoth = storages.map(
      ([key, numel, bytes]) => [key, numel, swapped(bytes, bytes.length / numel)] as const,
    );
    const { tensors } = await readBytes(legacy(both, swappedBoth, { little: false }));
    expect(await valuesOf(tensors[1])).toEqual([-1, 2 ** 40]);
  });

  it("has views of storages that are storages of their own", async () => {
    const part = (first: number, numel: number) => ({
      ...{ key: "x", numel: 6 },
      view: tuple(op.text(`${first}`), op.int(first), op.int(numel)),
    });
    const given = (extent: number) =>
      list(
        tensor({ ...part(2, 3), shape: [2], offset: 1 }),
        tensor({ ...part(0, 6), shape: [2], offset: 3 }),
        tensor({ ...part(2, 3), shape: [extent] }),
      );
    const { tensors } = await readBytes(legacy(given(3), [["x", 6, SIX]]));
    expect(await Promise.all(tensors.map(valuesOf))).toEqual([
      [3, 4],
      [3, 4],
      [2, 3, 4],
    ]);
    expect(tensors.map(({ tiedTo }) => tiedTo)).toEqual([null, "0", null]);
    const outside = await refusalOf(() => readBytes(legacy(given(4), [["x", 6, SIX]])));
    expect(outside).toMatchObject({ code: "bounds", value: "3 >= 3" });
    const wrong = list(tensor({ ...part(4, 3), shape: [1] }));
    expect(await refusalOf(() => readBytes(legacy(wrong, [["x", 6, SIX]])))).toMatchObject({
      code: "bounds",
      value: "4 + 3 > 6",
    });
  });

  it("is refused where a storage is missing, twice there, of another length, or not the end", async () => {
    const [y, x] = storages;
    for (const [given, options, code] of [
      [[y], {}, "storage_missing"],
      [[y, x, x], {}, "duplicate_name"],
      [[y, ["x", 5, SIX.slice(4)]], {}, "size_mismatch"],
      [[y, ["x", 6, SIX.slice(4)]], {}, "truncated"],
      [[y, x, ["z", 1, SIX.slice(0, 4)]], {}, "storage_missing"],
      [[y, x], { trailing: [0] }, "trailing"],
    ] as const)
      expect(await refusalOf(() => readBytes(legacy(both, given, options)))).toMatchObject({
        code,
      });
  });

  it("is read where its pickles are longer than what is read first", async () => {
    const long = list(tensor({ key: "x", numel: 6, shape: [6] }), op.text("n".repeat(2 ** 20)));
    const { tensors } = await readBytes(legacy(long, [["x", 6, SIX]]));
    expect(await valuesOf(tensors[0])).toEqual([0, 1, 2, 3, 4, 5]);
    const cut = legacy(long, [["x", 6, SIX]]).slice(0, 2 ** 20);
    expect(await refusalOf(() => readBytes(cut))).toMatchObject({ code: "truncated" });
  });

  it("names a module by its class", async () => {
    const module = join(
      tuple(op.text("module"), op.global("torch", "Tensor"), op.text("net.py"), op.text("class …")),
      op.persid,
    );
    expect(await refusalOf(() => readBytes(legacy(module, [])))).toMatchObject({
      code: "pickle_module",
    });
  });
});
