/** Each reader is sent the words of one language; the other's come when it is chosen, and nothing of the first stays. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { en } from "../../../web/src/i18n/en.js";
import * as racesEn from "../../../web/src/i18n/races.en.js";
import * as racesZh from "../../../web/src/i18n/races.zh.js";
import { zh } from "../../../web/src/i18n/zh.js";
import { drawAll, expect, settled, siteFolder, test } from "./support.js";

const WORDS = { en, zh };
const RACES = { en: racesEn, zh: racesZh };
const OTHER = { en: "zh", zh: "en" } as const;
type Language = keyof typeof WORDS;
const LANGUAGES = ["en", "zh"] as const;

/** Texts of messages at whatever depth. */
function textsIn(messages: unknown): string[] {
  if (typeof messages === "string") return [messages];
  if (typeof messages !== "object" || messages === null) return [];
  return Object.values(messages).flatMap(textsIn);
}

const allTexts = (language: Language) => textsIn([WORDS[language], { ...RACES[language] }]);

/** Texts that are in this language alone. */
function ownTexts(language: Language): ReadonlySet<string> {
  const others = new Set(allTexts(OTHER[language]));
  return new Set(allTexts(language).filter((text) => /\p{L}{2}/u.test(text) && !others.has(text)));
}

/** What an element says: its texts, and those of attributes that are read out. */
const saidBy = (element: Locator): Promise<string[]> =>
  element.evaluate((root) => {
    const said: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof Text) said.push(node.data.trim());
      if (node instanceof HTMLStyleElement) return;
      if (node instanceof Element) {
        for (const name of ["aria-label", "placeholder", "title", "alt"])
          said.push(node.getAttribute(name) ?? "");
        node.shadowRoot?.childNodes.forEach(walk);
      }
      node.childNodes.forEach(walk);
    };
    walk(root);
    return said;
  });

/** What an element says in the words of a language that the other does not have. */
async function saidIn(language: Language, element: Locator): Promise<string[]> {
  const own = ownTexts(language);
  return (await saidBy(element)).filter((text) => own.has(text));
}

/** Waits until a lab says nothing in a language alone: its figures are drawn anew where they come into view. */
async function leaves(page: Page, language: Language, lab: string): Promise<void> {
  await expect(async () => {
    await drawAll(page, lab);
    expect(await saidIn(language, page.locator(lab))).toEqual([]);
  }).toPass({ timeout: 30_000 });
}

/** Scripts of the site that are asked for from now on. */
function scriptsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith(".js")) asked.push(pathname);
  });
  return asked;
}

/** Whether one of these scripts holds the words of a language. */
const hold = (scripts: readonly string[], language: Language): boolean =>
  scripts.some((script) =>
    readFileSync(join(siteFolder, script), "utf8").includes(WORDS[language].captions.theory),
  );

/** Keeps the script of a language's words back until what is returned is called. */
async function holdBack(page: Page, language: Language): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(new RegExp(`/assets/${language}-[^/]*\\.js$`), async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

for (const language of LANGUAGES)
  test(`a reader of ${language} is sent those words alone, and the others with the other language`, async ({
    page,
    site,
  }) => {
    const other = OTHER[language];
    const asked = scriptsOf(page);
    await page.goto(`${site}?lang=${language}#v=1&depth=7&width=64&s=zeros&s=he_normal`);
    const lab = await settled(page, "init-propagation");
    expect(hold(asked, language)).toBe(true);
    expect(hold(asked, other)).toBe(false);
    expect((await saidIn(language, lab)).length).toBeGreaterThan(30);
    expect(await saidIn(other, lab)).toEqual([]);
    const address = new URL(page.url()).hash;

    await page.locator("#language").click();
    await expect(lab.locator("nav.presets")).toHaveAttribute(
      "aria-label",
      new RegExp(WORDS[other].ui.presets),
    );
    await leaves(page, language, "init-propagation");
    expect(hold(asked, other)).toBe(true);
    expect((await saidIn(other, lab)).length).toBeGreaterThan(30);
    expect(new URL(page.url()).hash).toBe(address);

    // Both are there now, and no script is asked for again.
    const before = asked.length;
    await page.locator("#language").click();
    await leaves(page, other, "init-propagation");
    expect(asked.length).toBe(before);
  });

test("until the words of a language are there, all stays in the other", async ({ page, site }) => {
  const release = await holdBack(page, "zh");
  await page.goto(`${site}#v=1&depth=7&width=64&s=he_normal`);
  const lab = await settled(page, "init-propagation");
  const depth = lab.locator("init-field").filter({ hasText: "Depth" }).getByRole("textbox");
  await page.locator("#language").click();
  // What is done meanwhile is done in the language that is seen.
  await depth.fill("9");
  await depth.press("Enter");
  await expect(page).toHaveURL(/depth=9/);
  await settled(page, "init-propagation");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await saidIn("zh", lab)).toEqual([]);
  release();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await leaves(page, "en", "init-propagation");
  await expect(lab.getByRole("textbox").first()).toHaveValue("9");
});

