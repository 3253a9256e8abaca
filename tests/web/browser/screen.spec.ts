/** The first screen: in every lab, at every size, a figure and the control that moves it. */
import type { Locator, Page } from "@playwright/test";
import { expect, shiftOf, test, watchShifts } from "./support.js";

const LABS = {
  propagation: "Depth",
  training: "Data set",
  symmetry: "Width",
  phase: "σ_w²",
  distribution: "Weight shape",
  audit: "Choose files",
} as const;
type Lab = keyof typeof LABS;

/**
 * Of a page's layout, in Chromium's measure, of which 0.1 is good: less than a line of text. Where a run is played its
 * sentences grow and shrink by a line; a chapter is scrolled to its first figure while it still comes.
 */
const MOST_MOVED = { played: 0.05, chapter: 0.05, still: 0.01 };

const SIZES = [
  [1440, 900],
  [1024, 768],
  [740, 360],
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
      expect(await seen(element)).toBeGreaterThan(width < 390 ? 85 : height < 420 ? 110 : 150);
      const control = element
        .getByRole("spinbutton", { name: field })
        .or(element.getByRole("textbox", { name: field }))
        .or(element.getByRole("combobox", { name: field }))
        .or(element.getByRole("button", { name: field }))
        .first();
      await expect(control).toBeInViewport({ ratio: 0.95 });
      expect(await page.evaluate(() => scrollY)).toBe(0);
      // Nothing is cut off at the side.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [900, 768],
] as const)
  test(`at ${width} x ${height} controls, drawing and both plots are in the first screen`, async ({
    page,
    site,
  }) => {
    const element = await open(page, site, "propagation", width, height);
    const drawing = element.locator('[data-figure="flow"] .drawing');
    await drawing.hover(); // the cursor that all figures share is as high as their axes are
    const parts = [drawing, element.getByRole("slider", { name: "Depth" })];
    for (const name of ["activation", "gradient"])
      parts.push(element.locator(`[data-figure="${name}"] .cursor`).first());
    for (const part of parts) {
      const box = await part.boundingBox();
      expect(box?.y).toBeGreaterThan(0);
      expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(height);
    }
    // Side by side.
    const [signal, gradient] = [await parts[2]?.boundingBox(), await parts[3]?.boundingBox()];
    expect(signal?.x).toBeLessThan((gradient?.x ?? NaN) - 200);
    expect(signal?.height).toBeGreaterThan(100);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

test("a phone on its side has controls beside the figure, and no sheet", async ({ page, site }) => {
  const element = await open(page, site, "propagation", 740, 360);
  await expect(element.locator(".bar")).toHaveCount(0);
  const controls = await element.locator(".controls").boundingBox();
  const figure = await element.locator("init-figure").first().boundingBox();
  expect((controls?.x ?? NaN) + (controls?.width ?? NaN)).toBeLessThanOrEqual(figure?.x ?? NaN);
});

for (const [width, height] of [
  [320, 700],
  [390, 844],
  [800, 900],
  [1024, 768],
  [1440, 900],
] as const)
  test(`nothing moves by itself at ${width} x ${height}, in labs and in a chapter`, async ({
    page,
    site,
  }) => {
    test.setTimeout(90_000);
    await watchShifts(page);
    for (const lab of Object.keys(LABS) as Lab[]) {
      await page.goto("about:blank");
      await open(page, site, lab, width, height);
      const played = lab === "training" || lab === "symmetry";
      expect(await shiftOf(page), lab).toBeLessThan(MOST_MOVED[played ? "played" : "still"]);
    }
    for (const chapter of ["en/why", "zh/he"]) {
      await page.goto(`${site}learn/${chapter}.html`);
      await page.locator("figure.live").first().scrollIntoViewIfNeeded();
      await expect(page.locator("figure.live init-figure svg").first()).toBeVisible();
      expect(await shiftOf(page), chapter).toBeLessThan(MOST_MOVED.chapter);
    }
  });

test("the preset that has the focus is seen in a narrow window, and the one that is shown is marked", async ({
  page,
  site,
}) => {
  for (const [width, height] of [
    [390, 844],
    [740, 360],
  ] as const) {
    const element = await open(page, site, "propagation", width, height);
    const presets = element.locator(".presets button");
    await presets.first().focus();
    for (let i = 0; i < (await presets.count()); ++i) {
      await expect(presets.nth(i)).toBeFocused();
      await expect(presets.nth(i)).toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Tab");
    }
    await expect(element.locator('.presets [aria-pressed="true"]')).toHaveText("ReLU, 50 layers");
  }
});

test("tabs above the drawing wrap, and the list of schemes is as high as there is room", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const eight = ["zeros", "ones", "normal", "uniform", "eye", "orthogonal", "siren", "lsuv"];
  await page.goto(`${site}#v=1&depth=5&width=16${eight.map((id) => `&s=${id}`).join("")}`);
  const lab = page.locator("init-propagation");
  await expect(lab).toHaveAttribute("aria-busy", "false");
  const tabs = lab.locator(".room .tabs");
  await expect(tabs.getByRole("button")).toHaveCount(8);
  expect(await tabs.evaluate((row) => row.scrollWidth - row.clientWidth)).toBe(0);
  for (const [height, most] of [
    [900, 560],
    [500, 500],
  ] as const) {
    await page.setViewportSize({ width: 1024, height });
    await page.goto(`${site}?height=${height}`);
    await lab.getByRole("button", { name: "Add a scheme" }).click();
    const list = lab.getByRole("listbox");
    const box = await list.boundingBox();
    expect(box?.height).toBeLessThanOrEqual(most);
    expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(height);
    expect(box?.height).toBeGreaterThan(height === 900 ? 400 : 160);
  }
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
  [740, 640],
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

for (const language of ["en", "zh"])
  test(`the largest text that a phone paints is there before any script, ${language}`, async ({
    page,
    site,
  }) => {
    await page.addInitScript(() => {
      const largest: string[] = [];
      Object.assign(window, { largest });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          // Null in a shadow root, where all that a script draws is.
          largest.push(
            (entry as PerformanceEntry & { element?: Element }).element?.className ?? "",
          );
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    await page.setViewportSize({ width: 412, height: 823 });
    await page.goto(`${site}?lang=${language}`);
    await expect(page.locator("init-propagation")).toHaveAttribute("aria-busy", "false");
    await expect(page.locator("init-propagation figcaption").first()).toBeVisible();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const largest = await page.evaluate(() => (window as unknown as { largest: string[] }).largest);
    expect(largest.at(-1)).toBe("tagline");
  });
