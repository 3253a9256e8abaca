/**
 * What returning visitors have after a release: over an HTTP cache that keeps the older one, on networks
 * that lie, beside another copy, and where the browser's store fails.
 */
import { rmSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, settled, test as base } from "./support.js";
import { makeRelease } from "../../make-release.mjs";
import { labScript, LIES, startHost } from "./host.js";
import type { Host } from "./host.js";

interface Releases {
  readonly one: string;
  readonly two: string;
}

const test = base.extend<{ host: Host }, { releases: Releases }>({
  releases: [
    async ({}, use) => {
      const releases = { one: makeRelease("one"), two: makeRelease("two") };
      await use(releases);
      for (const folder of Object.values(releases))
        rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  host: async ({}, use) => {
    const host = await startHost();
    await use(host);
    host.close();
  },
});
test.use({ serviceWorkers: "allow" });

/** Where the site is, below an origin that has other pages. */
const SITE = "site/";
/** Scripts of labs. */
const LABS = /assets\/element-.*\.js$/;

const releaseOf = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLMetaElement>("meta[name=release]")?.content);

/** Waits until the page's service worker is installed: active, or waiting for its pages to close. */
async function installed(page: Page, as: "active" | "waiting"): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async (state) => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration?.[state]?.state;
      }, as),
    )
    .toBe(as === "active" ? "activated" : "installed");
}

/** Waits until an install that was tried has failed. */
async function refused(page: Page, host: Host, file: string): Promise<void> {
  await expect.poll(() => host.asked.some((path) => path.endsWith(file))).toBe(true);
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration?.installing ?? registration?.waiting ?? null;
      }),
    )
    .toBe(null);
}

/** Every lab of the page that is open works. */
async function labsWork(page: Page): Promise<void> {
  for (const name of ["Training", "Symmetry", "Phase plane", "Distribution"] as const) {
    await page.getByRole("link", { name, exact: true }).click();
    const lab = name === "Phase plane" ? "phase" : (name.toLowerCase() as "training");
    await settled(page, `init-${lab}`);
  }
}

async function visit(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await settled(page, "init-propagation");
  return page;
}

/** A page of a release that its service worker has kept. */
async function keptRelease(context: BrowserContext, host: Host, release: string): Promise<Page> {
  host.show(release, `/${SITE}`);
  const page = await visit(context, `${host.url}${SITE}`);
  await installed(page, "active");
  return page;
}

/**
 * The next day: no page is open, so that a worker that waited is active, and the browser has forgotten
 * its answers, but not the service workers' stores.
 */
async function nextDay(context: BrowserContext, host: Host): Promise<void> {
  const page = await context.newPage();
  await page.goto(host.url); // of the same origin, and of no release
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const all = await navigator.serviceWorker.getRegistrations();
        return all.some(({ installing, waiting }) => installing ?? waiting);
      }),
    )
    .toBe(false);
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await page.close();
}

/** Without a network everything of this release works. */
async function worksOffline(
  context: BrowserContext,
  host: Host,
  path: string,
  release: string,
): Promise<void> {
  await nextDay(context, host);
  await context.setOffline(true);
  const page = await visit(context, `${host.url}${path}`);
  expect(await releaseOf(page)).toBe(release);
  await labsWork(page);
  await page.close();
  await context.setOffline(false);
}

for (const [from, to] of [
  ["one", "two"],
  ["two", "one"],
] as const)
  test(`a visitor of release ${from} has release ${to} after it, whole`, async ({
    context,
    host,
    releases,
  }) => {
    host.show(releases[from], `/${SITE}`);
    const page = await visit(context, `${host.url}${SITE}`);
    await installed(page, "active");
    host.show(releases[to], `/${SITE}`);
    await page.reload();
    await installed(page, "waiting");
    // The page that is open goes on with its own release, whose files the host has no more.
    expect(await releaseOf(page)).toBe(from);
    await labsWork(page);
    await page.close();
    await nextDay(context, host);
    const next = await visit(context, `${host.url}${SITE}`);
    expect(await releaseOf(next)).toBe(to);
    await labsWork(next);
    await next.close();
    await worksOffline(context, host, SITE, to);
  });

