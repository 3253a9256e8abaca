/** Activations that a reader types: taken, refused where they are wrong, shared, and compared with all others. */
import { drawAll, expect, settled, test } from "./support.js";

test("a formula is taken as it is typed, and a wrong one is marked where it is wrong", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  await lab.getByRole("combobox", { name: "Activation" }).selectOption("typed");
  const field = lab.locator("init-text-field");
  const input = field.getByRole("textbox", { name: "Formula" });
  await expect(input).toHaveValue("z*sigmoid(z)");
  await expect(field).toContainText("softplus, relu, where(a < b, c, d)");
  await settled(page, "init-propagation");
  const caption = lab.locator("init-figure figcaption").first();
  const ofSilu = await caption.innerText();

  await input.fill("z*tanh(softpls(z))");
  await expect(field.getByRole("status")).toContainText(
    "Formula is wrong at character 8 (softpls)",
  );
  await expect(field.locator("mark")).toHaveText("softpls");
  await expect(input).toHaveAttribute("aria-invalid", "true");
  expect(await caption.innerText()).toBe(ofSilu); // the last good figure stays
  await input.fill("z*tanh(");
  await expect(field.getByRole("status")).toContainText("wrong at character 8 (the end)");
  await input.fill("where(z>0,1,0)");
  await expect(field.getByRole("status")).toContainText("must not jump: at z = 0");

  await input.fill("z*tanh(softplus(z))");
  await expect(field.getByRole("status")).toBeEmpty();
  await expect(field.locator("mark")).toHaveCount(0);
  await input.press("Enter");
  await expect(page).toHaveURL(/activation=typed&expression=z\*tanh\(softplus\(z\)\)/);
  await expect(caption).not.toHaveText(ofSilu);
  const ofMish = await caption.innerText();

  // The same as the built-in one, in words and figures.
  await lab.getByRole("combobox", { name: "Activation" }).selectOption("mish");
  await expect(page).toHaveURL(/activation=mish/);
  await settled(page, "init-propagation");
  await expect(caption).toHaveText(ofMish);
  await page.goBack();
  await expect(input).toHaveValue("z*tanh(softplus(z))");
  await field.getByRole("button", { name: "squared ReLU" }).click();
  await expect(page).toHaveURL(/expression=relu\(z\)\^2/);
  await page.goBack();
  await expect(input).toHaveValue("z*tanh(softplus(z))");
});

test("a link brings a formula into every lab, and says what is wrong with it in Chinese", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=phase&v=1&activation=typed&expression=z-z*exp(-z%5E2)`);
  const phase = await settled(page, "init-phase");
  await drawAll(page, "init-phase");
  await expect(phase.getByRole("heading", { name: "Phase plane of z-z*exp(-z^2)" })).toBeVisible();
  await page.goto(`${site}#lab=training&v=1&steps=20&activation=typed&expression=z%2Bsin(z)%5E2`);
  const training = await settled(page, "init-training");
  await expect(training.getByRole("textbox", { name: "Formula" })).toHaveValue("z+sin(z)^2");

  await page.goto(`${site}#lab=training&v=1&steps=20&activation=typed&expression=z*(1%2B`);
  await page.getByRole("button", { name: "Language" }).click();
  const field = training
    .locator("init-text-field")
    .filter({ has: page.getByRole("textbox", { name: "公式" }) });
  await expect(field.getByRole("status")).toContainText(
    "公式有误，位置 6（结尾）；此处可用：数、z、pi",
  );
  await expect(training.getByRole("combobox", { name: "激活函数" })).toHaveValue("typed");
  await field.getByRole("button", { name: "平方 ReLU" }).click();
  await expect(field.getByRole("status")).toBeEmpty();
});

test("the phase lab compares all activations, marks the present one, and writes it in Python", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=phase&v=1&activation=gelu`);
  const lab = await settled(page, "init-phase");
  await lab.getByText("All activations: gain, stability, critical point").click();
  const table = lab.locator("init-stability");
  const current = table.locator("tr[aria-current]");
  await expect(current).toHaveText(/gelu\s+1\.5335\s+1\.072\s+1\.144\s+repels\s+× 10 in 17\.1/);
  await expect(table.locator("tbody tr")).toHaveCount(15);
  await expect(lab.getByText("This formula in Python")).toHaveCount(0);

  await lab.getByRole("combobox", { name: "Activation" }).selectOption("typed");
  await lab.getByRole("button", { name: "Mish" }).click();
  await expect(table.locator("tbody tr")).toHaveCount(16);
  await expect(current).toHaveText(/z\*tanh\(softplus\(z\)\)\s+1\.4868.*repels\s+× 10 in 31\.3/s);
  await lab.getByText("This formula in Python").click();
  await expect(lab.getByLabel("PyTorch", { exact: true })).toHaveText(
    "z * torch.tanh(torch.nn.functional.softplus(z))",
  );
  await expect(lab.getByLabel("JAX", { exact: true })).toHaveText(
    "z * jnp.tanh(jax.nn.softplus(z))",
  );
  await lab.getByText("All activations: gain, stability, critical point").click();
  await expect(table).toHaveCount(0);
});
