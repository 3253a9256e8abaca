/** The kernels' table has its rows in order, and docs/kernels.md is about the code that there is. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { coreRooms } from "./rooms.js";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Functions that `Kernels` names, and those that fill a set's table. */
const declared = (header: string) => {
  const struct = header.slice(header.indexOf("struct Kernels {")).split("\n};")[0] ?? "";
  return [...struct.matchAll(/\(\*(\w+)\)\(/g)].map(([, name]) => name);
};
const filled = (target: string) =>
  [...target.matchAll(/Clean<(?:\w+<Arch>::)?(\w+)>::run,/g)].map(([, name]) => name);

const header = read("core/src/simd/kernels.hpp");
const target = read("core/src/simd/target.cpp");

it("fills the table in the order of its functions", () => {
  expect(declared(header).length).toBeGreaterThan(10);
  expect(filled(target)).toEqual(declared(header));
});

it("sees two functions of one type that have changed places", () => {
  const first = "Clean<Random<Arch>::uniform>::run,\n";
  const moved = target.replace(first, "").replace("k_table = {\n", `k_table = {\n${first}`);
  expect(filled(moved)).not.toEqual(declared(header));
});

const doc = read("docs/kernels.md");
const rooms = coreRooms().map((room) => `core/src/${room}`);
const folders = [...rooms, "tests/core", "tests/web/units", "docs"];
const sources = [
  ...["core", ...rooms, "core/include/initscope", "tests/core"].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "kernels.md")
      .map((entry) => read(join(folder, entry.name))),
  ),
  read("scripts/test"),
].join("\n");

/** Words in code marks that are neither a file nor in the sources; the example's own are left out. */
function strangers(text: string): string[] {
  const marked = text.replace(/^ *```[^]*?^ *```/gm, "").matchAll(/`([^`]+)`/g);
  return [...marked]
    .map(([, code = ""]) => code)
    .filter((code) => !/Scaling|^scripts\//.test(code))
    .filter((code) => {
      if (/\.(cpp|hpp|txt|ts|md)$/.test(code) && !code.startsWith("generated/"))
        return ![root, ...folders.map((folder) => join(root, folder))].some((folder) =>
          existsSync(join(folder, code)),
        );
      const words = code.replace(/_?SET\b/, "").match(/[A-Za-z]\w+/g) ?? [basename(code)];
      return !words.every((word) => sources.includes(word));
    });
}

it("names what the code has", () => {
  expect(strangers(doc)).toEqual([]);
  expect(strangers("`no_such_kernel` and `no_such.hpp`")).toHaveLength(2);
});
