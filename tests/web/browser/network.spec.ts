/** The network as blocks: typed, chosen, edited by hand, undone, shared; its drawing, and one cursor for all. */
import type { Page } from "@playwright/test";
import { csvOf, drawAll, expect, settled, test } from "./support.js";

const LAB = "init-propagation";
const SMALL = "v=1&depth=4&width=32&batch=16&s=kaiming_normal";
const NET = `${SMALL}&net=depth*(res(ln,dense,phi,dense))`;

/** The text of the network in the address. */
const netOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("net");

async function open(page: Page, site: string, state = NET) {
  await page.goto(`${site}#${state}`);
  const lab = await settled(page, LAB);
  const editor = lab.locator("init-net");
  if ((await editor.count()) === 0) await lab.getByText("Network as blocks").click();
  await expect(editor.locator(".chip").first()).toBeEnabled();
  return { lab, editor, text: editor.getByRole("textbox", { name: "Network" }) };
}

test("a text is drawn, what is wrong with it is said where it stands, and the last drawing stays", async ({
  page,
  site,
}) => {
  const { lab, editor, text } = await open(page, site);
  const drawing = lab.locator('init-figure[data-figure="network"] svg');
  await expect(drawing).toContainText("res 4");
  await text.fill("depth*(res(ln, dense, phi, dence))");
  await expect(editor.locator("init-text-field mark")).toHaveText("dence");
  await expect(editor.locator("init-text-field .issue")).toContainText("dence");
  await expect(drawing).toContainText("res 4");
  await expect(editor.locator(".chip").first()).toBeDisabled();
  await text.fill("depth*(res(rms, dense, phi, dense))");
  await text.blur();
  await expect(drawing).toContainText("rms");
  await expect.poll(() => netOf(page)).toBe("depth*(res(rms,dense,phi,dense))");
  // Numbers of each row are those of the other figures.
  await settled(page, LAB);
  const rows = await csvOf(page, LAB, 0);
  const signal = await csvOf(page, LAB, 1);
  expect(rows.map((row) => row.at(-2)).slice(1)).toEqual(signal.map((row) => row[1]).slice(1));
});

test("blocks are inserted, wrapped, set and removed by keys alone, and taken back", async ({
  page,
  site,
}) => {
  const { editor } = await open(page, site);
  const chip = (name: string) => editor.locator(".chip").filter({ hasText: name });
  const press = async (name: string) => {
    await editor.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await chip("φ").focus();
  await page.keyboard.press("Enter");
  await expect(chip("φ")).toHaveAttribute("aria-pressed", "true");
  await editor.getByLabel("New block").selectOption("bn");
  await press("Insert before");
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,bn,phi,dense))");
  await expect(chip("bn")).toHaveAttribute("aria-pressed", "true");
  await press("Take the next one too");
  await press("Put into a residual branch");
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,res(bn,phi),dense))");
  await editor.getByLabel("Branch’s factor").fill("0.5");
  await page.keyboard.press("Enter");
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,res;scale:0.5(bn,phi),dense))");
  await press("Remove");
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,dense))");
  await press("Undo");
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,res;scale:0.5(bn,phi),dense))");
  // The browser's own way back takes the undoing back.
  await page.goBack();
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,dense))");
  await expect(editor.locator(".chip")).toHaveCount(5);
});

test("of a block's activation the field is set that it has to itself", async ({ page, site }) => {
  const { editor } = await open(page, site);
  await editor.locator(".chip").filter({ hasText: "φ" }).click();
  const activation = editor.getByRole("combobox", { name: "Activation" });
  const fields = editor.locator(".fields label");
  await expect(fields).toHaveCount(1);
  await activation.selectOption("sin");
  await expect(fields).toHaveCount(2);
  await expect(editor.getByRole("textbox", { name: "Frequency" })).toHaveValue("1");
  await activation.selectOption("leaky_relu");
  await expect(editor.getByRole("textbox", { name: "Frequency" })).toHaveCount(0);
  await expect(editor.getByRole("textbox", { name: "Negative slope" })).toHaveValue("0.01");
});

test("what cannot be is refused in words, and nothing is lost", async ({ page, site }) => {
  const { editor } = await open(page, site);
  await editor.locator(".chip").filter({ hasText: "dense" }).last().click();
  await editor.getByLabel("Outputs").fill("7");
  await page.keyboard.press("Enter");
  const said = editor.locator(".refused");
  await expect(said).toContainText("where 7 units arrive");
  await expect(said).toContainText("out:32, not 7");
  expect(netOf(page)).toBe("depth*(res(ln,dense,phi,dense))");
  await editor.getByLabel("Outputs").fill("width");
  await page.keyboard.press("Enter");
  await expect.poll(() => netOf(page)).toBe("depth*(res(ln,dense,phi,dense;out:width))");
  await expect(said).toHaveText("");
});

