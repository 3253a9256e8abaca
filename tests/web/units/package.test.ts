/** The package as a user meets it: packed, installed in an empty folder, its README's examples run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "initscope-"));
afterAll(() => rmSync(folder, { recursive: true }));

const npm = (...args: string[]) =>
  execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

it("a user's program compiles against the package, and a wrong scheme does not", () => {
  const compile = () =>
    execFileSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tests/consumer/npm")],
      { encoding: "utf8" },
    );
  expect(compile()).toBe("");
});

it("has every file that its entries name", () => {
  const built = join(root, "dist/npm");
  const { exports: entries } = JSON.parse(readFileSync(join(built, "package.json"), "utf8")) as {
    exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  const files = Object.values(entries).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  expect(Object.keys(entries)).toEqual(expect.arrayContaining([".", "./elements", "./anywidget"]));
  expect(files.filter((file) => !existsSync(join(built, file)))).toEqual([]);
});

it("packed and installed elsewhere, it runs every example of its README", () => {
  const archive = npm("pack", join(root, "dist/npm"), "--silent").trim().split("\n").at(-1) ?? "";
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  npm("install", `./${archive}`, "--offline", "--no-audit", "--no-fund", "--silent");
  for (const file of ["LICENSE", "NOTICE.txt"])
    expect(readFileSync(join(folder, "node_modules/initscope", file), "utf8")).toContain("MIT");
  const readme = readFileSync(join(folder, "node_modules/initscope/README.md"), "utf8");
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  expect(examples.length).toBeGreaterThanOrEqual(5);
  // One after the other in one program, as a reader would paste them.
  writeFileSync(join(folder, "examples.mjs"), examples.join("\n"));
  const output = execFileSync(process.execPath, ["examples.mjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  const shown = [...readme.matchAll(/\/\/ -> (.*)$/gm)].map(([, line]) => line);
  expect(output.trim().split("\n")).toEqual(shown);
});
