/** The propagation lab's network as a program: a group that comes when it is opened, and follows the lab. */
import type { Locator } from "@playwright/test";
import { expect, settled, test } from "./support.js";

const open = async (page: Parameters<typeof settled>[0], site: string, state: string) => {
  await page.goto(`${site}#lab=propagation&v=1&${state}`);
  return settled(page, "init-propagation");
};

/** The code of what is there: a cure has its own beside it. */
const codeOf = (lab: Locator) => lab.locator("section > details init-net-code");

const NET = "net=depth*(res(ln,dense;out:4x,phi,dense;out:width))&depth=6&width=32";

test("is loaded when it is opened, in each library, and can be copied", async ({
  page,
  site,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lab = await open(page, site, `${NET}&activation=gelu&s=gpt2`);
  await expect(codeOf(lab)).toHaveCount(0);
  await lab.getByText("As code").click();
  const code = codeOf(lab).locator("#code");
  await expect(code).toContainText("stds = 6 * [0.02, 0.008164965809277261]");
  await expect(code).toContainText("for _ in range(6)");
  await codeOf(lab).getByRole("button", { name: "Keras" }).click();
  await expect(code).toContainText("h = dense(128, std=0.02)(h)");
  await codeOf(lab).getByRole("button", { name: "JAX, Flax" }).click();
  await expect(code).toContainText("h = jax.nn.gelu(h, approximate=False)");
  await codeOf(lab).getByRole("button", { name: "Copy" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await code.textContent());
});

test("follows the lab: its plain networks, its schemes, and its language", async ({
  page,
  site,
}) => {
  const lab = await open(page, site, "depth=4&width=16&s=he_normal&s=zero_init&lang=en");
  await lab.getByText("As code").click();
  const code = codeOf(lab).locator("#code");
  await expect(code).toContainText("nn.Sequential(nn.Linear(16, 16), nn.ReLU())");
  await expect(code).toContainText("trunc_normal_");
  await lab.locator(".tabs").first().getByRole("button", { name: /ZerO/ }).click();
  await expect(code).toContainText("hadamard");
  await codeOf(lab).getByRole("button", { name: "Keras" }).click();
  await expect(codeOf(lab).locator(".note")).toContainText("Keras has no initializer");
  await expect(code).toHaveCount(0);
});
