/** No stale answer under new words: what is shown is the present state's, or named as the last. */
import type { Locator } from "@playwright/test";
import { expect, hold, holdAnswers, release, settled, test } from "./support.js";

const standing = (lab: Locator) => lab.locator(".standing");
const field = (lab: Locator, name: string) =>
  lab.locator("init-field").filter({ hasText: name }).locator('input[type="text"]');

async function set(lab: Locator, name: string, value: string): Promise<void> {
  await field(lab, name).fill(value);
  await field(lab, name).press("Tab");
}

/** Where it lies on the page, which a field that gets the focus may scroll. */
const placeOf = (figure: Locator) =>
  figure.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + scrollX, y: y + scrollY, width, height };
  });

/**
 * How much of the figures and texts is seen; what is of now, as theory is in figures that it is drawn in, and the
 * player are not meant.
 */
const opacities = (lab: Locator) =>
  lab
    .locator(".shown > .figures > :not(init-player, .now, [data-ahead], :has([data-ahead]))")
    .evaluateAll((all) => [...new Set(all.map((each) => getComputedStyle(each).opacity))]);

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await holdAnswers(page);
});

for (const [lab, state, name, value, was] of [
  ["propagation", "depth=5&width=32&s=zeros", "Depth", "6", "Depth 5"],
  ["phase", "depth=5&s=kaiming_normal", "Depth", "6", "Depth 5"],
  ["distribution", "shape=8,8&samples=1000&s=normal", "Bins", "60", "Bins 96"],
  ["training", "depth=2&steps=20&s=kaiming_normal", "Depth", "3", "Depth 2"],
  ["symmetry", "depth=3&steps=20&s=kaiming_normal", "Depth", "4", "Depth 3"],
] as const)
  test(`${lab}: the last answer is dimmed and named while the new one is computed`, async ({
    page,
    site,
  }) => {
    await page.goto(`${site}#lab=${lab}&v=1&${state}`);
    const element = await settled(page, `init-${lab}`);
    await expect(standing(element)).toHaveText("");
    expect(await opacities(element)).toEqual(["1"]);
    const figure = element.locator("init-figure").first();
    const before = await placeOf(figure);
    await hold(page);
    await set(element, name, value);
    await expect(standing(element)).toHaveText(
      `The last answer: ${was}. The new one is being computed.`,
    );
    await expect(standing(element)).toHaveAttribute("role", "status");
    expect(await opacities(element)).toEqual(["0.6"]);
    expect(await placeOf(figure)).toEqual(before);
    await release(page);
    await expect(standing(element)).toHaveText("");
    expect(await opacities(element)).toEqual(["1"]);
  });

