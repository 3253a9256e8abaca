/** Labs in other people's pages: frames, messages, hidden parts, the dialog that hands out snippets. */
import type { Page } from "@playwright/test";
import fc from "fast-check";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { expect, root, settled, test } from "./support.js";

interface Heard {
  readonly type?: string;
  readonly height?: number;
  readonly state?: string;
  readonly lab?: string;
}

/** A page of another origin with a frame, and what the frame says. */
async function embed(page: Page, hosts: string, source: string, sandbox?: string) {
  await page.goto(`${hosts}blank.html`);
  await page.evaluate(
    ({ src, rules }) => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      const frame = document.createElement("iframe");
      addEventListener("message", ({ data, source: from }) => {
        if (from !== frame.contentWindow) return;
        heard.push(data);
        const { type, height } = data as { type?: string; height?: number };
        if (type === "initscope:height") frame.height = String(height);
      });
      if (rules) frame.setAttribute("sandbox", rules);
      Object.assign(frame, { src, width: 900, height: 300, title: "initscope" });
      document.body.append(frame);
    },
    { src: source, rules: sandbox },
  );
  return page.frameLocator("iframe");
}

const heard = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { heard: Heard[] }).heard.filter(({ type }) => type),
  );

test("a frame shows what was asked for, is as high as it needs, and says so", async ({
  page,
  hosts,
  site,
}) => {
  const frame = await embed(
    page,
    hosts,
    `${site}embed.html#lab=propagation&hide=controls,presets,text&only=activation&lang=zh&v=1&depth=8&width=64&s=kaiming_normal`,
  );
  await expect(frame.locator("init-figure svg").first()).toBeVisible();
  await expect(frame.locator("init-figure")).toHaveCount(1);
  await expect(frame.locator("figcaption").first()).toContainText("保持平稳");
  await expect(frame.locator(".controls")).toHaveCount(0);
  await expect(frame.locator(".presets")).toHaveCount(0);
  await expect
    .poll(
      async () => (await heard(page)).findLast(({ type }) => type === "initscope:height")?.height,
    )
    .toBeGreaterThan(400);
  // Nothing of the frame is cut off.
  await expect
    .poll(() =>
      page.frames()[1]?.evaluate(() => document.documentElement.scrollHeight - innerHeight),
    )
    .toBeLessThanOrEqual(0);
  expect((await heard(page)).map(({ type }) => type)).toContain("initscope:ready");
});

test("a frame takes a state by message, answers, and ignores the rest", async ({
  page,
  hosts,
  site,
}) => {
  const frame = await embed(page, hosts, `${site}embed.html#lab=propagation&v=1&depth=8&width=64`);
  await expect(frame.locator("[data-figure=activation] figcaption")).toContainText("at layer 8");
  await page.evaluate(() => {
    const target = document.querySelector("iframe")?.contentWindow;
    for (const junk of [
      null,
      5,
      "initscope:get",
      { type: "initscope:set", version: 9, state: "depth=3" },
    ])
      target?.postMessage(junk, "*");
    target?.postMessage(
      { type: "initscope:set", version: 1, state: "v=1&depth=5&width=64", lang: "zh" },
      "*",
    );
  });
  await expect(frame.locator("[data-figure=activation] figcaption")).toContainText("第 5 层");
  await page.evaluate(() =>
    document
      .querySelector("iframe")
      ?.contentWindow?.postMessage({ type: "initscope:get", version: 1 }, "*"),
  );
  await expect
    .poll(async () => (await heard(page)).findLast(({ type }) => type === "initscope:state"))
    .toMatchObject({ lab: "propagation", state: "v=1&depth=5&width=64" });
  // A state that is wrong is said to be, in the frame.
  await page.evaluate(() =>
    document
      .querySelector("iframe")
      ?.contentWindow?.postMessage(
        { type: "initscope:set", version: 1, state: "v=1&depth=0" },
        "*",
      ),
  );
  await expect(frame.locator("[role=alert]").first()).toContainText("1..200");
});

