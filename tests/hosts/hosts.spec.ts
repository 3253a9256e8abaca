/**
 * Real hosts: Sphinx, MkDocs and a notebook exported to HTML, each built by Debian's package with a
 * lab as an element and as a frame, opened in Chromium, driven and read. `scripts/test hosts`.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { serve } from "../../web/scripts/serve.mjs";

const here = import.meta.dirname;

/** Each builds from a folder into another. */
const HOSTS: Readonly<
  Record<string, (from: string, to: string) => readonly [string, ...string[]]>
> = {
  sphinx: (from, to) => ["sphinx-build", "-q", "-W", "-b", "html", from, to],
  mkdocs: (from, to) => ["mkdocs", "build", "-q", "-s", "-f", join(from, "mkdocs.yml"), "-d", to],
  notebook: (from, to) => [
    "jupyter-nbconvert",
    "--to",
    "html",
    "--log-level=ERROR",
    "--output-dir",
    to,
    "--output",
    "index",
    join(from, "course.ipynb"),
  ],
};

/** Puts the site's address where the sources leave it open. */
function address(folder: string, site: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) address(path, site);
    else writeFileSync(path, readFileSync(path, "utf8").replaceAll("@SITE@", site));
  }
}

for (const [host, command] of Object.entries(HOSTS))
  test(`${host}: an element and a frame live in its pages`, async ({ page }) => {
    const site = await serve(join(here, "../../dist/site"), 8400, {
      "access-control-allow-origin": "*",
    });
    const work = mkdtempSync(join(tmpdir(), `initscope-${host}-`));
    const from = join(work, "source");
    const to = join(work, "site");
    cpSync(join(here, host), from, { recursive: true });
    mkdirSync(to);
    address(from, site.url);
    const [program, ...args] = command(from, to);
    execFileSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
    const course = await serve(to, 8500);
    // Errors of the host's own scripts are not ours: they ask other servers for what is not here.
    const heard: string[] = [];
    page.on("pageerror", (error) => {
      if (error.stack?.includes(site.url)) heard.push(String(error));
    });
    await page.goto(course.url);
    const element = page.locator("init-propagation");
    await element.scrollIntoViewIfNeeded();
    await expect(element.locator("figcaption").first()).toContainText("at layer 12");
    // Driven: another state, and a change is heard.
    await element.evaluate((lab) => lab.setAttribute("state", "v=1&depth=7&width=64&s=zeros"));
    await expect(element.locator("figcaption").first()).toContainText("Zeros");
    const frame = page.locator("iframe").first().contentFrame();
    await page.locator("iframe").first().scrollIntoViewIfNeeded();
    await expect(frame.locator("init-figure svg").first()).toBeVisible();
    await expect(frame.locator("figcaption").first()).toContainText("Each line is one unit");
    await frame.getByRole("button", { name: "Back to the start" }).click();
    await expect(frame.locator(".player output")).toHaveText("Step 0 of 60");
    expect(heard).toEqual([]);
    for (const { server } of [site, course]) {
      server.close();
      server.closeAllConnections();
    }
  });

test("docs/embedding.md shows what is built here", () => {
  const docs = readFileSync(join(here, "../../docs/embedding.md"), "utf8");
  const shown = (text: string) =>
    text
      .replaceAll("@SITE@", "https://example.org/initscope/")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line.includes("init-propagation") || line.includes("<iframe"));
  for (const file of ["sphinx/index.rst", "mkdocs/docs/index.md"])
    for (const line of shown(readFileSync(join(here, file), "utf8"))) expect(docs).toContain(line);
});
