// Lighthouse on the built site in Chromium: medians of five runs of the playground and of a chapter.
// Sites of other builds are measured in turn with it, run by run, since a busy minute takes ten points.
// Usage: node lighthouse.mjs [SITE...]
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "../web/scripts/chromium.mjs";
import { serve } from "../web/scripts/serve.mjs";
import { median, table } from "./table.mjs";

const RUNS = 5;
const PORT = 9333;
const PAGES = { playground: "index.html", "a chapter": "learn/en/constants.html" };
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

// A peer, installed below bench/web.
const require = createRequire(join(import.meta.dirname, "web/package.json"));
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse")).href);

const folders = [join(import.meta.dirname, "../dist/site"), ...process.argv.slice(2)];
const headers = { "cache-control": "max-age=31536000" };
const sites = await Promise.all(folders.map((folder, i) => serve(folder, 8890 + i, headers, true)));
const browser = await chromium.launch({
  ...launchOptions,
  args: [...launchOptions.args, `--remote-debugging-port=${PORT}`],
});

/** What Lighthouse says of a page: its scores, and the audits that did not pass. */
async function judge(url) {
  const { lhr } = await lighthouse(url, {
    port: PORT,
    logLevel: "error",
    onlyCategories: CATEGORIES,
  });
  const refs = CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs);
  return {
    scores: CATEGORIES.map((category) => Math.round(100 * lhr.categories[category].score)),
    failed: refs
      .map(({ id }) => lhr.audits[id])
      .filter(({ score }) => score !== null && score < 0.9)
      .map(({ id, displayValue = "" }) => `${id} ${displayValue}`),
  };
}

const rows = [];
for (const [title, path] of Object.entries(PAGES)) {
  const runs = sites.map(() => []);
  for (let run = 0; run < RUNS; ++run)
    for (const [i, { url }] of sites.entries()) runs[i].push(await judge(url + path));
  for (const [i, folder] of folders.entries()) {
    for (const audit of new Set(runs[i][0].failed)) console.log(`${title}, ${folder}: ${audit}`);
    const scores = CATEGORIES.map((_, k) => median(runs[i].map((run) => run.scores[k])));
    rows.push([title, folder, ...scores]);
  }
}
const version = browser.version();
await browser.close();
for (const { server } of sites) {
  server.closeAllConnections();
  server.close();
}
console.log(`\nLighthouse, Chromium ${version}, medians of ${RUNS} runs, its simulated phone\n`);
console.log(table(["page", "site", ...CATEGORIES], rows));
