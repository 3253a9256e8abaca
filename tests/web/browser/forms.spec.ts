/** What is wrong in a form or a link: refused in words, at its place, and kept. */
import { expect, settled, test } from "./support.js";

const badValues = {
  propagation: {
    Depth: ["", "0", "-3", "1.5", "1000000000", "NaN", "many"],
    Width: ["", "0", "2000"],
    Batch: ["0", "-1", "2.5"],
    // Empty is no error here: the field then follows the width.
    "Input width": ["0", "1025", "x"],
    "Widths by layer": ["0", "64, 1025", "64, 2.5", "a, b", "64,,32"],
    "Correlation of inputs": ["", "-0.1", "1.5", "x"],
    "Networks drawn": ["", "0", "1001", "1.5"],
    Seed: ["", "-9223372036854775809", "1.5", "18446744073709551616", "x"],
  },
  phase: {
    "σ_w²": ["", "-1", "65", "x"],
    "σ_b²": ["", "-0.1", "17", "x"],
    Width: ["", "0", "1025"],
    Depth: ["0", "201", "2.5"],
    "Largest σ_w²": ["", "0", "65"],
    "Largest σ_b²": ["", "0", "17"],
  },
  distribution: {
    "Weight shape": ["", "512", "0, 5", "-1, 5", "1.5, 5", "a, b", "1,1,1,1,1,1,1,1,1"],
    Samples: ["", "0", "-1", "100000000", "1.5", "Infinity"],
    Bins: ["0", "513", "x"],
    Seed: ["", "-9223372036854775809"],
  },
} as const;

/** Values that are right for fields in which 7 is not. */
const good: Readonly<Record<string, string>> = {
  "Weight shape": "7, 7",
  "Correlation of inputs": "0.5",
};

for (const [lab, fields] of Object.entries(badValues))
  for (const [field, values] of Object.entries(fields))
    test(`bad values in the form are refused in words: ${lab}, ${field}`, async ({
      page,
      site,
    }) => {
      const name = lab as keyof typeof badValues;
      const state =
        name === "propagation" ? "v=1&depth=10&width=64&s=kaiming_normal" : `lab=${name}&v=1`;
      await page.goto(`${site}#${state}`);
      const element = await settled(page, `init-${name}`);
      const control = element.locator("init-field").filter({ hasText: field }).first();
      const input = control.getByRole("textbox").or(control.getByRole("combobox"));
      const figure = name === "propagation" ? "[data-figure=activation]" : "init-figure";
      const caption = element.locator(`${figure} figcaption`).first();
      const before = await caption.innerText();
      for (const value of values as readonly string[]) {
        await input.fill(value);
        await input.blur();
        await expect(control.getByRole("alert")).toContainText(field);
        await expect(control.getByRole("alert")).toContainText(/\d+\.\.\d+/);
        expect(await caption.innerText()).toBe(before);
      }
      await input.fill(good[field] ?? "7");
      await input.blur();
      await expect(control.getByRole("alert")).toHaveCount(0);
    });

test("biases have their parameters, checked at their field", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=10&width=64&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  await lab.getByRole("combobox", { name: "Biases" }).selectOption("normal");
  await expect(page).toHaveURL(/bias=normal&/);
  const std = lab.locator("init-field").filter({ hasText: "Std" });
  await expect(std.getByRole("textbox")).toHaveValue("1");
  await std.getByRole("textbox").fill("-1");
  await std.getByRole("textbox").blur();
  await expect(std.getByRole("alert")).toContainText("0..1000000");
  await std.getByRole("textbox").fill("0.1");
  await std.getByRole("textbox").blur();
  await expect(page).toHaveURL(/bias=normal;std:0\.1&/);
  await expect(std.getByRole("alert")).toHaveCount(0);
  await page.goto(`${site}#v=1&depth=10&width=64&bias=kaiming_normal&s=kaiming_normal`);
  await expect(lab.getByRole("alert")).toContainText("Biases must be one of zeros, ones");
});

test("bad parameters of a scheme are refused at their field, and what was typed stays", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=distribution&v=1&s=normal`);
  const lab = await settled(page, "init-distribution");
  await lab.getByRole("button", { name: "Parameters of Normal" }).click();
  const std = lab.locator("init-schemes init-field").filter({ hasText: "Std" });
  const input = std.getByRole("textbox");
  for (const value of ["", "-1", "1e999", "wide"]) {
    await input.fill(value);
    await input.blur();
    await expect(std.getByRole("alert")).toContainText("0..1000000");
    await expect(input).toHaveValue(value);
  }
  await input.fill("0.02");
  await input.blur();
  await expect(page).toHaveURL(/s=normal;std:0\.02/);
});

test("contradicting parameters and too much work are refused by the core, at their field", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=distribution&v=1&s=uniform;a:3`);
  const lab = page.locator("init-distribution");
  await lab.getByRole("button", { name: "Parameters of Uniform" }).click();
  await expect(lab.locator("init-field").filter({ hasText: "a must be below" })).toBeVisible();
  await page.goto(`${site}#v=1&depth=200&width=1024&batch=1024`);
  await expect(
    page.locator("init-propagation").getByText("at most 32 layers at width 1024 and batch 1024"),
  ).toBeVisible();
});

test("what is refused, and what is being typed, survives a change of language and theme", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=200&width=1024&batch=1024`);
  const lab = page.locator("init-propagation");
  await expect(lab.getByText("at most 32 layers at width 1024")).toBeVisible();
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await expect(lab.getByText("at most 32 layers at width 1024")).toBeVisible();
  // Letting go of a slider where it stands says the same state once more.
  await lab
    .getByRole("slider", { name: "Depth" })
    .evaluate((input) => input.dispatchEvent(new Event("change")));
  await expect(lab.getByText("at most 32 layers at width 1024")).toBeVisible();
  const depth = lab.locator("init-field").filter({ hasText: "Depth" }).getByRole("textbox");
  await depth.fill("999");
  await depth.blur();
  await page.getByRole("button", { name: "Language" }).click();
  await expect(lab.getByText("深度必须在 1..200 之内")).toBeVisible();
  await expect(lab.getByRole("textbox").first()).toHaveValue("999");
});

test("a link that is partly wrong says so and uses the rest", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=10&width=64&colour=red&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  await expect(lab.getByText("colour is not a field here")).toBeVisible();
  await expect(lab.locator("[data-figure=activation] figcaption")).toContainText("to layer 10");
});

test("a bias has the parameters that it reads, and weights have theirs", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=5&width=16&bias=edge_of_chaos&s=edge_of_chaos`);
  const lab = await settled(page, "init-propagation");
  const bias = lab.locator("init-scheme-field");
  await expect(bias.getByLabel("σ_b", { exact: true })).toBeVisible();
  await expect(bias.getByLabel("σ_w", { exact: true })).toHaveCount(0);
  await lab.getByRole("button", { name: /^Parameters of/ }).click();
  const editor = lab.locator("init-schemes #editor");
  await expect(editor.getByLabel("σ_w", { exact: true })).toBeVisible();
  await expect(editor.getByLabel("σ_b", { exact: true })).toHaveCount(0);
});
