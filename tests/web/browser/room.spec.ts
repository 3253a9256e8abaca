/** A chapter keeps the room of its figures, so that what is read does not move when they come. */
import type { Page } from "@playwright/test";
import { expect, shiftOf, test, watchShifts } from "./support.js";

/** Goes from figure to figure, each when the one before it is computed. */
async function read(page: Page): Promise<number> {
  for (const figure of await page.locator("figure.live").all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator(":scope > [aria-busy=false] init-figure").first()).toBeVisible();
    await expect(figure.locator(".drawing svg").first()).toBeAttached();
  }
  return shiftOf(page);
}

/** Takes the room away: the control. */
function withoutRoom(page: Page): Promise<number> {
  return page.evaluate(() => {
    let taken = 0;
    for (const sheet of document.styleSheets)
      for (let i = sheet.cssRules.length - 1; i >= 0; --i)
        if (sheet.cssRules[i]?.cssText.includes("data-figures")) {
          sheet.deleteRule(i);
          ++taken;
        }
    return taken;
  });
}

for (const [path, width, height] of [
  ["en/why", 1440, 900],
  ["en/he", 390, 844],
  ["zh/constants", 390, 844],
] as const)
  test(`learn/${path}.html does not move while it is read, ${width} px wide`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height });
    await watchShifts(page);
    await page.goto(`${site}learn/${path}.html`);
    const before = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(await read(page)).toBeLessThan(0.1);
    const after = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(Math.abs(after - before) / before).toBeLessThan(0.1);
  });

test("without the room that is kept, a chapter moves", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await watchShifts(page);
  await page.goto(`${site}learn/zh/constants.html`);
  expect(await withoutRoom(page)).toBeGreaterThan(0);
  const before = await page.evaluate(() => document.documentElement.scrollHeight);
  await read(page);
  const after = await page.evaluate(() => document.documentElement.scrollHeight);
  expect((after - before) / before).toBeGreaterThan(0.2);
});
