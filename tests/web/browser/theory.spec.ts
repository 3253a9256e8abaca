/** Theory beside the dots, the verdict's buttons, the phase plane, and inputs from a file. */
import { csvOf, expect, settled, test } from "./support.js";

test("measured dots lie in theory's band, and the table has both", async ({ page, site }) => {
  await page.goto(
    `${site}#v=1&depth=20&width=512&activation=tanh&s=kaiming_normal;nonlinearity:tanh`,
  );
  await settled(page, "init-propagation");
  for (const figure of ["activation", "gradient"]) {
    const [head = [], ...rows] = await csvOf(page, "init-propagation", figure);
    const column = (name: string) => head.findIndex((title) => title.endsWith(`: ${name}`));
    expect(rows).toHaveLength(figure === "activation" ? 21 : 20); // the inputs are layer 0 of the signal
    const inside = rows.filter((row) => {
      const measured = Number(row[column("Mean square")]);
      return (
        measured > Number(row[column("band from")]) && measured < Number(row[column("band to")])
      );
    });
    expect(inside.length).toBeGreaterThanOrEqual(18); // 95 % of networks, layer by layer
  }
});

test("the verdict names the cure, and its button applies it", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=30&width=128&s=xavier_normal`);
  const lab = await settled(page, "init-propagation");
  const verdict = lab.locator("ul.verdict");
  await expect(verdict).toContainText("Ordered: χ₁ = 0.5 is below 1");
  await lab.locator("init-cure").scrollIntoViewIfNeeded(); // it comes when it is seen
  await lab.locator("init-cure").getByRole("button", { name: "Apply" }).first().click();
  await expect(page).toHaveURL(/s=kaiming_normal;nonlinearity:relu/);
  await expect(verdict).toContainText("Critical: χ₁ = 1.");
});

test("a remedy for GELU is tried before it is offered, and keeps its promise", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&activation=gelu&depth=60&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const verdict = lab.locator("ul.verdict");
  const better = lab.locator("init-cure .said");
  await lab.locator("init-cure").scrollIntoViewIfNeeded();
  await expect(better).toContainText("Better:");
  const promise = /within a factor ([\d.]+) over 60 layers/;
  const promised = Number(promise.exec((await better.textContent()) ?? "")?.[1]);
  expect(promised).toBeLessThan(10);
  await better.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page).toHaveURL(/s=edge_of_chaos/);
  await expect(verdict).not.toContainText("He normal");
  await expect(verdict).not.toContainText("orders of magnitude");
  const spreads = [...((await verdict.textContent()) ?? "").matchAll(/within a factor ([\d.]+)/g)];
  expect(Math.max(...spreads.map(([, factor]) => Number(factor)))).toBe(promised);
});

test("a band without a formula is simulated on demand, with progress", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=5&width=32&batch=8&activation=gelu&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  const caption = lab.locator("[data-figure=activation] figcaption");
  await expect(caption).not.toContainText("95%");
  await lab.getByRole("button", { name: /Simulate the band/ }).click();
  await expect(page).toHaveURL(/repeats=200/);
  await expect(caption).toContainText("medians of 200 networks");
  await expect(caption).toContainText("Bands hold 95%");
});

test("widths may differ by layer: Xavier's compromise shows", async ({ page, site }) => {
  await page.goto(`${site}#v=1&depth=6&activation=linear&s=xavier_normal`);
  const lab = await settled(page, "init-propagation");
  const control = lab.locator("init-field").filter({ hasText: "Widths by layer" });
  await control.getByRole("textbox").fill("64, 256");
  await control.getByRole("textbox").blur();
  await expect(page).toHaveURL(/widths=64(%2C|,)256/);
  await settled(page, "init-propagation");
  const [head = [], ...rows] = await csvOf(page, "init-propagation", "activation");
  const theory = head.findIndex((title) => title.endsWith(": theory"));
  const values = rows.map((row) => Number(row[theory]));
  // 2 n_in / (n_in + n_out): 1.6 from 256 to 64, 0.4 back.
  expect((values[3] ?? 0) / (values[2] ?? 1)).toBeCloseTo(1.6, 5);
  expect((values[2] ?? 0) / (values[1] ?? 1)).toBeCloseTo(0.4, 5);
});

