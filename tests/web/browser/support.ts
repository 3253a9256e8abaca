/** Servers, and pages that must stay silent. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import type { Frame, Page } from "@playwright/test";
import { pasteCleaned } from "./sanitizers.js";
import type { Rules } from "./sanitizers.js";
import { serve } from "../../../web/scripts/serve.mjs";

export const root = join(import.meta.dirname, "../../..");
export const siteFolder = join(root, "dist/site");

interface Workers {
  /** Address of the built site. */
  site: string;
  /** Address of the npm package, on another origin and open to all. */
  cdn: string;
  /** Address of the pages of this folder, on a third origin. */
  hosts: string;
}

async function served(
  folder: string,
  headers: Record<string, string>,
  use: (url: string) => Promise<void>,
) {
  const { server, url } = await serve(
    folder,
    8300 + 40 * Number(process.env["TEST_PARALLEL_INDEX"] ?? 0),
    headers,
  );
  await use(url);
  server.close();
  server.closeAllConnections();
}

export const test = base.extend<{ silent: string[] }, Workers>({
  // Whatever a page says on its console, or throws, fails the test.
  silent: [
    async ({ page }, use) => {
      const heard: string[] = [];
      page.on("console", (message) => {
        // Playwright's own word, where a test is not about the service worker.
        if (message.text().includes("blocked by Playwright")) return;
        if (["error", "warning"].includes(message.type())) heard.push(message.text());
      });
      page.on("pageerror", (error) => heard.push(String(error)));
      await use(heard);
      expect(heard).toEqual([]);
    },
    { auto: true },
  ],
  site: [({}, use) => served(siteFolder, {}, use), { scope: "worker" }],
  cdn: [
    ({}, use) => served(join(root, "dist/npm"), { "access-control-allow-origin": "*" }, use),
    { scope: "worker" },
  ],
  hosts: [({}, use) => served(join(import.meta.dirname, "hosts"), {}, use), { scope: "worker" }],
});

export { expect };

interface Watched {
  /** Kinds of what was sent to workers: jobs by their kind, and "cancel". */
  sent: string[];
  /** Called with its request after each job is sent, so that what it does is done while the job runs. */
  onRun?: (request: Readonly<Record<string, unknown>>) => void;
}

declare global {
  interface Window {
    watched: Watched;
    /** While true, what `holdAnswers` names waits on its way to the engine; `release` lets it go. */
    held: boolean;
    release: () => void;
  }
}

/**
 * Requests of these kinds, or all without any, can be held back from pages' workers, so that a test has the time
 * that a slow machine would give.
 */
export async function holdAnswers(page: Page, ...kinds: readonly string[]): Promise<void> {
  await page.addInitScript((held) => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own worker
    const post = Worker.prototype.postMessage as (...parts: unknown[]) => void;
    const waiting: (() => void)[] = [];
    window.held = false;
    window.release = () => {
      window.held = false;
      for (const send of waiting.splice(0)) send();
    };
    Worker.prototype.postMessage = function (this: Worker, ...parts: unknown[]) {
      const send = () => post.apply(this, parts);
      const { type, kind = "" } = parts[0] as { type?: string; kind?: string };
      const waits = type === "run" && (held.length === 0 || held.includes(kind));
      if (window.held && waits) waiting.push(send);
      else send();
    } as typeof Worker.prototype.postMessage;
  }, kinds);
}

/** From now on requests that `holdAnswers` names wait. */
export const hold = (page: Page) => page.evaluate(() => (window.held = true));
/** Lets those that wait go, and all after them. */
export const release = (page: Page) => page.evaluate(() => window.release());

/** The page's frame, once a figure in it is drawn. */
export async function framed(page: Page): Promise<Frame> {
  await expect(page.frameLocator("iframe").locator("init-figure svg").first()).toBeVisible();
  const frame = page.frames()[1];
  if (!frame) throw new Error("no frame");
  return frame;
}

/** The frame of a text that is pasted into a host which cleans it by these rules. */
export async function framedCleaned(
  page: Page,
  hosts: string,
  text: string,
  rules: Rules,
): Promise<Frame> {
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.goto(`${hosts}blank.html`);
  await page.evaluate(pasteCleaned, { text, rules });
  return framed(page);
}

/** Has pages note what they send to workers. */
export async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Sent {
      readonly type: string;
      readonly kind?: string;
      readonly request?: Readonly<Record<string, unknown>>;
    }
    window.watched = { sent: [] };
    const post = Object.getOwnPropertyDescriptor(Worker.prototype, "postMessage")?.value as (
      this: Worker,
      message: Sent,
      transfer: Transferable[],
    ) => void;
    Worker.prototype.postMessage = function (message: Sent, transfer: unknown) {
      const { watched } = window;
      post.call(this, message, transfer as Transferable[]);
      const { type, kind = type, request = {} } = message;
      if (type === "run" || type === "cancel") watched.sent.push(kind);
      if (type === "run") watched.onRun?.(request);
    };
  });
}

/** Waits until the lab on the page shows a figure of its present state. */
export async function settled(
  page: Page,
  lab: `init-${"audit" | "distribution" | "phase" | "propagation" | "symmetry" | "training"}`,
) {
  const element = page.locator(`${lab}:visible`);
  await element.locator("init-figure").first().scrollIntoViewIfNeeded();
  await expect(element.locator("init-figure svg").first()).toBeVisible();
  await expect(element).toHaveAttribute("aria-busy", "false");
  return element;
}

/** From now on, how much of each page moved without the reader's doing (cumulative layout shift). */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = window as unknown as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        readonly value: number;
        readonly hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) seen.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** How much of the page has moved, of one that is watched, once what is there is drawn. */
export async function shiftOf(page: Page): Promise<number> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  return page.evaluate(() => (window as unknown as { shift: number }).shift);
}

/** Brings every figure of the lab into view, since they are drawn only there. */
export async function drawAll(page: Page, lab: string): Promise<void> {
  for (const figure of await page.locator(`${lab}:visible init-figure`).all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator(".drawing svg")).toBeAttached();
  }
}

/** Rows of a figure's table, in full, from its CSV. */
export async function csvOf(page: Page, lab: string, figure: number | string): Promise<string[][]> {
  const figures = page.locator(lab).locator("init-figure");
  const one =
    typeof figure === "number"
      ? figures.nth(figure)
      : page.locator(lab).locator(`[data-figure=${figure}]`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    one.getByRole("button", { name: "CSV" }).click(),
  ]);
  const path = await download.path();
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
}
