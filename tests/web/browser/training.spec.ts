/** The training and symmetry labs as a reader uses them. */
import { csvOf, drawAll, expect, settled, test } from "./support.js";
import type { Locator, Page } from "@playwright/test";

/** Waits until the race on the page has been played to its end. */
async function played(page: Page, lab: "init-training" | "init-symmetry", steps: number) {
  const element = await settled(page, lab);
  await expect(element.locator(".player output")).toHaveText(`Step ${steps} of ${steps}`, {
    timeout: 20_000,
  });
  return element;
}

const output = (lab: Locator) => lab.locator(".player output");

test("the default race tells the story: He learns, Xavier stalls, N(0, 1) diverges, zeros do nothing", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training`);
  const lab = await played(page, "init-training", 600);
  const facts = lab.locator("ul.facts");
  await expect(facts).toContainText("He normal learns: ");
  await expect(facts).toContainText("Xavier normal stalls near chance");
  await expect(facts).toContainText("The gradient shrinks by 1");
  await expect(facts).toContainText(/Normal diverges: at step \d/);
  await expect(facts).toContainText("Zeros does not learn: no weight moves");
  await drawAll(page, "init-training");
  const [head = [], ...rows] = await csvOf(page, "init-training", "loss");
  expect(rows).toHaveLength(61);
  const column = (name: string) =>
    head.findIndex((title) => title === `"${name}"` || title === name);
  expect(Number(rows[60]?.[column("He normal: score")])).toBeGreaterThan(0.9);
  expect(Number(rows[60]?.[column("Xavier normal: score")])).toBeLessThan(0.6);
});

test("what networks make of the plane is in the first screen, before the curves", async ({
  page,
  site,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [width, height, seen] of [
    [1440, 900, 1],
    [390, 844, 0.4],
  ] as const) {
    await page.goto("about:blank");
    await page.setViewportSize({ width, height });
    await page.goto(`${site}#lab=training&v=1&depth=3&steps=60&s=kaiming_normal&s=zeros`);
    const lab = await settled(page, "init-training");
    await expect(lab.locator("init-figure").first()).toHaveAttribute("data-figure", "boundary");
    await expect(lab.locator("[data-figure=boundary] svg")).toBeInViewport({ ratio: seen });
  }
});

test("a race is played, paused, stepped and taken back to the same draw", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training&v=1&depth=3&steps=120&s=kaiming_normal`);
  const lab = await played(page, "init-training", 120);
  const caption = lab.locator("[data-figure=loss] figcaption");
  const atEnd = await caption.textContent();
  await lab.getByRole("button", { name: "Back to the start" }).click();
  await expect(output(lab)).toHaveText("Step 0 of 120");
  await expect(caption).toContainText("at step 0.");
  await lab.getByRole("button", { name: "One frame on" }).click();
  await lab.getByRole("button", { name: "One frame on" }).click();
  await expect(output(lab)).toHaveText("Step 4 of 120");
  await lab.getByRole("combobox", { name: "Speed" }).selectOption("4");
  await lab.getByRole("button", { name: "Play" }).click();
  await expect(lab.getByRole("button", { name: "Pause" })).toBeVisible();
  await lab.getByRole("button", { name: "Pause" }).click();
  await expect(lab.getByRole("button", { name: "Play" })).toBeVisible();
  await lab.getByRole("slider", { name: "Step shown" }).fill("60");
  await expect(output(lab)).toHaveText("Step 120 of 120");
  await expect(caption).toHaveText(atEnd ?? "");
});

test("figures follow the playing run, and nothing plays where motion is reduced", async ({
  page,
  site,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${site}#lab=training&v=1&depth=3&steps=300&s=kaiming_normal`);
  const lab = await settled(page, "init-training");
  await expect(output(lab)).toHaveText("Step 300 of 300");
  await expect(lab.getByRole("button", { name: "Play" })).toBeVisible();
});

test("a change of a field is a new race; a bad one says so and leaves the last", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training&v=1&depth=3&steps=60&s=kaiming_normal&s=zeros`);
  const lab = await played(page, "init-training", 60);
  const rate = lab.locator("init-field").filter({ hasText: "Learning rate" }).getByRole("textbox");
  await rate.fill("-1");
  await rate.press("Enter");
  await expect(lab.locator("init-field [role=alert]")).toContainText("0..1000");
  await expect(output(lab)).toHaveText("Step 60 of 60");
  await rate.fill("0.5");
  await rate.press("Enter");
  await expect(page).toHaveURL(/learning_rate=0.5/);
  await played(page, "init-training", 60);
  const batch = lab.locator("init-field").filter({ hasText: "Batch" }).getByRole("textbox");
  await batch.fill("1024");
  await batch.press("Enter");
  await expect(lab.locator("init-field [role=alert]")).toContainText("1000 samples to train on");
});

test("a table of one's own is learned, and a wrong one is refused in words", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training&v=1&depth=2&steps=200&learning_rate=0.1&s=kaiming_normal`);
  const lab = await played(page, "init-training", 200);
  await lab.getByRole("combobox", { name: "Data set" }).selectOption("data");
  const rows = Array.from({ length: 200 }, (_, i) => `${i % 11},${i % 7},${i % 11 > 4 ? 1 : 0}`);
  const file = (text: string) => ({
    name: "own.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  const input = lab.locator('input[type="file"]');
  await input.setInputFiles(file("1,2,x\n"));
  await expect(lab.locator("init-table-field [role=status]")).toContainText("No finite number");
  await input.setInputFiles(file(rows.join("\n")));
  await expect(page).toHaveURL(/data_set=data&samples=200/);
  await played(page, "init-training", 200);
  await expect(lab.locator("ul.facts")).toContainText("He normal learns");
});

test("constants stay one unit and do no better than one; noise and random weights part", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=symmetry`);
  const lab = await played(page, "init-symmetry", 600);
  const facts = lab.locator("ul.facts").first();
  await expect(facts).toContainText("0.5: the 8 units are copies of one another, bit for bit.");
  await expect(facts).toContainText("0.5 ± 0.01: all 8 units differ.");
  await expect(facts).toContainText(/one unit per layer reaches \d+\.?\d*% at best, in 20 runs/);
  await drawAll(page, "init-symmetry");
  const [, ...rows] = await csvOf(page, "init-symmetry", 0);
  for (const row of rows) expect(new Set(row.slice(1, 9)).size).toBe(1); // one line for eight units
  expect(new Set(rows.at(-1)?.slice(9, 17)).size).toBe(8);
});

test("zeros train the last bias alone, and the page says so in both languages", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=symmetry&v=1&activation=relu&steps=60&s=zeros`);
  const lab = await played(page, "init-symmetry", 60);
  await expect(lab.locator("ul.facts").first()).toContainText("the last bias alone learns");
  await expect(lab.locator("figcaption").nth(4)).toContainText("exactly 0 for every unit");
  await page.getByRole("button", { name: "Language" }).click();
  await expect(lab.locator("ul.facts").first()).toContainText("只有最后的偏置在学习");
});