test("inputs come from the reader's file; a wrong file is refused in words", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=4&width=32&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  await lab.getByRole("combobox", { name: "Inputs" }).selectOption("data");
  await expect(lab.locator("#file-note")).toContainText("Choose a file of your own");
  const give = (name: string, text: string) =>
    lab.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await give("broken.csv", "1,2,3\n4,x,6\n");
  await expect(lab.locator("#file-note")).toContainText("(2, 2)");
  await give("inputs.csv", "1,2,3\n4,5,6\n");
  await expect(lab.locator("#file-note")).toContainText("inputs.csv: 2 inputs of 3 numbers");
  await expect(page).toHaveURL(/input=data/);
  await settled(page, "init-propagation");
  const [head = [], inputs = [], first = []] = await csvOf(page, "init-propagation", "activation");
  expect(Number(inputs[head.findIndex((title) => title.endsWith(": Mean square"))])).toBeCloseTo(
    91 / 6,
  );
  const theory = Number(first[head.findIndex((title) => title.endsWith(": theory"))]);
  // relu of z ~ N(0, 2 * 91 / 6): mean square q / 2.
  expect(theory / (91 / 6)).toBeCloseTo(1, 5);
  // Another batch does not fit the file: said at the control, and the file stays.
  const batch = lab.locator("init-field").filter({ hasText: "Batch" }).getByRole("textbox");
  await batch.fill("3");
  await batch.blur();
  await expect(
    lab.locator("init-field").filter({ hasText: "Inputs" }).getByRole("alert").first(),
  ).toContainText("6 numbers");
});

test("the phase point moves by pointer, keyboard and number, and a network follows it", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=phase&v=1`);
  const lab = await settled(page, "init-phase");
  const follower = page.locator("init-propagation:visible");
  const plane = lab.locator("init-figure").first();
  const readout = plane.locator(".readout");
  await expect(readout).toContainText("σ_w² = 1.5, σ_b² = 0.05");
  await expect(follower.locator("ul.verdict")).toContainText("χ₁ = 0.9386");
  // By keyboard: one cell to the right.
  await plane.locator(".drawing").focus();
  await page.keyboard.press("ArrowRight");
  await expect(readout).toContainText("σ_w² = 1.54");
  await expect(page).toHaveURL(/sigma_w2=1.54/);
  // By pointer: while it is dragged the address stays, and the point stays within the plane.
  const box = await plane
    .locator("svg")
    .evaluate((svg) => svg.getBoundingClientRect().toJSON() as DOMRect);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 3, { steps: 4 });
  await expect(readout).not.toContainText("σ_w² = 1.54");
  expect(page.url()).toContain("sigma_w2=1.54");
  await page.mouse.move(box.x - 50, box.y + 2000);
  await page.mouse.up();
  await expect(readout).toContainText("σ_w² = 0, σ_b² = 0");
  await expect(page).toHaveURL(/sigma_w2=0&sigma_b2=0/);
  // By number, and the simulation below follows.
  const field = lab.locator("init-field").filter({ hasText: "σ_w²" }).first();
  await field.getByRole("textbox").fill("3");
  await field.getByRole("textbox").blur();
  await expect(follower.locator("ul.verdict")).toContainText("Chaotic");
  await expect(follower.locator("ul.verdict")).toContainText("χ₁ =");
});

test("while the point moves, the map is encoded once and theory asked for once a frame", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=phase&v=1`);
  const lab = await settled(page, "init-phase");
  const address = () => lab.locator("init-figure image").first().getAttribute("href");
  const elements = () => lab.locator("init-figure svg *").count();
  const before = await address();
  const many = await elements();
  // Requests that the lab makes of its engine.
  await page.evaluate(() => {
    type Runs = { run: (...args: unknown[]) => Promise<unknown> };
    const element = document.querySelector("init-phase") as unknown as { engine(): Runs };
    const engine = element.engine();
    const run = engine.run.bind(engine);
    const counted = window as unknown as { asked: string[] };
    counted.asked = [];
    engine.run = (...args) => {
      counted.asked.push(String(args[0]));
      return run(...args);
    };
  });
  const plane = lab.locator("init-figure").first();
  await plane.locator(".drawing").focus();
  for (let i = 0; i < 5; ++i) await page.keyboard.press("ArrowUp");
  await expect(plane.locator(".readout")).toContainText("σ_b² = 0.065");
  await settled(page, "init-phase");
  const all = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
  // The network below asks the same engine for its theory, which is ahead of its simulation.
  expect(new Set(all.filter((kind) => kind !== "meanField"))).toEqual(new Set(["phase"]));
  const asked = all.filter((kind) => kind === "phase");
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(5); // one a move, less where moves overtake one another
  expect(await address()).toBe(before); // the map is not encoded again
  expect(Math.abs((await elements()) - many)).toBeLessThan(30); // ticks may come and go
  await lab.getByRole("combobox", { name: "Activation" }).selectOption("gelu");
  await expect.poll(address).not.toBe(before);
});