test("who takes the choice back while the words are under way has the first language", async ({
  page,
  site,
}) => {
  const release = await holdBack(page, "zh");
  await page.goto(site);
  await settled(page, "init-propagation");
  await page.locator("#language").click();
  await page.locator("#language").click();
  const came = page.waitForResponse(/\/assets\/zh-/);
  release();
  await (await came).finished();
  await page.getByRole("link", { name: "Symmetry" }).click();
  await settled(page, "init-symmetry");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await saidIn("zh", page.locator("init-propagation"))).toEqual([]);
  expect(await saidIn("zh", page.locator("init-symmetry"))).toEqual([]);
});

test("a page whose words are under way is said in their language, and what is there stays in its place when they come", async ({
  page,
  site,
}) => {
  const release = await holdBack(page, "zh");
  const lab = page.waitForResponse(/\/assets\/element-/);
  await page.goto(`${site}?lang=zh`);
  await (await lab).finished();
  await expect(page.getByRole("heading", { level: 1 }).getByText(zh.ui.tagline)).toBeVisible();
  await expect(page.getByText(en.ui.tagline)).toBeHidden();
  // The header's themes need no words that come later.
  await expect(page.locator("#theme option").first()).toHaveText(zh.ui.themes.system);
  await expect(page.locator("init-propagation")).toHaveCount(0);
  const places = () =>
    Promise.all(
      ["h1", "#labs", "#language", "#theme", "#share"].map((id) => page.locator(id).boundingBox()),
    );
  const before = await places();
  release();
  await settled(page, "init-propagation");
  await page.evaluate(() => scrollTo(0, 0));
  expect(await places()).toEqual(before);
});

test("labs in which networks learn bring words of their own, in the reader's language", async ({
  page,
  site,
}) => {
  const asked = scriptsOf(page);
  const races = () =>
    LANGUAGES.filter((each) => asked.some((file) => file.includes(`/races.${each}-`)));
  await page.goto(`${site}?lang=zh`);
  await settled(page, "init-propagation");
  expect(races()).toEqual([]);
  await page.locator("#labs a[data-lab=training]").click();
  const lab = await settled(page, "init-training");
  expect(races()).toEqual(["zh"]);
  await expect(lab.getByRole("group", { name: racesZh.player.title })).toBeVisible();
  await expect(lab.getByRole("button", { name: racesZh.presets.training.zeros })).toBeVisible();
  expect(await saidIn("en", lab)).toEqual([]);
  await page.locator("#language").click();
  await leaves(page, "zh", "init-training");
  await expect(lab.getByRole("group", { name: racesEn.player.title })).toBeVisible();
  expect(races()).toEqual(["en", "zh"]);
});

test("the words are asked for with the lab's code, not after it", async ({ page, site }) => {
  const release = await holdBack(page, "en");
  const asked = scriptsOf(page);
  let letLab = () => {};
  const held = new Promise<void>((resolve) => (letLab = resolve));
  await page.route(/\/assets\/element-/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site, { waitUntil: "commit" });
  // Both are under way while neither has come.
  await expect.poll(() => asked.some((script) => script.includes("/element-"))).toBe(true);
  await expect.poll(() => asked.some((script) => script.includes("/en-"))).toBe(true);
  letLab();
  release();
  await settled(page, "init-propagation");
});

test("elements of one page may have different languages, each its own", async ({
  page,
  hosts,
  cdn,
}) => {
  await page.goto(`${hosts}element.html?from=${encodeURIComponent(cdn)}`);
  await settled(page, "init-propagation");
  await page.evaluate(() => {
    const second = document.createElement("init-symmetry");
    second.lang = "zh";
    document.body.append(second);
  });
  const [first, second] = [page.locator("init-propagation"), page.locator("init-symmetry")];
  await settled(page, "init-symmetry");
  expect((await saidIn("zh", second)).length).toBeGreaterThan(10);
  expect(await saidIn("en", second)).toEqual([]);
  expect(await saidIn("zh", first)).toEqual([]);
  await first.evaluate((element) => element.setAttribute("lang", "zh"));
  await second.evaluate((element) => element.setAttribute("lang", "en"));
  await leaves(page, "en", "init-propagation");
  await leaves(page, "zh", "init-symmetry");
  expect((await saidIn("zh", first)).length).toBeGreaterThan(10);
});

test("a chapter and a frame are sent the words of their language", async ({ page, site }) => {
  const asked = scriptsOf(page);
  await page.goto(`${site}learn/zh/why.html`);
  await expect(page.locator("figure.live init-figure svg").first()).toBeVisible();
  expect([hold(asked, "zh"), hold(asked, "en")]).toEqual([true, false]);
  asked.splice(0);
  // The frame is told its language behind #, whatever the reader chose for the pages.
  await page.goto(`${site}embed.html#lab=symmetry&lang=en`);
  const lab = await settled(page, "init-symmetry");
  expect([hold(asked, "zh"), hold(asked, "en")]).toEqual([false, true]);
  expect(await saidIn("zh", lab)).toEqual([]);
});
