// Draws web/public/card.png, the picture that a chat or a feed shows beside a link to the site, in the
// words of both languages. Needs the site built, for its words and its drawing, and Chromium.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const { pageWords } = await import(pathToFileURL(join(web, "../build/web/messages.mjs")));
const [en, zh] = await Promise.all(["en", "zh"].map((language) => pageWords.load(language)));
const icon = readFileSync(join(web, "public/icon.svg"), "utf8");
/** What the page shows of He and Xavier, which the card has as the page draws it. */
const STATE = "v=1&depth=30&s=kaiming_normal&s=xavier_normal";
/** Pixels of the figure, and how much larger it is on the card, which is seen small. */
const WIDTH = 430;
const LARGER = 1.36;

const browser = await chromium.launch(launchOptions);

async function drawnByThePage() {
  const { server, url } = await serve(join(web, "../dist/site"), 8700);
  // A lab in one column is as wide as the page, but for its margins.
  const tab = await browser.newPage({ viewport: { width: WIDTH + 24, height: 900 } });
  await tab.goto(
    `${url}embed.html#lab=propagation&only=activation&hide=controls,text&theme=dark&lang=en&${STATE}`,
  );
  await tab.locator("init-propagation[aria-busy=false] .drawing svg").waitFor();
  const svg = await tab.locator(".drawing svg").evaluate((drawing) => drawing.outerHTML);
  server.close();
  server.closeAllConnections();
  return svg;
}

const page = `<!doctype html><style>
  body { margin: 0; width: 1200px; height: 630px; position: relative; background: #14171a; color: #e6e8ea;
    font: 30px/1.45 system-ui, "Noto Sans CJK SC", sans-serif; overflow: hidden; }
  .icon svg { position: absolute; left: 72px; top: 72px; width: 96px; height: 96px; }
  h1 { position: absolute; left: 192px; top: 68px; margin: 0; font-size: 72px; font-weight: 650; }
  p { position: absolute; left: 72px; margin: 0; width: 440px; }
  .plot { position: absolute; left: 560px; top: 190px; transform: scale(${LARGER}); transform-origin: 0 0; }
  .plot text { white-space: pre; }
</style><div class="icon">${icon}</div><h1>initscope</h1>
<div class="plot">${await drawnByThePage()}</div>
<p style="top:212px">${en.ui.tagline}</p>
<p style="top:412px" lang="zh-Hans">${zh.ui.tagline}</p>`;

const tab = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await tab.setContent(page);
await tab.screenshot({ path: join(web, "public/card.png") });
await browser.close();
