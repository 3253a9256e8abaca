// Measures in Chromium what a drag does to the propagation lab: frames of the page's thread, and the time from an
// input to theory and to the simulation. TensorFlow Playground, if INITSCOPE_PLAYGROUND or the argument names
// the folder of its built page, is dragged beside it. Usage: node frames.mjs [PLAYGROUND_FOLDER]
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { launchOptions } from "../web/scripts/chromium.mjs";
import { serve } from "../web/scripts/serve.mjs";
import { median, processor, table } from "./table.mjs";

const ROUNDS = 5;
/** Milliseconds of a drag, and how far the pointer goes to either side. */
const DRAG = 3000;
const REACH = 25;
const DEPTH = 50;
const folder = process.argv[2] ?? process.env.INITSCOPE_PLAYGROUND;
const peer = folder && existsSync(join(folder, "index.html")) ? folder : undefined;
if (!peer)
  console.log(
    `TensorFlow Playground is not there (${folder ?? "INITSCOPE_PLAYGROUND is not set"})`,
  );

const site = await serve(join(import.meta.dirname, "../dist/site"), 8850);
const peerSite = peer && (await serve(peer, 8900));
const browser = await chromium.launch(launchOptions);

/** A page, its thread so many times slower. */
async function opened(url, rate) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  return { page, session };
}

