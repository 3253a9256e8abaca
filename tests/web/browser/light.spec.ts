/** What the first view loads, in bytes as a static host sends them (gzip) and in requests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { propagationPresets } from "../../../web/src/labs/propagation/state.js";
import { expect, settled, siteFolder, test } from "./support.js";

/** kB of 1000 bytes. */
const MOST = { js: 180, wasm: 100, requests: 24 };

for (const language of ["en", "zh"])
  test(`the first view is light, and a lab brings no more than itself: ${language}`, async ({
    page,
    site,
  }) => {
    const files: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (request.url().startsWith(site) && !files.includes(pathname)) files.push(pathname);
    });
    const kB = (pattern: RegExp) =>
      files
        .filter((file) => pattern.test(file))
        .reduce(
          (sum, file) => sum + gzipSync(readFileSync(join(siteFolder, file)), { level: 9 }).length,
          0,
        ) / 1000;
    await page.goto(`${site}?lang=${language}`);
    await settled(page, "init-propagation");
    expect(files.some((file) => file.includes("worker"))).toBe(true);
    expect(kB(/\.js$/)).toBeLessThan(MOST.js);
    // The worker has no catalogue of its own: the core checks there.
    for (const file of files.filter((name) => name.includes("worker")))
      expect(readFileSync(join(siteFolder, file), "utf8")).not.toContain("xavier_normal");
    expect(kB(/\.js$/)).toBeGreaterThan(100); // what is counted is there
    expect(kB(/\.wasm$/)).toBeLessThan(MOST.wasm);
    expect(kB(/\.wasm$/)).toBeGreaterThan(50);
    expect(files.length).toBeLessThan(MOST.requests);
    // The first move brings the marks of terms, whichever lab it is in; words are of one language.
    await page.mouse.move(5, 5);
    await expect.poll(() => files.some((file) => file.includes("term-marks"))).toBe(true);
    const code = /assets\/(?!races\.)[^/]*\.js$/;
    const before = kB(code);
    await page.locator("#labs a[data-lab=symmetry]").click();
    await settled(page, "init-symmetry");
    expect(kB(code) - before).toBeGreaterThan(1);
    expect(kB(code) - before).toBeLessThan(25);
    expect(kB(/races\.[^/]*\.js$/)).toBeGreaterThan(1);
    expect(kB(/races\.[^/]*\.js$/)).toBeLessThan(4);
  });

test("the module's second part comes with the first lab that needs it, once", async ({
  page,
  site,
}) => {
  const parts: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) parts.push(new URL(request.url()).pathname);
  });
  await page.goto(site);
  await settled(page, "init-propagation");
  for (const preset of Object.values(propagationPresets)) {
    await page.goto(`${site}#${preset}`);
    await settled(page, "init-propagation");
  }
  expect(new Set(parts).size).toBe(1);
  // All else is in the second, which a worker reads when it needs something of it first, and once.
  for (const [name, lab] of [
    ["Phase plane", "init-phase"],
    ["Distribution", "init-distribution"],
    ["Training", "init-training"],
    ["Symmetry", "init-symmetry"],
  ] as const) {
    await page.getByRole("link", { name }).click();
    await settled(page, lab);
    expect([...new Set(parts)].slice(1)).toEqual([expect.stringContaining("initscope.deferred-")]);
  }
  const read = parts.filter((part) => part.includes("deferred")).length;
  // The phase plane has a worker for quick questions beside the one of all labs.
  const workers = parts.length - read;
  expect(read).toBeLessThanOrEqual(workers);
  expect(workers).toBe(2);
});
