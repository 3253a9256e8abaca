/** PyTorch's tensors: views of storages, by rules that its own files seldom need, and their names. */
import { describe, expect, it } from "vitest";
import { refusalOf, valuesOf } from "./entry-values.js";
import {
  dict,
  join,
  list,
  named,
  op,
  ordered,
  parameter,
  reduced,
  storage,
  swapped,
  tensor,
  tuple,
} from "./pickle-writer.js";
import { SIX, read, refused, names, view, one, records } from "./torch-files.js";

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
