/** The licences of others: what the built artefacts hold is named in their notices, each with its text. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  headingsOf,
  librariesIn,
  noticeOf,
  packageOf,
  runtimeSections,
  sectionsOf,
} from "../../../web/scripts/notice.mjs";

const root = join(import.meta.dirname, "../../..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const scripts = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.m?js$/.test(file))
    .map((file) => read(folder, file))
    .join("\n");
const folder = mkdtempSync(join(tmpdir(), "initscope-notice-"));
afterAll(() => rmSync(folder, { recursive: true }));

const single = read("dist/site/initscope.html");
/** The text of the single file's notice, as a reader sees it. */
const inside = (/<pre lang="en">([^]*?)<\/pre>/.exec(single)?.[1] ?? "")
  .replaceAll("&lt;", "<")
  .replaceAll("&quot;", '"')
  .replaceAll("&amp;", "&");
const artefacts = {
  site: { code: scripts("dist/site") + single, notice: read("dist/site/NOTICE.txt") },
  npm: { code: scripts("dist/npm"), notice: read("dist/npm/NOTICE.txt") },
  single: { code: single, notice: inside },
};
type Artefact = keyof typeof artefacts;
/** What the bundler said it put into the artefacts; the site has the other two in it. */
const contents = JSON.parse(read("build/web/contents.json")) as Record<Artefact | "all", string[]>;
const foldersIn = (name: Artefact) => [
  ...new Set(
    name === "site"
      ? [...contents.all, ...contents.site, ...contents.npm, ...contents.single]
      : [...contents.all, ...contents[name]],
  ),
];

/** Words that stay in minified code, and the package that they are from. */
const MARKS = {
  "lit-html": "litHtmlVersions",
  "lit-element": "litElementVersions",
  "@lit/reactive-element": "reactiveElementVersions",
  "@observablehq/plot": "plot-d6a7b5",
  "d3-color": "darkslategray",
  fflate: "invalid zip data",
  vite: "vite:preloadError",
};
/** Names with versions, of installed packages. */
const named = (path: string) => {
  const { name, version } = JSON.parse(read(path, "package.json")) as Record<string, string>;
  return `${name} ${version}`;
};
const missing = (notice: string, names: readonly string[]) => {
  const headings = headingsOf(notice);
  return names.filter((name) => !headings.includes(name));
};

describe.each(Object.keys(artefacts) as Artefact[])("%s", (name) => {
  const { code, notice } = artefacts[name];
  const held = foldersIn(name).map(named);

  it("names all that the bundler put in, and nothing of npm's besides", () => {
    expect(held.length).toBeGreaterThan(20);
    expect(missing(notice, held)).toEqual([]);
    const packages = headingsOf(notice).filter((line) => / \d+\.\d+\.\d+$/.test(line));
    expect(packages.filter((line) => !line.startsWith("Emscripten ")).sort()).toEqual(held.sort());
    // The control: one package less in the notice.
    expect(missing(notice.replaceAll(/^lit-html .*\n/gm, ""), held)).toEqual([
      named("node_modules/lit-html"),
    ]);
  });

  it("and what its code shows to be there by itself", () => {
    for (const [of, mark] of Object.entries(MARKS))
      expect(missing(notice, [named(`node_modules/${of}`)]).length === 0, of).toBe(
        code.includes(mark),
      );
  });

  it("has our licence, those of the core's libraries and of what is linked into the module", () => {
    expect(notice).toMatch(/^initscope \d+\.\d+\.\d+\n\nMIT License\n/);
    expect(missing(notice, ["xsimd", "Eigen", "musl, Emscripten's C library"])).toEqual([]);
    for (const words of [
      "Mozilla Public License Version 2.0",
      "https://gitlab.com/libeigen/eigen", // where its source is, as that licence wants it said
      "License: BSD-3-clause",
      "The Emscripten Authors",
      "Rich Felker",
      "Apache License",
      "LLVM exception",
      "Mike Bostock",
    ])
      expect(notice).toContain(words);
    expect(notice).not.toContain("undefined");
  });
});

