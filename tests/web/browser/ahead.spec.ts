/** Theory follows at once what is set, and the simulation at its own pace, named as following. */
import type { Locator } from "@playwright/test";
import { csvOf, expect, hold, holdAnswers, release, settled, test } from "./support.js";

const figure = (lab: Locator, name: string) => lab.locator(`[data-figure=${name}]`);
const drawing = (lab: Locator, name: string) => figure(lab, name).locator(".drawing svg");
const lines = (lab: Locator, name: string) => drawing(lab, name).locator("[data-theory]");
/** The layer at which a drawing's axis ends. */
const depthOf = (lab: Locator, name: string) =>
  drawing(lab, name)
    .locator("text")
    .evaluateAll((all) =>
      Math.max(...all.map((text) => Number(/^\d+$/.exec(text.textContent)?.[0] ?? 0))),
    );

/** Moves the slider of the depth by keys, as a drag does. */
async function drag(lab: Locator, steps: number): Promise<void> {
  const slider = lab.getByRole("slider", { name: "Depth", exact: true });
  await slider.evaluate((input: HTMLInputElement, by) => {
    for (let i = 0; i < by; ++i) {
      input.value = String(Number(input.value) + 1);
      input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    }
  }, steps);
}

for (const motion of ["reduce", "no-preference"] as const)
  test(`while the simulation is held back theory has followed, and after it all is measured (${motion})`, async ({
    page,
    site,
  }) => {
    await page.emulateMedia({ reducedMotion: motion });
    await holdAnswers(page, "propagation"); // theory is answered by the other worker
    await page.goto(`${site}#v=1&depth=20&width=64&s=kaiming_normal&s=xavier_normal`);
    const lab = await settled(page, "init-propagation");
    const caption = figure(lab, "activation").locator("figcaption");
    await expect(caption).toContainText("layer 20");
    await hold(page);
    await drag(lab, 15);
    await expect(lines(lab, "activation")).toHaveCount(2);
    await expect(lines(lab, "gradient")).toHaveCount(2);
    await expect.poll(() => depthOf(lab, "activation")).toBe(35);
    await expect.poll(() => depthOf(lab, "gradient")).toBe(35);
    await expect(drawing(lab, "flow")).toContainText("Layer 35");
    await expect(drawing(lab, "flow")).toContainText("theory; simulation follows");
    await expect(drawing(lab, "activation")).toContainText("simulation follows; pale: the last");
    // What was measured is seen, paler; its words are those of its own settings, and named so.
    const before = drawing(lab, "activation").locator("[data-before]").first();
    expect(Number(await before.getAttribute("fill-opacity"))).toBeLessThan(0.5);
    await expect(caption).toContainText("layer 20");
    await expect(lab.locator(".standing")).toContainText("The last answer: Depth 20.");
    expect(await csvOf(page, "init-propagation:visible", "activation")).toHaveLength(22);
    // Theory that is true is not dimmed, what is of before is.
    const opacity = (one: Locator) => one.evaluate((e) => Number(getComputedStyle(e).opacity));
    await expect.poll(() => opacity(figure(lab, "activation"))).toBe(1);
    await expect.poll(() => opacity(caption)).toBe(0.6);
    await expect.poll(() => opacity(figure(lab, "activations"))).toBe(0.6);
    await release(page);
    await expect(caption).toContainText("layer 35");
    await expect(lines(lab, "activation")).toHaveCount(0);
    await expect(drawing(lab, "activation").locator("[data-mark=dot]")).toHaveCount(2);
    await expect(drawing(lab, "flow")).not.toContainText("simulation follows");
    await expect.poll(() => opacity(caption)).toBe(1);
    expect(await csvOf(page, "init-propagation:visible", "activation")).toHaveLength(37);
  });

test("a simulation that is called off does not follow, and is not said to", async ({
  page,
  site,
}) => {
  await holdAnswers(page, "propagation"); // theory is answered by the other worker
  await page.goto(`${site}#v=1&depth=5&width=16&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  await hold(page);
  await drag(lab, 3);
  await expect(lines(lab, "activation")).toHaveCount(1);
  await lab.evaluate((element) => {
    element.shadowRoot
      ?.querySelector(".lab")
      ?.dispatchEvent(new CustomEvent("init-cancel", { bubbles: true }));
  });
  await release(page);
  await expect(lab.getByRole("alert")).toContainText("Cancelled.");
  await expect(lines(lab, "activation")).toHaveCount(0);
  await expect(drawing(lab, "activation")).not.toContainText("simulation follows");
});

test("theory is drawn in the task of the input, which no worker can do, on the elements that are there", async ({
  page,
  site,
}) => {
  await holdAnswers(page, "propagation");
  await page.goto(`${site}#v=1&depth=20&width=64&s=kaiming_normal&s=xavier_normal`);
  const lab = await settled(page, "init-propagation");
  await hold(page);
  const slider = lab.getByRole("slider", { name: "Depth", exact: true });
  /** How many layers more a line has at once than the slider says, and whether it is the element that it was. */
  const step = () =>
    slider.evaluate((input: HTMLInputElement) => {
      const figure = document
        .querySelector("init-propagation")
        ?.shadowRoot?.querySelector("[data-figure=activation]");
      const line = () => figure?.shadowRoot?.querySelector("[data-theory]");
      const before = line();
      input.value = String(Number(input.value) + 1);
      input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      const points = line()?.getAttribute("d")?.split("L").length ?? NaN;
      return { more: points - 1 - Number(input.value), same: before === line() };
    });
  await slider.hover(); // which brings the module
  // A machine that is busy may need a second try: what takes longer than a frame is a worker's.
  await expect.poll(step).toEqual({ more: 0, same: true });
  await release(page);
});
