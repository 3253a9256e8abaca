/** Figures as they are read: the cursor, its readout, long names, and the network at a point. */
import type { Page } from "@playwright/test";
import { expect, settled, test } from "./support.js";

const figure = (page: Page, name: string) =>
  page.locator(`init-propagation:visible [data-figure=${name}]`);

test("the readout moves nothing below it, whatever it says", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(
    `${site}#v=1&depth=30&width=64&batch=16&s=kaiming_normal&s=xavier_normal&s=normal&s=torch_linear`,
  );
  await settled(page, "init-propagation");
  const first = figure(page, "activation");
  const caption = first.locator("figcaption");
  const top = () => caption.evaluate((element) => element.getBoundingClientRect().top + scrollY);
  const before = await top();
  await first.locator(".drawing").focus();
  for (const key of ["Home", ...Array.from({ length: 12 }, () => "ArrowRight"), "End"]) {
    await page.keyboard.press(key);
    await expect(first.locator(".readout")).toContainText("Layer");
    expect(await top()).toBe(before);
  }
});

test("figures of a lab share the cursor's layer, and one alone says its values aloud", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&batch=16`);
  await settled(page, "init-propagation");
  const [signal, gradient] = [figure(page, "activation"), figure(page, "gradient")];
  await signal.locator(".drawing").focus();
  await page.keyboard.press("Home");
  // Layer 0, the inputs, is no layer of the gradient.
  await expect(signal.locator(".readout")).toContainText("Layer 0:");
  await expect(gradient.locator(".readout")).toBeEmpty();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  for (const one of [signal, gradient]) {
    await expect(one.locator(".readout")).toContainText("Layer 2:");
    await expect(one.locator(".cursor")).toHaveCount(1);
  }
  await expect(signal.locator(".readout")).toHaveAttribute("aria-live", "polite");
  await expect(gradient.locator(".readout")).toHaveAttribute("aria-live", "off");
  await page.keyboard.press("Escape");
  await expect(gradient.locator(".readout")).toBeEmpty();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a tap shows the values, and they stay", async ({ page, site }) => {
    await page.goto(`${site}#v=1&depth=10&width=64&batch=16`);
    await settled(page, "init-propagation");
    const first = figure(page, "activation");
    await first.locator(".drawing").tap();
    await expect(first.locator(".readout")).toContainText(/Layer \d+:/);
    await page.waitForTimeout(300);
    await expect(first.locator(".readout")).toContainText(/Layer \d+:/);
  });

  test("long names leave the plot most of its width and end within the figure", async ({
    page,
    site,
  }) => {
    await page.goto(
      `${site}#v=1&depth=10&width=64&batch=16&s=kaiming_normal;nonlinearity:leaky_relu;a:0.123456&s=kaiming_normal;nonlinearity:tanh&s=xavier_normal`,
    );
    const lab = await settled(page, "init-propagation");
    const svg = lab.locator("[data-figure=activation] svg").first();
    const found = await svg.evaluate((element) => {
      const box = element.getBoundingClientRect();
      const grid = element.querySelector('[data-mark="y-grid"] line')?.getBoundingClientRect();
      const labels = [...element.querySelectorAll('text[font-weight="600"]')];
      return {
        plot: (grid?.width ?? 0) / box.width,
        beyond: Math.max(...labels.map((t) => t.getBoundingClientRect().right)) - box.right,
        names: labels.map((t) => t.querySelector("title")?.textContent ?? t.textContent),
        labels: labels.map((t) =>
          [...t.childNodes]
            .filter((n) => n.nodeName !== "title")
            .map((n) => n.textContent)
            .join("|"),
        ),
      };
    });
    expect(found.plot).toBeGreaterThan(0.55);
    expect(found.beyond).toBeLessThanOrEqual(0);
    expect(found.names).toHaveLength(3);
    expect(new Set(found.labels).size).toBe(3); // twins are told apart
    expect(found.names.some((name) => name.includes("leaky_relu"))).toBe(true);
  });
});

test("the network at a point and the plane have one activation: set below, kept in the address", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=phase&v=1`);
  const plane = await settled(page, "init-phase");
  const network = await settled(page, "init-propagation");
  await expect(network.locator("[data-figure=activation] figcaption")).toContainText("σ_w² = 1.5:");
  await network
    .locator("init-field")
    .filter({ hasText: "Activation" })
    .locator("select")
    .selectOption("relu");
  await expect(plane.locator("init-figure h3").first()).toHaveText("Phase plane of relu");
  await expect(page).toHaveURL(/lab=phase.*activation=relu/);
  // Only the point is critical with relu: no line is spoken of.
  const caption = plane.locator("init-figure figcaption").first();
  await expect(caption).toContainText("one point: the star");
  await expect(caption).not.toContainText("The line");
  await page.goBack();
  await expect(plane.locator("init-figure h3").first()).toHaveText("Phase plane of tanh");
  await expect(
    network.locator("init-field").filter({ hasText: "Activation" }).locator("select"),
  ).toHaveValue("tanh");
});

test("a place's name stands next to its marker", async ({ page, site }) => {
  await page.goto(`${site}#lab=phase&v=1`);
  const plane = await settled(page, "init-phase");
  const distance = await plane
    .locator("init-figure svg")
    .first()
    .evaluate((svg) => {
      const text = [...svg.querySelectorAll("text")].find((t) => t.textContent === "He normal");
      const dots = [...svg.querySelectorAll('[data-mark="dot"] > *')];
      const to = text?.getBoundingClientRect();
      if (!to) return NaN;
      return Math.min(
        ...dots.map((dot) => {
          const box = dot.getBoundingClientRect();
          return Math.abs(to.left - box.left) < 20 ? box.top - to.bottom : Infinity;
        }),
      );
    });
  expect(distance).toBeLessThan(18);
});
