/** The first screen: in every lab, at every size, a figure and the control that moves it. */
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support.js";

const LABS = {
  propagation: "Depth",
  training: "Data set",
  symmetry: "Width",
  phase: "σ_w²",
  distribution: "Weight shape",
} as const;
type Lab = keyof typeof LABS;

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
  [320, 700],
] as const;

async function open(page: Page, site: string, lab: Lab, width: number, height: number) {
  await page.setViewportSize({ width, height });
  await page.goto(`${site}#lab=${lab}`);
  const element = page.locator(`init-${lab}:visible`).first();
  await expect(element).toHaveAttribute("aria-busy", "false");
  await expect(element.locator("init-figure svg").first()).toBeVisible();
  return element;
}

/** How much of a figure's drawing is seen, in pixels of height: above the window's foot, and a sheet there. */
function seen(lab: Locator, figure = "init-figure"): Promise<number> {
  return lab
    .locator(`${figure} .drawing`)
    .first()
    .evaluate((drawing) => {
      const { top, bottom } = drawing.getBoundingClientRect();
      const figures = drawing.getRootNode() as ShadowRoot;
      const around = figures.host.getRootNode() as ShadowRoot;
      const sheet = around.querySelector(".low > .controls")?.getBoundingClientRect().top;
      return Math.min(bottom, innerHeight, sheet ?? Infinity) - Math.max(0, top);
    });
}

for (const [width, height] of SIZES)
  for (const [lab, field] of Object.entries(LABS) as [Lab, string][])
    test(`${lab} at ${width} x ${height} has a figure and its main control in the first screen`, async ({
      page,
      site,
    }) => {
      const element = await open(page, site, lab, width, height);
      // Of the plot itself, below its title: half of it in the smallest window.
      expect(await seen(element)).toBeGreaterThan(width < 390 ? 85 : 150);
      const control = element
        .getByRole("spinbutton", { name: field })
        .or(element.getByRole("textbox", { name: field }))
        .or(element.getByRole("combobox", { name: field }))
        .first();
      await expect(control).toBeInViewport({ ratio: 0.95 });
      expect(await page.evaluate(() => scrollY)).toBe(0);
      // Nothing is cut off at the side.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });

test("controls of a narrow lab rise from below and leave the figure in view", async ({
  page,
  site,
}) => {
  const element = await open(page, site, "propagation", 390, 844);
  const raise = element.getByRole("button", { name: "All controls" });
  await expect(element.getByRole("slider", { name: "Width", exact: true })).toBeHidden();
  await raise.click();
  await expect(raise).toHaveAttribute("aria-expanded", "true");
  await expect(element.getByRole("slider", { name: "Width", exact: true })).toBeInViewport();
  // One control a field, raised or not.
  await expect(element.getByRole("slider", { name: "Depth" })).toHaveCount(1);
  const plot = element.locator('init-figure[data-figure="flow"] svg').first();
  const before = await plot.innerHTML();
  await element.getByRole("slider", { name: "Width", exact: true }).press("ArrowLeft");
  await expect.poll(() => plot.innerHTML()).not.toBe(before);
  expect(await seen(element, 'init-figure[data-figure="flow"]')).toBeGreaterThan(60);
  await raise.click();
  await expect(element.getByRole("slider", { name: "Width", exact: true })).toBeHidden();
});

for (const [width, height] of [
  [390, 844],
  [360, 640],
  [740, 360],
] as const)
  test(`a sheet stands at the foot of a window of ${width} x ${height}, and rises into it, whatever stands above`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height });
    const eight = ["zeros", "ones", "normal", "uniform", "eye", "orthogonal", "siren", "lsuv"];
    await page.goto(`${site}#v=1&depth=5&width=16${eight.map((id) => `&s=${id}`).join("")}`);
    const lab = page.locator("init-propagation");
    await expect(lab).toHaveAttribute("aria-busy", "false");
    await lab.getByRole("button", { name: /^Parameters of Normal/ }).click();
    const sheet = lab.locator(".low > .controls");
    const foot = () => sheet.evaluate((element) => element.getBoundingClientRect().bottom);
    expect(Math.round(await foot())).toBe(height);
    await lab.getByRole("button", { name: "All controls" }).click();
    expect(Math.round(await foot())).toBe(height);
    await expect(lab.getByRole("combobox", { name: "Activation" })).toBeInViewport({ ratio: 0.95 });
  });

test("what has the focus is not behind a sheet, raised or not", async ({ page, site }) => {
  const lab = await open(page, site, "propagation", 390, 844);
  const raise = lab.getByRole("button", { name: "All controls" });
  const sheet = lab.locator(".low > .controls");
  const buttons = lab.locator("init-figure .actions button:visible");
  for (let raised = 0; raised < 2; ++raised) {
    for (let i = 0; i < 12; ++i) {
      await page.evaluate(() => scrollTo(0, 0));
      await buttons.nth(i).focus();
      const top = await sheet.evaluate((element) => element.getBoundingClientRect().top);
      const box = await buttons.nth(i).boundingBox();
      expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(top);
    }
    await page.evaluate(() => scrollTo(0, 0));
    await raise.click();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  }
});

test("a sheet does not hide what is wrong in it", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${site}#lab=propagation&v=1&width=999999`);
  const element = page.locator("init-propagation");
  await expect(element.getByText("999999").first()).toBeInViewport();
});

test("the tab of the lab that is open is seen in a narrow window", async ({ page, site }) => {
  await open(page, site, "distribution", 320, 700);
  await expect(page.locator('nav.labs [data-lab="distribution"]')).toBeInViewport({ ratio: 0.95 });
});

test("an element on another page has no sheet", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${site}embed.html#lab=propagation&v=1`);
  const element = page.locator("init-propagation");
  await expect(element).toHaveAttribute("aria-busy", "false");
  await expect(element.locator(".bar")).toHaveCount(0);
  await expect(element.getByRole("slider", { name: "Width", exact: true })).toBeVisible();
});