for (const [name, lie] of Object.entries(LIES)) {
  test(`a first visit that gets ${name} keeps nothing; the next visit keeps all`, async ({
    context,
    host,
    releases,
  }) => {
    host.show(releases.one, `/${SITE}`);
    const script = labScript(releases.one, "training"); // which the first view does not need
    host.lie(script, lie);
    const page = await visit(context, `${host.url}${SITE}`);
    await refused(page, host, script);
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    host.honest();
    await page.reload();
    await installed(page, "active");
    await page.close();
    await worksOffline(context, host, SITE, "one");
  });

  test(`an update that gets ${name} leaves the older release whole`, async ({
    context,
    host,
    releases,
  }) => {
    const page = await keptRelease(context, host, releases.one);
    host.show(releases.two, `/${SITE}`);
    const script = labScript(releases.two, "training");
    host.lie(script, lie);
    await page.reload();
    await refused(page, host, script);
    await page.close();
    await worksOffline(context, host, SITE, "one");
    host.honest();
    const again = await visit(context, `${host.url}${SITE}`);
    await installed(again, "waiting");
    await again.close();
    await worksOffline(context, host, SITE, "two");
  });
}

test("a store that is full leaves the older release whole", async ({ context, host, releases }) => {
  const page = await keptRelease(context, host, releases.one);
  // Of the same origin, and of no release: what it says of the store holds until it is closed.
  const keeper = await context.newPage();
  await keeper.goto(host.url);
  const session = await context.newCDPSession(keeper);
  const origin = new URL(host.url).origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 2_000_000 });
  host.show(releases.two, `/${SITE}`);
  await page.reload();
  await refused(page, host, labScript(releases.two, "training"));
  expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  await page.close();
  await worksOffline(context, host, SITE, "one");
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await keeper.close();
  // There is room: a visit takes release two.
  const again = await visit(context, `${host.url}${SITE}`);
  await installed(again, "waiting");
  await again.close();
  await worksOffline(context, host, SITE, "two");
});

test("where the browser's store fails, pages and files come from the network", async ({
  context,
  host,
  releases,
}) => {
  host.show(releases.one, `/${SITE}`);
  // The store works until the release is kept, and never again.
  const breaking = `const fail = () => { for (const name of ["open", "match", "keys"]) caches[name] = () => Promise.reject(new DOMException("broken", "UnknownError")); };
    if (self.registration.active) fail(); self.addEventListener("activate", fail);`;
  host.lie("sw.js", { body: (bytes) => `${breaking}\n${bytes.toString()}` });
  const page = await visit(context, `${host.url}${SITE}`);
  await installed(page, "active");
  await nextDay(context, host);
  const before = host.asked.length;
  await page.reload();
  await settled(page, "init-propagation");
  await labsWork(page);
  const files = host.asked.slice(before);
  expect(files).toContain(`/${SITE}`);
  expect(files.some((path) => LABS.test(path))).toBe(true);
});

test("a file that the store has lost comes from the network", async ({
  context,
  host,
  releases,
}) => {
  const page = await keptRelease(context, host, releases.one);
  const lost = await page.evaluate(async () => {
    const [name = ""] = await caches.keys();
    const cache = await caches.open(name);
    const keys = await cache.keys();
    const files = keys.filter(({ url }) => url.includes("/assets/element-"));
    for (const file of files) await cache.delete(file);
    return files.length;
  });
  expect(lost).toBeGreaterThan(3);
  await nextDay(context, host);
  const before = host.asked.length;
  await page.reload();
  await settled(page, "init-propagation");
  await labsWork(page);
  expect(host.asked.slice(before).filter((path) => LABS.test(path)).length).toBe(lost - 2); // those of sweeps and of the audit come when they are opened
});

test("two copies below one origin live side by side", async ({ context, host, releases }) => {
  host.show(releases.one, "/a/");
  host.show(releases.one, "/b/");
  for (const path of ["a/", "b/"]) {
    const page = await visit(context, `${host.url}${path}`);
    await installed(page, "active");
    await page.close();
  }
  await worksOffline(context, host, "a/", "one");
  await worksOffline(context, host, "b/", "one");
  host.show(releases.two, "/b/");
  const page = await visit(context, `${host.url}b/`);
  await installed(page, "waiting");
  await page.close();
  await worksOffline(context, host, "b/", "two");
  await worksOffline(context, host, "a/", "one");
  // Each has one release: what was replaced is gone.
  const last = await visit(context, `${host.url}a/`);
  expect(await last.evaluate(() => caches.keys())).toHaveLength(2);
});
