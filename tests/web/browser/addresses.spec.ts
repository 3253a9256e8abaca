/** Addresses that ask for what is not there, in every page that has a lab, and what Share hands out. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, settled, siteFolder, test } from "./support.js";

const single = pathToFileURL(join(siteFolder, "initscope.html")).href;

const hostile = [
  ["schemes", "#schemes=a&s=zeros"],
  ["schemes", "#schemes=&s=zeros"],
  ["schemes", "#s=zeros&schemes=a&s=ones"],
  ["constructor", "#constructor=1"],
  ["__proto__", "#__proto__=1"],
  ["data", "#data=1&s=zeros"],
  ['"schemes.0.a"', "#schemes.0.a=1"],
] as const;

for (const [name, page] of [
  ["the playground", "index.html?lang=en"],
  ["a frame", "embed.html?lang=en"],
  ["the single file", "initscope.html?lang=en"],
] as const)
  test(`${name} names what it cannot use, and shows the rest`, async ({ page: tab, site }) => {
    const address = page.startsWith("initscope") ? `${single}?lang=en` : `${site}${page}`;
    for (const [key, hash] of hostile) {
      await tab.goto("about:blank");
      await tab.goto(address + hash);
      const lab = await settled(tab, "init-propagation");
      const listed = lab.locator(".top .message .issue");
      await expect(listed).toHaveCount(1);
      await expect(listed).toContainText(`${key} is not a field here`);
    }
  });

test("Share in the single file leads to the file, however it was opened", async ({ page }) => {
  for (const opened of ["", "?lang=en", "?lang=en&theme=dark#lab=symmetry&v=1&steps=60"]) {
    await page.goto("about:blank");
    await page.goto(single + opened);
    const lab = opened.includes("symmetry") ? "symmetry" : "propagation";
    await settled(page, `init-${lab}`);
    await page.locator("#share").click();
    const text = page.locator("dialog.share textarea");
    await expect(text).toHaveValue(new RegExp(`^.*initscope\\.html#lab=${lab}&v=1`));
    expect((await text.inputValue()).startsWith(`${single}#`)).toBe(true);
    await page.locator("dialog.share select").selectOption("iframe");
    await expect(text).toHaveValue(new RegExp(`initscope\\.html#embed=1&amp;lab=${lab}`));
    // What is handed out opens the same lab, alone.
    const src = /src="([^"]*)"/.exec(await text.inputValue())?.[1] ?? "";
    await page.goto("about:blank");
    await page.goto(src.replaceAll("&amp;", "&"));
    await settled(page, `init-${lab}`);
    await expect(page.locator("#share")).toHaveCount(0);
  }
});
