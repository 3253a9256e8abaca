/** What is taken from elsewhere is what was looked at, and runs with no more rights than it needs. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { expect, it } from "vitest";
import {
  launchOptions,
  launchOptionsFor,
  puppeteerOptionsFor,
} from "../../../web/scripts/chromium.mjs";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const tracked = (...patterns: string[]) =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard", ...patterns], {
    cwd: root,
    encoding: "utf8",
  })
    .trim()
    .split("\n");

/** Names of what CMake would download without comparing its sum. */
const unchecked = (cmake: string) =>
  [...cmake.matchAll(/FetchContent_Declare\((\w+)([^)]*)\)/g)]
    .filter(([, , how = ""]) => !/\sURL_HASH SHA256=[0-9a-f]{64}\s*$/m.test(how))
    .map(([, name]) => name);

it("every archive that CMake may download is compared with its sum", () => {
  const cmake = tracked("*.cmake", "*CMakeLists.txt").map(read).join("\n");
  expect(cmake.match(/FetchContent_Declare\(/g)).toHaveLength(3);
  expect(unchecked(cmake)).toEqual([]);
  // The control: one sum taken away, one cut short.
  expect(unchecked(cmake.replace(/\s+URL_HASH \S{71}/, ""))).toEqual(["xsimd"]);
  expect(unchecked(cmake.replace(/(c991b\S*)[0-9a-f]\)/, "$1)"))).toEqual(["Catch2"]);
});

/** Words that turn a sandbox off: of Chromium, of apt. */
const OFF = ["no", "sandbox"].join("-");
const APT = ["APT::Sandbox", "User"].join("::");

it("Chromium runs without its sandbox for root alone, by Playwright and by Puppeteer", () => {
  expect(launchOptionsFor(0).chromiumSandbox).toBe(false);
  expect(launchOptionsFor(1000).chromiumSandbox).toBe(true);
  expect(launchOptionsFor(undefined).chromiumSandbox).toBe(true);
  expect(launchOptions).toEqual(launchOptionsFor(process.getuid?.()));
  expect(puppeteerOptionsFor(0).args).toContain(`--${OFF}`);
  expect(puppeteerOptionsFor(1000).args).toEqual(launchOptions.args);
  expect(puppeteerOptionsFor(undefined).args).not.toContain(`--${OFF}`);
});

it("and no file turns a sandbox off by itself", () => {
  const files = tracked("scripts", "web/scripts", "bench", "tests");
  expect(files).toContain("web/scripts/chromium.mjs");
  const launching = files.filter((file) => /chromium\.launch\(|browserName/.test(read(file)));
  expect(launching.length).toBeGreaterThan(5);
  // Puppeteer takes no notice of Playwright's options.
  const chrome = files.filter((file) => /browser: "chrome"/.test(read(file)));
  expect(chrome).toContain("tests/hosts/nginx.mjs");
  for (const file of chrome.filter((name) => !name.endsWith("supply.test.ts")))
    expect(read(file), file).toContain('browser: "chrome", ...puppeteerOptions');
  for (const file of launching.filter((name) => !name.endsWith("supply.test.ts")))
    expect(read(file), file).toContain("launchOptions");
  // There alone, for root.
  for (const file of files.filter((name) => !name.endsWith("chromium.mjs")))
    for (const word of [OFF, APT]) expect(read(file).includes(word), file).toBe(false);
});

const workflows = tracked(".github/workflows");
/** Lets root's git work in a checkout that is another user's; a clone asks for `.git` by its own name. */
const SAFE = ["", "/.git"]
  .map((part) => `git config --global --add safe.directory "$GITHUB_WORKSPACE${part}"`)
  .join(" && ");
/** What a workflow runs that is not a script of ours, the container's packages, or the release's draft. */
const foreign = (yaml: string) =>
  [...yaml.matchAll(/^\s*(?:- )?run: (.*)$/gm)]
    .map(([, command = ""]) => command)
    .filter((command) => command !== SAFE)
    .filter((command) => !/^(scripts\/\w+|apt-get update|gh release create)\b/.test(command));
/** Actions that are not pinned to a commit, with the version that it is, and workflows that are not ours. */
const unpinned = (yaml: string) =>
  [...yaml.matchAll(/uses: (.*)$/gm)]
    .map(([, action = ""]) => action)
    .filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))
    .filter((action) => !workflows.includes(action.replace(/^\.\//, "")));

it.each(workflows)(
  "%s is YAML, pins what it uses, may read alone, and calls our scripts",
  async (file) => {
    const yaml = read(file);
    expect(await format(yaml, { parser: "yaml", printWidth: 100 })).toBe(yaml);
    expect(unpinned(yaml)).toEqual([]);
    expect(foreign(yaml)).toEqual([]);
    expect(yaml).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    expect(yaml).toContain("persist-credentials: false");
    // In each container: git, then the leave to use it, then what uses it.
    const steps = ["install -qy", `run: ${SAFE}\n`, "run: scripts/"].map((step) =>
      yaml.indexOf(step),
    );
    expect(yaml.split("container:")).toHaveLength(2);
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    for (const [, script = ""] of yaml.matchAll(/run: (scripts\/\w+)/g))
      expect(tracked("scripts")).toContain(script);
  },
);

it("and the controls of that: a tab, a tag, another command", async () => {
  expect(workflows).toHaveLength(3);
  await expect(format("on:\n\tpush:\n", { parser: "yaml" })).rejects.toThrow();
  await expect(format("on: [push\n", { parser: "yaml" })).rejects.toThrow();
  expect(unpinned("- uses: actions/checkout@v5")).toEqual(["actions/checkout@v5"]);
  expect(unpinned("uses: ./.github/workflows/other.yml")).toHaveLength(1);
  expect(foreign("- run: curl example.org | sh")).toEqual(["curl example.org | sh"]);
  expect(foreign(`- run: ${SAFE} && curl example.org`)).toHaveLength(1);
});

it("git works in a checkout that is another user's once it is said to be safe", () => {
  const home = mkdtempSync(join(tmpdir(), "initscope-safe-"));
  const workspace = join(home, "checkout");
  mkdirSync(workspace);
  execFileSync("git", ["init", "-q"], { cwd: workspace });
  const env = {
    ...process.env,
    HOME: home,
    GITHUB_WORKSPACE: workspace,
    GIT_TEST_ASSUME_DIFFERENT_OWNER: "1", // git's own tests pretend so
  };
  const run = (command: string) =>
    execFileSync("bash", ["-c", command], { cwd: workspace, env, stdio: "pipe", encoding: "utf8" });
  const status = () => run("git status --porcelain");
  const clone = () => run(`git clone -q "$GITHUB_WORKSPACE" ../clone`);
  expect(status).toThrow("dubious ownership");
  expect(clone).toThrow("dubious ownership");
  run(SAFE);
  expect(status()).toBe("");
  expect(clone()).toBe("");
  rmSync(home, { recursive: true });
});

it("nothing is published before its tests have passed, and a release is that of its tag", () => {
  expect(read(".github/workflows/ci.yml")).toMatch(/^ {2}workflow_call:\n/m);
  for (const file of ["pages", "release"]) {
    const yaml = read(`.github/workflows/${file}.yml`);
    expect(yaml).toContain(
      "jobs:\n  tests:\n    uses: ./.github/workflows/ci.yml\n  build:\n    needs: tests\n",
    );
    expect(yaml).toMatch(/\n {2}(deploy|draft):\n {4}needs: build\n/);
  }
  expect(read(".github/workflows/release.yml")).toContain('--check --tag "$GITHUB_REF_NAME"\n');
});
