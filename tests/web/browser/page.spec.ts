/** The page as a reader uses it, read in numbers. */
import { csvOf, drawAll, expect, settled, test } from "./support.js";

/** Finite-width band on ln q for ReLU: ln q ~ N(-b/2, b), b = 5 l / n; four standard deviations. */
function band(layer: number, width: number): [number, number] {
  const b = (5 * layer) / width;
  return [-b / 2 - 4 * Math.sqrt(b) - 0.02, -b / 2 + 4 * Math.sqrt(b) + 0.02];
}

test("He with ReLU stays in theory's band at depth 50 and width 512; Xavier halves", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&width=512&s=kaiming_normal&s=xavier_normal`);
  await settled(page, "init-propagation");
  const [forwardHead, inputs, ...forward] = await csvOf(page, "init-propagation", "activation");
  const [, ...backward] = await csvOf(page, "init-propagation", "gradient");
  const he = forwardHead?.indexOf("He normal: Mean square") ?? -1;
  const xavier = forwardHead?.indexOf("Xavier normal: Mean square") ?? -1;
  expect(he).toBeGreaterThan(0);
  expect(inputs?.[0]).toBe("0");
  expect(forward).toHaveLength(50);
  for (let layer = 1; layer <= 50; ++layer) {
    const [low, high] = band(layer, 512);
    const value = (rows: string[][], column: number) => Number(rows[layer - 1]?.[column]);
    for (const q of [value(forward, he), value(forward, xavier) * 2 ** layer]) {
      expect(Math.log(q), `forward, layer ${layer}`).toBeGreaterThan(low);
      expect(Math.log(q), `forward, layer ${layer}`).toBeLessThan(high);
    }
    const [backLow, backHigh] = band(50 - layer, 512);
    for (const g of [2 * value(backward, he), value(backward, xavier) * 2 ** (51 - layer)]) {
      expect(Math.log(g), `backward, layer ${layer}`).toBeGreaterThan(backLow - 0.02);
      expect(Math.log(g), `backward, layer ${layer}`).toBeLessThan(backHigh + 0.02);
    }
  }
});

test("the default view tells the story: He steady, Xavier fading, N(0, 1) overflowing", async ({
  page,
  site,
}) => {
  await page.goto(site);
  const lab = await settled(page, "init-propagation");
  const caption = lab.locator("[data-figure=activation] figcaption");
  await expect(caption).toContainText(/He normal: from 0\.997 at layer 0 to 1\.\d+ at layer 50/);
  await expect(caption).toContainText(
    /Xavier normal changes the signal by a factor 0\.(49|50)\d* per layer/,
  );
  await expect(caption).toContainText("Normal overflows: from layer 3");
});

test("a gradient that is exactly 0 is said to be", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=10&width=64&activation=tanh&s=zeros`);
  const lab = await settled(page, "init-propagation");
  const caption = lab.locator("[data-figure=gradient] figcaption");
  await expect(caption).toContainText("Zeros: the gradient is exactly 0 up to layer 9.");
});

test("charts follow a control while it is dragged, and the address follows when it is let go", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&width=64&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const slider = lab.getByRole("slider", { name: "Depth" });
  const caption = lab.locator("[data-figure=activation] figcaption");
  await slider.evaluate((input: HTMLInputElement) => {
    input.value = "17";
    input.dispatchEvent(new Event("input"));
  });
  await expect(caption).toContainText("at layer 17");
  expect(page.url()).not.toContain("depth=17");
  await slider.evaluate((input) => input.dispatchEvent(new Event("change")));
  await expect(page).toHaveURL(/depth=17/);
});

test("back and reload restore the state, of both labs", async ({ page, site }) => {
  await page.goto(site);
  const lab = await settled(page, "init-propagation");
  const depth = lab.locator("init-field").filter({ hasText: "Depth" }).getByRole("textbox");
  await depth.fill("12");
  await depth.press("Enter");
  await expect(page).toHaveURL(/#v=1&depth=12/);
  await lab.getByRole("combobox", { name: "Activation" }).selectOption("tanh");
  await expect(page).toHaveURL(/activation=tanh&depth=12/);
  await page.getByRole("link", { name: "Distribution" }).click();
  await expect(page).toHaveURL(/lab=distribution/);
  await settled(page, "init-distribution");
  await page.reload();
  await settled(page, "init-distribution");
  await page.getByRole("link", { name: "Propagation" }).click();
  await expect(page).toHaveURL(/activation=tanh&depth=12/);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/#v=1&depth=12$/);
  await expect(
    page.locator("init-propagation").getByRole("combobox", { name: "Activation" }),
  ).toHaveValue("relu");
  await expect(depth).toHaveValue("12");
});

test("a scheme is added, edited in place and removed; the others keep their colour", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=distribution&v=1&s=xavier_normal&s=kaiming_normal`);
  const lab = await settled(page, "init-distribution");
  await lab.getByRole("button", { name: "Add a scheme" }).click();
  await lab.getByRole("combobox", { name: "Search schemes" }).fill("trunc_normal");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/s=trunc_normal/);
  await lab.getByRole("button", { name: "Parameters of Truncated normal" }).click();
  const std = lab
    .locator("init-schemes init-field")
    .filter({ hasText: "Std" })
    .getByRole("textbox");
  await std.fill("0.5");
  await std.press("Enter");
  await expect(page).toHaveURL(/trunc_normal;std:0\.5/);
  await lab.getByRole("button", { name: "Remove Xavier normal" }).click();
  await expect(page).toHaveURL(/v=1&s=kaiming_normal&s=trunc_normal/);
  await expect(lab.locator(".chip").first()).toHaveClass(/slot-1/);
});

test("the table compares measured and theoretical statistics", async ({ page, site }) => {
  await page.goto(`${site}#lab=distribution&v=1&samples=1000000&s=kaiming_uniform`);
  const lab = await settled(page, "init-distribution");
  const cells = await lab.locator("#statistics tbody tr").allInnerTexts();
  const row = (name: string) => cells.find((text) => text.startsWith(name))?.split("\t") ?? [];
  expect(Number(row("Std")[1])).toBeCloseTo(Math.sqrt(2 / 512), 3);
  expect(Number(row("Maximum")[2])).toBeCloseTo(Math.sqrt(6 / 512), 3);
  expect(Number(row("KS distance")[1]?.replace("×10⁻⁴", "e-4"))).toBeLessThan(2.23e-3);
  await expect(lab.locator(".formulas math")).toContainText("0.1083");
});

