/** What is around every page: the way to all others, the theme, the language, and past the header. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { expect, settled, siteFolder, test } from "./support.js";

const PAGES = [
  "index.html",
  "bench.html",
  "learn/en/he.html",
  "learn/zh/he.html",
  "learn/en/embedding.html",
];
const STATE = "v=1&depth=6&width=32&batch=16";

/** What has the focus, within whatever shadows. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element
      ? `${element.localName}${element.id && `#${element.id}`}.${element.className}`
      : "";
  });

test("every page leads to the others, to the licence, and changes language and theme", async ({
  page,
  site,
}) => {
  for (const path of PAGES) {
    await page.goto("about:blank");
    await page.goto(`${site}${path}?theme=light`);
    const links = await page
      .locator("#pages a:visible")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
    expect(links.length, path).toBe(3);
    for (const link of links)
      expect((await page.request.get(new URL(link, site).href)).ok(), link).toBe(true);
    for (const [file, words] of [
      ["LICENSE.txt", "MIT License"],
      ["NOTICE.txt", "Mozilla Public License Version 2.0"],
    ] as const) {
      const licence = page.locator(`footer a[href$="${file}"]`);
      const address = await licence.evaluate((a) => (a as HTMLAnchorElement).href);
      expect(await (await page.request.get(address)).text(), path).toContain(words);
    }
    await expect(page.locator("#language")).toBeVisible();
    await page.locator("#theme").selectOption("dark");
    await expect(page.locator("html"), path).toHaveAttribute("data-theme", "dark");
    const image = await page.locator('meta[property="og:image"]').getAttribute("content");
    expect((await page.request.get(new URL(image ?? "", page.url()).href)).ok(), path).toBe(true);
    for (const name of ["og:title", "og:description"])
      expect(
        await page.locator(`meta[property="${name}"]`).getAttribute("content"),
        path,
      ).toBeTruthy();
  }
});

test("a chapter's labs follow its choice of theme, and the next page remembers it", async ({
  page,
  site,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${site}learn/zh/he.html`);
  const lab = page.locator("figure.live > :first-child").first();
  await page.locator("figure.live").first().scrollIntoViewIfNeeded();
  await expect(lab).toHaveAttribute("data-theme", "light");
  await page.getByLabel("外观").selectOption("dark");
  await expect(lab).toHaveAttribute("data-theme", "dark");
  await page.goto(`${site}bench.html`);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("#theme")).toHaveValue("dark");
});

test("the first Tab is the way past the header, in two keys to the first figure", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#${STATE}`);
  await settled(page, "init-propagation");
  await page.evaluate(() => scrollTo(0, 0));
  const before = page.url();
  await page.keyboard.press("Tab");
  await expect(page.locator("#skip")).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to the figures" })).toBeVisible();
  expect((await page.locator("#skip").boundingBox())?.width).toBeGreaterThan(50);
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toMatch(/^init-figure/);
  expect(page.url()).toBe(before); // the address is the lab's state
  await page.keyboard.press("Tab");
  expect(await focused(page)).toMatch(/drawing/);
});

test("and in a chapter and the benchmark to the text", async ({ page, site }) => {
  for (const path of ["learn/zh/he.html", "bench.html"]) {
    await page.goto(site + path);
    await page.keyboard.press("Tab");
    await expect(page.locator("#skip")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("#main")).toBeFocused();
  }
});

test("the benchmark changes its language in place", async ({ page, site }) => {
  await page.goto(`${site}bench.html?lang=en`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Benchmark");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("性能测试");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page.locator("#theme option").first()).toHaveText("跟随系统");
});

test("a scheme is found by what people call it, and its advice is there when it is opened", async ({
  page,
  site,
}) => {
  await page.goto(`${site}?lang=zh#${STATE}&s=orthogonal`);
  const lab = await settled(page, "init-propagation");
  await lab.locator(".chip button").first().click();
  const advice = lab.locator("init-scheme-advice dd");
  await expect(advice.first()).toContainText("神经元数不少于 fan_in");
  await page.getByRole("button", { name: "English" }).click();
  await expect(advice.first()).toContainText("no fewer units than fan_in");
  await lab.getByRole("button", { name: "Add a scheme" }).click();
  const options = lab.locator("[role=option]");
  await page.getByRole("combobox", { name: "Search schemes" }).fill("恺明");
  await expect(options).toHaveCount(4);
  await page.getByRole("combobox", { name: "Search schemes" }).fill("nn.Linear");
  await expect(options.first()).toContainText("PyTorch Linear");
});

test("the single file has the licences of what is in it, in its footer", async ({ page }) => {
  const file = pathToFileURL(join(siteFolder, "initscope.html")).href;
  for (const [lang, words] of [
    ["en", "Third-party licences"],
    ["zh", "第三方许可证"],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(`${file}?lang=${lang}`);
    const text = page.locator("footer pre");
    await expect(text).toBeHidden();
    await page.locator("footer summary").getByText(words).click();
    await expect(text).toBeVisible();
    await expect(text).toContainText("Mozilla Public License Version 2.0");
    await expect(text).toContainText("Copyright (c) 2017 Google LLC");
  }
});
