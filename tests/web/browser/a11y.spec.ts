/** Accessible: axe on every page, lab, theme and language; figures in the accessibility tree; keys alone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { CHAPTERS } from "../../../web/scripts/course.mjs";
import { drawAll, expect, root, settled, test } from "./support.js";

const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const LABS = ["propagation", "training", "symmetry", "phase", "distribution", "audit"] as const;
/** Small states, so that a page is soon at rest. */
const STATES: Readonly<Record<(typeof LABS)[number], string>> = {
  propagation: "v=1&depth=6&width=32&batch=16",
  training: "v=1&depth=2&width=8&steps=20&learning_rate=0.1",
  symmetry: "v=1&steps=20",
  phase: "v=1",
  distribution: "v=1&samples=2000",
  audit: "v=1&tensor=body.2.weight",
};

/** Violations of WCAG 2.2 AA and axe's best practices, as text; within elements, by their way down. */
async function violations(page: Page, within?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (path) => {
    interface Found {
      readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string }[];
      }[];
    }
    const { axe: runner } = globalThis as unknown as {
      axe: { run(where: unknown, how: object): Promise<Found> };
    };
    // Targets of 24 px are WCAG 2.2's, and not among axe's defaults.
    const where = path ? { include: [{ fromShadowDom: path }] } : document;
    const how = { rules: { "target-size": { enabled: true } } };
    return (await runner.run(where, how)).violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ target, html }) => `${JSON.stringify(target)} ${html.slice(0, 120)}`).join(" | ")}`,
    );
  }, within);
}

for (const theme of ["light", "dark"] as const)
  for (const lang of ["en", "zh"] as const)
    test(`axe finds nothing in any lab, ${theme}, ${lang}`, async ({ page, site }) => {
      for (const lab of LABS) {
        await page.goto(`${site}?theme=${theme}&lang=${lang}#lab=${lab}&${STATES[lab]}`);
        await settled(page, `init-${lab}`);
        await drawAll(page, `init-${lab}`);
        expect(await violations(page), lab).toEqual([]);
      }
      // The editor of networks with a block that is picked, and with a text that is wrong.
      await page.goto("about:blank");
      await page.goto(
        `${site}?theme=${theme}&lang=${lang}#${STATES.propagation}&net=depth*(res(ln,dense),phi)`,
      );
      await settled(page, "init-propagation");
      const editor = page.locator("init-net");
      await editor.locator(".chip").last().click();
      await expect(editor.locator(".tools")).toBeVisible();
      await drawAll(page, "init-propagation");
      expect(await violations(page), "net").toEqual([]);
      await editor
        .getByRole("textbox", { name: lang === "en" ? "Network" : "网络" })
        .fill("dense,foo");
      await expect(editor.locator("mark")).toHaveText("foo");
      // Figures are dimmed while the draft is wrong: their contrast is that of what was.
      expect(await violations(page, ["init-propagation", "init-net"]), "a fault").toEqual([]);
      await editor
        .getByRole("textbox", { name: lang === "en" ? "Network" : "网络" })
        .fill("depth*(res(ln,dense),phi)");
      await expect(editor.locator("mark")).toHaveCount(0);
      await settled(page, "init-propagation");
      // Networks of several sizes, opened and computed.
      await page
        .locator("init-propagation summary")
        .filter({ hasText: lang === "en" ? "By width or depth" : "随宽度或深度变化" })
        .click();
      const sweep = page.locator("init-sweep");
      await sweep.getByRole("button", { name: lang === "en" ? "Compute" : "计算" }).click();
      await expect(sweep.locator("init-figure")).toHaveCount(4);
      await expect(sweep.locator("progress")).toHaveCount(0);
      for (const figure of await sweep.locator("init-figure").all()) {
        await figure.scrollIntoViewIfNeeded();
        await expect(figure.locator(".drawing svg")).toBeAttached();
      }
      expect(await violations(page, ["init-propagation", "init-sweep"]), "sweep").toEqual([]);
      await page.getByRole("button", { name: lang === "en" ? "Share" : "分享" }).click();
      expect(await violations(page), "share").toEqual([]);
    });

/** Both themes, as the system changes its own; figures come when they are scrolled to. */
for (const lang of ["en", "zh"] as const)
  for (const chapter of [...CHAPTERS, "embedding"])
    test(`axe finds nothing in the chapter ${chapter}, ${lang}`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(`${site}learn/${lang}/${chapter}.html`);
      for (const figure of await page.locator("figure.live").all()) {
        await figure.scrollIntoViewIfNeeded();
        await expect(figure.locator("init-figure svg").first()).toBeVisible();
      }
      for (const question of await page.locator("details.question summary").all())
        await question.click();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        for (const lab of await page.locator("figure.live > :first-child").all())
          await expect(lab).toHaveAttribute("data-theme", colorScheme);
        expect(await violations(page), colorScheme).toEqual([]);
      }
    });

test("axe finds nothing in a lab with its controls in a sheet, down and raised", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${site}#${STATES.propagation}`);
  const lab = await settled(page, "init-propagation");
  expect(await violations(page), "down").toEqual([]);
  await lab.getByRole("button", { name: "All controls" }).click();
  expect(await violations(page), "raised").toEqual([]);
});

