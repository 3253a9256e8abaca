/** Values of tensors: decoded to the bit, in pieces of bounded length, whatever their strides. */
import { describe, expect, it } from "vitest";
import { decoderOf, float16 } from "../../../web/src/checkpoint/decode.js";
import { blockOf, bytesOf, countOf } from "../../../web/src/checkpoint/dtypes.js";
import { DTYPES } from "../../../web/src/checkpoint/entry.js";
import type { DType } from "../../../web/src/checkpoint/entry.js";
import { columnMajor, gathered, isRowMajor, rowMajor } from "../../../web/src/checkpoint/gather.js";
import { Refusal } from "../../../web/src/checkpoint/refusal.js";
import { MOST_SLICE, bytesSource } from "../../../web/src/checkpoint/source.js";
import type { Source } from "../../../web/src/checkpoint/source.js";
import { storedEntry } from "../../../web/src/checkpoint/values.js";
import { Changes } from "./checkpoint-mutations.js";
import { float32, valuesOf } from "./checkpoints.js";

const MEBI = 1024 * 1024;

/** A file of the numbers 0, 1, 2, ... as little-endian integers of 32 bits, made where it is read. */
function counting(count: number): { source: Source; longest: () => number; total: () => number } {
  let [longest, total] = [0, 0];
  const source: Source = {
    name: "counting",
    size: 4 * count,
    async read(begin, end) {
      await Promise.resolve();
      longest = Math.max(longest, end - begin);
      total += end - begin;
      const numbers = new Uint32Array((end - begin) / 4);
      for (let i = 0; i < numbers.length; ++i) numbers[i] = begin / 4 + i;
      return new Uint8Array(numbers.buffer);
    },
  };
  return { source, longest: () => longest, total: () => total };
}

const refusalOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "none",
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe("a type", () => {
  it.each<[DType, readonly number[], number]>([
    ["F8_E4M3", [0x7e], 448],
    ["F8_E4M3", [0xff], NaN],
    ["F8_E4M3", [0x01], 2 ** -9],
    ["F8_E4M3", [0x88], -(2 ** -6)],
    ["F8_E5M2", [0x7b], 57344],
    ["F8_E5M2", [0xfc], -Infinity],
    ["F8_E5M2", [0x01], 2 ** -16],
    ["I16", [0xfe, 0xff], -2],
    ["U16", [0xfe, 0xff], 65534],
    ["U64", [0, 0, 0, 0, 0, 0, 0, 0x80], 2 ** 63],
    ["I64", [0, 0, 0, 0, 0, 0, 0, 0x80], -(2 ** 63)],
    ["BOOL", [7], 1],
  ])("%s %j is %d", async (dtype, bytes, value) => {
    const both = [bytes, [...bytes].reverse()].map((each) =>
      bytesSource("a", Uint8Array.from(each)),
    );
    for (const [i, source] of both.entries()) {
      const entry = storedEntry({
        name: "w",
        shape: [1],
        dtype,
        source,
        begin: 0,
        bigEndian: i === 1,
      });
      expect([...(await valuesOf(entry))]).toEqual([value]);
    }
  });

  it("of 16 bits is every number that IEEE 754 has, subnormal ones too", () => {
    for (let bits = 0; bits < 65536; ++bits) {
      const piece = { kind: "f16", bytes: new Uint8Array(Uint16Array.of(bits).buffer) } as const;
      if (!Object.is(float16(bits), float32(piece)[0])) expect.fail(`0x${bits.toString(16)}`);
    }
    expect(float16(1)).toBe(2 ** -24);
  });

  it("has a size, or is named as one that has none; what is not decoded is listed", async () => {
    const sizeless = DTYPES.filter((dtype) => refusedSize(dtype));
    expect(sizeless).toEqual(["STRING", "OPAQUE"]);
    for (const dtype of DTYPES.filter((each) => !decoderOf(each))) {
      const entry = storedEntry({
        name: "w",
        shape: [0],
        dtype,
        source: bytesSource("a", new Uint8Array()),
        begin: 0,
      });
      expect(entry.unread?.code).toBe("unsupported");
      expect(await refusalOf(valuesOf(entry))).toBe("unsupported");
    }
  });
  const refusedSize = (dtype: DType): boolean => {
    try {
      return blockOf(dtype).bytes === 0;
    } catch {
      return true;
    }
  };

  it("fills whole blocks", () => {
    expect(bytesOf("Q4_0", [4, 64], "a", "w")).toBe(8 * 18);
    expect(bytesOf("F4", [3, 2], "a", "w")).toBe(3);
    expect(() => bytesOf("Q4_0", [33], "a", "w")).toThrow("shape: a: w: (33) % 32");
  });
});

describe("a shape", () => {
  it.each<[readonly unknown[]]>([
    [[-1]],
    [[0.5, 4]],
    [["3"]],
    [[2 ** 32, 2 ** 32]],
    [new Array(33).fill(1)],
  ])("%j is refused", (shape) => {
    expect(() => countOf(shape, "a", "w")).toThrow(/^shape: a: w: /);
  });

  it("has the product of its extents", () => {
    expect([
      countOf([], "a", "w"),
      countOf([2, 0, 3], "a", "w"),
      countOf([4, 5], "a", "w"),
    ]).toEqual([1, 0, 20]);
  });
});

