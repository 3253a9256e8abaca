import { chromium } from "playwright";
import { launchOptions } from "../web/scripts/chromium.mjs";
import { serve } from "../web/scripts/serve.mjs";
const { url: site } = await serve("dist/site", 8123);
const browser = await chromium.launch(launchOptions);
const net = encodeURIComponent(process.argv[2]);
for (const [lang, theme, width] of [["en","light",1280],["zh","dark",1280],["en","dark",360],["zh","light",360]]) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on("pageerror", (e) => console.log("error", e.message));
  page.on("console", (m) => m.type() === "error" && console.log("console", m.text()));
  await page.goto(`${site}?theme=${theme}&lang=${lang}#lab=training&v=1&net=${net}&${process.argv[3] ?? ""}`);
  await page.waitForTimeout(7000); for (let y = 0; y < 4200; y += 500) { await page.evaluate((to) => scrollTo(0, to), y); await page.waitForTimeout(250); }
  await page.screenshot({ path: `/tmp/train-${lang}-${theme}-${width}.png`, fullPage: true });
  console.log(await page.evaluate(() => location.hash));
  await page.close();
}
await browser.close();
process.exit(0);
