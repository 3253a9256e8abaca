/** Storages of PyTorch's files, and the format before archives. */
import { describe, expect, it } from "vitest";
import { refusalOf, valuesOf } from "./entry-values.js";
import { join, legacy, list, named, op, storage, swapped, tensor, tuple } from "./pickle-writer.js";
import { SIX, readBytes, read, refused, names, one } from "./torch-files.js";

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
