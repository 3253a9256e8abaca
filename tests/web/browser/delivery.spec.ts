/**
 * What the page needs does not come, comes broken, or ends: it says so in words, and the next try works.
 * The host lets browsers keep its answers, broken ones too.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, settled, siteFolder, test as base } from "./support.js";
import { makeRelease } from "../../make-release.mjs";
import { labScript, LIES, startHost } from "./host.js";
import type { Host, Lie } from "./host.js";

const test = base.extend<{ host: Host; next: string }>({
  host: async ({ silent }, use) => {
    const host = await startHost();
    host.show(siteFolder, "/");
    await use(host);
    host.close();
    silent.splice(0); // the browser's own words about what was broken
  },
  /** The folder of another release, whose scripts have other names. */
  next: async ({}, use) => {
    const folder = makeRelease("next");
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** The file of the build that begins so. */
function asset(beginning: string): string {
  const found = readdirSync(join(siteFolder, "assets")).filter((file) =>
    file.startsWith(beginning),
  );
  if (found.length !== 1) throw new Error(`files ${beginning}*: ${found.join(", ")}`);
  return `assets/${found[0]}`;
}

/** Marks the page that is open: one that is loaded anew has no mark. */
const mark = (page: Page) => page.evaluate(() => void (document.title = "as it was"));
const isMarked = (page: Page) => page.evaluate(() => document.title === "as it was");

for (const [name, lie] of Object.entries(LIES) as [string, Lie][]) {
  for (const file of ["initscope-", "worker-"])
    test(`${name} for ${file}* is said, and another try works`, async ({ page, host }) => {
      host.lie(asset(file), lie);
      await page.goto(host.url);
      const lab = page.locator("init-propagation");
      await expect(lab.getByRole("alert")).toContainText("The engine could not be started");
      await expect(lab).toHaveAttribute("aria-busy", "false");
      await mark(page);
      // Still broken: said again, and not kept.
      await lab.getByRole("button", { name: "Try again" }).click();
      await expect(lab).toHaveAttribute("aria-busy", "false");
      await expect(lab.getByRole("alert")).toContainText("The engine could not be started");
      host.honest();
      await lab.getByRole("button", { name: "Try again" }).click();
      await settled(page, "init-propagation");
      await expect(lab.getByRole("alert")).toHaveCount(0);
      expect(await isMarked(page)).toBe(true);
    });

  test(`${name} for the module's second part is said, and a change works`, async ({
    page,
    host,
  }) => {
    host.lie(asset("initscope.deferred-"), lie);
    await page.goto(`${host.url}#lab=symmetry`);
    const lab = page.locator("init-symmetry");
    await expect(lab.getByRole("alert")).toContainText("The engine could not be started");
    host.honest();
    await lab.getByRole("button", { name: "Constants stay one unit" }).click();
    await settled(page, "init-symmetry");
    await expect(lab.getByRole("alert")).toHaveCount(0);
  });

  test(`${name} for a lab's script is said, and trying again works`, async ({ page, host }) => {
    host.lie(labScript(siteFolder, "training"), lie);
    await page.goto(host.url);
    await settled(page, "init-propagation");
    await page.getByRole("link", { name: "Training" }).click();
    const said = page.getByRole("alert");
    await expect(said).toContainText("A part of this page could not be loaded");
    await expect(page.locator("init-propagation")).toBeHidden();
    // Other labs are there meanwhile.
    await page.getByRole("link", { name: "Symmetry" }).click();
    await settled(page, "init-symmetry");
    await expect(said).toHaveCount(0);
    await page.getByRole("link", { name: "Training" }).click();
    await expect(said).toBeVisible();
    host.honest();
    await mark(page);
    const gone = lie.status === 404;
    await page.getByRole("button", { name: gone ? "Load the page again" : "Try again" }).click();
    await settled(page, "init-training");
    // What was no program is kept by the browser, and what the site has no more may have another name
    // now: only a page loaded anew has it.
    const kept = lie.status === undefined && lie.type === undefined;
    expect(await isMarked(page)).toBe(!kept && !gone);
  });
}

test("a host that has been updated under a page is said, and the page is loaded again as it was set", async ({
  page,
  host,
  next,
}) => {
  await page.goto(`${host.url}#v=1&depth=7`);
  await settled(page, "init-propagation");
  host.show(next, "/");
  await page.getByRole("link", { name: "Training" }).click();
  await expect(page.getByRole("alert")).toContainText("the site has been updated since");
  await page.getByRole("button", { name: "Load the page again" }).click();
  await settled(page, "init-training");
  await expect(page.locator("meta[name=release]")).toHaveAttribute("content", "next");
  await page.getByRole("link", { name: "Propagation" }).click();
  const lab = await settled(page, "init-propagation");
  await expect(lab.getByRole("textbox", { name: "Depth" })).toHaveValue("7");
});

test("without the first lab's script the page says so, in Chinese to Chinese readers", async ({
  page,
  host,
}) => {
  await page.addInitScript(() => localStorage.setItem("initscope-lang", "zh"));
  host.lie(labScript(siteFolder, "propagation"), LIES["a missing file"]);
  await page.goto(host.url);
  await expect(page.getByRole("alert")).toContainText("页面有一部分因此没有加载成功");
  host.honest();
  await page.getByRole("button", { name: "刷新页面" }).click();
  await settled(page, "init-propagation");
});

test("words of a language that did not come are said in it, and the page stays as it was until they do", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  const lab = await settled(page, "init-propagation");
  host.lie(asset("zh-"), LIES["a captive portal's page"]);
  await page.locator("#language").click();
  await expect(page.getByRole("alert")).toContainText("页面有一部分没有加载成功");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(lab.getByText("Depth").first()).toBeVisible();
  host.honest();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(lab.getByText("深度").first()).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a chapter's figure and a frame say what did not come", async ({ page, host }) => {
  for (const [address, lab] of [
    ["learn/en/why.html", "propagation"],
    ["embed.html#lab=symmetry", "symmetry"], // another one, since the browser has the first by then
  ] as const) {
    host.lie(labScript(siteFolder, lab), LIES["a captive portal's page"]);
    await page.goto(`${host.url}${address}`);
    await expect(page.getByRole("alert").first()).toContainText("could not be loaded");
    host.honest();
    await page.getByRole("button", { name: "Try again" }).first().click();
    await expect(page.locator("init-figure svg").first()).toBeVisible();
  }
});