describe("pieces", () => {
  it("are 16 MiB at most, and so is what is read", async () => {
    const count = 10 * MEBI + 1;
    const { source, longest, total } = counting(count);
    for (const dtype of ["F32", "U32"] as const) {
      const entry = storedEntry({ name: "w", shape: [count], dtype, source, begin: 0 });
      let bytes = 0;
      for await (const piece of entry.pieces()) {
        expect(piece.bytes.length).toBeLessThanOrEqual(MOST_SLICE);
        bytes += piece.bytes.length;
      }
      expect(bytes).toBe(count * (dtype === "F32" ? 4 : 8));
    }
    expect(longest()).toBe(MOST_SLICE);
    expect(total()).toBe(2 * 4 * count);
  });

  it("end with a signal's reason", async () => {
    const { source } = counting(10 * MEBI);
    const entry = storedEntry({ name: "w", shape: [10 * MEBI], dtype: "F32", source, begin: 0 });
    const controller = new AbortController();
    const pieces = entry.pieces(controller.signal);
    await pieces.next();
    controller.abort(new Error("enough"));
    await expect(pieces.next()).rejects.toThrow("enough");
  });

  it("say where a file ends that is shorter than it was", async () => {
    const entry = storedEntry({
      name: "w",
      shape: [8],
      dtype: "F32",
      source: bytesSource("a", new Uint8Array(20)),
      begin: 0,
    });
    expect(await refusalOf(valuesOf(entry))).toBe("truncated");
  });
});

describe("strides", () => {
  it("are told from rows that lie one behind the other", () => {
    expect(rowMajor([2, 3, 4])).toEqual([12, 4, 1]);
    expect(columnMajor([2, 3, 4])).toEqual([1, 2, 6]);
    expect(isRowMajor([2, 1, 4], [4, 99, 1])).toBe(true);
    expect(isRowMajor([2, 4], [1, 2])).toBe(false);
    expect(isRowMajor([0, 4], [7, 7])).toBe(true);
  });

  it("give each value its place, whatever the shape and the length of a piece", async () => {
    const changes = new Changes(19);
    for (let round = 0; round < 400; ++round) {
      const shape = Array.from({ length: changes.below(5) }, () => changes.below(5));
      const strides = shape.map(() => changes.below(9));
      const count = shape.reduce((product, extent) => product * extent, 1);
      const expected = Array.from({ length: count }, (_, i) => {
        let [rest, place] = [i, 0];
        for (let axis = shape.length - 1; axis >= 0; --axis) {
          place += (rest % (shape[axis] ?? 1)) * (strides[axis] ?? 0);
          rest = Math.floor(rest / (shape[axis] ?? 1));
        }
        return place + 3;
      });
      const { source } = counting(3 + 9 * 4 * 5);
      const strided = { name: "w", shape, strides, count, source, begin: 12, width: 4 };
      const found: number[] = [];
      for await (const bytes of gathered(strided, 1 + changes.below(7)))
        found.push(...new Uint32Array(bytes.buffer));
      expect(found, `(${shape.join()}) by (${strides.join()})`).toEqual(expected);
    }
  });

  it.each([1, 2, 4, 8])("move values of %d bytes whole", async (width) => {
    const bytes = Uint8Array.from({ length: 6 * width }, (_, i) => i);
    const strided = {
      name: "w",
      shape: [3, 2],
      strides: [1, 3],
      count: 6,
      source: bytesSource("a", bytes),
      begin: 0,
      width,
    };
    for await (const piece of gathered(strided, 6))
      expect([...piece]).toEqual(
        [0, 3, 1, 4, 2, 5].flatMap((place) => [
          ...bytes.subarray(place * width, (place + 1) * width),
        ]),
      );
  });

  /** Rows of 2^20 values, 66 of them: 264 MiB, which are more than is kept. */
  const [rows, long] = [66, MEBI];

  it("of part of each row read little more than they need", async () => {
    const { source, longest, total } = counting(rows * long);
    const strided = {
      name: "w",
      shape: [rows, 2],
      strides: [long, 1],
      count: 2 * rows,
      source,
      begin: 0,
      width: 4,
    };
    const found: number[] = [];
    for await (const bytes of gathered(strided, 4 * MEBI))
      found.push(...new Uint32Array(bytes.buffer));
    expect(found).toEqual(
      Array.from({ length: rows }, (_, row) => [row * long, row * long + 1]).flat(),
    );
    expect(longest()).toBeLessThanOrEqual(MOST_SLICE);
    expect(total()).toBeLessThan(4 * rows * long);
  });

  it("that would read a long file again and again are refused before much is read", async () => {
    const { source, total } = counting(rows * long);
    const shape = [long, rows];
    const strided = {
      name: "w",
      shape,
      strides: [1, long],
      count: rows * long,
      source,
      begin: 0,
      width: 4,
    };
    expect(await refusalOf(gathered(strided, 4 * MEBI).next())).toBe("limit");
    expect(total()).toBe(0);
  });
});
