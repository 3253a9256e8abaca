// Draws web/public/card.png, the picture that a chat or a feed shows beside a link to the site, in the
// words of both languages. Needs the site built, for its words, and Chromium.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const { pageWords } = await import(pathToFileURL(join(web, "../build/web/messages.mjs")));
const [en, zh] = await Promise.all(["en", "zh"].map((language) => pageWords.load(language)));
const icon = readFileSync(join(web, "public/icon.svg"), "utf8");
/** Layers against the signal's logarithm: one scheme holds it, one loses half at every layer. */
const points = (factor) =>
  Array.from({ length: 26 }, (_, l) => [560 + 20 * l, 250 + 12 * l * factor]);
const marks = (factor, color, mark) =>
  points(factor)
    .map(([x, y]) => mark(x, y, color))
    .join("");
const dot = (x, y, color) => `<circle cx="${x}" cy="${y}" r="6" fill="${color}"/>`;
const square = (x, y, color) =>
  `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" fill="${color}"/>`;
const page = `<!doctype html><style>
  body { margin: 0; width: 1200px; height: 630px; position: relative; background: #14171a; color: #e6e8ea;
    font: 30px/1.45 system-ui, "Noto Sans CJK SC", sans-serif; overflow: hidden; }
  .icon svg { position: absolute; left: 72px; top: 72px; width: 96px; height: 96px; }
  h1 { position: absolute; left: 192px; top: 68px; margin: 0; font-size: 72px; font-weight: 650; }
  p { position: absolute; left: 72px; margin: 0; width: 440px; }
  .plot { position: absolute; inset: 0; }
</style><div class="icon">${icon}</div><h1>initscope</h1>
<svg class="plot" viewBox="0 0 1200 630"><path d="M560 250H1128M560 410H1128M560 570H1128" stroke="#2c3136"/>
${marks(0, "#5ab4f0", dot)}${marks(1, "#f2935c", square)}</svg>
<p style="top:212px">${en.ui.tagline}</p>
<p style="top:412px" lang="zh-Hans">${zh.ui.tagline}</p>`;

const browser = await chromium.launch(launchOptions);
const tab = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await tab.setContent(page);
await tab.screenshot({ path: join(web, "public/card.png") });
await browser.close();