test("sharing says what did not come, and works at the next press", async ({ page, host }) => {
  await page.goto(host.url);
  await settled(page, "init-propagation");
  host.lie(asset("home-"), LIES["a missing file"]);
  await page.locator("#share").click();
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  host.honest();
  await page.locator("#share").click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("a verdict that did not come is said below the controls, and comes at the next try", async ({
  page,
  host,
}) => {
  host.lie(asset("verdict-"), LIES["a captive portal's page"]);
  await page.goto(host.url);
  const lab = page.locator("init-propagation");
  await expect(lab.getByRole("alert")).toContainText("could not be loaded");
  host.honest();
  await lab.getByRole("button", { name: "Try again" }).click();
  await expect(lab.locator("ul.verdict li").first()).toBeVisible();
  await expect(lab.getByRole("alert")).toHaveCount(0);
});

test("search, advice and the reader of files say what did not come, and come at the next try", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  const lab = await settled(page, "init-propagation");
  const lie = (file: string) => host.lie(asset(file), LIES["a missing file"]);
  const add = lab.getByRole("button", { name: "Add a scheme" });
  const found = lab.getByRole("option");

  lie("scheme-search-");
  await add.click();
  await expect(lab.getByText("could not be loaded")).toBeVisible();
  await page.keyboard.press("Escape");
  host.honest();
  await add.click();
  await expect(lab.getByText("could not be loaded")).toHaveCount(0);
  await lab.getByRole("combobox", { name: "Search schemes" }).fill("恺明");
  await expect(found.first()).toContainText("kaiming");
  await page.keyboard.press("Escape");

  lie("advice.en-");
  const open = lab.locator(".chip button").first();
  const advice = lab.locator("init-scheme-advice dd").first();
  await open.click();
  await expect(advice).toContainText("could not be loaded");
  // Another language's words are asked for all the same, and those that lack are of the page's own.
  const language = page.locator("#language");
  await language.click();
  await expect(advice).toContainText(/[一-鿿]/);
  await expect(advice).not.toContainText("没有加载成功");
  await language.click();
  await expect(advice).toContainText(/[a-z]+ [a-z]+/);
  await open.click();
  host.honest();
  await open.click();
  await expect(advice).toContainText(/\w+ \w+/);
  await expect(advice).not.toContainText("could not be loaded");

  lie("read-table-");
  await lab.getByRole("combobox", { name: "Inputs" }).selectOption("data");
  const table = { name: "own.csv", mimeType: "text/csv", buffer: Buffer.from("1,2\n3,4\n") };
  await lab.locator("#file").setInputFiles(table);
  await expect(lab.locator("#file-note")).toContainText("could not be loaded");
  await language.click();
  await expect(lab.locator("#file-note")).toContainText("没有加载成功");
  await language.click();
  await expect(lab.locator("#file-note")).toContainText("could not be loaded");
  host.honest();
  await lab.locator("#file").setInputFiles(table);
  await expect(lab.locator("#file-note")).toContainText("own.csv");
});

/** Workers that end themselves: what is put before the script, or in its place, and what is then said. */
const ENDS = {
  "at once": ["self.close();", "could not be started"],
  "before the script is run": ["self.close(); throw new Error('closed');", "could not be started"],
  "with its first result": [
    "const post = self.postMessage.bind(self); self.postMessage = (m, o) => m.type === 'result' ? self.close() : post(m, o);",
    "stopped unexpectedly",
  ],
  "never, being another's": ["self.onmessage = () => {}; /*", "could not be started"],
} as const;

for (const [when, [before, words]] of Object.entries(ENDS))
  test(`a worker that ends itself ${when} is said, and the next change works`, async ({
    page,
    host,
  }) => {
    const script = (bytes: Buffer) => (before.endsWith("/*") ? "*/" : bytes.toString());
    host.lie(asset("worker-"), { body: (bytes) => before + script(bytes) });
    await page.goto(host.url);
    const lab = page.locator("init-propagation");
    await expect(lab.getByRole("alert")).toContainText(words);
    await expect(lab).toHaveAttribute("aria-busy", "false");
    host.honest();
    await lab.getByRole("button", { name: "tanh and Xavier" }).click();
    await settled(page, "init-propagation");
  });

test("a worker that ends while nothing is asked of it is replaced unseen", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  const lab = await settled(page, "init-propagation");
  for (const worker of page.workers()) await worker.evaluate(() => self.close());
  await lab.getByRole("button", { name: "tanh and Xavier" }).click();
  await settled(page, "init-propagation");
  await expect(lab.getByRole("alert")).toHaveCount(0);
});

test("a page whose policy allows no blob: has its worker all the same", async ({ page, host }) => {
  host.lie("/index.html", {
    body: (bytes) => bytes.toString().replace("worker-src 'self' blob:", "worker-src 'self'"),
  });
  await page.goto(host.url);
  await settled(page, "init-propagation");
  const workers = page.workers().map((worker) => worker.url());
  expect(workers).toEqual([expect.stringContaining("worker-")]);
});
