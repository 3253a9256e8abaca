/** Pickles: what containers, opcodes and names may do, and what they cost. */
import { describe, expect, it } from "vitest";
import {} from "./entry-values.js";
import { dict, join, list, named, op, ordered, storage, tuple } from "./pickle-writer.js";
import type { Code } from "./pickle-writer.js";
import { read, refused, names, one } from "./torch-files.js";

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
          place: "archive/data.pkl, 0x2",
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