it("the linker's list has the libraries that the notice takes for there", () => {
  const linked = read("build/wasm/wasm/whole/linked.txt");
  expect(librariesIn(linked).sort()).toEqual(
    ["c", "c++", "c++abi", "compiler_rt", "embind", "emmalloc", "noexit"].sort(),
  );
  const emscripten = JSON.parse(read("build/wasm/wasm/emscripten.json")) as {
    root: string;
    version: string;
  };
  expect(runtimeSections(linked, emscripten)).toHaveLength(3);
  // A library that nobody knows, or a list that says nothing, ends the build.
  const strange = `${linked}/cache/wasm32-emscripten/libgl-webgl2.a(gl.o)\n`;
  expect(() => runtimeSections(strange, emscripten)).toThrow(/unknown licence: gl$/);
  expect(() => runtimeSections("", emscripten)).toThrow(/unknown licence: none$/);
});

it("CMake names a library whose licence it does not find, and has no notice then", () => {
  const script = join(folder, "notice.cmake");
  const licence = join(folder, "licence");
  writeFileSync(licence, "All [is] allowed; really.\n");
  const run = (files: string) => {
    writeFileSync(
      script,
      `set(PROJECT_SOURCE_DIR "${root}")
include("${root}/cmake/Notice.cmake")
add_to_notice(thing https://example.org ${files})
message("unlicensed: \${unlicensed}.\n\${notice}")`,
    );
    const { stdout, stderr } = spawnSync("cmake", ["-P", script], { encoding: "utf8" });
    return stdout + stderr;
  };
  const found = run(`/nowhere "" "${folder}" "${licence}" "${script}"`);
  expect(found).toContain("unlicensed: .");
  expect(found).toMatch(
    /MIT License[^]*\n=+\nthing\nhttps:\/\/example\.org\n=+\n\nAll \[is\] allowed; really\.\n/,
  );
  const missed = run("/nowhere");
  expect(missed).toContain("No licence text of thing");
  expect(missed).toContain("-DINITSCOPE_THING_LICENCE=FILE");
  expect(missed).toContain("unlicensed: thing.");
});

it("a package without a licence text, or out of the lock file, ends the build", () => {
  const packages = {
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "2.0.0" },
  };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
  for (const name of ["a", "b", "c"])
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
  writeFileSync(join(folder, "node_modules/a/LICENSE"), "All is allowed.\n");
  writeFileSync(join(folder, "node_modules/b/README.md"), "License: see elsewhere\n");
  expect(noticeOf("ours", sectionsOf(["node_modules/a"], folder))).toContain("\na 1.0.0\n======");
  expect(() => sectionsOf(["node_modules/b"], folder)).toThrow(
    /node_modules\/b has no licence text/,
  );
  writeFileSync(join(folder, "node_modules/b/LICENSE"), "\n");
  expect(() => sectionsOf(["node_modules/b"], folder)).toThrow(
    /node_modules\/b has no licence text/,
  );
  expect(() => sectionsOf(["node_modules/c"], folder)).toThrow(/not in package-lock\.json/);
});

it("code of a bundle is ours, a package's, the bundler's, or the build ends", () => {
  expect(packageOf("/r/web/src/page.ts", "/r")).toBeUndefined();
  expect(packageOf("/r/build/web/worker.js?raw", "/r")).toBeUndefined();
  expect(packageOf("\0virtual:initscope-wasm", "/r")).toBeUndefined();
  expect(packageOf("/r/node_modules/lit/index.js", "/r")).toBe("node_modules/lit");
  expect(packageOf("/r/node_modules/@a/b/node_modules/@c/d/e/f.js", "/r")).toBe(
    "node_modules/@a/b/node_modules/@c/d",
  );
  expect(packageOf("\0vite/preload-helper.js", "/r")).toBe("node_modules/vite");
  for (const id of ["\0commonjsHelpers.js", "/elsewhere/x.js"])
    expect(() => packageOf(id, "/r")).toThrow(/nobody knows/);
});
