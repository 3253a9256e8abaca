/** Files that hold no table are refused by name, in both languages, and at no more cost than their length. */
import { describe, expect, it } from "vitest";
import { readHeader, tokensOf } from "../../../web/src/files/npy-header.js";
import type { Token } from "../../../web/src/files/npy-header.js";
import { readCsv } from "../../../web/src/files/read-csv.js";
import { readNpy } from "../../../web/src/files/read-npy.js";
import { readTable } from "../../../web/src/files/read-table.js";
import { TableError } from "../../../web/src/files/table.js";
import { faultText } from "../../../web/src/files/table-words.js";
import { MOST_SHOWN } from "../../../web/src/engine/shown.js";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

/** A .npy file of this header and so many bytes of zeros after it. */
function npy(dictionary: string, body = 24, version: readonly [number, number] = [1, 0]) {
  const text = new TextEncoder().encode(`${dictionary.padEnd(117)}\n`);
  const prefix = version[0] > 1 ? 12 : 10;
  const file = new Uint8Array(prefix + text.length + body);
  file.set([...MAGIC, ...version]);
  const view = new DataView(file.buffer);
  if (version[0] > 1) view.setUint32(8, text.length, true);
  else view.setUint16(8, text.length, true);
  file.set(text, prefix);
  return file.buffer;
}

function faultOf(read: () => unknown): TableError {
  try {
    read();
  } catch (error) {
    if (error instanceof TableError) return error;
    throw error;
  }
  return expect.fail("it was read");
}

function isSaid(error: TableError): void {
  expect(error.detail).not.toBe("");
  expect(error.detail.length).toBeLessThanOrEqual(MOST_SHOWN);
  for (const locale of ["en", "zh"] as const)
    expect(faultText(error, locale)).toContain(error.detail);
}

const withShape = (shape: string) => GOOD.replace("(2, 3)", shape);
const withDescr = (descr: string) => GOOD.replace("'<f4'", descr);
const bytes = (text: string) => new TextEncoder().encode(text).buffer;

describe(".npy", () => {
  it.each([
    ["not_npy", () => bytes("1,2,3 and so on")],
    ["not_npy", () => bytes("")],
    ["version", () => npy(GOOD, 24, [0, 0])],
    ["version", () => npy(GOOD, 24, [4, 0])],
    ["version", () => npy(GOOD, 24, [9, 0])],
    ["version", () => npy(GOOD, 24, [1, 1])],
    ["header", () => npy(`${GOOD}${" ".repeat(10_000)}`)],
    ["header", () => npy(GOOD.replace("'shape'", "'form'"))],
    ["header", () => npy(GOOD.replace("'shape': (2, 3), ", ""))],
    ["header", () => npy(GOOD.replace("'descr': '<f4', ", ""))],
    ["header", () => npy(GOOD.replace("'fortran_order': False, ", ""))],
    ["header", () => npy(GOOD.replace("False", "0"))],
    ["header", () => npy(GOOD.replace("}", "'shape': (1, 1)}"))],
    ["header", () => npy(GOOD.replace("}", ""))],
    ["header", () => npy(`${GOOD} 1`)],
    ["header", () => npy("")],
    ["header", () => npy("[]")],
    ["header", () => npy(withShape("(-2, -2)"))],
    ["header", () => npy(withShape("(-2000, -2000)"))],
    ["header", () => npy(withShape("(0x2, 3)"))],
    ["header", () => npy(withShape("(2e0, 3)"))],
    ["header", () => npy(withShape("(2.0, 3)"))],
    ["header", () => npy(withShape("(02, 3)"))],
    ["header", () => npy(withShape("(2 3)"))],
    ["header", () => npy(withShape("(,)"))],
    ["header", () => npy(withShape("(2, NaN)"))],
    ["header", () => npy(withShape("6"))],
    ["dtype", () => npy(withDescr("'<c8'"))],
    ["dtype", () => npy(withDescr("''"))],
    ["dtype", () => npy(withDescr("[('a', '<f4'), ('b', '<f4')]"))],
    ["dtype", () => npy(withDescr(`'${"x".repeat(5000)}'`))],
    ...["constructor", "__proto__", "toString", "hasOwnProperty"].map(
      (name) => ["dtype", () => npy(withDescr(`'${name}'`))] as const,
    ),
    ["order", () => npy(GOOD.replace("False", "True"))],
    ["rank", () => npy(withShape("(6,)"))],
    ["rank", () => npy(withShape("()"))],
    ["short", () => npy(GOOD, 20)],
    ["short", () => npy(GOOD, 0).slice(0, 60)],
    ["trailing", () => npy(GOOD, 25)],
    ["large", () => npy(withShape("(1025, 3)"))],
    ["large", () => npy(withShape("(2, 99999999999999999999)"))],
    // Their product is beyond any number, and with no numbers at all it is none.
    ["large", () => npy(withShape(`(2, ${"9007199254740991, ".repeat(30)})`))],
    ["empty", () => npy(withShape(`(2, 0, ${"9007199254740991, ".repeat(30)})`))],
    ["empty", () => npy(withShape("(0, 3)"))],
  ] as const)("%s is refused", (fault, make) => {
    const error = faultOf(() => readNpy(make()));
    expect(error.fault).toBe(fault);
    isSaid(error);
  });

  it("of versions 1, 2 and 3 is read, whatever the order of keys, quotes and spaces", () => {
    for (const major of [1, 2, 3])
      expect(readNpy(npy(GOOD, 24, [major, 0]))).toMatchObject({ rows: 2, columns: 3 });
    const other = `{ "shape":(2,3),"descr":"<f4" ,\n"fortran_order":False}`;
    expect(readNpy(npy(other)).values).toEqual(new Float32Array(6));
    expect(readNpy(npy(withShape("(2, 1, 3)")))).toMatchObject({ rows: 2, columns: 3 });
  });

  it("has each character of its header looked at once, and each token", () => {
    // What made a reader of patterns go over the rest again from each of its places.
    const hostile = [
      `{'descr': '<f4' 'fortran_order': False ${"'shape':(".repeat(1000)}`,
      `{${" ".repeat(5000)}'descr'`,
      "'".repeat(5001),
      `{'shape': (${"1, ".repeat(2000)}`,
      "{".repeat(5000),
      GOOD,
    ];
    for (const text of hostile) {
      const tokens = [...tokensOf(text)];
      // They stand one behind the other, so that none was looked for twice from the same place.
      tokens.forEach(({ at }, i) => expect(at).toBeGreaterThan(tokens[i - 1]?.at ?? -1));
      let taken = 0;
      const counted: Iterator<Token, undefined> = {
        next: () => {
          const token = tokens[taken++];
          return token ? { done: false, value: token } : { done: true, value: undefined };
        },
      };
      if (text === GOOD) expect(readHeader(counted).shape).toEqual([2, 3]);
      else isSaid(faultOf(() => readHeader(counted)));
      expect(taken).toBeLessThanOrEqual(tokens.length + 1);
    }
  });
});

