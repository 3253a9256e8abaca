/** Figures taken to papers, slides and other pages: pictures, what is copied, embedded and cited, and paper. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Page } from "@playwright/test";
import { expect, root, settled, test } from "./support.js";

const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const STATE = "v=1&depth=8&width=32&batch=16&s=kaiming_normal&s=xavier_normal;gain:2";
const addressAt = (site: string) => `${site}#lab=propagation&${STATE}`;

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Found {
      readonly violations: readonly { readonly id: string; readonly help: string }[];
    }
    const { axe: runner } = globalThis as unknown as {
      axe: { run(where: unknown, how: object): Promise<Found> };
    };
    const how = { rules: { "target-size": { enabled: true } } };
    return (await runner.run(document, how)).violations.map(({ id, help }) => `${id}: ${help}`);
  });
}

/** Opens the dialog of a figure. */
async function publish(page: Page, name: string, words = "Publish…") {
  const figure = page.locator(`init-figure[data-figure=${name}]:visible`);
  await figure.getByRole("button", { name: words }).click();
  const dialog = figure.getByRole("dialog");
  await expect(dialog.locator("img")).toBeVisible();
  return dialog;
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

/** Width and height, as the file's head has them. */
function sizeOf(png: Buffer) {
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** Opacity of the four corners, and how many pixels are of the text's own kind: opaque. */
function pixelsOf(page: Page, png: Buffer) {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? {};
    if (!data) throw new Error("no pixels");
    const at = (x: number, y: number) => data[4 * (y * image.width + x) + 3] ?? -1;
    const [right, low] = [image.width - 1, image.height - 1];
    let opaque = 0;
    for (let i = 3; i < data.length; i += 4) opaque += data[i] === 255 ? 1 : 0;
    return {
      corners: [at(0, 0), at(right, 0), at(0, low), at(right, low)],
      opaque: opaque / (image.width * image.height),
    };
  }, png.toString("base64"));
}

test("a picture is a PNG of twice or three times its size, on paper or on nothing", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#${STATE}`);
  await settled(page, "init-propagation");
  const dialog = await publish(page, "activation");
  const taken = async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("initscope-activation.png");
    return bytesOf(download);
  };
  const twice = await taken();
  await dialog.getByRole("radio", { name: "3×" }).check();
  const thrice = await taken();
  const [small, large] = [sizeOf(twice), sizeOf(thrice)];
  const preview = await dialog
    .locator("img")
    .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight] as const);
  expect(small).toEqual({ width: 2 * preview[0], height: 2 * preview[1] });
  expect(large).toEqual({ width: 3 * preview[0], height: 3 * preview[1] });
  expect(small.width).toBeGreaterThan(1200);
  await expect(dialog).toContainText(`${large.width} × ${large.height} pixels`);
  expect((await pixelsOf(page, twice)).corners).toEqual([255, 255, 255, 255]);

  await dialog.getByRole("radio", { name: "Transparent" }).check();
  const bare = await pixelsOf(page, await taken());
  expect(bare.corners).toEqual([0, 0, 0, 0]);
  expect(bare.opaque).toBeGreaterThan(0.005); // text and lines are there
  expect(bare.opaque).toBeLessThan(0.5);

  // One picture looks like another in the other theme.
  const picture = dialog.locator("img");
  const light = (await picture.getAttribute("src")) ?? "";
  await dialog.getByRole("radio", { name: "Dark" }).check();
  await expect(picture).not.toHaveAttribute("src", light);
});

test("an SVG says what is found, the schemes, the settings and where it is seen, as the short way does", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#${STATE}`);
  const lab = await settled(page, "init-propagation");
  const dialog = await publish(page, "activation");
  await dialog.getByRole("radio", { name: "SVG" }).check();
  await expect(dialog.getByRole("radio", { name: "3×" })).toBeDisabled();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("initscope-activation.svg");
  const text = (await bytesOf(download)).toString();
  // Lines as one text: an address goes over several.
  const lines = [...text.matchAll(/>([^<>]*)<\/text>/g)].map(([, line]) => line ?? "");
  const readable = lines.join("").replaceAll("\u00a0", " ");
  for (const said of [
    "■ Xavier normal (Gain 2)",
    "Depth 8",
    "Width 32",
    "Seed 0",
    "Signal by layer",
    addressAt(site).replaceAll("&", "&amp;"),
  ])
    expect(readable).toContain(said);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const [short] = await Promise.all([
    page.waitForEvent("download"),
    lab.locator("[data-figure=activation]").getByRole("button", { name: "SVG" }).click(),
  ]);
  expect((await bytesOf(short)).toString()).toBe(text);
  const [image] = await Promise.all([
    page.waitForEvent("download"),
    lab.locator("[data-figure=activation]").getByRole("button", { name: "PNG" }).click(),
  ]);
  expect(sizeOf(await bytesOf(image)).width).toBeGreaterThan(1200);
});

test("a picture goes to the clipboard, and references with it", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${site}#${STATE}`);
  await settled(page, "init-propagation");
  const dialog = await publish(page, "activation");
  await dialog.getByRole("button", { name: "Copy as image" }).click();
  await expect(dialog.locator("output")).toHaveText("Copied");
  const types = await page.evaluate(async () =>
    (await navigator.clipboard.read()).flatMap((item) => [...item.types]),
  );
  expect(types).toContain("image/png");
  await dialog.getByText("Cite", { exact: true }).click();
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog.locator("output")).toHaveText("Copied");
  const references = await page.evaluate(() => navigator.clipboard.readText());
  expect(references).toContain(`\\url{${addressAt(site)}}`);
  expect(references).toContain("@inproceedings{he2015delving,");
  expect(references).toContain("@inproceedings{glorot2010understanding,");
  expect(references.match(/^@/gm)).toHaveLength(3);
});