/** Moves the thumb of a slider to and fro with the pointer, an event a frame; what the page's thread did meanwhile. */
async function drag({ page, session }, slider) {
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  const share = await slider.evaluate(({ value, min, max }) => (value - min) / (max - min));
  const [x, y] = [box.x + 8 + (box.width - 16) * share, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.waitForTimeout(500); // what comes with the first touch has come
  await page.evaluate(() => {
    const seen = (globalThis.seen = {
      frames: [],
      inputs: [],
      theory: [],
      long: [],
      simulations: 0,
    });
    seen.watcher = new PerformanceObserver((list) =>
      seen.long.push(...list.getEntries().map(({ duration }) => duration)),
    );
    seen.watcher.observe({ entryTypes: ["longtask"] });
    const frame = (time) => {
      seen.frames.push(time);
      if (!seen.done) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on("Tracing.dataCollected", collect);
  const traceConfig = { includedCategories: ["toplevel"] };
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  const began = performance.now();
  const sent = [];
  for (let i = 1; performance.now() - began < DRAG; ++i) {
    const at = x + REACH * Math.sin((performance.now() - began) / 400);
    const event = { type: "mouseMoved", x: at, y, button: "left", buttons: 1 };
    sent.push(session.send("Input.dispatchMouseEvent", event));
    const left = (i * 1000) / 60 - (performance.now() - began);
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }
  await Promise.all(sent);
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  session.off("Tracing.dataCollected", collect);
  const { frames, long } = await page.evaluate(() => {
    globalThis.seen.done = true;
    const { frames, long } = globalThis.seen;
    return { frames, long };
  });
  const lasted = (frames.at(-1) - frames[0]) / 1000;
  const gaps = frames.slice(1).map((time, i) => time - frames[i]);
  return {
    frames: gaps.length / lasted,
    longest: Math.max(...gaps),
    long: long.length,
    work: workOf(events) / gaps.length,
  };
}

/** Milliseconds of the processor that the page's thread took, whatever else the machine did: of the busiest of its kind. */
function workOf(events) {
  const sums = new Map();
  for (const { name, args, pid, tid } of events)
    if (name === "thread_name" && args.name === "CrRendererMain") sums.set(`${pid} ${tid}`, 0);
  for (const { name, tdur = 0, pid, tid } of events) {
    const thread = `${pid} ${tid}`;
    if (name === "ThreadControllerImpl::RunTask" && sums.has(thread))
      sums.set(thread, sums.get(thread) + tdur / 1000);
  }
  return Math.max(...sums.values());
}

/** Drags the depth; when theory was drawn is read off its line, which has a point a layer. */
async function ours(rate) {
  const state = `v=1&depth=${DEPTH}&width=256`;
  const at = await opened(`${site.url}#${state}`, rate);
  const { page } = at;
  await page.waitForFunction(() => {
    const lab = document.querySelector("init-propagation");
    const figure = lab?.shadowRoot?.querySelector("[data-figure=activation]");
    return figure?.shadowRoot?.querySelector("svg") && lab.ariaBusy === "false";
  });
  await page.waitForTimeout(1000); // words and trials that come after the figures
  const slider = page.getByRole("slider", { name: "Depth", exact: true });
  await slider.evaluate((input) => {
    const lab = document.querySelector("init-propagation");
    const figure = lab.shadowRoot.querySelector("[data-figure=activation]");
    // Before the page hears of it, which may draw at once.
    const heard = (event) => {
      if (event.composedPath()[0] === input)
        globalThis.seen?.inputs.push({ depth: Number(input.value), time: performance.now() });
    };
    addEventListener("input", heard, { capture: true });
    let { answer } = lab;
    new MutationObserver(() => {
      const line = figure.shadowRoot.querySelector("[data-theory]");
      const { seen } = globalThis;
      if (!line || !seen) return;
      const depth = line.getAttribute("d").split("L").length - 1; // the inputs are its first point
      seen.theory.push({ depth, time: performance.now() });
      if (lab.answer !== answer) ++seen.simulations;
      ({ answer } = lab);
    }).observe(figure.shadowRoot.querySelector(".drawing"), {
      childList: true, // drawn anew
      subtree: true,
      attributes: true, // or in place
      attributeFilter: ["d"],
    });
  });
  const result = await drag(at, slider);
  const after = await page.evaluate(async () => {
    const { inputs, theory, simulations } = globalThis.seen;
    const lab = document.querySelector("init-propagation");
    const figure = lab.shadowRoot.querySelector("[data-figure=activation]").shadowRoot;
    while (lab.ariaBusy !== "false" || !figure.querySelector("[data-mark=dot]"))
      await new Promise((resolve) => setTimeout(resolve, 1));
    return { inputs, theory, simulations, simulated: performance.now() - inputs.at(-1).time };
  });
  await page.mouse.up();
  await page.close();
  // A value that is left before its theory came has that of a later one.
  const { inputs, theory } = after;
  const changes = inputs.filter(({ depth }, i) => depth !== inputs[i - 1]?.depth);
  let place = 0;
  const waits = changes.map(({ time }, i) => {
    const later = new Set(changes.slice(i).map(({ depth }) => depth));
    while (place < theory.length && theory[place].time < time) ++place;
    const drawn = theory.slice(place).find(({ depth }) => later.has(depth));
    return drawn ? drawn.time - time : Infinity;
  });
  return { ...result, ...after, waits, inputs: changes.length };
}

/** Drags the noise of its data, at rest or while it learns. */
async function theirs(rate, learns) {
  const at = await opened(peerSite.url, rate);
  const { page } = at;
  await page.waitForTimeout(1500);
  if (learns) await page.locator("#play-pause-button").click();
  const result = await drag(at, page.locator("#noise"));
  await page.mouse.up();
  await page.close();
  return result;
}

const rows = [];
const [load] = loadavg();
const share = (values, limit) => values.filter((value) => value <= limit).length / values.length;
const of = (all, key) => median(all.map((one) => one[key]));
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
for (const rate of [1, 4]) {
  const cases = { initscope: [], "Playground, at rest": [], "Playground, learning": [] };
  for (let round = 0; round < ROUNDS; ++round) {
    cases.initscope.push(await ours(rate));
    if (!peerSite) continue;
    cases["Playground, at rest"].push(await theirs(rate, false));
    cases["Playground, learning"].push(await theirs(rate, true));
  }
  for (const [name, all] of Object.entries(cases)) {
    if (all.length === 0) continue;
    const waits = all.flatMap(({ waits = [] }) => waits).sort((a, b) => a - b);
    const own = waits.length > 0;
    rows.push([
      `${name}${rate > 1 ? `, ${rate} times slower` : ""}`,
      of(all, "frames").toFixed(1),
      ms(of(all, "work")),
      ms(of(all, "longest")),
      of(all, "long"),
      own ? `${ms(median(waits))}, ${ms(waits[Math.floor(0.95 * waits.length)])}` : "",
      own ? `${(100 * share(waits, 16)).toFixed(0)} %` : "",
      own ? (of(all, "simulations") / (DRAG / 1000)).toFixed(1) : "",
      own ? ms(of(all, "simulated")) : "",
    ]);
  }
}
const version = browser.version();
await browser.close();
for (const { server } of [site, peerSite].filter(Boolean)) {
  server.closeAllConnections();
  server.close();
}
console.log(
  `\n${processor()}, Chromium ${version}: a slider dragged to and fro for ${DRAG / 1000} s, depth ` +
    `${DEPTH} x width 256, three schemes; medians of ${ROUNDS}; load ${load.toFixed(1)} at the start\n`,
);
console.log(
  table(
    [
      "drag",
      "frames a second",
      "work a frame",
      "longest",
      "tasks over 50 ms",
      "input to theory, median, 95 %",
      "within 16 ms",
      "simulations a second",
      "last input to simulation",
    ],
    rows,
  ),
);