test("the single file embeds a lab in a sandboxed frame", async ({ page, hosts, site }) => {
  const frame = await embed(
    page,
    hosts,
    `${site}initscope.html#embed=1&lab=symmetry&hide=controls,text&only=units&v=1&steps=60`,
    "allow-scripts",
  );
  await expect(frame.locator("init-figure svg").first()).toBeVisible();
  await expect(frame.locator("header.site")).toHaveCount(0);
});

test("a figure that is not there is said to be missing", async ({ page, site }) => {
  await page.goto(`${site}embed.html#lab=propagation&only=nonsense&v=1&depth=3&width=32`);
  await expect(page.locator("init-propagation [role=alert]")).toContainText(
    "must be one of flow, activation, gradient",
  );
});

test("hostile attributes leave every element in a state of its schema", async ({ page, site }) => {
  const words = ["lab", "state", "hide", "only", "lang", "theme"];
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom("v=1&depth=1e999", "s=normal;std:NaN", "__proto__=1", "dark", "zh", "\u0000"),
    fc
      .array(fc.tuple(fc.constantFrom("depth", "steps", "width", "s", "bias", "seed"), fc.string()))
      .map((pairs) => pairs.map((pair) => pair.join("=")).join("&")),
  );
  const cases = fc.sample(fc.tuple(fc.constantFrom(...words), text), { numRuns: 2000, seed: 7 });
  for (const lab of ["propagation", "training", "symmetry", "phase", "distribution"] as const) {
    await page.goto("about:blank");
    await page.goto(`${site}#lab=${lab}`);
    await settled(page, `init-${lab}`);
    // Beside the page's own, so that nothing is computed 2000 times.
    const states = await page.evaluate(
      ({ name, given }) => {
        const element = document.createElement(name) as HTMLElement & { state: string };
        return given.map(([attribute, value]) => {
          element.setAttribute(attribute, value);
          return element.state;
        });
      },
      { name: `init-${lab}`, given: cases },
    );
    for (const state of new Set(states)) {
      const { request, issues } = parseState(lab, state);
      expect(issues).toEqual([]);
      if (state !== "") expect(formatState(lab, request)).toBe(state);
    }
    expect(new Set(states).size).toBeGreaterThan(5);
  }
});

