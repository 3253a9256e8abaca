/** The network drawn: seen first, picked by pointer and keys, marked in every figure, still when asked. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, settled, shiftOf, test, watchShifts } from "./support.js";

const figure = (page: Page, name: string) =>
  page.locator(`init-propagation:visible [data-figure=${name}]`);

/** The layer that a figure's cursor is at, by what it says. */
const readout = (page: Page, name: string) => figure(page, name).locator(".readout");

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const)
  test(`at ${width} x ${height} the drawing and a control are in the first screen`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height });
    await page.goto(site);
    const lab = await settled(page, "init-propagation");
    expect(await page.evaluate(() => scrollY)).toBe(0);
    const box = await figure(page, "flow").locator(".drawing svg").boundingBox();
    expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThan(height);
    expect(box?.width).toBeGreaterThan(0.55 * width);
    const depth = await lab.getByRole("slider", { name: "Depth" }).boundingBox();
    expect((depth?.y ?? NaN) + (depth?.height ?? NaN)).toBeLessThan(height);
  });

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])
  test(`nothing moves while the figures come, ${viewport.width} px wide`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize(viewport);
    await watchShifts(page);
    await page.goto(site);
    await settled(page, "init-propagation");
    await expect(page.locator("init-propagation ul.verdict")).toBeAttached();
    expect(await shiftOf(page)).toBe(0);
  });

test("a layer that is kept goes with a network that is no longer so deep", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal`);
  await settled(page, "init-propagation");
  const drawing = figure(page, "flow").locator(".drawing");
  await drawing.focus();
  for (const key of ["End", "Enter"]) await page.keyboard.press(key);
  await expect(readout(page, "flow")).toContainText("Layer 10:");
  await page.goto(`${site}#v=1&depth=5&width=64&batch=16&s=kaiming_normal`);
  await expect(figure(page, "flow").locator(".detail")).toContainText(/^Layer 5(?!\d)/);
  await drawing.hover();
  await page.mouse.move(5, 5);
  await expect(readout(page, "flow")).toHaveText("");
  await expect(figure(page, "flow").locator(".detail")).toContainText(/^Layer 5(?!\d)/);
});

test("a layer that is clicked is kept, and marked in every figure, until it is clicked again", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal`);
  await settled(page, "init-propagation");
  const flow = figure(page, "flow");
  const detail = flow.locator(".detail");
  const height = await flow.evaluate((element) => element.getBoundingClientRect().height);
  await expect(detail).toContainText(/^Layer 10(?!\d)/); // before one is picked
  const click = async () => {
    const width = await flow.locator("svg").evaluate((svg) => svg.clientWidth);
    await flow.locator(".drawing").click({ position: { x: 0.3 * width, y: 60 } });
    await page.mouse.move(5, 5);
  };
  await click();
  const said = (await readout(page, "flow").textContent()) ?? "";
  const layer = /^Layer (\d+):/.exec(said)?.[1] ?? "";
  expect(Number(layer)).toBeGreaterThan(1);
  expect(Number(layer)).toBeLessThan(9);
  await expect(detail).toContainText(`Layer ${layer}activations`);
  for (const name of ["activation", "gradient"]) {
    await expect(readout(page, name)).toContainText(`Layer ${layer}:`);
    await expect(figure(page, name).locator(".cursor.kept")).toHaveCount(1);
  }
  // Pointing elsewhere looks, and comes back.
  await figure(page, "gradient")
    .locator(".drawing")
    .hover({ position: { x: 60, y: 100 } });
  await expect(detail).toContainText(/^Layer 1(?!\d)/);
  await expect(flow.locator(".cursor")).toHaveCount(2);
  await page.mouse.move(5, 5);
  await expect(detail).toContainText(`Layer ${layer}activations`);
  expect(await flow.evaluate((element) => element.getBoundingClientRect().height)).toBe(height);
  await click();
  await expect(readout(page, "activation")).toBeEmpty();
  await expect(figure(page, "activation").locator(".cursor")).toHaveCount(0);
});

test("Enter keeps the layer that the arrow keys have come to, Escape lets it go", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal`);
  await settled(page, "init-propagation");
  const drawing = figure(page, "flow").locator(".drawing");
  await drawing.focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"])
    await page.keyboard.press(key);
  for (const name of ["flow", "activation", "gradient"]) {
    await expect(readout(page, name)).toContainText("Layer 3:");
    await expect(figure(page, name).locator(".cursor.kept")).toHaveCount(1);
  }
  await expect(figure(page, "flow").locator(".detail")).toContainText(/^Layer 3(?!\d)/);
  await page.keyboard.press("Escape");
  for (const name of ["flow", "activation", "gradient"])
    await expect(figure(page, name).locator(".cursor")).toHaveCount(0);
});

/** Where the strip of a layer is, as a reader sees it: what the cursor says at each place. */
async function placeOf(page: Page, layer: number): Promise<{ x: number; y: number }> {
  const drawing = figure(page, "flow").locator(".drawing");
  const box = await drawing.boundingBox();
  if (!box) throw new Error("nothing is drawn");
  for (let x = 4; x < box.width; x += 3) {
    await page.mouse.move(box.x + x, box.y + 60);
    const said = await readout(page, "flow").textContent();
    if (said?.startsWith(`Layer ${layer}:`)) return { x, y: 60 };
  }
  throw new Error("the layer is nowhere");
}

