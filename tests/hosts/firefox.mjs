// Firefox ESR through WebDriver BiDi: the single file, from file:// and in a sandboxed frame, and the
// site, whose worker reads the module's second part while it computes.
// Usage: node firefox.mjs
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { serve } from "../../web/scripts/serve.mjs";

const folder = join(import.meta.dirname, "../../dist/site");
const single = `file://${join(folder, "initscope.html")}`;
const site = await serve(folder, 8850);
const PATIENCE = { timeout: 60_000 };

/** Waits for a figure of the lab and returns its sentence. */
async function sentenceOf(frame, lab) {
  const found = await frame.waitForFunction(
    (name) => {
      const figure = document.querySelector(name)?.shadowRoot?.querySelector("init-figure");
      const drawn = figure?.shadowRoot?.querySelector(".drawing svg");
      return drawn ? figure.shadowRoot.querySelector("figcaption").textContent : undefined;
    },
    PATIENCE,
    lab,
  );
  return found.jsonValue();
}

function check(what, condition, seen) {
  if (!condition) throw new Error(`${what}: ${seen}`);
  console.log(`firefox: ${what}`);
}

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: "/usr/bin/firefox-esr",
  headless: true,
});
try {
  console.log(`firefox: ${await browser.version()}`);
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 900 }); // figures out of sight are not drawn
  const heard = [];
  page.on("pageerror", (error) => heard.push(String(error)));
  await page.goto(`${single}#v=1&depth=9&width=64&s=kaiming_normal`);
  const alone = await sentenceOf(page, "init-propagation");
  check("the single file from file:// computes", alone.includes("at layer 9"), alone);

  const host = join(mkdtempSync(join(tmpdir(), "initscope-firefox-")), "host.html");
  const address = `${single}#embed=1&amp;lab=symmetry&amp;hide=controls,text&amp;only=units&amp;v=1&amp;steps=30`;
  writeFileSync(
    host,
    `<!doctype html><title>host</title><iframe sandbox="allow-scripts" width="900" height="900" src="${address}"></iframe>`,
  );
  await page.goto(`file://${host}`);
  const handle = await page.waitForSelector("iframe");
  const framed = await sentenceOf(await handle.contentFrame(), "init-symmetry");
  check("a lab in a sandboxed frame computes", framed.includes("Each line is one unit"), framed);

  await page.goto(`${site.url}#lab=symmetry&v=1&steps=30`);
  const served = await sentenceOf(page, "init-symmetry");
  check(
    "the site computes what needs the second part",
    served.includes("Each line is one unit"),
    served,
  );
  check("nothing was thrown", heard.length === 0, heard.join("; "));
} finally {
  await browser.close();
  site.server.closeAllConnections();
  site.server.close();
}