test("axe finds nothing in the frame and the benchmark", async ({ page, site }) => {
  for (const path of [`embed.html#lab=symmetry&hide=controls&${STATES.symmetry}`, "bench.html"]) {
    await page.goto(site + path);
    await page.waitForLoadState("networkidle");
    expect(await violations(page), path).toEqual([]);
  }
});

test("each figure has a name, a sentence and a table for those who do not see it", async ({
  page,
  site,
}) => {
  for (const lab of LABS) {
    await page.goto("about:blank");
    await page.goto(`${site}#lab=${lab}&${STATES[lab]}`);
    await settled(page, `init-${lab}`);
    await drawAll(page, `init-${lab}`);
    const figures = page.locator(`init-${lab}:visible init-figure`);
    const count = await figures.count();
    expect(count).toBeGreaterThanOrEqual(2);
    for (let i = 0; i < count; ++i) {
      const figure = figures.nth(i);
      const title = (await figure.getByRole("heading").textContent()) ?? "";
      const image = figure.getByRole("img").first();
      await expect(image).toHaveAccessibleName(
        new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}: .+`),
      );
      await expect(figure.locator("figcaption")).not.toBeEmpty();
      await figure.locator("summary").first().click();
      await expect(figure.getByRole("columnheader").first()).toBeVisible();
      expect(await figure.getByRole("row").count()).toBeGreaterThan(1);
    }
  }
});

/** Goes on by the Tab key until the element in focus, within whatever shadows, fits the selector. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 150; ++i) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((wanted) => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return focused?.matches(wanted) ?? false;
    }, selector);
    if (found) return;
  }
  throw new Error(`no Tab leads to ${selector}`);
}

test("every lab is walked through by keys alone: tab, preset, figure, language", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#${STATES.propagation}`);
  await settled(page, "init-propagation");
  for (const lab of LABS) {
    if (lab !== "propagation") {
      await tabTo(page, `nav.labs a[href*="lab=${lab}"]`);
      await page.keyboard.press("Enter");
    }
    const element = await settled(page, `init-${lab}`);
    const before = await element.evaluate((e) => (e as HTMLElement & { state: string }).state);
    await tabTo(page, ".presets button:nth-of-type(2)");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => element.evaluate((e) => (e as HTMLElement & { state: string }).state))
      .not.toBe(before);
    await settled(page, `init-${lab}`);
    await tabTo(page, ".drawing[tabindex]");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(element.locator("init-figure output.readout:not(:empty)").first()).toBeVisible();
    // From the top again, as Tab goes around.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("Control+Home");
  }
  await tabTo(page, "#language");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
});

test("a race is chosen, played and stepped by keys alone, and the focus is seen", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=training&${STATES.training}`);
  const lab = await settled(page, "init-training");
  await expect(lab.locator(".player output")).toHaveText("Step 20 of 20");
  await tabTo(page, '.player [aria-label="Back to the start"]');
  await page.keyboard.press("Enter");
  await expect(lab.locator(".player output")).toHaveText("Step 0 of 20");
  await tabTo(page, '.player [aria-label="One frame on"]');
  await page.keyboard.press("Space");
  await expect(lab.locator(".player output")).toHaveText("Step 1 of 20");
  const outline = await page
    .getByRole("button", { name: "One frame on" })
    .evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).toBe("solid");
  await page.getByRole("slider", { name: "Step shown" }).focus();
  await page.keyboard.press("End");
  await expect(lab.locator(".player output")).toHaveText("Step 20 of 20");
});

for (const colorScheme of ["light", "dark"] as const)
  test(`where the system forces its ${colorScheme} colours, figures fit them and nothing is lost`, async ({
    page,
    site,
  }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    const chosen = colorScheme === "light" ? "dark" : "light"; // which does not count here
    for (const lab of LABS) {
      await page.goto("about:blank");
      await page.goto(`${site}?theme=${chosen}#lab=${lab}&${STATES[lab]}`);
      const element = await settled(page, `init-${lab}`);
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      await expect(element).toHaveAttribute("data-theme", colorScheme);
      // Schemes are told apart by their marks, where colours are not the page's own.
      const chips = await element.locator(".chip").allInnerTexts();
      if (lab !== "audit") expect(chips.length).toBeGreaterThan(0);
      expect(new Set(chips.map((text) => text.trim()[0])).size).toBe(chips.length);
      // The current tab's line is seen, and no other's.
      const lines = await page.locator("nav.labs a").evaluateAll((tabs) =>
        tabs.map((tab) => ({
          current: tab.ariaCurrent === "page",
          seen:
            getComputedStyle(tab).borderBottomColor !==
            getComputedStyle(document.body).backgroundColor,
        })),
      );
      expect(lines.filter(({ current, seen }) => current !== seen)).toEqual([]);
    }
  });

test("nothing overflows at 320 px, in any lab or chapter", async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const paths = [
    ...LABS.map((lab) => `#lab=${lab}&${STATES[lab]}`),
    "learn/en/xavier.html",
    "learn/zh/beyond.html",
  ];
  for (const path of paths) {
    await page.goto("about:blank");
    await page.goto(site + path);
    await page.waitForLoadState("networkidle");
    await page.waitForFunction(() => document.readyState === "complete");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, path).toBeLessThanOrEqual(320);
  }
});
