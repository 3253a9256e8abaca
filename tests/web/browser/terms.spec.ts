/** Terms explain themselves where they stand: by pointer, keys and finger, in every kind of page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { drawAll, expect, root, settled, test } from "./support.js";

const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const STATE = "v=1&depth=8&width=32&batch=16&activation=tanh&s=xavier_normal";

/** The one card, which is seen only while it explains. */
const cardOf = (page: Page) => page.locator("init-term-card");

/** Opens the page, and stirs, so that terms are marked. */
async function open(page: Page, address: string, lab = "init-propagation"): Promise<Locator> {
  await page.goto(address);
  const element = await settled(page, lab as "init-propagation");
  await page.mouse.move(1, 1);
  await expect(element.locator(".term").first()).toBeAttached();
  return element;
}

const inVerdict = (lab: Locator, term: string) =>
  lab.locator(`ul.verdict .term[data-term=${term}]`).first();

test("the pointer opens a card, which stays while it is on it, and Escape closes it", async ({
  page,
  site,
}) => {
  const lab = await open(page, `${site}?lang=en#${STATE}`);
  const card = cardOf(page);
  await expect(card).toHaveCount(0);
  const term = inVerdict(lab, "chi_1");
  await term.hover();
  await expect(card).toBeVisible();
  await expect(card).toContainText("The factor by which the gradient’s mean square is multiplied");
  await expect(card.locator("math")).toBeVisible();
  const link = card.getByRole("link", { name: "More in chapter 6" });
  await link.hover();
  await page.waitForTimeout(400); // longer than a card that was left stays
  await expect(card).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await term.hover();
  await expect(card).toBeVisible();
  await page.mouse.move(1, 1);
  await expect(card).toBeHidden();
  await term.hover();
  await link.click();
  await expect(page).toHaveURL(
    /learn\/en\/beyond\.html#section-mean-field-two-numbers-for-a-deep-network$/,
  );
  const heading = page.getByRole("heading", { name: "Mean field: two numbers for a deep network" });
  await expect(heading).toBeInViewport();
});

test("keys: one stop a text, arrows between its terms, Enter into the card, Escape back", async ({
  page,
  site,
}) => {
  const lab = await open(page, `${site}?lang=zh#${STATE}`);
  const card = cardOf(page);
  const terms = lab.locator("ul.verdict .term");
  const count = await terms.count();
  expect(count).toBeGreaterThan(3);
  await expect(lab.locator("ul.verdict .term[tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Shift"); // what the focus comes by is a key
  await terms.first().focus();
  await expect(card).toBeVisible();
  await expect(terms.first()).toHaveAccessibleDescription(/信号/);
  await page.keyboard.press("ArrowRight");
  await expect(terms.nth(1)).toBeFocused();
  await expect(lab.locator("ul.verdict .term[tabindex='0']")).toHaveCount(1);
  await expect(terms.nth(1)).toHaveAttribute("aria-expanded", "true");
  await expect(terms.first()).not.toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Enter");
  await expect(card.getByRole("link", { name: /详见第 \d 章/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(terms.nth(1)).toBeFocused();
  // Labels are passed by, and explained from within their control.
  const momentum = lab.locator("init-field", { hasText: "批量大小" }).first();
  await expect(momentum.locator("label .term")).toHaveAttribute("tabindex", "-1");
  await momentum.locator("input[type=text]").focus();
  await page.keyboard.press("F1");
  await expect(card).toContainText("一起通过网络的若干输入");
});

test("a mark moves nothing, and nothing of it comes before a reader stirs", async ({
  page,
  site,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const came = (name: string) => asked.some((path) => path.includes(`/${name}`));
  await page.goto(`${site}?lang=en#${STATE}`);
  const lab = await settled(page, "init-propagation");
  await expect(lab.locator("ul.verdict li").first()).toBeVisible();
  const height = () => lab.evaluate((element) => element.getBoundingClientRect().height);
  expect(came("glossary")).toBe(false);
  const before = await height();
  await page.mouse.move(1, 1);
  await expect(lab.locator("ul.verdict .term").first()).toBeAttached();
  expect(Math.abs((await height()) - before)).toBeLessThan(1);
  expect(came("term-marks")).toBe(true);
  expect(came("term-card")).toBe(false);
  await inVerdict(lab, "chi_1").hover();
  await expect(cardOf(page)).toBeVisible();
  expect(came("glossary.en")).toBe(true);
  expect(came("glossary.zh")).toBe(false);
  expect(Math.abs((await height()) - before)).toBeLessThan(1);
});

test("a finger opens and closes it at 360 pixels, within the window, and axe finds nothing", async ({
  browser,
  site,
}) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 360, height: 740 },
    serviceWorkers: "block",
    colorScheme: "dark",
  });
  const page = await context.newPage();
  const lab = await open(page, `${site}?lang=zh#${STATE}`);
  const card = cardOf(page);
  for (const term of await lab.locator("ul.verdict .term").all()) {
    await term.tap();
    await expect(card).toBeVisible();
    const box = (await card.boundingBox()) ?? { x: NaN, y: NaN, width: NaN, height: NaN };
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(740);
  }
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: { run(where: unknown, how: object): Promise<{ violations: { id: string }[] }> };
    };
    const how = { rules: { "target-size": { enabled: true } } };
    return (await runner.run(document, how)).violations.map((one) => JSON.stringify(one));
  });
  expect(found).toEqual([]);
  await page.getByRole("heading", { level: 1 }).tap();
  await expect(card).toBeHidden();
  // The second tap on a term shuts what the first has opened; the third opens it again.
  const term = lab.locator("ul.verdict .term").first();
  for (const opened of [true, false, true]) {
    await term.tap();
    await expect(card).toBeVisible({ visible: opened });
  }
  await context.close();
});

