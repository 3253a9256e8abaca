/** The build: texts of others are replaced where they are, or the build fails; the frame of pages. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { socialTags, withFrame } from "../../../web/scripts/frame.mjs";
import { writeServiceWorker } from "../../../web/scripts/release.mjs";
import { replaceExactly, replaceOnce } from "../../../web/scripts/replace.mjs";

it("a text is replaced where it is there once", () => {
  expect(replaceOnce("a b c", "b", "x", "text")).toBe("a x c");
  expect(replaceOnce("a b c", /b/, "x", "text")).toBe("a x c");
  expect(replaceOnce("a b c", "b", "$& $1 $'", "text")).toBe("a $& $1 $' c"); // no pattern of its own
  expect(replaceExactly(2, "a b b", /b/g, "x", "text")).toBe("a x x");
});

it.each(["z", /z/, "b", /b/])(
  "and the build fails by name where %s is not, or is there twice",
  (wanted) => {
    expect(() => replaceOnce("a b b", wanted, "x", "Emscripten's script")).toThrow(
      /^Emscripten's script: '.+' is there [02] times; it must be 1$/,
    );
  },
);

const page = `<title>initscope: t</title>
<meta name="description" content="what it is" />
<!-- social -->
<!-- header of bench -->
<!-- footer of bench -->`;

it("every page has the site's header: links, language, theme, and the way past it", () => {
  const html = withFrame(page);
  expect(html).not.toContain("<!--");
  for (const part of [
    'id="skip" href="#main"',
    'href="./index.html"',
    'href="./learn/en/why.html"',
    'href="./learn/zh/embedding.html"',
    'id="language"',
    'id="theme"',
    'href="./LICENSE.txt"',
  ])
    expect(html).toContain(part);
  expect(html).not.toContain('id="share"'); // the playground's alone
  expect(withFrame("<!-- header of playground -->")).toContain('id="share"');
});

it("a link to a page is shown with its title, its description and a picture", () => {
  const html = withFrame(page);
  expect(html).toContain('<meta property="og:title" content="initscope: t" />');
  expect(html).toContain('<meta property="og:description" content="what it is" />');
  expect(html).toContain('<meta property="og:image" content="./card.png" />');
  expect(() => withFrame("<!-- social -->")).toThrow(/without a title/);
  expect(socialTags({ title: 'a "b"', description: "d", root: "../../", language: "zh" })).toMatch(
    /content="a &quot;b&quot;"[^]*\.\.\/\.\.\/card\.png[^]*zh_CN/,
  );
});

it("the service worker has the hash of every file that it keeps, and a name by them and by its code", () => {
  const site = mkdtempSync(join(tmpdir(), "initscope-site-"));
  mkdirSync(join(site, "lib"));
  const kept = {
    "LICENSE.txt": "MIT",
    "NOTICE.txt": "others",
    "index.html": "<p>",
    "page.js": "1",
  };
  const files = { ...kept, "lib/index.js": "2", "card.png": "3" }; // every page links the licences
  for (const [file, text] of Object.entries(files)) writeFileSync(join(site, file), text);
  const source = 'const FILES = { "@FILES@": "" }; const name = "@NAME@";';
  const written = (of: string) => {
    writeServiceWorker(site, of);
    return readFileSync(join(site, "sw.js"), "utf8");
  };
  const first = written(source);
  const sum = (text: string) => createHash("sha256").update(text).digest("base64");
  const sums = Object.entries(kept).map(([file, text]) => [file, sum(text)] as const);
  expect(first).toContain(JSON.stringify(Object.fromEntries(sums)));
  const name = (text: string) => /name = "(\w+)"/.exec(text)?.[1];
  expect(written(source)).toBe(first);
  expect(name(written(`${source} // other`))).not.toBe(name(first));
  writeFileSync(join(site, "page.js"), "4");
  expect(name(written(source))).not.toBe(name(first));
});

it("the module has the core's logarithm, not the C library's with its tables", () => {
  const linked = readFileSync(
    join(import.meta.dirname, "../../../build/wasm/wasm/whole/linked.txt"),
    "utf8",
  );
  expect(linked).toContain("(exp_data.o)"); // it names what is linked
  expect(linked).not.toMatch(/\((log|log2|pow)_data\.o\)/);
});