test("where nothing can be copied, no button says that it can", async ({ page, site }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "ClipboardItem");
  });
  await page.goto(`${site}#${STATE}`);
  await settled(page, "init-propagation");
  const dialog = await publish(page, "activation");
  await expect(dialog.getByRole("button", { name: "Download" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Copy as image" })).toHaveCount(0);
});

test("one figure alone is embedded as the dialog says", async ({ page, site, context }) => {
  await page.goto(`${site}#${STATE}`);
  await settled(page, "init-propagation");
  const dialog = await publish(page, "gradient");
  await dialog.getByRole("button", { name: "Embed this figure…" }).click();
  await expect(dialog).toHaveCount(0);
  const share = page.getByRole("dialog", { name: "Embed: Gradient by layer" });
  const text = await share.getByRole("textbox").inputValue();
  expect(text).toContain("only=gradient");
  expect(text).toContain('title="Gradient by layer"');
  const other = await context.newPage();
  await other.route(`${site}pasted.html`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>x</title>${text}`,
    }),
  );
  await other.goto(`${site}pasted.html`);
  const lab = other.frameLocator("iframe").locator("init-propagation");
  await expect(lab.locator("init-figure")).toHaveCount(1);
  await expect(lab.locator("figcaption")).toContainText("layer 1");
  await expect(lab.locator(".controls")).toHaveCount(0);
  // What is embedded is published too, from the address of the whole lab, and is not handed on.
  await lab.getByRole("button", { name: "Publish…" }).click();
  const within = lab.getByRole("dialog");
  await expect(within.getByRole("button", { name: "Embed this figure…" })).toHaveCount(0);
  await within.getByText("Cite", { exact: true }).click();
  const references = await within.getByRole("textbox").inputValue();
  expect(references).toContain(`\\url{${site}index.html#lab=propagation&v=1&depth=8`);
});

test("an element in another's page has its pictures, without an address", async ({
  page,
  hosts,
  cdn,
}) => {
  await page.goto(`${hosts}element.html?from=${cdn}`);
  const figure = page.locator("init-figure:visible").first();
  await expect(figure.locator("svg").first()).toBeVisible();
  await figure.getByRole("button", { name: "Publish…" }).click();
  const dialog = figure.getByRole("dialog");
  await expect(dialog.locator("img")).toHaveJSProperty("complete", true);
  expect(
    await dialog.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBeGreaterThan(600);
  await expect(dialog.getByRole("button", { name: "Embed this figure…" })).toHaveCount(0);
  await dialog.getByText("Cite", { exact: true }).click();
  await expect(dialog.getByRole("textbox")).not.toHaveValue(/url/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(sizeOf(await bytesOf(download)).width).toBeGreaterThan(1200);
});

for (const theme of ["light", "dark"] as const)
  for (const lang of ["en", "zh"] as const)
    test(`the dialog is accessible, by keys and on a phone, ${theme}, ${lang}`, async ({
      page,
      site,
    }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`${site}?theme=${theme}&lang=${lang}#${STATE}`);
      await settled(page, "init-propagation");
      const words = lang === "en" ? "Publish…" : "导出…";
      const button = page
        .locator("init-figure[data-figure=activation]")
        .getByRole("button", { name: words });
      await button.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await expect(dialog.locator("img")).toBeVisible();
      await dialog.locator("summary").click();
      expect(await violations(page)).toEqual([]);
      const box = await dialog.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
      const beyond = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(beyond).toBe(0);
      // The radio buttons of a group are moved through by arrow keys.
      const radios = dialog.getByRole("radio");
      await radios.first().focus();
      await page.keyboard.press("ArrowRight");
      await expect(radios.nth(1)).toBeChecked();
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      await expect(button).toBeFocused();
    });

test("on paper a lab has its settings and its address, and on the screen it has not", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#${STATE}`);
  await settled(page, "init-propagation");
  const paper = page.locator(".on-paper");
  await page.mouse.move(200, 300); // whoever asks for a print moves a pointer or presses a key before
  await expect
    .poll(async () => {
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const count = await paper.count();
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      return count;
    })
    .toBe(1);
  await expect(paper).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  for (const said of ["Xavier normal (Gain 2)", "Depth 8", "Width 32", addressAt(site)])
    await expect(paper).toContainText(said);
});

test("a dialog goes with the lab that the reader leaves by the browser's own button", async ({
  page,
  site,
}) => {
  await page.goto(addressAt(site));
  await settled(page, "init-propagation");
  await page.locator("#labs a[data-lab=distribution]").click();
  await settled(page, "init-distribution");
  const dialog = await publish(page, "distribution");
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await page.locator("#labs a[data-lab=distribution]").click();
  await settled(page, "init-distribution");
});

test("a picture shows the layer that the reader keeps", async ({ page, site }) => {
  await page.goto(addressAt(site));
  await settled(page, "init-propagation");
  const drawing = page.locator("init-figure[data-figure=flow] .drawing");
  await drawing.focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  const dialog = await publish(page, "flow");
  const picture = decodeURIComponent((await dialog.locator("img").getAttribute("src")) ?? "");
  expect(picture).toContain('font-weight="600">Layer 2<');
  expect(picture).not.toContain('font-weight="600">Layer 8<');
});
