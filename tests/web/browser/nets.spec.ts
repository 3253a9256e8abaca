/** Nets in the propagation lab: figures by block, a verdict whose buttons change the net, and its training. */
import { csvOf, expect, settled, test } from "./support.js";

const PRE_LN = "net=depth*(res(ln,dense;out:4x,phi,dense;out:width))";

test("a pre-norm network is shown block by block, and mended in its own text", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&${PRE_LN}&depth=24&width=128&batch=16&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const caption = lab.locator("[data-figure=activation] figcaption");
  await expect(caption).toContainText("the trunk’s E[h²] grows by");
  await expect(caption).toContainText("per block, linear and not exponential");
  await expect(lab.locator("init-figure h3")).not.toContainText(["by layer"]);
  await expect(lab.locator("[data-figure=branch] figcaption")).toContainText("at res 24");
  await expect(lab.locator("[data-figure=joined] h3")).toContainText("He normal");
  const [, ...rows] = await csvOf(page, "init-propagation", "activation");
  expect(rows.map(([label]) => label).slice(0, 3)).toEqual(["input", "res 1", "res 2"]);
  expect(rows).toHaveLength(25);
  const verdict = lab.locator("ul.verdict");
  await expect(verdict).toContainText("Theory says that it grows by 1.69.");
  const cure = lab.locator("init-cure");
  await cure.getByText("Other cures that were tried").click();
  const scaled = cure.locator("tr", { hasText: "branches times 1/sqrt(" }).first();
  const promised = Math.max(
    ...(await scaled.locator("td").allTextContents()).slice(1, 3).map(Number),
  );
  expect(promised).toBeLessThan(10);
  expect(promised).toBeGreaterThan(1);
  await scaled.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/res;scale:1\/sqrt\(2?depth\)\(ln/);
  await expect(verdict).not.toContainText("Theory says that it grows by 1.69.");
  const spreads = [
    ...((await verdict.textContent()) ?? "").matchAll(
      /its mean square stays within a factor ([\d.]+)/g,
    ),
  ];
  // The table has three digits, the sentence two, rounded up.
  for (const [, factor] of spreads) expect(Number(factor)).toBeLessThanOrEqual(1.1 * promised);
});

test("a head says what it adds to ln C, and is made to start there", async ({ page, site }) => {
  await page.goto(
    `${site}#v=1&${PRE_LN},ln,dense;out:10&depth=4&width=64&batch=32&s=kaiming_normal`,
  );
  const lab = await settled(page, "init-propagation");
  const loss = lab.locator("ul.verdict li", { hasText: "Loss at the start" });
  await expect(loss).toContainText("ln 10 = 2.3");
  await expect(loss).toContainText("last layer adds");
  await loss.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/dense;out:10;weight:normal/);
  await expect(loss).toContainText("starts as it should");
});

test("the same network is trained", async ({ page, site }) => {
  await page.goto(`${site}#v=1&${PRE_LN}&depth=4&width=16&batch=8&activation=gelu&s=fixup&seed=7`);
  const lab = await settled(page, "init-propagation");
  await lab.getByRole("button", { name: "Train this network" }).click();
  await expect(page).toHaveURL(/lab=training.*res\(ln,dense;out:4x/);
  for (const part of ["activation=gelu", "s=fixup", "seed=7", "depth=4", "width=16"])
    expect(page.url()).toContain(part);
  await settled(page, "init-training");
  await page.goBack();
  await expect(page).toHaveURL(/^[^#]*#v=1&net=/);
});
