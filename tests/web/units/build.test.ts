/** The build: texts of others are replaced where they are, or the build fails; the frame of pages. */
import { expect, it } from "vitest";
import { socialTags, withFrame } from "../../../web/scripts/frame.mjs";
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
