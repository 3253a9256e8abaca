// Measures the training lab of the built page in Chromium: the longest task of the page's thread
// while four networks train and are played, and how fast they train.
// Usage: node training.mjs
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { launchOptions } from "../web/scripts/chromium.mjs";
import { serve } from "../web/scripts/serve.mjs";
import { digits, median, table } from "./table.mjs";

const ROUNDS = 5;
const STEPS = 600;
const CASES = {
  "8 x 64, 2000 points, batch 64":
    "data_set=spirals&samples=2000&depth=8&width=64&learning_rate=0.01&s=kaiming_normal&s=kaiming_uniform&s=torch_linear&s=xavier_normal",
  "30 x 32, the lab's own": "",
};

const site = await serve(join(import.meta.dirname, "../dist/site"), 8870);
const browser = await chromium.launch(launchOptions);
const rows = [];
for (const [title, state] of Object.entries(CASES)) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1600 } });
  await page.goto(`${site.url}#lab=training&v=1&steps=${STEPS}&${state}`);
  const played = () =>
    page.waitForFunction((steps) => {
      const lab = document.querySelector("init-training");
      const player = lab?.shadowRoot?.querySelector("init-player")?.shadowRoot;
      const text = player?.querySelector("output")?.textContent ?? "";
      return lab?.ariaBusy === "false" && text.includes(`Step ${steps} of`);
    }, STEPS);
  await played(); // compiled, warm
  // Messages to itself come whenever the thread is free: the time between two is a task's.
  await page.evaluate(() => {
    globalThis.longest = 0;
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      port2.postMessage(null);
    };
    port2.postMessage(null);
  });
  const longest = [];
  const rates = [];
  for (let round = 0; round < ROUNDS; ++round) {
    const time = await page.evaluate(async (seed) => {
      const lab = document.querySelector("init-training");
      globalThis.longest = 0;
      lab.state = lab.state.replace(/&seed=\d+/, "").replace("v=1", `v=1&seed=${seed}`);
      const start = performance.now();
      while (lab.ariaBusy !== "true") await new Promise((resolve) => setTimeout(resolve, 1));
      while (lab.ariaBusy === "true") await new Promise((resolve) => setTimeout(resolve, 5));
      return performance.now() - start;
    }, round + 1);
    await played();
    longest.push(await page.evaluate(() => globalThis.longest));
    rates.push((4 * STEPS) / (time / 1000));
  }
  rows.push([
    title,
    `${digits(median(rates))} steps/s`,
    `${digits(median(longest))} ms`,
    `${digits(Math.max(...longest))} ms`,
  ]);
  await page.close();
}
const version = browser.version();
await browser.close();
site.server.closeAllConnections();
site.server.close();
console.log(
  `\nTraining lab, Chromium ${version}: four networks of ${STEPS} steps, ${ROUNDS} races\n`,
);
console.log(
  table(["networks", "all four, frames included", "longest task of the page", "worst race"], rows),
);
