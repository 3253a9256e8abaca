/** What a release is made of: one version everywhere, archives that depend on contents alone. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { version } from "../../../web/scripts/version.mjs";
import { zipOf } from "../../../web/scripts/zip.mjs";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const folder = mkdtempSync(join(tmpdir(), "initscope-release-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("CMake's version is that of the catalogue, the package, the pages, the notices and the changelog", () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(catalogue.version).toBe(version);
  expect(JSON.parse(read("dist/npm/package.json"))).toMatchObject({ name: "initscope", version });
  expect(JSON.parse(read("package.json"))).not.toHaveProperty("version");
  for (const page of ["index", "bench", "learn/en/he", "learn/zh/he", "initscope"])
    expect(/<footer>[^]*?initscope (\d\S*)/.exec(read(`dist/site/${page}.html`))?.[1], page).toBe(
      version,
    );
  expect(read("dist/site/NOTICE.txt").split("\n")[0]).toBe(`initscope ${version}`);
  expect(/^## \[(.*?)\]/m.exec(read("CHANGELOG.md"))?.[1]).toBe(version);
});

/** Writes files in this order, as old as it says. */
function write(name: string, files: readonly (readonly [string, string])[], seconds: number) {
  for (const [file, text] of files) {
    const path = join(folder, name, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    utimesSync(path, seconds, seconds);
  }
  return join(folder, name);
}

const FILES = [
  ["b.txt", "b"],
  ["a/c.txt", "c"],
  ["a.txt", "a"],
] as const;
/** 2026-01-02 03:04:06 in Greenwich. */
const SECONDS = 1767323046;

it("a zip has its files in the order of their names, and nothing of the disk's, in any time zone", () => {
  const one = zipOf(write("one", FILES, 1e9), SECONDS);
  const other = zipOf(write("other", FILES.toReversed(), 1.5e9), SECONDS);
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  expect(Object.keys(unzipSync(one))).toEqual(["a.txt", "a/c.txt", "b.txt"]);
  // The control: other contents, another time.
  const changed = write("changed", [...FILES, ["b.txt", "B"]], 1e9);
  expect(Buffer.from(one).equals(Buffer.from(zipOf(changed, SECONDS)))).toBe(false);
  expect(Buffer.from(one).equals(Buffer.from(zipOf(join(folder, "one"), SECONDS + 2)))).toBe(false);
  for (const TZ of ["UTC", "America/New_York", "Asia/Kolkata"]) {
    const program = [join(root, "web/scripts/zip.mjs"), join(folder, "one"), join(folder, "zip")];
    execFileSync(process.execPath, [...program, String(SECONDS)], { env: { ...process.env, TZ } });
    expect(readFileSync(join(folder, "zip")).equals(Buffer.from(one)), TZ).toBe(true);
  }
});

it("a release of what is not committed is refused by name", () => {
  const copy = join(folder, "clone");
  execFileSync("git", ["clone", "-q", "--shared", root, copy]);
  writeFileSync(join(copy, "LICENSE"), "changed");
  writeFileSync(join(copy, "new.txt"), "new");
  const refused = () =>
    execFileSync(join(copy, "scripts/release"), { encoding: "utf8", stdio: "pipe" });
  expect(refused).toThrow(/not committed, so not in a release:\n M LICENSE\n\?\? new\.txt/);
});

it("a release of a tag is that of its version, whose section of the changelog has a date", () => {
  const copy = join(folder, "tagged");
  execFileSync("git", ["clone", "-q", "--shared", root, copy]);
  cpSync(join(root, "scripts"), join(copy, "scripts"), { recursive: true });
  // What comes after the checks would take minutes.
  writeFileSync(join(copy, "scripts/bootstrap"), "echo the checks have passed\nexit 7\n");
  const commit = (date: string) => {
    const dated = read("CHANGELOG.md").replace(/^(## \[.*?\] - ).*/m, `$1${date}`);
    writeFileSync(join(copy, "CHANGELOG.md"), dated);
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
    execFileSync("git", [...who, "commit", "-qam", "a test's", "--allow-empty"], { cwd: copy });
  };
  const release = (...options: string[]) =>
    spawnSync(join(copy, "scripts/release"), options, { encoding: "utf8" });
  commit("unreleased");
  expect(release().stdout).toContain("the checks have passed");
  expect(release("--tag").stderr).toContain("--tag which?");
  expect(release("--tag", `v${version}`).stderr).toContain(`gives version ${version} no date`);
  commit("2026-12-01");
  expect(release("--tag", `v${version}`).stdout).toContain("the checks have passed");
  for (const tag of [version, `v${version}1`, ""]) {
    const refused = release("--tag", tag);
    expect(refused.stderr).toContain(`the tag is '${tag}', but of version ${version} it is`);
    expect(refused.stdout).toBe("");
  }
});

it("two releases are the same only where they have the same files with the same bytes", () => {
  const script = `source "${root}/scripts/lib.sh"
eval "$(sed -n '/^compare()/,/^}/p' "${root}/scripts/release")"
compare "$1" "$2"`;
  const compare = (one: string, other: string) =>
    spawnSync("bash", ["-c", script, "release", one, other], { encoding: "utf8" });
  const one = write(
    "release-1",
    [
      ["a.deb", "1"],
      ["b.zip", "2"],
    ],
    1e9,
  );
  expect(
    compare(
      one,
      write(
        "release-2",
        [
          ["a.deb", "1"],
          ["b.zip", "2"],
        ],
        2e9,
      ),
    ).status,
  ).toBe(0);
  const changed = compare(
    one,
    write(
      "release-3",
      [
        ["a.deb", "1"],
        ["b.zip", "3"],
      ],
      1e9,
    ),
  );
  expect(changed.status).toBe(1);
  expect(changed.stdout).toContain("b.zip");
  expect(changed.stderr).toContain("the two releases differ");
  const fewer = compare(one, write("release-4", [["a.deb", "1"]], 1e9));
  expect(fewer.status).toBe(1);
  expect(fewer.stderr).toContain("different files");
});
