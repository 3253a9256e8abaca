/** From the verdict: one cure, its code, there and back; into the training lab and back; and what a search finds. */
import type { Locator, Page } from "@playwright/test";
import { csvOf, expect, settled, test } from "./support.js";

const STATE = "v=1&depth=20&width=64&batch=32&s=xavier_normal&s=lecun_normal";
const TRAINED =
  "v=1&activation=leaky_relu&depth=20&width=64&batch=32&seed=7&s=xavier_normal&s=lecun_normal";
const hashOf = (page: Page) => new URL(page.url()).hash;
const codeOf = (cure: Locator) => cure.locator("init-net-code #code");

async function open(page: Page, site: string, state: string) {
  await page.goto(`${site}?lang=en#${state}`);
  const lab = await settled(page, "init-propagation");
  await lab.locator("ul.verdict").scrollIntoViewIfNeeded();
  const place = lab.locator("init-cure");
  if ((await place.count()) > 0) await place.scrollIntoViewIfNeeded();
  return { lab, cure: lab.locator("init-cure") };
}

test("a cure changes the figures, has its code beside it, and is taken back to the same address", async ({
  page,
  site,
}) => {
  const { lab, cure } = await open(page, site, STATE);
  await expect(cure).toContainText("Better: He normal");
  const before = hashOf(page);
  const numbers = await csvOf(page, "init-propagation", "activation");
  await expect(codeOf(cure)).toContainText("kaiming_normal_");
  await cure.getByRole("button", { name: "JAX, Flax" }).click();
  await expect(codeOf(cure)).toContainText("from flax import");
  await cure.getByRole("button", { name: "Keras" }).click();
  await expect(codeOf(cure)).toContainText("keras");
  const promised = await cure.locator(".said tbody td:nth-child(3)").allTextContents();
  const height = () => cure.evaluate((element) => element.getBoundingClientRect().height);
  const room = await height();
  await cure.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page).toHaveURL(/s=kaiming_normal;nonlinearity:relu&s=lecun_normal/);
  await expect(cure).toContainText("Applied: He normal");
  await expect(cure.locator("h4").first()).toBeFocused(); // the button is gone
  await expect(lab).toHaveAttribute("aria-busy", "false");
  // What was promised is what came, in the same room.
  await expect(cure.locator(".said tbody td:nth-child(3)")).toHaveText(promised);
  expect(await height()).toBe(room);
  const cured = await csvOf(page, "init-propagation", "activation");
  expect(cured).not.toEqual(numbers);
  await cure.getByRole("button", { name: "Undo" }).click();
  await expect(cure).toContainText("Better: He normal");
  await expect(lab).toHaveAttribute("aria-busy", "false");
  expect(hashOf(page)).toBe(before);
  expect(await csvOf(page, "init-propagation", "activation")).toEqual(numbers);
  await expect(cure.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("before and after are trained side by side, and both ways back lead to the same state", async ({
  page,
  site,
}) => {
  const { cure } = await open(page, site, TRAINED);
  await cure.getByRole("button", { name: "Train before and after" }).click();
  await expect(page).toHaveURL(/lab=training/);
  const trained = hashOf(page);
  for (const part of [
    "activation=leaky_relu",
    "seed=7",
    "depth=20",
    "width=64",
    "s=xavier_normal&s=kaiming_normal",
  ])
    expect(trained).toContain(part);
  expect(trained).not.toContain("lecun_normal");
  const training = await settled(page, "init-training");
  await page.goBack();
  await settled(page, "init-propagation");
  const state = hashOf(page);
  expect(state).toBe(`#${TRAINED}`);
  await expect(cure.getByRole("button", { name: "Train before and after" })).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(/lab=training/);
  expect(hashOf(page)).toBe(trained);
  await training.getByRole("button", { name: "Back to signal and gradient" }).click();
  await settled(page, "init-propagation");
  expect(hashOf(page)).toBe(state);
});

test("a training that nothing was handed to leads nowhere back", async ({ page, site }) => {
  await page.goto(`${site}?lang=en#lab=training&v=1&steps=10`);
  const training = await settled(page, "init-training");
  await expect(training.locator(".back")).toHaveCount(0);
});

for (const width of [360, 1280])
  test(`a cure that comes late moves nothing that is read: ${width}`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript(() => {
      const places: number[] = [];
      (window as unknown as { places: number[] }).places = places;
      // What the cure takes, whenever there is a frame: before its code has come, too.
      const look = () => {
        const root = document.querySelector("init-propagation")?.shadowRoot;
        const cure = root?.querySelector("init-cure");
        if (cure) places.push(Math.round(cure.getBoundingClientRect().height));
        requestAnimationFrame(look);
      };
      look();
    });
    const { cure } = await open(page, site, STATE);
    await expect(codeOf(cure)).toBeAttached();
    const heights = await page.evaluate(() => (window as unknown as { places: number[] }).places);
    expect(heights.length).toBeGreaterThan(1);
    expect([...new Set(heights)]).toHaveLength(1);
  });

test("where nothing is wrong it says so, and the code of what is there is one click away", async ({
  page,
  site,
}) => {
  const { lab, cure } = await open(page, site, "v=1&depth=5&width=256&s=kaiming_normal");
  await expect(lab.locator("ul.verdict")).toContainText("there is nothing to mend");
  await expect(cure).toHaveCount(0);
  await lab.getByText("As code").click();
  await expect(lab.locator("init-net-code #code")).toContainText("kaiming_normal_");
});

test("a net is cured in its own text and back, and what else was tried is folded", async ({
  page,
  site,
}) => {
  const { lab, cure } = await open(
    page,
    site,
    "v=1&net=depth*(res(dense,phi,dense))&depth=12&width=32&batch=16&s=kaiming_normal",
  );
  await expect(cure).toContainText("Better:");
  const before = hashOf(page);
  await cure.getByText(/Other cures that were tried \(\d+\)/).click();
  const rows = cure.locator("details tbody tr");
  expect(await rows.count()).toBeGreaterThan(3);
  const scaled = rows.filter({ hasText: "1/sqrt(" }).first();
  await scaled.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/res;scale:1\/sqrt/);
  await expect(cure).toContainText("Applied: branches times");
  await expect(lab).toHaveAttribute("aria-busy", "false");
  await cure.getByRole("button", { name: "Undo" }).click();
  await expect(cure).not.toContainText("Applied");
  expect(hashOf(page)).toBe(before);
});