test("titles of axes and heads of tables explain themselves, and files have no marks", async ({
  page,
  site,
}) => {
  const lab = await open(page, `${site}?lang=en#${STATE}`);
  await drawAll(page, "init-propagation");
  const figure = lab.locator("[data-figure=gradient]");
  const axis = figure.locator("svg tspan.term[data-term=gradient]").first();
  await axis.hover();
  await expect(cardOf(page)).toContainText("The derivative of the loss E");
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    figure.getByRole("button", { name: "SVG" }).click(),
  ]);
  const svg = readFileSync(await download.path(), "utf8");
  expect(svg).toContain("Mean square of the gradient, E[(∂E/∂z)²]");
  expect(svg).not.toContain("term");
  await figure.locator("summary").click();
  await figure.locator("th .term[data-term=band]").hover();
  await expect(cardOf(page)).toContainText("About 95% of networks of this width");
});

test("Why leads to the section, in the language", async ({ page, site }) => {
  for (const [lang, name] of [
    ["en", "Why?"],
    ["zh", "为什么？"],
  ] as const) {
    await page.goto("about:blank");
    const lab = await open(page, `${site}?lang=${lang}#${STATE}`);
    const links = lab.locator("ul.verdict").getByRole("link", { name });
    await expect.poll(() => links.count()).toBeGreaterThan(2);
    for (const link of await links.all()) {
      const address = (await link.getAttribute("href")) ?? "";
      expect(address).toMatch(new RegExp(`^learn/${lang}/\\w+\\.html#section-`));
      const [path = "", anchor = ""] = address.split("#");
      const html = await (await page.request.get(site + path)).text();
      expect(html).toContain(`id="${anchor}"`);
    }
  }
});

test("a chapter's figure links to its own language's chapters", async ({ page, site }) => {
  await page.goto(`${site}learn/zh/beyond.html`);
  const figure = page.locator("figure#edge");
  await figure.scrollIntoViewIfNeeded();
  await page.mouse.move(1, 1);
  const term = figure.locator("init-figure figcaption .term").first();
  await expect(term).toBeVisible();
  await term.click();
  await expect(cardOf(page)).toBeVisible();
  const link = cardOf(page).getByRole("link");
  await expect(link).toHaveAttribute("href", /^\.\.\/zh\/\w+\.html#section-/);
});

test("in one file, and in an element on another page, there is no link to a course", async ({
  page,
  site,
  hosts,
  cdn,
}) => {
  const lab = await open(page, `${site}initscope.html?lang=en#${STATE}`);
  await expect(lab.getByRole("link", { name: "Why?" })).toHaveCount(0);
  await inVerdict(lab, "chi_1").hover();
  await expect(cardOf(page)).toContainText("The factor by which");
  await expect(cardOf(page).getByRole("link")).toHaveCount(0);
  await page.goto(`${hosts}blank.html`);
  await page.evaluate(
    async ({ script, state }) => {
      await import(script);
      const element = document.createElement("init-propagation");
      Object.assign(element, { lang: "zh", state, theme: "dark" });
      document.body.append(element);
    },
    { script: `${cdn}elements.js`, state: STATE },
  );
  const element = await settled(page, "init-propagation");
  await page.mouse.move(1, 1);
  await inVerdict(element, "chi_1").hover();
  await expect(cardOf(page)).toContainText("在又宽又深的网络中");
  await expect(cardOf(page).getByRole("link")).toHaveCount(0);
  // It has the lab's colours, not those of the page around.
  await expect(cardOf(page)).toHaveCSS("background-color", "rgb(28, 32, 36)");
});

test("a frame's links leave the page around it where it is", async ({ page, hosts, site }) => {
  await page.goto(`${hosts}blank.html`);
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src, width: 900, height: 800, title: "initscope" });
    document.body.append(frame);
  }, `${site}embed.html#lab=propagation&lang=en&${STATE}`);
  const lab = page.frameLocator("iframe").locator("init-propagation");
  const why = lab.locator("ul.verdict").getByRole("link", { name: "Why?" }).first();
  await expect(why).toHaveAttribute("target", "_blank");
  await expect(why).toHaveAttribute("href", /^learn\/en\//);
  await lab.locator("h3").first().hover();
  const term = lab.locator("ul.verdict .term").first();
  await term.hover();
  await expect(page.frameLocator("iframe").locator("init-term-card")).toContainText("mean square");
});

test("it is seen without colours, and on paper there is none of it", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const lab = await open(page, `${site}?lang=en#${STATE}`);
  const line = () =>
    inVerdict(lab, "chi_1").evaluate((term) => getComputedStyle(term).textDecorationLine);
  expect(await line()).toBe("underline");
  await inVerdict(lab, "chi_1").hover();
  await expect(cardOf(page)).toHaveCSS("border-top-style", "solid");
  await page.emulateMedia({ forcedColors: "none", media: "print" });
  expect(await line()).toBe("none");
  await expect(cardOf(page)).toBeHidden();
});
