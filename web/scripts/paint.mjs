// What the build paints into a page, so that it can be read before its scripts are there: words in
// both languages, of which a style sheet shows one, and a script that sets language and theme.
import { createHash } from "node:crypto";
import { replaceOnce } from "./replace.mjs";

/** The languages of the page: web/src/i18n has their words. */
export const LANGUAGES = ["en", "zh"];

export const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The value of CSP's script-src or style-src for a text within the page. */
export const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * Fills in messages, which are named by their path: {{ui.share}} becomes a span for each language,
 * {{en:ui.share}} the text in one. The second argument is what web/src/i18n exports.
 */
export function fillWords(html, { messagesOf, tagOf }) {
  const wordsAt = (path, locale) => {
    const words = path.split(".").reduce((part, key) => part?.[key], messagesOf(locale));
    if (typeof words !== "string") throw new Error(`no message ${path} in ${locale}`);
    return escape(words);
  };
  return html
    .replace(/\{\{(en|zh):([\w.]+)\}\}/g, (_, locale, path) => wordsAt(path, locale))
    .replace(/\{\{([\w.]+)\}\}/g, (_, path) =>
      LANGUAGES.map(
        (locale) =>
          `<span class="in-${locale}" lang="${tagOf(locale)}">${wordsAt(path, locale)}</span>`,
      ).join(""),
    );
}

/** Puts a script into the head, before the styles, and allows it. */
export function withScript(html, script) {
  const policy = "default-src 'none'; script-src ";
  const allowed = replaceOnce(html, policy, `${policy}${hashOf(script)} `, "the page's CSP");
  return replaceOnce(
    allowed,
    "<title>",
    `<script>${script}</script>\n    <title>`,
    "the page's head",
  );
}