test("the dialog's snippets work as they are pasted", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${site}#v=1&depth=7&width=64&s=xavier_normal`);
  await settled(page, "init-propagation");
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  const text = dialog.getByRole("textbox");
  await expect(text).toHaveValue(
    `${site}index.html#lab=propagation&v=1&depth=7&width=64&s=xavier_normal`,
  );
  await dialog.getByRole("combobox").selectOption("iframe");
  await dialog.getByRole("checkbox", { name: "Controls" }).uncheck();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.locator("output")).toHaveText("Copied");
  const frame = await page.evaluate(() => navigator.clipboard.readText());
  expect(frame).toContain("hide=controls");
  await dialog.getByRole("combobox").selectOption("element");
  const element = await text.inputValue();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  // A page without a CSP of its own, as most hosts are.
  for (const snippet of [frame, element]) {
    const other = await context.newPage();
    await other.route(`${site}pasted.html`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><title>x</title>${snippet}`,
      }),
    );
    await other.goto(`${site}pasted.html`);
    const place = snippet === frame ? other.frameLocator("iframe") : other;
    await expect(place.locator("[data-figure=activation] figcaption")).toContainText("at layer 7");
    await expect(place.locator(".controls")).toHaveCount(0);
    await other.close();
  }
  expect(root).not.toBe("");
});

test("a notebook's widget keeps its model up to date, loaded from a text", async ({
  page,
  hosts,
  cdn,
}) => {
  await page.goto(`${hosts}blank.html`);
  await page.evaluate(async (address) => {
    // As anywidget does it: the module is a text, and has no address of its own.
    const source = await (await fetch(address)).text();
    const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    type Render = (context: { model: object; el: HTMLElement }) => () => void;
    const widget = (await import(blob)) as { default: { render: Render } };
    const traits: Record<string, unknown> = {
      lab: "propagation",
      state: "v=1&depth=6&width=32",
      hide: "presets",
    };
    const listeners: (() => void)[] = [];
    const model = {
      get: (name: string) => traits[name],
      set: (name: string, value: unknown) => (traits[name] = value),
      save_changes: () => undefined,
      on: (_: string, listener: () => void) => listeners.push(listener),
      off: () => undefined,
    };
    widget.default.render({ model, el: document.body });
    Object.assign(globalThis, {
      traits,
      change: (state: string) => {
        traits["state"] = state;
        for (const listener of listeners) listener();
      },
    });
  }, `${cdn}anywidget.mjs`);
  const lab = await settled(page, "init-propagation");
  await expect(lab.locator("[data-figure=activation] figcaption")).toContainText("at layer 6");
  await page.evaluate(() =>
    (globalThis as unknown as { change(state: string): void }).change("v=1&depth=4&width=32"),
  );
  await expect(lab.locator("[data-figure=activation] figcaption")).toContainText("at layer 4");
  const depth = lab.locator("init-field").filter({ hasText: "Depth" }).getByRole("textbox");
  await depth.fill("5");
  await depth.press("Enter");
  await expect
    .poll(() =>
      page.evaluate(() => (globalThis as unknown as { traits: { state: string } }).traits.state),
    )
    .toBe("v=1&depth=5&width=32");
});

test("the course: chapters in both languages, figures that come when they are reached", async ({
  page,
  site,
}) => {
  await page.goto(site);
  await page.getByRole("link", { name: "Learn" }).click();
  await expect(page).toHaveURL(/learn\/en\/why\.html$/);
  await expect(page.locator("figure.live init-propagation figcaption").first()).toContainText(
    "He normal: from 0.997 at layer 0",
  );
  await page.getByRole("link", { name: "Fixed values: zeros, ones, constants" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Fixed values: zeros, ones, constants",
  );
  await expect(page.locator("math").first()).toBeVisible();
  await page.locator("#ceiling").scrollIntoViewIfNeeded();
  await expect(page.locator("#ceiling init-symmetry figcaption")).toContainText(
    "one unit per layer reaches",
  );
  const question = page.locator("details.question").first();
  await question.locator("summary").click();
  await expect(question).toContainText("The argument holds for every hidden layer");
  await page.getByRole("link", { name: "中文" }).click();
  await expect(page).toHaveURL(/learn\/zh\/constants\.html$/);
  await expect(page.locator("#copies init-symmetry figcaption")).toContainText(
    "每条线是一个神经元",
  );
  await page.locator("#copies").getByRole("link", { name: "在实验台中打开" }).click();
  await settled(page, "init-symmetry");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
});

test("the course: where a figure shows one scheme, tabs choose which", async ({ page, site }) => {
  await page.goto(`${site}learn/en/debugging.html`);
  const histograms = page.locator("#histograms");
  await histograms.scrollIntoViewIfNeeded();
  await expect(histograms).toContainText("Activations by layer, Xavier normal");
  const tabs = histograms.locator("button[aria-pressed]");
  await expect(tabs).toHaveCount(3);
  await tabs.nth(2).click();
  await expect(tabs.nth(2)).toHaveAttribute("aria-pressed", "true");
  await expect(histograms).toContainText("Activations by layer, Normal, Std 1");
  // A figure of all schemes has none.
  const weights = page.locator("#weights");
  await weights.scrollIntoViewIfNeeded();
  await expect(weights.locator("init-figure svg").first()).toBeVisible();
  await expect(weights.locator("button[aria-pressed]")).toHaveCount(0);
});

test("the guide to embedding has this site's own address in its examples", async ({
  page,
  site,
}) => {
  await page.goto(site);
  await page.getByRole("link", { name: "Embed" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Embedding a lab");
  const example = page.locator("pre", { hasText: "<init-propagation" }).first();
  await expect(example).toContainText(`src="${site}lib/elements.js"`);
  await expect(page.locator("main")).not.toContainText("example.org");
  await page.getByRole("link", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("嵌入一个实验");
});
