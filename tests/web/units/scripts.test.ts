/** What the scripts do again and what they keep: their functions, run on a small project of their own. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";

const scripts = join(import.meta.dirname, "../../../scripts");
const project = mkdtempSync(join(tmpdir(), "initscope-scripts-"));
afterAll(() => rmSync(project, { recursive: true }));

function put(file: string, text: string) {
  const path = join(project, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const program = (file: string, text: string) => chmodSync(put(file, `#!/bin/sh\n${text}`), 0o755);
const lines = (file: string) =>
  existsSync(join(project, file))
    ? readFileSync(join(project, file), "utf8").trim().split("\n")
    : [];

/** Runs a function of a script in the project, where `before` stands for what it calls. */
function call(script: string, name: string, before: string, ...options: string[]) {
  const code = `source "${scripts}/lib.sh"
root=$1; shift
eval "$(sed -n '/^${name}()/,/^}/p' "${scripts}/${script}")"
${before}
${name} "$@"`;
  return spawnSync("bash", ["-c", code, script, project, ...options], { encoding: "utf8" });
}

it("the page is built again when what it or its notice is made of has changed, and only then", () => {
  const sources = ["web/src/a.ts", "package-lock.json", "tsconfig.json", "LICENSE"].concat(
    ["cmake/Notice.cmake", "build/wasm/NOTICE.txt", "build/wasm/catalogue.json"],
    ["build/wasm/results.ts"],
    ["initscope.wasm", "initscope.deferred.wasm", "emscripten.json", "whole/linked.txt"].map(
      (file) => `build/wasm/wasm/${file}`,
    ),
  );
  for (const file of sources) put(file, "as it was");
  put("web/scripts/build.mjs", "");
  put("dist/site/initscope.html", "");
  const build = () => call("build", "page", "preset() { :; }; node() { echo built >>built.txt; }");
  expect(build()).toMatchObject({ status: 0, stderr: "" });
  build();
  expect(lines("built.txt")).toHaveLength(1);
  for (const [i, file] of sources.entries()) {
    put(file, "changed");
    build();
    build();
    expect(lines("built.txt"), file).toHaveLength(i + 2);
  }
});

it("clang-tidy looks again at every source when any header of the core has changed", () => {
  const headers = ["core/include/initscope/a.hpp", "core/src/a.hpp", "core/src/simd/a.hpp"].concat([
    "core/src/passes/a.hpp",
    "core/src/theory/deeper/a.hpp",
  ]);
  for (const file of [...headers, ".clang-tidy", "core/src/a.cpp"]) put(file, "as it was");
  program("bin/clang-tidy", `echo looked >>"${project}/tidied.txt"`);
  const tidy = () =>
    call("test", "tidy", `deep=false; PATH="$root/bin:$PATH"; git() { echo core/src/a.cpp; }`);
  expect(tidy()).toMatchObject({ status: 0, stderr: "" });
  tidy();
  expect(lines("tidied.txt")).toHaveLength(1);
  for (const [i, file] of [...headers, ".clang-tidy", "core/src/a.cpp"].entries()) {
    put(file, "changed");
    tidy();
    tidy();
    expect(lines("tidied.txt"), file).toHaveLength(i + 2);
  }
});

it("what a fuzzer found is there after the next run, which has none of the other's new requests", () => {
  program("scripts/build", "");
  const found = "build/fuzz/found/specs";
  const fuzzer = "build/fuzz/tests/fuzz/initscope_fuzz_specs";
  // A fuzzer that finds something, then one that does not.
  const fuzz = () => call("test", "run_fuzzers", "clang++-14() { :; }", "-seed=1");
  program(
    fuzzer,
    `echo bad >"${project}/${found}/crash-1"; echo new >"${project}/${found}/new/1"; exit 1`,
  );
  expect(fuzz().stdout).toContain("found something");
  expect(lines(`${found}/new/1`)).toEqual(["new"]);
  program(fuzzer, "echo Done 2000 runs in 1");
  expect(fuzz().stdout).toContain("Done 2000 runs");
  expect(lines(`${found}/crash-1`)).toEqual(["bad"]);
  expect(lines(`${found}/new/1`)).toEqual([]);
});
