// What is around every page: what others show of a link to it, the way past the header, the header, the
// footer. Words are named as in paint.mjs, which fills them in: in one language, or in both.
import { escape, LANGUAGES } from "./paint.mjs";
import { version } from "./version.mjs";

/** What a page is called in the language's own words, and its tag: for links from one to the other. */
export const LANGUAGE_NAMES = {
  en: { name: "English", tag: "en" },
  zh: { name: "中文", tag: "zh-Hans" },
};
/** The first pages of the course and of the guide, in a language's folder. */
const FIRST = { learn: "why.html", embed: "embedding.html" };

export const otherThan = (language) => LANGUAGES.find((candidate) => candidate !== language);

/** A message's place holder: see fillWords. */
const said = (language, path) => (language ? `{{${language}:${path}}}` : `{{${path}}}`);

/**
 * What a chat or a feed shows of a link. Its picture must be an absolute address for most of those that
 * read it: INITSCOPE_SITE is the address at which the site will lie, with a slash at its end.
 */
export function socialTags({ title, description, root, language = "en" }) {
  const site = process.env.INITSCOPE_SITE || root; // a workflow sets it empty where nobody has set it
  const tags = {
    "og:type": "website",
    "og:site_name": "initscope",
    "og:title": title,
    "og:description": description,
    "og:image": `${site}card.png`,
    "og:image:width": "1200",
    "og:image:height": "630",
    "og:locale": language === "zh" ? "zh_CN" : "en_US",
  };
  return Object.entries(tags)
    .map(([name, content]) => `<meta property="${name}" content="${escape(content)}" />`)
    .join("\n    ");
}

function pageLinks({ page, language, root }) {
  const here = (entry, kind) => (entry === page ? ` aria-current="${kind}"` : "");
  const link = (entry) =>
    language
      ? `<a href="./${FIRST[entry]}"${here(entry, "true")}>${said(language, `ui.${entry}`)}</a>`
      : LANGUAGES.map(
          (each) =>
            `<a data-site class="in-${each}" href="${root}learn/${each}/${FIRST[entry]}" lang="${LANGUAGE_NAMES[each].tag}">${said(each, `ui.${entry}`)}</a>`,
        ).join("\n        ");
  return `<nav id="pages" aria-label="initscope">
        <a href="${root}index.html"${here("playground", "page")}>${said(language, "ui.playground")}</a>
        ${link("learn")}
        ${link("embed")}
      </nav>`;
}

/** A page in one language links to the other's; one in both changes its own. */
function languageSwitch({ language, file }) {
  if (!language)
    return `<button id="language" type="button">
          <span class="visually-hidden">${said(language, "ui.language")}: </span>
          ${LANGUAGES.map((each) => `<span class="in-${each}" lang="${LANGUAGE_NAMES[otherThan(each)].tag}">${LANGUAGE_NAMES[otherThan(each)].name}</span>`).join("")}
        </button>`;
  const other = otherThan(language);
  const { name, tag } = LANGUAGE_NAMES[other];
  return `<a id="language" hreflang="${tag}" lang="${tag}" href="../${other}/${file}.html">${name}</a>`;
}

function themeSwitch({ language }) {
  const options = ["system", "light", "dark"].map((theme) => {
    const name = (locale) => said(locale, `ui.themes.${theme}`);
    // An option holds no elements: a page in both languages names them in its own when it starts.
    const names = language ? "" : LANGUAGES.map((each) => ` data-${each}="${name(each)}"`).join("");
    return `<option value="${theme}"${names}>${name(language ?? "en")}</option>`;
  });
  return `<label>
          <span class="visually-hidden">${said(language, "ui.theme")}</span>
          <select id="theme" autocomplete="off">
            ${options.join("\n            ")}
          </select>
        </label>`;
}

/**
 * The top of a page: `page` is what it is ("playground", "learn", "embed" or "bench"), `root` the
 * relative address of the site; a page in one language has it as `language`, and as `file` its name,
 * which is the same in the other.
 */
export function siteHeader(about) {
  const { page, language, root } = about;
  const past = page === "playground" ? "ui.skipToFigures" : "ui.skipToText";
  const share =
    page === "playground"
      ? `\n        <button id="share" type="button">${said(language, "ui.share")}</button>`
      : "";
  return `<a class="skip" id="skip" href="#main">${said(language, past)}</a>
    <header class="site">
      <a class="wordmark" href="${root}index.html">initscope</a>
      ${pageLinks(about)}
      <div class="tools">
        ${languageSwitch(about)}
        ${themeSwitch(about)}${share}
      </div>
    </header>`;
}

export function siteFooter({ page, language, root }) {
  const bench =
    page === "bench"
      ? ""
      : `\n      <a data-site href="${root}bench.html">${said(language, "bench.title")}</a>`;
  return `<footer>
      ${said(language, "ui.offline")}
      <a data-site href="${root}initscope.html" download>${said(language, "ui.single")}</a>${bench}
      initscope ${version}
      <a data-site href="${root}LICENSE.txt">${said(language, "ui.licence")}</a>
      <a data-site href="${root}NOTICE.txt">${said(language, "ui.notices")}</a>
    </footer>`;
}

/** A page's own title and description, for those that others show. */
function socialOf(html) {
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1];
  const description = /name="description"\s+content="([^"]*)"/.exec(html)?.[1];
  if (!title || !description) throw new Error("a page without a title or a description");
  return socialTags({ title, description, root: "./" });
}

/** Puts the frame into a page that says where: <!-- social -->, <!-- header of PAGE -->, <!-- footer of PAGE -->. */
export function withFrame(html) {
  const about = (page) => ({ page, root: "./" });
  return html
    .replace("<!-- social -->", () => socialOf(html))
    .replace(/<!-- header of (\w+) -->/g, (_, page) => siteHeader(about(page)))
    .replace(/<!-- footer of (\w+) -->/g, (_, page) => siteFooter(about(page)));
}
