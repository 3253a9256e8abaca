// Measures the built page in Chromium. Run by scripts/bench.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { median } from "../../bench/table.mjs";
import { launchOptions } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const root = join(import.meta.dirname, "../..");
const ROUNDS = 9;

const inMs = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const rows = [];

const site = await serve(join(root, "dist/site"), 8700);
const cdn = await serve(join(root, "dist/npm"), 8750, { "access-control-allow-origin": "*" });
const browser = await chromium.launch(launchOptions);

/** From the start of the navigation to the first figure, in a context without a cache. */
async function firstChart() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      const figure = document
        .querySelector("init-propagation")
        ?.shadowRoot?.querySelector("init-figure");
      if (figure?.shadowRoot?.querySelector("svg")) globalThis.firstChart = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.firstChart !== undefined);
  const time = await page.evaluate(() => globalThis.firstChart);
  await context.close();
  return time;
}

const cold = [];
for (let i = 0; i < ROUNDS; ++i) cold.push(await firstChart());
rows.push(["first chart of the default view (three schemes), cold", inMs(median(cold))]);

const page = await (await browser.newContext()).newPage();
await page.goto(`${cdn.url}package.json`); // any page of the package's own origin
const times = await page.evaluate(
  async ({ address, rounds }) => {
    const { load } = await import(address);
    const scope = await load();
    const propagation = [];
    const normals = [];
    for (let i = 0; i < rounds; ++i) {
      let start = performance.now();
      await scope.propagate({
        depth: 50,
        width: 256,
        batch: 128,
        schemes: [{ scheme: "kaiming_normal" }],
      });
      propagation.push(performance.now() - start);
      start = performance.now();
      await scope.initialize({ scheme: "normal", shape: [1000, 1000], seed: i });
      normals.push(performance.now() - start);
    }
    return { propagation, normals };
  },
  { address: `${cdn.url}index.js`, rounds: ROUNDS },
);
rows.push([
  "propagation 50 x 256, batch 128, forward and backward with statistics, one scheme",
  inMs(median(times.propagation)),
]);
rows.push(["a million normals, from request to Float32Array", inMs(median(times.normals))]);

const zipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1000;
const assets = readdirSync(join(root, "dist/site/assets"));
const sizeOf = (end) =>
  assets
    .filter((name) => name.endsWith(end))
    .reduce((sum, name) => sum + zipped(join(root, "dist/site/assets", name)), 0);
rows.push(["JavaScript, gzip", `${sizeOf(".js").toFixed(0)} kB`]);
rows.push(["WebAssembly, gzip", `${sizeOf(".wasm").toFixed(0)} kB`]);
rows.push([
  "initscope.html, the single file, gzip",
  `${zipped(join(root, "dist/site/initscope.html")).toFixed(0)} kB`,
]);

await browser.close();
site.server.close();
cdn.server.close();
console.log(`| Chromium ${browser.version()}, medians of ${ROUNDS} | |\n| --- | --- |`);
for (const [what, value] of rows) console.log(`| ${what} | ${value} |`);