test("what is refused, by the page or by the core, leaves the last answer under its own name", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training&v=1&depth=2&steps=20&s=kaiming_normal`);
  const lab = await settled(page, "init-training");
  await set(lab, "Learning rate", "-1");
  await expect(standing(lab)).toHaveText(
    "The last answer: Learning rate 0.03. What is set now has none yet.",
  );
  expect(await opacities(lab)).toEqual(["0.6"]);
  await set(lab, "Learning rate", "0.03");
  await expect(standing(lab)).toHaveText("");
  await set(lab, "Batch", "1024"); // more than there are to train on: the core says so
  await expect(lab.locator("init-field [role=alert]")).toContainText("1000 samples to train on");
  await expect(standing(lab)).toContainText("What is set now has none yet.");
  await page.getByRole("button", { name: "Language" }).click();
  await expect(standing(lab)).toHaveText(/上一次的结果：批\S* 64。当前设置还没有结果。/);
});

test("an old race neither plays nor has the new one's names before the new one's first frames", async ({
  page,
  site,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto(`${site}#lab=training&v=1&depth=2&steps=600&s=kaiming_normal&s=zeros`);
  const lab = await settled(page, "init-training");
  await lab.getByRole("button", { name: "Back to the start" }).click();
  await lab.getByRole("button", { name: "Play" }).click();
  await hold(page);
  await lab.getByRole("button", { name: "He uniform and He normal are alike" }).click();
  await expect(lab.getByRole("button", { name: "Parameters of He uniform" })).toBeVisible();
  await expect(standing(lab)).toContainText("The last answer: He normal, Zeros, Data set circles");
  await expect(lab.getByRole("button", { name: "Play" })).toBeVisible(); // it is paused
  const facts = lab.locator("ul.facts");
  await expect(facts).toContainText("Zeros");
  const step = await lab.locator(".player output").textContent();
  await page.waitForTimeout(400);
  expect(await lab.locator(".player output").textContent()).toBe(step);
  await release(page);
  await expect(facts).toContainText("He uniform");
  await expect(facts).not.toContainText("Zeros");
  await expect(standing(lab)).toHaveText("");
  await expect(lab.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("a run that diverged is said to have, while the others still learn", async ({
  page,
  site,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto(`${site}#lab=training`);
  const lab = page.locator("init-training:visible");
  const facts = lab.locator("ul.facts");
  await expect(facts).toContainText("Normal diverges: at step 2");
  await expect(facts).toContainText("so far"); // the race goes on
  await expect(facts).not.toContainText(/Normal: \d+\s% of the test set are right so far/);
});

test("a race that was cancelled is not judged as one that is over", async ({ page, site }) => {
  await page.goto(
    `${site}#lab=training&v=1&depth=30&width=128&steps=2000&repeats=20&s=xavier_normal`,
  );
  const lab = page.locator("init-training:visible");
  await expect(lab.locator("ul.facts")).toContainText("so far");
  await lab.locator("init-player").getByRole("button", { name: "Cancel" }).click();
  await expect(lab.getByRole("alert")).toContainText("Cancelled.");
  await expect(lab.locator("ul.facts")).toContainText("so far");
  await expect(lab.locator("ul.facts")).not.toContainText("stalls");
  await lab.getByRole("button", { name: "Play" }).click();
  await expect(lab.getByRole("button", { name: "Play" })).toBeVisible(); // no more will come
});

test("a layer's bias is looked at: schemes without a vector say so, the others are shown", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=distribution&v=1&samples=1000&s=zeros&s=kaiming_normal`);
  const lab = await settled(page, "init-distribution");
  await lab.getByText("Shape of a layer").click();
  const layers = lab.locator("init-library-layer");
  await layers.getByRole("button", { name: "weight [256, 784]" }).click();
  await expect(layers.getByRole("status")).toContainText("Numbers are initscope’s own now.");
  await layers.getByRole("button", { name: "Numbers: PyTorch" }).click();
  await expect(page).toHaveURL(/generator=torch/);
  await expect(layers.getByRole("status")).toHaveCount(0);
  await expect(lab.locator("init-take-home #numbers")).toContainText("tensor([[-0.0003,  0.0192");
  await layers.getByRole("button", { name: "bias [256]" }).click();
  await expect(layers).toContainText("A layer of PyTorch draws bias after");
  const seen = async () => {
    await expect(lab.locator(".now")).toHaveText(
      /^\s*■\s+He normal: Weight shape must have 2\.\.8 extents, not 1\.?\s*$/,
    );
    await expect(lab.locator("init-figure").first().locator("figcaption")).toContainText("Uniform");
    await expect(lab.locator("#statistics")).toContainText("Uniform");
    await expect(lab.locator("init-figure")).toHaveCount(3); // no matrix, no singular values
    await expect(lab.locator("init-take-home #numbers")).toContainText(/^\s*tensor\(\[-?\d/);
    await expect(lab.locator("init-take-home #code")).toContainText("torch.empty(256)");
    await expect(standing(lab)).toHaveText("");
  };
  await seen();
  await page.reload();
  await seen();
  // A single number has a tensor, too.
  await set(lab, "Weight shape", "1");
  await expect(lab.locator("init-take-home #code")).toContainText("torch.empty(1)");
});

test("the smallest layer has all its figures", async ({ page, site }) => {
  await page.goto(`${site}#lab=distribution&v=1&shape=1,1&samples=1&s=kaiming_normal&s=zeros`);
  const lab = await settled(page, "init-distribution");
  await expect(lab.locator("init-figure")).toHaveCount(5);
  await expect(lab.locator("init-take-home #numbers")).toContainText("tensor([[");
});

test("chips: eight at most with the reason, Escape shuts one, twins have what sets them apart", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=5&width=16`);
  const lab = await settled(page, "init-propagation");
  await lab.getByRole("button", { name: "He with GELU" }).click();
  await expect(lab.getByRole("button", { name: "Parameters of He normal, tanh" })).toBeVisible();
  const chip = lab.getByRole("button", { name: "Parameters of He normal, leaky_relu" });
  await chip.click();
  await lab
    .getByRole("textbox", { name: "Leaky slope" })
    .or(lab.locator("#editor input"))
    .first()
    .focus();
  await page.keyboard.press("Escape");
  await expect(lab.locator("#editor")).toHaveCount(0);
  await expect(chip).toBeFocused();
  await page.goto(
    `${site}#v=1&depth=5&width=16&s=zeros&s=ones&s=normal&s=uniform&s=eye&s=orthogonal&s=lecun_normal&s=siren`,
  );
  const add = lab.getByRole("button", { name: "Add a scheme" });
  await expect(add).toBeDisabled();
  await expect(add).toHaveAccessibleDescription("8 at most: remove one to add another.");
  await lab.getByRole("button", { name: "Remove Ones" }).click();
  await expect(add).toBeEnabled();
});

test("the preset that is set is marked, and no other", async ({ page, site }) => {
  await page.goto(`${site}#v=1`);
  const lab = await settled(page, "init-propagation");
  const pressed = lab.locator('.presets [aria-pressed="true"]');
  await expect(pressed).toHaveText(["ReLU, 50 layers"]);
  await lab.getByRole("button", { name: "Sigmoid saturates" }).click();
  await expect(pressed).toHaveText(["Sigmoid saturates"]);
  await set(lab, "Depth", "21");
  await expect(pressed).toHaveCount(0);
});

test("a table of one's own counts its target apart, and is not called a link's", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training&v=1&depth=2&steps=20&s=kaiming_normal`);
  const lab = await settled(page, "init-training");
  await lab.getByRole("combobox", { name: "Data set" }).selectOption("data");
  const said = lab.locator("init-table-field [role=status]");
  await expect(said).toHaveText("Choose a file of your own. A link does not hold its numbers.");
  await expect(standing(lab)).toHaveText(
    "The last answer: Data set circles. What is set now has none yet.",
  );
  const rows = Array.from({ length: 200 }, (_, i) => `${i % 11},${i % 7},${i % 2}`).join("\n");
  await lab
    .locator('input[type="file"]')
    .setInputFiles({ name: "table.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  await expect(said).toHaveText("table.csv: 200 samples, each of 2 inputs and a target");
  await expect(standing(lab)).toHaveText("");
});
