/** The house has no arrow backwards, in the core and in the page, and no file leads back to itself. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  astray,
  circles,
  coreRoom,
  coreRooms,
  filesIn,
  imports,
  importsByName,
  includes,
  isThere,
} from "./rooms.js";
import type { Arrow, Files, Floors } from "./rooms.js";

const root = join(import.meta.dirname, "../../..");

const withFile = (files: Files, path: string, text: string): Files =>
  new Map([...files, [path, text]]);

describe("the core", () => {
  const names = coreRooms();
  const floors: Floors = names.map((name) => [name]);
  const files = filesIn(["core/src", "core/include/initscope"], /\.[ch]pp$/);
  const lists = filesIn(["core/src"], /^CMakeLists\.txt$/);
  const rooms = new Map(
    [...lists].map(([path, text]) => [basename(dirname(path)), coreRoom(text)]),
  );
  const header = (name: string) => `core/include/initscope/${name}`;
  /** A public header stands in the room that lists it. */
  const roomOf = (file: string): string | undefined =>
    /^core\/src\/(\w+)\//.exec(file)?.[1] ??
    [...rooms].find(([, { headers }]) => headers.some((name) => header(name) === file))?.[0];
  /** CMake writes it: a list of names, which includes nothing. */
  const MADE = "core/src/targets.hpp";
  const arrowsOf = (all: Files): Arrow[] => includes(all).filter(({ to }) => to !== MADE);
  const arrows = arrowsOf(files);

  it("is all in rooms, each of which is on one floor and has a list", () => {
    expect(names.length).toBeGreaterThan(10);
    expect([...rooms.keys()].sort()).toEqual([...names].sort());
    expect(new Set([...files.keys()].map(roomOf))).toEqual(new Set(names));
  });

  it("lists each public header once", () => {
    const listed = [...rooms.values()].flatMap(({ headers }) => headers.map(header));
    const there = [...files.keys()].filter((path) => path.startsWith("core/include/"));
    expect(there.length).toBeGreaterThan(20);
    expect(listed.sort()).toEqual(there);
  });

  it("lists each source once, but for what is compiled a set or is a program", () => {
    const elsewhere = ["simd/target.cpp", "simd/factor.cpp", "catalogue/main.cpp"];
    const listed = [...rooms].flatMap(([name, { sources }]) =>
      sources.map((source) => `core/src/${name}/${source}`),
    );
    const there = [...files.keys()].filter((path) => path.endsWith(".cpp"));
    expect(there.length).toBeGreaterThan(40);
    expect([...listed, ...elsewhere.map((path) => `core/src/${path}`)].sort()).toEqual(there);
    const cmake = readFileSync(join(root, "core/CMakeLists.txt"), "utf8");
    for (const path of elsewhere) expect(cmake).toContain(`src/${path}`);
  });

  it("includes downward, what is there, and never a source", () => {
    expect(arrows.length).toBeGreaterThan(200);
    expect(astray(arrows, roomOf, floors)).toEqual([]);
    expect(arrows.filter(({ to }) => !isThere(to) || !to.endsWith(".hpp"))).toEqual([]);
  });

  it("has no file that includes itself by others", () => {
    expect(circles(arrows)).toEqual([]);
  });

  it("would be seen to include backward, what is in no room, and in a circle", () => {
    const wrong = arrowsOf(
      withFile(
        files,
        "core/src/simd/invented.hpp",
        `#include "initscope/training.hpp"
#include "initscope/stream.hpp"
  #  include "theory/spread.hpp"
#include "initscope/of_no_room.hpp"
#include <initscope/ensemble.hpp>
#include <vector>
`,
      ),
    );
    expect(astray(wrong, roomOf, floors)).toEqual([
      "core/src/simd/invented.hpp -> core/include/initscope/training.hpp",
      "core/src/simd/invented.hpp -> core/src/theory/spread.hpp",
      "core/src/simd/invented.hpp -> core/include/initscope/of_no_room.hpp",
      "core/src/simd/invented.hpp -> core/include/initscope/ensemble.hpp",
    ]);
    const [one, other] = ["core/src/simd/one.hpp", "core/src/simd/other.hpp"];
    const round = withFile(
      withFile(files, one, '#include "simd/other.hpp"\n'),
      other,
      '#include "simd/one.hpp"\n',
    );
    expect(astray(arrowsOf(round), roomOf, floors)).toEqual([]);
    expect(circles(arrowsOf(round))).toEqual([[one, other]]);
  });

  it("reads a list with headers and one without", () => {
    const text =
      "# A room.\ninitscope_room(ONCE\n  HEADERS\n    a.hpp\n    b.hpp\n  SOURCES\n    a.cpp)";
    expect(coreRoom(text)).toEqual({
      headers: ["a.hpp", "b.hpp"],
      sources: ["a.cpp"],
    });
    expect(coreRoom("initscope_room(\n  SOURCES\n    a.cpp)")).toEqual({
      headers: [],
      sources: ["a.cpp"],
    });
  });
});

