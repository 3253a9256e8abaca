/** The distribution lab: from a scheme to its matrix, PyTorch's numbers, programs and files. */
import { readFileSync } from "node:fs";
import { expect, settled, test } from "./support.js";

const open = async (page: Parameters<typeof settled>[0], site: string, state: string) => {
  await page.goto(`${site}#lab=distribution&v=1&${state}`);
  return settled(page, "init-distribution");
};

test("schemes are found by words, and chosen by keyboard", async ({ page, site }) => {
  const lab = await open(page, site, "shape=8,8&samples=1000&s=zeros");
  await lab.getByRole("button", { name: "Add a scheme" }).click();
  const options = lab.locator("init-scheme-picker").getByRole("option");
  const search = lab.getByRole("combobox", { name: "Search schemes" });
  await expect(search).toBeFocused();
  await search.fill("research banana");
  await expect(lab.getByText("No scheme has these words.")).toBeVisible();
  await search.fill("research");
  await expect(options).toHaveCount(9); // lsuv needs a network
  await search.fill("he_normal");
  await expect(options).toHaveCount(1);
  await search.press("Enter");
  await expect(
    lab.getByRole("button", { name: "Parameters of He normal (truncated)" }),
  ).toBeVisible();
  await expect(lab.locator("init-take-home #code")).toContainText("zeros_");
  expect(page.url()).toContain("s=he_normal");
});

test("PyTorch's numbers are printed as PyTorch prints them", async ({ page, site }) => {
  const lab = await open(page, site, "shape=3,5&samples=1000&s=xavier_uniform");
  await lab.getByRole("combobox", { name: "Numbers" }).selectOption("torch");
  const numbers = lab.locator("init-take-home #numbers");
  await expect(numbers).toContainText("tensor([[-0.0065,  0.4646, -0.7128, -0.6373, -0.3336],");
  await expect(lab.locator("init-take-home #code")).toContainText("torch.manual_seed(0)");
  expect(page.url()).toContain("generator=torch");
});

test("figures show quantiles, the matrix and its singular values, and the matrix can be zoomed", async ({
  page,
  site,
}) => {
  const lab = await open(page, site, "shape=40,60&samples=2000&s=orthogonal&s=sparse");
  await expect(lab.locator("init-figure")).toHaveCount(5);
  await expect(lab.locator("init-figure").nth(4).locator("figcaption")).toContainText(
    "singular values from 1 to 1",
  );
  const map = lab.locator("init-figure").nth(3);
  await expect(map.locator("figcaption")).toContainText("40 rows and 60 columns");
  await lab.getByRole("button", { name: "Zoom in" }).click();
  await expect(map.locator("figcaption")).toContainText("20 rows and 30 columns");
  await expect(map.locator("svg image").first()).toHaveAttribute("href", /^data:image\/png/);
  await lab.getByRole("button", { name: "■ Sparse" }).first().click();
  await expect(map.locator("h3")).toContainText("Sparse");
  await expect(lab.locator("init-take-home #code")).toContainText("sparse_");
  await lab.getByRole("button", { name: "Whole matrix" }).click();
  await expect(map.locator("figcaption")).toContainText("40 rows");
});

test("a layer gives shape and scheme, and says where torch's fans are not the true ones", async ({
  page,
  site,
}) => {
  const lab = await open(page, site, "samples=1000&s=zeros");
  await lab.getByText("Shape of a layer").click();
  const layers = lab.locator("init-library-layer");
  await layers.getByRole("combobox", { name: "Layer" }).selectOption("torch/ConvTranspose2d");
  await layers.getByRole("textbox", { name: "in_channels" }).fill("6");
  await layers.getByRole("textbox", { name: "out_channels" }).fill("4");
  await layers.getByRole("textbox", { name: "Groups" }).fill("2");
  await layers.getByRole("textbox", { name: "Groups" }).press("Tab");
  await expect(layers).toContainText("fan_in 18 and fan_out 54");
  await expect(layers).toContainText("truly has 27 in and 18 out");
  await expect(layers).toContainText("√5");
  await layers.getByRole("button", { name: "weight [6, 2, 3, 3]" }).click();
  await expect(lab.getByLabel("Weight shape")).toHaveValue("6, 2, 3, 3");
  await expect(lab.getByRole("button", { name: "Parameters of He uniform" })).toBeVisible();
});

test("a kernel of Keras's attention brings the axes of its fans, and a lazy layer its inputs", async ({
  page,
  site,
}) => {
  const lab = await open(page, site, "samples=1000&s=zeros");
  await lab.getByText("Shape of a layer").click();
  const layers = lab.locator("init-library-layer");
  const pick = layers.getByRole("combobox", { name: "Layer" });
  await pick.selectOption("keras/MultiHeadAttention");
  await layers.getByRole("button", { name: "query/kernel [16, 4, 4]" }).click();
  await expect(page).toHaveURL(/in_axis=0&out_axis=1,2/);
  // fan_in and fan_out are 16 each: sqrt(6 / 32).
  await expect(lab.locator("init-take-home #code")).toContainText("b=0.4330127");
  await pick.selectOption("keras/LSTM");
  await expect(layers).toContainText("zeros, [16:32] = 1");
  await layers.getByRole("button", { name: "kernel [8, 64]", exact: true }).click();
  await expect(page).not.toHaveURL(/in_axis/);
  await pick.selectOption("torch/LazyLinear");
  await expect(layers.getByRole("button", { name: "weight [256, 784]" })).toBeVisible();
});

test("weights are saved as .npy, figures as CSV", async ({ page, site }) => {
  const lab = await open(page, site, "shape=2,3&samples=1000&generator=torch&s=normal");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    lab.getByRole("button", { name: ".npy" }).click(),
  ]);
  const bytes = readFileSync(await saved.path());
  expect(saved.suggestedFilename()).toBe("initscope.npy");
  expect(bytes.subarray(1, 6).toString("latin1")).toBe("NUMPY");
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + bytes.length - 24));
  expect(values[0]).toBeCloseTo(1.54099607, 7);
});

test("a tensor that a scheme does not have is refused in words, and nothing else is lost", async ({
  page,
  site,
}) => {
  const lab = await open(page, site, "shape=8,8&samples=1000&s=eye");
  const shape = lab.getByLabel("Weight shape");
  await shape.fill("8, 8, 3");
  await shape.press("Tab");
  await expect(lab.getByRole("alert").first()).toContainText("must have 2 extents");
  await expect(lab.locator("init-figure svg").first()).toBeVisible();
});

test("nothing scrolls sideways at 320 px, with layers and a long print open", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 320, height: 800 });
  const lab = await open(page, site, "shape=16,24&samples=1000&s=sparse&s=zero_init&s=mimetic");
  await lab.getByRole("button", { name: "All controls" }).click();
  await lab.getByText("Shape of a layer").click();
  await expect(lab.locator("init-library-layer li").first()).toBeVisible();
  await expect(lab.locator("init-take-home #numbers")).toBeVisible();
  await lab.getByRole("button", { name: "Add a scheme" }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
