// Measures the phase lab of the built page in Chromium: what a drag costs, and what follows it.
// Usage: node interactive.mjs
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { launchOptions } from "../web/scripts/chromium.mjs";
import { serve } from "../web/scripts/serve.mjs";
import { median, table } from "./table.mjs";

const MOVES = 60;
const site = await serve(join(import.meta.dirname, "../dist/site"), 8850);
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable");

/** Seconds that the page's thread has worked so far. */
async function worked() {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}

/** Opens the phase lab, with the network below it or without. */
async function open(activation, withNetwork) {
  await page.goto("about:blank");
  await page.goto(`${site.url}#lab=phase&v=1&activation=${activation}&depth=20&width=256`);
  await page.waitForFunction(() => {
    const lab = document.querySelector("init-phase");
    const svg = lab?.shadowRoot?.querySelector("init-figure")?.shadowRoot?.querySelector("svg");
    const follower = [...document.querySelectorAll("init-propagation")].find((e) => !e.hidden);
    return svg && lab.ariaBusy === "false" && follower?.ariaBusy === "false";
  });
  await page.evaluate((keep) => {
    const lab = document.querySelector("init-phase");
    const follower = [...document.querySelectorAll("init-propagation")].find((e) => !e.hidden);
    if (!keep) follower.remove();
    const figureOf = (element, i) => element.shadowRoot.querySelectorAll("init-figure")[i];
    const redrawn = (figure) =>
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(figure.shadowRoot.querySelector(".drawing"), { childList: true });
      });
    // Milliseconds from a move of the point until theory and simulation are redrawn.
    globalThis.move = async (x, y) => {
      const start = performance.now();
      const theory = redrawn(figureOf(lab, 1));
      const simulation = keep ? redrawn(figureOf(follower, 0)) : undefined;
      figureOf(lab, 0).content.handle.move(x, y, false);
      const drawn = (await theory) - start;
      return [drawn, keep ? (await simulation) - start : 0];
    };
  }, withNetwork);
}

/** Along a circle about the edge of chaos. */
async function drag() {
  const times = [];
  for (let i = 0; i < MOVES; ++i) {
    const angle = (2 * Math.PI * i) / MOVES;
    const at = [1.8 + Math.cos(angle), 0.1 + 0.08 * Math.sin(angle)];
    times.push(await page.evaluate(([x, y]) => globalThis.move(x, y), at));
  }
  return times.slice(10); // compiled, warm
}

const rows = [];
const inMs = (value) => `${value.toFixed(1)} ms`;
for (const activation of ["tanh", "relu", "gelu"]) {
  await open(activation, false);
  await drag();
  const before = await worked();
  const alone = await drag();
  const work = (1000 * ((await worked()) - before)) / MOVES;
  await open(activation, true);
  const both = await drag();
  rows.push([
    activation,
    inMs(work),
    inMs(median(alone.map(([drawn]) => drawn))),
    inMs(median(both.map(([drawn]) => drawn))),
    inMs(median(both.map(([, simulated]) => simulated))),
  ]);
}

// Maps: each request is for another activation than the one before, so none is kept.
const maps = await page.evaluate(async () => {
  const engine = document.querySelector("init-phase").engine();
  const times = [];
  for (let i = 0; i < 27; ++i) {
    const activation = ["tanh", "gelu", "silu"][i % 3];
    const start = performance.now();
    await engine.run("phase", { activation, schemes: [{ scheme: "xavier_normal" }], depth: 1 });
    times.push(performance.now() - start);
  }
  return times.slice(3);
});
const version = browser.version();
await browser.close();
site.server.closeAllConnections();
site.server.close();
console.log(`\nPhase lab, Chromium ${version}, medians of ${MOVES - 10} moves of the point\n`);
console.log(
  table(
    [
      "activation",
      "work of the page a move",
      "phase and theory redrawn",
      "the same, network below",
      "network of 20 x 256, batch 128, redrawn",
    ],
    rows,
  ),
);
console.log(`\nmap of 100 x 100 with its point, request to result: ${inMs(median(maps))}`);
