// Lighthouse on the built site in Chromium: medians of five runs of the playground and of a chapter.
// Usage: node lighthouse.mjs
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

const headers = { "cache-control": "max-age=31536000" };
const site = await serve(join(import.meta.dirname, "../dist/site"), 8890, headers, true);
const browser = await chromium.launch({
  ...launchOptions,
  args: [...launchOptions.args, `--remote-debugging-port=${PORT}`],
});
const rows = [];
for (const [title, path] of Object.entries(PAGES)) {
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
  for (let run = 0; run < RUNS; ++run) {
    const { lhr } = await lighthouse(site.url + path, {
      port: PORT,
      logLevel: "error",
      onlyCategories: CATEGORIES,
    });
    for (const category of CATEGORIES) {
      const { score, auditRefs } = lhr.categories[category];
      scores[category].push(Math.round(100 * score));
      if (run === 0)
        for (const { id } of auditRefs)
          if (lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
            console.log(`${title}, ${category}: ${id} ${lhr.audits[id].displayValue ?? ""}`);
    }
  }
  rows.push([title, ...CATEGORIES.map((category) => median(scores[category]))]);
}
const version = browser.version();
await browser.close();
site.server.closeAllConnections();
site.server.close();
console.log(`\nLighthouse, Chromium ${version}, medians of ${RUNS} runs, its simulated phone\n`);
console.log(table(["page", ...CATEGORIES], rows));
