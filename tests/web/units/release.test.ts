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
import { filesBelow } from "../../../web/scripts/files.mjs";
import { version } from "../../../web/scripts/version.mjs";
import { zipOf } from "../../../web/scripts/zip.mjs";
import { unpackRelease } from "../../make-release.mjs";

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

it("the API's pages are the same wherever the checkout lies", () => {
  const pages = ["here", "else/where"].map((place) => {
    const checkout = join(folder, "api", place);
    for (const part of ["core/include", "docs"])
      cpSync(join(root, part), join(checkout, part), { recursive: true });
    mkdirSync(join(checkout, "dist"));
    const env = { ...process.env, INITSCOPE_VERSION: version };
    execFileSync("doxygen", ["docs/Doxyfile"], { cwd: checkout, env, stdio: "pipe" });
    return join(checkout, "dist/cpp");
  });
  const [one = "", other = ""] = pages;
  expect(filesBelow(one)).toContain("md_docs_keys.html");
  expect(filesBelow(one)).toEqual(filesBelow(other));
  const [zip, otherZip] = pages.map((each) => Buffer.from(zipOf(each, SECONDS)));
  expect(otherZip && zip?.equals(otherZip)).toBe(true);
});

it("what hosts are tried with is the site out of the release's zip, if that is of this build", () => {
  const site = join(root, "dist/site");
  const zip = join(folder, `initscope-site-${version}.zip`);
  const contents = (from: string) =>
    filesBelow(from).map((file) => [file, readFileSync(join(from, file)).toString("base64")]);
  const unpacked = () => {
    const release = unpackRelease(folder);
    const files = contents(release);
    rmSync(release, { recursive: true });
    return files;
  };
  expect(unpacked()).toEqual(contents(site));
  const copy = join(folder, "site");
  cpSync(site, copy, { recursive: true });
  writeFileSync(join(copy, "more.txt"), "in the zip alone");
  writeFileSync(zip, zipOf(copy, SECONDS));
  expect(unpacked()).toEqual(contents(copy));
  writeFileSync(join(copy, "sw.js"), "of another build");
  writeFileSync(zip, zipOf(copy, SECONDS));
  expect(unpacked()).toEqual(contents(site));
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

/** A release of four archives with a notice each, and its sums; `change` is done in it before they are taken. */
function smallRelease(name: string, notice: string, change = "") {
  const script = `set -e
mkdir -p "$1" && cd "$1"
doc=share/doc/libinitscope-dev
mkdir -p tree/DEBIAN tree/usr/$doc initscope-Linux/$doc initscope-1.2.3 package
for file in tree/usr/$doc/copyright initscope-Linux/$doc/copyright initscope-1.2.3/NOTICE.txt package/NOTICE.txt; do
  printf '%s' "$2" >$file
done
printf 'Package: a\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@example.org>\\nDescription: a\\n' >tree/DEBIAN/control
dpkg-deb --build tree libinitscope-dev_1.2.3_all.deb >/dev/null
tar -czf initscope-1.2.3-Linux-all.tar.gz initscope-Linux
tar -czf initscope-1.2.3.tar.gz initscope-1.2.3
tar -czf initscope-1.2.3.tgz package
rm -r tree initscope-Linux initscope-1.2.3 package
${change}
sha256sum -- * >SHA256SUMS`;
  const made = join(folder, name);
  execFileSync("bash", ["-c", script, "make", made, notice], { stdio: "pipe" });
  return made;
}

it("a release has the notices of what is compiled into it, and the sums of all its files", () => {
  const script = `source "${root}/scripts/lib.sh"
eval "$(sed -n '/^notice_of()/,/^}/p; /^look_over()/,/^)/p' "${root}/scripts/release")"
version=1.2.3
look_over "$1"`;
  const lookOver = (release: string) => {
    const { status, stderr } = spawnSync("bash", ["-c", script, "release", release], {
      encoding: "utf8",
    });
    return `${status}: ${stderr}`;
  };
  const whole = smallRelease("whole", "initscope\nxsimd\nEigen\n");
  expect(lookOver(whole)).toBe("0: ");
  expect(lookOver(smallRelease("no-eigen", "xsimd\nof Eigen\n"))).toContain(
    "says nothing of Eigen",
  );
  const archives = ["libinitscope-dev_1.2.3_all.deb", "initscope-1.2.3-Linux-all.tar.gz"].concat(
    ["initscope-1.2.3.tar.gz", "initscope-1.2.3.tgz"], // of the source, of npm
  );
  for (const archive of archives) {
    const bare = archive.endsWith(".deb")
      ? 'mkdir -p t/DEBIAN && dpkg-deb -e "$a" t/DEBIAN && dpkg-deb --build t "$a" >&2 && rm -r t'
      : 'mkdir t && tar -czf "$a" t && rm -r t';
    const release = smallRelease(`bare-${archive}`, "xsimd\nEigen\n", `a=${archive}; ${bare}`);
    expect(lookOver(release)).toContain(`${archive} has no notice`);
  }
  writeFileSync(join(whole, "more.txt"), "");
  expect(lookOver(whole)).toContain("SHA256SUMS does not list what is there");
  rmSync(join(whole, "more.txt"));
  const sums = readFileSync(join(whole, "SHA256SUMS"), "utf8");
  writeFileSync(join(whole, "SHA256SUMS"), sums.replaceAll(/^\w{64}/gm, "0".repeat(64)));
  expect(lookOver(whole)).toContain("SHA256SUMS are not the sums of what is there");
});
