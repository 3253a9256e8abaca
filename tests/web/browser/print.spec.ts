/** On paper: everything that is to be read, on light ground, and nothing that is to be pressed. */
import { expect, settled, test } from "./support.js";

test("a lab on paper has every figure, in light colours, and no controls", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 718, height: 400 }); // A4, so that most figures are far away
  await page.goto(`${site}?theme=dark#v=1&depth=6&width=32&batch=16`);
  const lab = await settled(page, "init-propagation");
  const figures = lab.locator("init-figure");
  const drawn = () =>
    figures.evaluateAll(
      (all) => all.filter((figure) => figure.shadowRoot?.querySelector(".drawing svg")).length,
    );
  expect(await drawn()).toBeLessThan(await figures.count()); // the control
  await page.emulateMedia({ media: "print" });
  // As the browser does before it lays the page out for print: microtasks, and no tasks.
  const whileHandled = await page.evaluate(async () => {
    dispatchEvent(new Event("beforeprint"));
    for (let i = 0; i < 100; ++i) await Promise.resolve();
    const element = document.querySelector("init-propagation");
    const all = [...(element?.shadowRoot?.querySelectorAll("init-figure") ?? [])];
    return {
      themes: [document.documentElement.dataset["theme"], element?.dataset["theme"]],
      missing: all.filter((figure) => !figure.shadowRoot?.querySelector(".drawing svg")).length,
    };
  });
  expect(whileHandled).toEqual({ themes: ["light", "light"], missing: 0 });
  for (const hidden of [".controls", ".presets", "init-figure .actions", "init-figure details"])
    await expect(lab.locator(hidden).first()).toBeHidden();
  for (const hidden of ["nav.labs", "footer"]) await expect(page.locator(hidden)).toBeHidden();
  // Of all that is pressed, such as "Train this network", only the schemes' names are left.
  const pressed = lab.locator("button, summary").filter({ visible: true });
  await expect(pressed).toHaveText([/He normal/, /Xavier normal/, /Normal/]);
  const places = await figures.evaluateAll((all) =>
    all.map((figure) => {
      const { left, width } = figure.getBoundingClientRect();
      const drawn = figure.shadowRoot?.querySelector(".drawing svg")?.getBoundingClientRect();
      return { left: Math.round(left), width, drawn: drawn?.width ?? NaN };
    }),
  );
  for (const { width, drawn } of places) expect(drawn / width).toBeGreaterThan(0.98);
  expect(new Set(places.map(({ left }) => left)).size).toBe(2); // columns
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(718);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("what was drawn for a wide window fills its column on paper, as high as it is then", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.goto(`${site}#v=1&depth=6&width=32&batch=16`);
  const lab = await settled(page, "init-propagation");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 900 });
  for (const figure of await lab.locator("init-figure").all()) {
    const { room, drawn, whole } = await figure.evaluate((element) => {
      const at = (selector: string) =>
        element.shadowRoot?.querySelector(selector)?.getBoundingClientRect();
      return {
        room: at(".drawing")?.height ?? NaN,
        drawn: at(".drawing svg")?.height ?? NaN,
        whole: (at(".drawing svg")?.width ?? NaN) / element.getBoundingClientRect().width,
      };
    });
    expect(whole).toBeGreaterThan(0.98);
    expect(room - drawn).toBeLessThan(2); // nothing empty below it
  }
});

test("a chapter's figures that nobody has reached are said to be missing, and come for the next print", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 718, height: 400 });
  await page.goto(`${site}learn/en/xavier.html`);
  const last = page.locator("figure.live").last();
  await expect(last).toBeAttached();
  await page.emulateMedia({ media: "print" });
  const said = () =>
    last.evaluate((figure) => getComputedStyle(figure, "::before").getPropertyValue("content"));
  expect(await said()).toContain("print once more");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(last.locator(":scope > :first-child")).not.toHaveJSProperty("tagName", "FIGCAPTION");
  expect(await said()).toBe("none");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
});