test("the histogram of layer 7's gradients is one click away, and its file has every bin", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=20&width=64&batch=32&s=kaiming_normal`);
  await settled(page, "init-propagation");
  const flow = figure(page, "flow");
  const detail = flow.locator(".detail");
  await expect(detail).toContainText("Layer 20activations");
  const position = await placeOf(page, 7);
  await page.mouse.move(5, 5);
  await expect(detail).toContainText("Layer 20activations");
  await flow.locator(".drawing").click({ position }); // all that the reader does
  await page.mouse.move(5, 5);
  await expect(detail).toContainText(/^Layer 7activationsσ [\d.]+[\d.]+% are 0/);
  await expect(detail).toContainText(/gradientσ [\d.]+ × the last’s/);
  await expect(detail).toContainText(/weightsσ 0\.17/); // sqrt(2 / 64)
  await expect(detail.locator("path[fill-opacity]")).toHaveCount(3);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    flow.getByRole("button", { name: "CSV" }).click(),
  ]);
  const [head = [], ...rows] = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const counted = rows[7]
    ?.filter((_, i) => /^∂E\/∂z (bin \d+|below|above)/.test(head[i] ?? ""))
    .map(Number);
  expect(counted).toHaveLength(66);
  expect(counted?.reduce((sum, count) => sum + count, 0)).toBe(64 * 32);
});

test("keys come to it too, and the table says the same", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=20&width=64&batch=32&s=kaiming_normal`);
  await settled(page, "init-propagation");
  const flow = figure(page, "flow");
  await expect(flow.locator(".detail")).toContainText("gradient");
  await flow.locator(".drawing").focus();
  for (const key of ["Home", ...Array<string>(7).fill("ArrowRight")])
    await page.keyboard.press(key);
  await expect(readout(page, "flow")).toContainText(
    /Layer\s7:.*gradient:\sσ\s[\d.]+,\s[\d.]+\s×\sthe\slast’s/,
  );
  await flow.getByText("Table").click();
  const head = flow.locator("thead th");
  await expect(head.filter({ hasText: "∂E/∂z standard deviation" })).toHaveCount(1);
  await expect(flow.locator("tbody tr").nth(7).locator("td")).toHaveCount(await head.count());
});

for (const width of [360, 1280])
  test(`all schemes' layers stand in rows on one axis, signal and gradient, ${width} px wide`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    const schemes = ["kaiming_normal", "xavier_normal", "normal", "zeros"];
    const state = schemes.map((id) => `s=${id}`).join("&");
    await page.goto(`${site}#v=1&depth=20&width=64&batch=32&${state}`);
    await settled(page, "init-propagation");
    for (const name of ["activationHistograms", "gradientHistograms"]) {
      const multiples = figure(page, name);
      await multiples.scrollIntoViewIfNeeded();
      const drawing = multiples.locator(".drawing svg");
      for (const said of ["He normal", "Xavier normal", "Normal", "Zeros"])
        await expect(drawing.getByText(said, { exact: true })).toHaveCount(1);
      await expect(drawing.getByText("−2", { exact: true })).toHaveCount(width < 440 ? 4 : 5);
      const box = await drawing.boundingBox();
      expect((box?.x ?? NaN) + (box?.width ?? NaN)).toBeLessThanOrEqual(width);
    }
  });

/** Counts animations from the start, however short they are. */
async function countPulses(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { animations: [] });
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own element
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...given) {
      const { duration, delay } = given[1] as { duration: number; delay: number };
      (window as unknown as { animations: number[] }).animations.push(duration + delay);
      return animate.apply(this, given);
    };
  });
  return () =>
    page.evaluate(() => (window as unknown as { animations: number[] }).animations.length);
}

test("a pulse runs there and back once, and is gone", async ({ page, site }) => {
  const pulses = await countPulses(page);
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  expect(await pulses()).toBe(2);
  const longest = await page.evaluate(() =>
    Math.max(...(window as unknown as { animations: number[] }).animations),
  );
  expect(longest).toBeLessThanOrEqual(1200);
  await expect(lab.locator(".pulse")).toHaveCount(0);
  await lab.getByRole("slider", { name: "Depth" }).press("ArrowRight");
  await expect(figure(page, "flow").locator("svg")).toContainText("Layer 11");
  expect(await pulses()).toBe(2);
});

test("nothing runs where motion is to be reduced", async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const pulses = await countPulses(page);
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal`);
  await settled(page, "init-propagation");
  expect(await pulses()).toBe(0);
});

test("tabs choose the scheme that is drawn, and the drawing follows a drag", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal&s=xavier_normal`);
  const lab = await settled(page, "init-propagation");
  const flow = figure(page, "flow");
  await expect(flow.getByRole("heading")).toHaveText("Through the network, He normal");
  await lab.locator(".tabs").first().getByRole("button", { name: "Xavier" }).click();
  await expect(flow.getByRole("heading")).toHaveText("Through the network, Xavier normal");
  const slider = lab.getByRole("slider", { name: "Depth" });
  await slider.evaluate((input: HTMLInputElement) => {
    input.value = "17";
    input.dispatchEvent(new Event("input"));
  });
  await expect(flow.locator("svg")).toContainText("Layer 17");
});

test("the blocks of a net are its drawing, unless this one is asked for by name", async ({
  page,
  site,
}) => {
  const net = "v=1&net=depth*(res(ln,dense,phi,dense))&depth=3&width=16&batch=8&s=kaiming_normal";
  await page.goto(`${site}#${net}`);
  await settled(page, "init-propagation");
  await expect(figure(page, "network").locator("svg")).toBeVisible();
  await expect(figure(page, "flow")).toHaveCount(0);
  await page.goto(`${site}embed.html#only=flow&hide=controls,text&${net}`);
  await settled(page, "init-propagation");
  await expect(page.locator("init-propagation init-figure")).toHaveCount(1);
  await expect(figure(page, "flow").locator("svg")).toContainText("res 3");
});
