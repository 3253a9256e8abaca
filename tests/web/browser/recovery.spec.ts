/** The engine in the page when things break: a lost worker, a missing module. */
import { expect, settled, test } from "./support.js";

test("a worker that aborts is replaced, the reader is told, and the next request works", async ({
  page,
  site,
}) => {
  // The first module that this page loads aborts in its first job; later ones are whole.
  let workers = 0;
  await page.route("**/*worker-*.js", async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const broken = `const start = self.postMessage.bind(self); self.postMessage = (m, o) => { if (m.type === "result") throw new WebAssembly.RuntimeError("Aborted(test)"); start(m, o); };`;
    await route.fulfill({ response, body: ++workers === 1 ? broken + script : script });
  });
  await page.goto(`${site}#v=1&depth=10&width=64&s=kaiming_normal`);
  const lab = page.locator("init-propagation");
  await expect(
    lab.getByText("The computation stopped unexpectedly and was restarted."),
  ).toBeVisible();
  await lab.getByRole("button", { name: "tanh and Xavier" }).click();
  await settled(page, "init-propagation");
  await expect(lab.getByText("The computation stopped unexpectedly")).toHaveCount(0);
  expect(workers).toBe(2); // theory ahead, which came with the pointer, is computed without one
});

test("without the worker's script the page says that the engine could not be started", async ({
  page,
  site,
  silent,
}) => {
  await page.route("**/*worker-*.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(site);
  await expect(page.locator("init-propagation").getByText(/could not be started/)).toBeVisible();
  for (const heard of silent.splice(0)) expect(heard).toContain("404");
});

test("without the module the page says that the engine could not be started, in words", async ({
  page,
  site,
  silent,
}) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(site);
  await expect(
    page.locator("init-propagation").getByText(/could not be started.*404/),
  ).toBeVisible();
  // The browser's own words about the missing file, and no others.
  for (const heard of silent.splice(0)) expect(heard).toContain("404");
});

test("without the module's second part a lab that needs it says so, and asks again", async ({
  page,
  site,
  silent,
}) => {
  await page.route("**/*deferred*.wasm", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto(site);
  await settled(page, "init-propagation");
  await page.getByRole("link", { name: "Symmetry" }).click();
  const lab = page.locator("init-symmetry");
  await expect(lab.getByText(/could not be started.*deferred.*503/)).toBeVisible();
  await page.unroute("**/*deferred*.wasm");
  await lab.getByRole("button", { name: "Constants stay one unit" }).click();
  await settled(page, "init-symmetry");
  await expect(lab.getByText(/could not be started/)).toHaveCount(0);
  for (const heard of silent.splice(0)) expect(heard).toContain("503");
});

test("without WebAssembly SIMD the page says so", async ({ page, site }) => {
  await page.addInitScript(() => (WebAssembly.validate = () => false));
  await page.goto(site);
  await expect(page.locator("init-propagation").getByText("no WebAssembly SIMD")).toBeVisible();
});

test("a failure that only speaks of SIMD is not taken for a lack of it", async ({ page, site }) => {
  await page.addInitScript(() => {
    window.Worker = function () {
      throw new Error("worker without SIMD shoes");
    } as unknown as typeof Worker;
  });
  await page.goto(site);
  const said = page.locator("init-propagation [role=alert]");
  await expect(said).toContainText("The engine could not be started in this browser");
  await expect(said).not.toContainText("Any browser since 2023 has it");
});