test("a search among schemes finds networks too, which lead to the net", async ({ page, site }) => {
  const { lab } = await open(page, site, STATE);
  await lab.getByRole("button", { name: /Add/ }).click();
  const search = lab.getByRole("combobox", { name: "Search schemes" });
  await search.fill("batchnorm");
  const networks = lab.getByRole("group", { name: "Networks" });
  await expect(networks.getByRole("option")).toHaveText([
    "Pre-activation ResNet",
    "Post-activation ResNet",
  ]);
  // Schemes come first; the arrows go on into networks.
  await expect(lab.getByRole("option").first()).toContainText("ones");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/net=depth\*\(res\(bn,phi/);
  await expect(lab.locator("details.net")).toHaveAttribute("open", "");
});

test("below the drawn network stands what it shows; with its buttons that takes 90 pixels at most", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  const { lab } = await open(page, site, STATE);
  const figure = lab.locator("[data-figure=flow]");
  const caption = figure.locator("figcaption");
  await expect(caption).toContainText(
    /^\s*Xavier normal: the signal .+ every layer, and .+ is left at layer 20/,
  );
  const from = (await caption.boundingBox()) ?? { y: NaN };
  const to = (await figure.locator(".actions").boundingBox()) ?? { y: NaN, height: NaN };
  expect(to.y + to.height - from.y).toBeLessThanOrEqual(90);
  const how = figure.locator("details", { hasText: "on a log scale" });
  await expect(how).not.toHaveAttribute("open");
  await how.getByText("How to read it").click();
  await expect(how).toHaveAttribute("open");
});