test("long work shows a bar with cancel, and the last figure stays", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=10&width=64&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const svg = lab.locator("init-figure svg").first();
  await page.evaluate(() => (location.hash = "#v=1&depth=200&width=1024&s=kaiming_normal"));
  await expect(lab.locator("init-figure progress").first()).toBeVisible();
  await expect(svg).toBeVisible();
  await lab.getByRole("button", { name: "Cancel" }).first().click();
  await expect(lab.getByText("Cancelled.")).toBeVisible();
  await expect(lab.locator("init-figure progress")).toHaveCount(0);
  await expect(svg).toBeVisible();
  await lab.getByRole("button", { name: "tanh and Xavier" }).click();
  await expect(lab.locator("[data-figure=activation] figcaption")).toContainText("Xavier");
  await expect(lab.getByText("Cancelled.")).toHaveCount(0);
});

test("a figure is drawn once for a result, however often progress is reported", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=10&width=64&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const svg = await lab.locator("init-figure svg").first().elementHandle();
  await page.evaluate(() => (location.hash = "#v=1&depth=200&width=1024&s=kaiming_normal"));
  await expect(lab.locator("init-figure progress").first()).toHaveAttribute(
    "value",
    /^([5-9]|\d\d)/,
  );
  // Several reports of progress later, the very same drawing is on the page.
  expect(await svg.evaluate((element) => element.isConnected)).toBe(true);
  await lab.getByRole("button", { name: "Cancel" }).first().click();
  await expect(lab).toHaveAttribute("aria-busy", "false");
});

test("the cursor moves by keyboard and says its values", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=10&width=64&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const figure = lab.locator("[data-figure=activation]");
  const drawing = figure.locator(".drawing");
  await drawing.focus();
  await drawing.press("End");
  await expect(figure.locator("output")).toContainText("Layer 10: ● He normal");
  await drawing.press("ArrowLeft");
  await expect(figure.locator("output")).toContainText("Layer 9:");
});

for (const width of [320, 360, 768, 1280])
  for (const lab of ["propagation", "phase", "distribution"] as const)
    test(`nothing is cut off or scrolls sideways at ${width} px: ${lab}`, async ({
      page,
      site,
    }) => {
      await page.setViewportSize({ width, height: 800 });
      // The default, and the longest names that there are.
      const long = "s=trunc_normal&s=torch_linear&s=zeros";
      for (const [lang, state] of ["en", "zh"].flatMap((l) => ["v=1", long].map((s) => [l, s]))) {
        await page.goto("about:blank");
        await page.goto(`${site}?lang=${lang}#lab=${lab}&${state}`);
        await settled(page, `init-${lab}`);
        await drawAll(page, `init-${lab}`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wider).toBeLessThanOrEqual(0);
        // Every word of a figure lies within its frame, and no two overlap.
        const problems = await page.locator(`init-${lab} init-figure svg`).evaluateAll((drawings) =>
          drawings.flatMap((svg) => {
            const frame = svg.getBoundingClientRect();
            const texts = [...svg.querySelectorAll("text")].map((text) => ({
              words: text.textContent,
              box: text.getBoundingClientRect(),
            }));
            const cut = texts.filter(
              ({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1,
            );
            // Line boxes are higher than their letters: three pixels may be shared.
            const overlapping = texts.flatMap((a, i) =>
              texts
                .slice(i + 1)
                .filter(
                  (b) =>
                    Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
                    Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 3,
                ),
            );
            return [...cut, ...overlapping].map(({ words }) => words);
          }),
        );
        expect(problems).toEqual([]);
      }
    });

test("the benchmark measures every case on the reader's device, in both languages", async ({
  page,
  site,
}) => {
  await page.goto(site);
  await page.getByRole("link", { name: "Benchmark" }).click();
  await page.getByRole("button", { name: "Run" }).click();
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(5, { timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Run" })).toBeEnabled();
  for (const row of (await rows.all()).slice(0, 3))
    await expect(row).toHaveText(/[\d.]+\u202fns.*[\d.]+\u202fns.*[\d.]+×$/);
  await expect(rows.nth(4)).toContainText("ms");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await page.goto(`${site}bench.html?lang=zh`);
  await expect(page.getByRole("button", { name: "开始" })).toBeVisible();
});

test("after load the page asks for nothing but its own files", async ({ page, site }) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.goto(site);
  const lab = await settled(page, "init-propagation");
  await lab.getByRole("button", { name: "tanh and Xavier" }).click();
  await page.getByRole("link", { name: "Distribution" }).click();
  await settled(page, "init-distribution");
  for (const request of requests.filter((r) => !r.includes(" blob:") && !r.includes(" data:")))
    expect(request).toMatch(
      new RegExp(`^GET ${site}(index\\.html|icon\\.svg|assets/[^?]+)?(#.*)?$`),
    );
});