describe("CSV", () => {
  it.each([
    ["empty", ""],
    ["empty", "a,b\n"],
    ["empty", "\n\r\n \r"],
    ["ragged", "1,2\n3\n"],
    ["number", "1,2\n3,x\n"],
    ["number", "1,2\n3,1e99\n"],
    ["number", "1,2\n3,\n"],
    ["number", "1,2\n3,0x10\n"],
    ["number", "1,2\n3,Infinity\n"],
    ["large", Array(1026).fill("1").join("\n")],
    ["large", Array(1025).fill("1").join(",")],
    ["large", "1" + ",".repeat(1_000_000)],
  ] as const)("%s is refused", (fault, text) => {
    const error = faultOf(() => readCsv(text));
    expect(error.fault).toBe(fault);
    isSaid(error);
  });

  it("names the line as the file counts it", () => {
    expect(faultOf(() => readCsv("a,b\n\n1,2\n\n3,x")).detail).toBe('(5, 2) "x"');
    expect(faultOf(() => readCsv("a\r1\r\n2,3\r")).detail).toBe("3: 2; 1");
  });

  it("of the largest size is read", () => {
    const line = Array(1024).fill("-1.5e-3").join(";");
    expect(readCsv(Array(1024).fill(line).join("\n"))).toMatchObject({ rows: 1024, columns: 1024 });
  });

  it("is left where the table is too large, however much follows", () => {
    // A text whose end is never asked for: what is sliced off it is counted.
    const text = "1\n".repeat(100_000);
    let sliced = 0;
    const counted = Object.assign(new String(text), {
      slice: (from: number, to?: number) => {
        const part = text.slice(from, to);
        sliced += part.length;
        return part;
      },
    }) as unknown as string;
    expect(faultOf(() => readCsv(counted)).fault).toBe("large");
    expect(sliced).toBe(1025);
  });
});

it("a file that the browser cannot read is said to be that", async () => {
  const file = new File(["1,2"], "a.csv");
  file.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
  await expect(readTable(file)).rejects.toMatchObject({
    fault: "unreadable",
    detail: "NotReadableError",
  });
});
