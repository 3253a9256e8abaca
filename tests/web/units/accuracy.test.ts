/** The headers state the errors that the core's accuracy test measures, of every function. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../../..", path), "utf8");
const special = read("core/include/initscope/special.hpp");
const math = read("core/src/simd/math.hpp");
const test = read("tests/core/accuracy_test.cpp");

/** Range, worst error in ULP, and the magnitude below which results have this one's ULP. */
type Accuracy = Record<"from" | "to" | "ulp" | "least", number>;

/** What the comment before a function, or before a member of its result, states. */
function stated(header: string): Map<string, Accuracy> {
  const found = new Map<string, Accuracy>();
  for (const [, comment = "", name = ""] of header.matchAll(
    /((?:^ *\/\/\/.*\n)+).*?\b(\w+)(?:\(|;)/gm,
  )) {
    const words = comment.replace(/\s*\/\/\/ */g, " ");
    if (!words.includes("- Error:")) continue;
    const range = /- Range: \[([-\d.e]+), ([-\d.e]+)\]/.exec(words);
    const error = /- Error: ([\d.]+) ULP(?: \(of ([\d.]+) where the result is less\))?/.exec(words);
    expect(range && error && words.includes("- Outside: "), name).toBe(true);
    found.set(name, {
      from: Number(range?.[1]),
      to: Number(range?.[2]),
      ulp: Number(error?.[1]),
      least: Number(error?.[2] ?? 0),
    });
  }
  return found;
}

/** What a table of the test measures; `least` is this argument of a row. */
function measured(table: string, leastAt: number): Map<string, Accuracy> {
  const text = test.slice(test.indexOf(`${table}[] = {`)).split("\n};")[0] ?? "";
  return new Map(
    [...text.matchAll(/\{"(\w+)",([^}]*)\}/g)].map(([, name = "", row = ""]) => {
      const cells = row.split(",").map((cell) => cell.trim());
      const [from, to, ulp] = cells.map(Number);
      return [name, { from, to, ulp, least: Number(cells[leastAt] ?? 0) } as Accuracy];
    }),
  );
}

const functions = (header: string) =>
  [...header.matchAll(/^ *(?:static|double|float) .*?(\w+)\(/gm)].map(([, name]) => name);

it("states of each special function what is measured", () => {
  const headers = stated(special);
  expect(headers).toEqual(measured("k_double_rows", 6));
  expect([...headers.keys()]).toEqual(functions(special));
});

it("states of each function on vectors what is measured", () => {
  const headers = stated(math);
  expect(new Map([...headers].sort())).toEqual(new Map([...measured("k_float_rows", 5)].sort()));
  const exact = ["as_float", "as_int", "at_most", "at_least", "magnitude", "sign_bit", "with_sign"];
  const results = ["cdf", "pdf"]; // members of what `normal` returns
  const names = functions(math).filter((name) => !exact.includes(name ?? "") && name !== "normal");
  expect([...headers.keys()].filter((name) => !results.includes(name)).sort()).toEqual(
    names.sort(),
  );
});

it("sees a header that says another number", () => {
  const wrong = special.replace("- Error: 1.16 ULP", "- Error: 1.2 ULP");
  expect(wrong).not.toBe(special);
  expect(stated(wrong)).not.toEqual(measured("k_double_rows", 6));
});