describe("the page", () => {
  const files = filesIn(["web/src"], /\.ts$/);
  const labs = new Set(
    [...files.keys()].flatMap((path) => /^web\/src\/(labs\/[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const floors: Floors = [
    ["slots.ts", "generated"],
    ["engine"],
    ["i18n"],
    ["files"],
    ["checkpoint"],
    ["audit"],
    ["charts", "controls"],
    ["figures"],
    ["labs"],
    [...labs],
    ["pages"],
    ["package"],
  ];
  const names = floors.flat();
  /** The longest name that the path begins with. */
  const roomOf = (file: string): string | undefined =>
    names
      .filter((name) => file === `web/src/${name}` || file.startsWith(`web/src/${name}/`))
      .sort((a, b) => b.length - a.length)[0];
  const arrows = imports(files);

  it("is all in rooms, none of which is empty", () => {
    expect(labs.size).toBeGreaterThan(3);
    expect([...files.keys()].filter((path) => roomOf(path) === undefined)).toEqual([]);
    expect(new Set([...files.keys()].map(roomOf))).toEqual(new Set(names));
  });

  it("imports downward, from web/src alone, and no lab from another", () => {
    expect(arrows.length).toBeGreaterThan(600);
    expect(astray(arrows, roomOf, floors)).toEqual([]);
  });

  it("knows the module, and what runs it, in the engine alone", () => {
    const named = importsByName(files);
    const made = named.filter(({ to }) => /^(@|virtual:)(wasm|worker|initscope)/.test(to));
    expect(made.length).toBeGreaterThan(3);
    expect(new Set(made.map(({ from }) => roomOf(from)))).toEqual(new Set(["engine"]));
    const assets = named.filter(({ to }) => to === "@assets").map(({ from }) => roomOf(from));
    expect(new Set(assets)).toEqual(new Set(["engine", "package"]));
  });

  it("has no file that imports itself by others", () => {
    expect(circles(arrows)).toEqual([]);
  });

  it("would be seen to import backward, by each way to import, out of the house and in a circle", () => {
    const path = "web/src/charts/invented.ts";
    const text = `import { a } from "../figures/figure.js";
import type { B } from "../controls/field.js";
export { c } from "../labs/lab.js";
export type * from "../pages/labs.js";
const d = () => import("../package/index.js");
type E = import("../engine/own.js").E;
import "../../../wasm/profile.mjs";
import "./plot.js";
`;
    expect(astray(imports(withFile(files, path, text)), roomOf, floors).sort()).toEqual(
      [
        "web/src/figures/figure.ts",
        "web/src/controls/field.ts",
        "web/src/labs/lab.ts",
        "web/src/pages/labs.ts",
        "web/src/package/index.ts",
        "wasm/profile.mjs",
      ]
        .map((to) => `${path} -> ${to}`)
        .sort(),
    );
    const other = withFile(
      files,
      "web/src/labs/training/invented.ts",
      'import type { A } from "../symmetry/units.js";',
    );
    expect(astray(imports(other), roomOf, floors)).toEqual([
      "web/src/labs/training/invented.ts -> web/src/labs/symmetry/units.ts",
    ]);
    const [a, b, c] = ["a", "b", "c"].map((name) => `web/src/charts/${name}.ts`) as [
      string,
      string,
      string,
    ];
    const round = [
      [a, 'import "./b.js";'],
      [b, 'import type { C } from "./c.js";'],
      [c, 'const a = () => import("./a.js");'],
    ].reduce((all, [name = "", line = ""]) => withFile(all, name, line), files);
    expect(circles(imports(round))).toEqual([[a, b, c]]);
  });

  it("has a row for each room in CONTRIBUTING.md, from the ground up", () => {
    const contributing = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
    const rows = [...contributing.matchAll(/^\| `web\/src\/([\w.]+)` +\|/gm)].map(
      ([, name]) => name,
    );
    expect(rows).toEqual(names.filter((name) => !name.includes("/")));
  });
});
