/** A file of another kind is named as what it is. */
import { expect, it } from "vitest";
import { kindOf } from "../../../web/src/files/file-kind.js";
import { readTable } from "../../../web/src/files/read-table.js";
import { TableError } from "../../../web/src/files/table.js";
import { faultText } from "../../../web/src/files/table-words.js";
import { toNpy, toNpz, toSafetensors } from "../../../web/src/files/tensors.js";

const tensor = { name: "w", shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
const bytesOf = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

async function faultOf(content: BlobPart, name: string): Promise<TableError> {
  try {
    await readTable(new File([content], name));
  } catch (error) {
    if (error instanceof TableError) return error;
    throw error;
  }
  return expect.fail("it was read");
}

it.each([
  ["safetensors", () => toSafetensors([tensor])],
  ["NumPy .npz", () => toNpz([tensor])],
  ["PNG", () => bytesOf("\x89PNG\r\n\x1a\n\0\0")],
  ["JPEG", () => bytesOf("\xff\xd8\xff\xe0\0")],
  ["PDF", () => bytesOf("%PDF-1.7\n")],
  ["gzip", () => bytesOf("\x1f\x8b\x08\0")],
  ["HDF5", () => bytesOf("\x89HDF\r\n")],
  ["Parquet", () => bytesOf("PAR1\x15\x04")],
  ["ZIP", () => bytesOf("PK\x03\x04\0\0\0\0readme.txt")],
  ["PyTorch", () => bytesOf("PK\x03\x04\0\0\0\0archive/data.pkl")],
  ["Excel", () => bytesOf("PK\x03\x04\0\0\0\0[Content_Types].xml")],
  ["pickle", () => bytesOf("\x80\x04\x95")],
  ["SVG", () => bytesOf('<?xml version="1.0"?>\n<svg xmlns="x">')],
  ["SVG", () => bytesOf("<!-- a --> <!-- <svg> -->\n<SVG>")],
  ["XML", () => bytesOf('<?xml version="1.0"?><!-- <svg> --><a/>')],
  ["HTML", () => bytesOf("<!doctype html><html>")],
  ["JSON", () => bytesOf('{"a": [1, 2]}')],
  ["UTF-16", () => bytesOf("\xff\xfe1\0,\0")],
] as const)("%s, under any name, is said to be that, with what is read", async (kind, make) => {
  for (const name of ["inputs.csv", "inputs.npy", `inputs.${kind}`]) {
    const error = await faultOf(make(), name);
    expect([error.fault, error.detail]).toEqual(["kind", kind]);
    for (const locale of ["en", "zh"] as const) {
      const text = faultText(error, locale);
      for (const part of [kind, ".npy", ".csv"]) expect(text).toContain(part);
    }
  }
});

it("bytes that are no text, and of no kind that is known, are not taken for a table", async () => {
  const error = await faultOf(bytesOf("\x01\x02\0\x03"), "inputs.bin");
  expect(error.fault).toBe("binary");
  expect(error.detail).toBe("inputs.bin");
});

it("tables are still read, .npy under another name too", async () => {
  const npy = toNpy(tensor) as BlobPart;
  for (const name of ["a.npy", "a.NPY", "a.txt", "a.csv"])
    expect(await readTable(new File([npy], name))).toMatchObject({ rows: 2, columns: 3 });
  for (const text of ["1,2,3\n4,5,6\n", "a;b\n1;2\n", "\ufeff1,2\n", "-1,2\n3,4", "1\n2\n"])
    expect((await readTable(new File([text], "a.csv"))).values.length).toBeGreaterThan(1);
  expect(kindOf(bytesOf("1,2\n"))).toBeUndefined();
  expect(kindOf(bytesOf("[1,2]"))).toBe("JSON"); // not a row whose first cell is "[1"
  expect(kindOf(bytesOf(""))).toBeUndefined();
});

it("a file that is too large is not read at all", async () => {
  const small = new File(["1,2\n3,4"], "x.csv");
  const large = new File(["1,2\n3,4"], "x.csv");
  Object.defineProperty(large, "size", { value: 1e9 });
  await expect(readTable(large)).rejects.toMatchObject({ fault: "large" });
  expect((await readTable(small)).rows).toBe(2);
});
