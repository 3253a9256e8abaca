// The site, out of its release's zip, below a path of Debian's nginx with its default caching, as readers come
// to it: visited, replaced by another build, visited again, with the server and without, in Chromium and
// Firefox ESR.
// Usage: node nginx.mjs
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { puppeteerOptions } from "../../web/scripts/chromium.mjs";
import { filesBelow } from "../../web/scripts/files.mjs";
import { makeRelease, unpackRelease } from "../make-release.mjs";

const LABS = ["propagation", "training", "symmetry", "phase", "distribution"];
const PATH = "course/initscope/";
const PATIENCE = { timeout: 120_000, polling: 100 };
/**
 * How old the files of each release are, in days. Where a host does not say how long they may be kept,
 * browsers keep them for a tenth of their age. Not the same, for nginx's ETag is a file's age and size.
 */
const AGES = { one: 730, two: 365 };

const work = mkdtempSync(join(tmpdir(), "initscope-nginx-"));
const served = join(work, "www");

/** Puts a release where the server looks. */
function deploy(release, days) {
  const site = join(served, PATH);
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  cpSync(release, site, { recursive: true });
  const written = new Date(Date.now() - days * 24 * 3600 * 1000);
  for (const file of filesBelow(site)) utimesSync(join(site, file), written, written);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const port = await freePort();
const address = `http://localhost:${port}/`;

/** The server's own settings are where it runs and where it writes; caching is as it comes. */
function writeSettings() {
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(work, name)};`)
    .join(" ");
  const file = join(work, "nginx.conf");
  writeFileSync(
    file,
    `${process.getuid() === 0 ? "user root;" : ""} daemon off; pid ${join(work, "pid")};
events {}
http {
  include /etc/nginx/mime.types;
  access_log off; ${places}
  server { listen 127.0.0.1:${port}; root ${served}; }
}
`,
  );
  return file;
}
const settings = writeSettings();
let server;

async function answers() {
  try {
    return (await fetch(address)).status > 0;
  } catch {
    return false;
  }
}

async function startServer() {
  server = spawn("/usr/sbin/nginx", ["-e", join(work, "error.log"), "-c", settings], {
    stdio: "inherit",
  });
  while (!(await answers()) && server.exitCode === null)
    await new Promise((later) => setImmediate(later));
  if (server.exitCode !== null) throw new Error(`nginx ended with ${server.exitCode}`);
}

function stopServer() {
  return new Promise((done) => {
    server.once("exit", done);
    server.kill("SIGTERM");
  });
}

/**
 * A page of the site in which every lab has drawn its first figure; returns it with its release, of which the
 * zip, which is the first, says nothing.
 */
async function visit(browser) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 900 });
  for (const lab of LABS) {
    await page.goto(`${address}${PATH}#lab=${lab}`);
    await page.waitForFunction(
      (name) => {
        const element = document.querySelector(`init-${name}:not([hidden])`);
        const figure = element?.shadowRoot?.querySelector("init-figure");
        figure?.scrollIntoView(); // out of sight it is not drawn
        const drawn = figure?.shadowRoot?.querySelector(".drawing svg");
        return drawn && element.ariaBusy === "false";
      },
      PATIENCE,
      lab,
    );
  }
  const release = await page.evaluate(
    () => document.querySelector("meta[name=release]")?.content ?? "one",
  );
  return { page, release };
}

/** Waits until the page's service worker is "active", or "waiting" for older pages to close. */
async function installed(page, as) {
  await page.waitForFunction(
    async (state) => {
      const registration = await navigator.serviceWorker.getRegistration();
      return ["installed", "activated"].includes(registration?.[state]?.state);
    },
    PATIENCE,
    as,
  );
}

/** Waits, on a page that is none of the site's, until no worker waits any more. */
async function replaced(browser) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    return all.length === 1 && !all[0].installing && !all[0].waiting;
  }, PATIENCE);
  await page.close();
}

async function readerOf(name, browser, { one, two }) {
  const see = async (what, expected) => {
    const { page, release } = await visit(browser);
    if (release !== expected) throw new Error(`${name}: ${what}: release ${release}`);
    console.log(`${name}: ${what}: release ${release}, every lab works`);
    return page;
  };
  await browser.newPage(); // a browser without a page would end
  deploy(one, AGES.one);
  await startServer();
  const first = await see("a first visit", "one");
  await installed(first, "active");
  await first.close();
  await stopServer();
  await (await see("without the server", "one")).close();
  await startServer();
  deploy(two, AGES.two);
  const open = await see("after the update, the page that is kept", "one");
  await installed(open, "waiting");
  await open.close();
  await replaced(browser);
  await (await see("the visit after", "two")).close();
  await stopServer();
  await (await see("without the server", "two")).close();
}

const releases = { one: unpackRelease(), two: makeRelease("two") };
const BROWSERS = {
  chromium: { browser: "chrome", ...puppeteerOptions },
  firefox: { browser: "firefox", executablePath: "/usr/bin/firefox-esr" },
};
try {
  for (const [name, options] of Object.entries(BROWSERS)) {
    const browser = await puppeteer.launch({ headless: true, ...options });
    console.log(`${name}: ${await browser.version()}`);
    try {
      await readerOf(name, browser, releases);
    } finally {
      await browser.close();
      if (server?.exitCode === null && server.signalCode === null) await stopServer();
    }
  }
} finally {
  for (const folder of [work, ...Object.values(releases)])
    rmSync(folder, { recursive: true, force: true });
}