test("the phase lab's tabs, both languages and the table of places", async ({ page, site }) => {
  await page.goto(`${site}?lang=zh#lab=phase&v=1&activation=gelu`);
  const lab = await settled(page, "init-phase");
  await expect(lab).toContainText("不稳定");
  await expect(lab.getByRole("row").filter({ hasText: "He" }).first()).toContainText("2");
  await page
    .getByRole("button", { name: "Language" })
    .or(page.locator("#language"))
    .first()
    .click();
  await expect(lab).toContainText("repel");
});

test("a figure that has come near is drawn, however late a busy page hears of it", async ({
  page,
  site,
}) => {
  // As when two frames pass before an observer is called: what was comes with what is.
  await page.addInitScript(() => {
    const Native = IntersectionObserver;
    window.IntersectionObserver = class extends Native {
      constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super((entries, self) => {
          const before = entries.map(({ target }) => ({ target, isIntersecting: false }));
          callback([...(before as unknown as IntersectionObserverEntry[]), ...entries], self);
        }, options);
      }
    };
  });
  await page.goto(`${site}#v=1&depth=6&width=32&batch=16`);
  await settled(page, "init-propagation");
});

test("figures are drawn when they come near, and saved whether they are or not", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#v=1&depth=5&width=32&s=kaiming_normal`);
  const lab = await settled(page, "init-propagation");
  // Far below, and its code comes after the others'.
  const last = lab.locator("[data-figure=gradientHistograms]");
  await expect(last).toBeAttached();
  const drawing = last.locator(".drawing svg");
  expect(await drawing.count()).toBe(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    // By script: a click would bring it into view.
    last.getByRole("button", { name: "SVG" }).evaluate((button) => (button as HTMLElement).click()),
  ]);
  expect(download.suggestedFilename()).toBe("initscope-gradientHistograms.svg");
  await last.scrollIntoViewIfNeeded();
  await expect(drawing).toBeVisible();
});

test("biases move the schemes' places in the plane", async ({ page, site }) => {
  await page.goto(`${site}#lab=phase&v=1&width=64`);
  const lab = await settled(page, "init-phase");
  await lab.getByRole("combobox", { name: "Biases" }).selectOption("torch_linear_bias");
  await expect(page).toHaveURL(/bias=torch_linear_bias/);
  // 1 / (3 n)
  await expect(lab.getByRole("row").filter({ hasText: "PyTorch Linear" })).toContainText("0.00521");
});

test("the network follows while the point is still being dragged", async ({ page, site }) => {
  await page.goto(`${site}#lab=phase&v=1`);
  await settled(page, "init-phase");
  await settled(page, "init-propagation");
  // A move every frame, until the network has been redrawn twice. A simulation takes several
  // frames: if each move began it anew, none would end.
  const redrawn = await page.evaluate(async () => {
    type Figure = HTMLElement & {
      content: { handle: { move(x: number, y: number, settled: boolean): void } };
    };
    const figureOf = (lab: Element) => lab.shadowRoot?.querySelector("init-figure") as Figure;
    const phase = document.querySelector("init-phase");
    const network = [...document.querySelectorAll("init-propagation")].find((lab) => !lab.hidden);
    if (!phase || !network) return -1;
    figureOf(network).scrollIntoView({ block: "center" });
    let count = 0;
    const observer = new MutationObserver(() => ++count);
    const place = figureOf(network).shadowRoot?.querySelector(".drawing");
    if (place) observer.observe(place, { childList: true });
    for (let frame = 0; frame < 300 && count < 2; ++frame) {
      figureOf(phase).content.handle.move(1 + frame / 200, 0.1, false);
      await new Promise(requestAnimationFrame);
    }
    return count;
  });
  expect(redrawn).toBeGreaterThanOrEqual(2);
});

test("what a reader sets in the network below stays when the point moves", async ({
  page,
  site,
}) => {
  await page.goto(`${site}#lab=phase&v=1`);
  const lab = await settled(page, "init-phase");
  const network = await settled(page, "init-propagation");
  const seed = network.locator("init-field").filter({ hasText: "Seed" }).getByRole("textbox");
  await seed.fill("7");
  await seed.blur();
  await network.getByRole("button", { name: "Add a scheme" }).click();
  await network.getByRole("combobox", { name: "Search schemes" }).fill("trunc_normal");
  await page.keyboard.press("Enter");
  await expect(network.locator(".chip")).toHaveCount(2);
  const field = lab.locator("init-field").filter({ hasText: "σ_w²" }).first();
  await field.getByRole("textbox").fill("3");
  await field.getByRole("textbox").blur();
  await expect(network.locator("ul.verdict")).toContainText("Chaotic");
  await expect(seed).toHaveValue("7");
  await expect(network.locator(".chip")).toHaveCount(2);
});
