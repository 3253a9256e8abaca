/** Networks of several widths or depths: named before they are drawn, drawn one size after the other, called off. */
import { readFileSync } from "node:fs";
import { expect, settled, test, watchWorkers } from "./support.js";

const open = async (page: Parameters<typeof settled>[0], site: string, state: string) => {
  await page.goto(`${site}#lab=propagation&v=1&${state}`);
  return settled(page, "init-propagation");
};

test("are computed when they are asked for, and are figures like any", async ({ page, site }) => {
  const lab = await open(page, site, "depth=6&width=64&s=kaiming_normal&s=xavier_normal");
  await expect(lab.locator("init-sweep")).toHaveCount(0);
  await lab.getByText("By width or depth").click();
  const sweep = lab.locator("init-sweep");
  await expect(
    sweep.getByText(/^3 sizes, 20 networks each, 2 schemes: about [\d.×⁰-⁹]+ mult/),
  ).toBeVisible();
  await expect(sweep.locator("init-figure")).toHaveCount(0);
  await sweep.getByRole("button", { name: "Compute" }).click();
  const gradient = sweep.locator("init-figure[data-figure=gradientByWidth]");
  await expect(gradient.locator("figcaption")).toContainText("at width 64");
  await expect(gradient.locator("progress")).toHaveCount(0);
  await expect(gradient.locator("svg").first()).toHaveAttribute(
    "aria-label",
    /^Gradient at layer 1, by width: /,
  );
  await gradient.getByText("Table").click();
  await expect(gradient.locator("tbody tr")).toHaveCount(3);
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    gradient.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(csv.suggestedFilename()).toBe("initscope-gradientByWidth.csv");
  expect(readFileSync(await csv.path(), "utf8")).toMatch(/^Width,He normal: measured,.*\n16,/);
  const [svg] = await Promise.all([
    page.waitForEvent("download"),
    gradient.getByRole("button", { name: "SVG" }).click(),
  ]);
  expect(readFileSync(await svg.path(), "utf8")).toContain("Width\u00a016–64");

  // Depth instead: the figures of before stay until there are others.
  await sweep.getByLabel("On the axis").selectOption("Depth");
  await expect(sweep.getByText(/^10 sizes, 20 networks each/)).toBeVisible();
  await expect(gradient).toBeVisible();
  await sweep.getByRole("button", { name: "Compute" }).click();
  await expect(sweep.locator("init-figure[data-figure=signalByDepth] figcaption")).toContainText(
    "at depth 20",
  );
});

test("yield to the lab, and say that they are of before", async ({ page, site }) => {
  await watchWorkers(page);
  const lab = await open(page, site, "depth=20&width=256&s=orthogonal");
  await lab.getByText("By width or depth").click();
  const sweep = lab.locator("init-sweep");
  await sweep.getByLabel("Up to").selectOption("512");
  await sweep.getByRole("button", { name: "Compute" }).click();
  await expect(sweep.locator("init-figure").first()).toBeVisible();
  await page.evaluate(() => {
    const { watched } = window;
    watched.sent = [];
    // The lab itself draws one network of a request.
    watched.onRun = ({ depth, repeats }) => {
      if (depth === 20 && repeats === 20) watched.sent.push("a size of before");
    };
  });
  const depth = lab.locator("init-field").filter({ hasText: "Depth" });
  await depth.locator("input:not([type=range])").fill("5");
  await page.keyboard.press("Enter");
  await settled(page, "init-propagation");
  await expect(sweep.getByText("The settings have changed since")).toBeVisible();
  await expect(sweep.locator("progress")).toHaveCount(0);
  // Its job was called off, and no other size of it was begun.
  const sent = await page.evaluate(() => window.watched.sent);
  expect(sent).toContain("cancel");
  expect(sent.slice(sent.indexOf("cancel"))).not.toContain("a size of before");
});

test("are cancelled, and refused where they are too many", async ({ page, site }) => {
  const lab = await open(page, site, "depth=200&width=16&s=kaiming_normal");
  await lab.getByText("By width or depth").click();
  const sweep = lab.locator("init-sweep");
  const compute = sweep.getByRole("button", { name: "Compute" });
  await sweep.getByLabel("Up to").selectOption("1024");
  await sweep.getByLabel("Networks of each size").selectOption("200");
  await expect(sweep.getByText(/The limit is/)).toBeVisible();
  await expect(compute).toBeDisabled();
  await sweep.getByLabel("Networks of each size").selectOption("50");
  await compute.click();
  await sweep.getByRole("button", { name: "Cancel" }).first().click();
  await expect(sweep.locator("progress")).toHaveCount(0);
  await expect(compute).toBeEnabled();
});

test("are there at once where they are named, in both languages", async ({ page, site }) => {
  for (const [lang, said] of [
    ["en", "at width 64"],
    ["zh", "宽度为 64 时"],
  ] as const) {
    await page.goto(
      `${site}embed.html#lab=propagation&only=gradientByWidth&lang=${lang}&depth=4&width=32&repeats=10&s=kaiming_normal`,
    );
    const figures = page.locator("init-propagation init-figure");
    await expect(figures.locator("figcaption")).toContainText(said);
    await expect(figures).toHaveCount(1);
    await expect(page.locator("init-sweep select")).toHaveCount(0);
    await expect(page.locator("init-propagation").getByRole("alert")).toHaveCount(0);
  }
});
