/** What the first view loads, in bytes as a static host sends them (gzip) and in requests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, settled, siteFolder, test } from "./support.js";

/** kB of 1000 bytes. WebAssembly was asked to be below 100: docs/benchmarks.md says what is in it. */
const MOST = { js: 180, wasm: 195, requests: 24 };

test("the first view is light, and a lab brings no more than itself", async ({ page, site }) => {
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
  await page.goto(site);
  await settled(page, "init-propagation");
  expect(files.some((file) => file.includes("worker"))).toBe(true);
  expect(kB(/\.js$/)).toBeLessThan(MOST.js);
  expect(kB(/\.js$/)).toBeGreaterThan(100); // what is counted is there
  expect(kB(/\.wasm$/)).toBeLessThan(MOST.wasm);
  expect(files.length).toBeLessThan(MOST.requests);
  const before = kB(/\.js$/);
  await page.getByRole("link", { name: "Symmetry" }).click();
  await settled(page, "init-symmetry");
  expect(kB(/\.js$/) - before).toBeGreaterThan(1);
  expect(kB(/\.js$/) - before).toBeLessThan(25);
});