test("a row that is picked in one figure is picked in all, and a block in the drawing in the editor", async ({
  page,
  site,
}) => {
  const { lab, editor } = await open(page, site);
  const figure = lab.locator('init-figure[data-figure="network"]');
  await figure.locator(".drawing").focus();
  for (let i = 0; i < 3; ++i) await page.keyboard.press("ArrowDown");
  await expect(figure.locator(".readout")).toContainText("res 2");
  await expect(figure.locator(".readout")).toHaveAttribute("aria-live", "polite");
  const signal = lab.locator('init-figure[data-figure="activation"]');
  await signal.scrollIntoViewIfNeeded();
  await expect(signal.locator(".readout")).toContainText("res 2");
  await expect(signal.locator(".readout")).toHaveAttribute("aria-live", "off");
  await signal.locator(".drawing").focus();
  await page.keyboard.press("End");
  await expect(figure.locator(".readout")).toContainText("res 4");
  await figure.locator("[data-item]").first().click();
  await expect(editor.locator('.chip[aria-pressed="true"]')).toHaveText(/ln/);
});

test("a block that is picked is drawn anew alone: figures of the answer stay", async ({
  page,
  site,
}) => {
  const { lab, editor } = await open(page, site);
  await drawAll(page, LAB);
  const drawings = (figure: string) => lab.locator(`init-figure[data-figure=${figure}] svg`);
  for (const figure of ["network", "activation", "branch"])
    await drawings(figure).evaluate((svg) => svg.setAttribute("data-kept", ""));
  await editor.locator(".chip").filter({ hasText: "φ" }).click();
  await expect(drawings("network")).not.toHaveAttribute("data-kept");
  for (const figure of ["activation", "branch"])
    await expect(drawings(figure)).toHaveAttribute("data-kept");
  // Another answer draws them all.
  await editor.getByRole("button", { name: "Remove", exact: true }).click();
  await settled(page, LAB);
  await expect(drawings("activation")).not.toHaveAttribute("data-kept");
});

test("a network of widths is drawn, and becomes a text by an edit", async ({ page, site }) => {
  const { lab, editor, text } = await open(page, site, `${SMALL}&widths=8,16`);
  await expect(text).toHaveValue(/^dense;out:8, phi, dense;out:16, phi/);
  await expect(lab.locator('init-figure[data-figure="network"] svg')).toContainText("dense 8→16");
  await expect(lab.getByLabel("Widths by layer")).toBeVisible();
  await editor.locator(".chip").first().click();
  await editor.getByRole("button", { name: "Repeat", exact: true }).click();
  await expect.poll(() => netOf(page)).toContain("2*(dense;out:8)");
  await expect(lab.getByLabel("Widths by layer")).toHaveCount(0);
  const before = page.url();
  await editor.getByRole("button", { name: "Undo" }).click();
  await expect(lab.getByLabel("Widths by layer")).toHaveValue("8, 16");
  expect(netOf(page)).toBeNull();
  expect(page.url()).toContain("widths=8,16");
  await page.goBack();
  expect(page.url()).toBe(before);
});

test("white space makes no text of a plain network, which is taken back to as well", async ({
  page,
  site,
}) => {
  const { lab, editor } = await open(page, site, `${SMALL}&net=depth*(dense,%20phi)`);
  await expect(lab.getByLabel("Widths by layer")).toBeVisible();
  await editor.locator(".chip").last().click();
  await editor.getByRole("button", { name: "Remove", exact: true }).click();
  await expect.poll(() => netOf(page)).toBe("depth*(dense;out:width)");
  await expect(lab.getByLabel("Widths by layer")).toHaveCount(0);
  await editor.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => netOf(page)).toBe("depth*(dense, phi)");
  await expect(lab.getByLabel("Widths by layer")).toBeVisible();
  await expect(editor.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("a preset is a state that a link shares, in Chinese too, and fits a phone", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${site}?lang=zh#${NET}`);
  const lab = await settled(page, LAB);
  const editor = lab.locator("init-net");
  await editor.getByRole("button", { name: "ReZero" }).click();
  await expect.poll(() => netOf(page)).toBe("depth*(res(dense,phi,dense,scale;value:0))");
  await expect(editor.locator(".point")).toContainText("恒等映射");
  await lab.locator('init-figure[data-figure="network"]').scrollIntoViewIfNeeded();
  await editor.locator(".chip").first().click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  // What was shared is what is seen.
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  const again = await settled(page, LAB);
  await expect(again.locator('init-net [aria-pressed="true"]')).toHaveText("ReZero");
});

test("a link with a text that is wrong says so, and has no drawing yet", async ({ page, site }) => {
  await page.goto(`${site}#${SMALL}&net=depth*(dense,foo)`);
  const editor = page.locator("init-net");
  await expect(editor.locator("init-text-field .issue")).toContainText("foo");
  await editor.getByRole("textbox", { name: "Network" }).fill("dense,phi");
  await settled(page, LAB);
  await expect(page.locator('init-figure[data-figure="network"] svg')).toContainText("phi 1");
});

test("the editor's code comes when it is opened", async ({ page, site }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  await page.goto(`${site}#${SMALL}`);
  const lab = await settled(page, LAB);
  expect(scripts.filter((name) => name.includes("panel-"))).toEqual([]);
  await lab.getByText("Network as blocks").click();
  await expect(lab.locator("init-net .chip").first()).toBeVisible();
  expect(scripts.filter((name) => name.includes("panel-"))).toHaveLength(1);
});
