// Makes pages of the course out of its chapters, and of the guide to embedding: Markdown with TeX,
// figures and questions, to HTML with MathML. A fence "figure ID" is a live figure of figures.json
// with its claim as the body; a fence "question" has the question, a line "---", and the answer.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import markdownIt from "markdown-it";
import markdownItMath from "markdown-it-math/no-default-renderer";
import temml from "temml";
import { siteFooter, siteHeader, socialTags } from "./frame.mjs";
import { escape, LANGUAGES } from "./paint.mjs";
import { writeRooms } from "./rooms.mjs";
import { replaceOnce } from "./replace.mjs";

export { LANGUAGES };

/** What chapters say and the playground does not. */
const WORDS = {
  en: {
    tag: "en",
    contents: "Chapters",
    question: (number) => `Question ${number}. `,
    previous: "Previous: ",
    next: "Next: ",
    turn: "Previous and next chapter",
    of: ": ",
    between: " ",
    open: "Open in the playground",
    noScript: "The figures are computed in your browser and need JavaScript.",
    title: "initscope: a course",
  },
  zh: {
    tag: "zh-Hans",
    contents: "章节",
    question: (number) => `问题 ${number}：`,
    previous: "上一章：",
    next: "下一章：",
    turn: "上一章与下一章",
    of: "：",
    between: "",
    open: "在实验台中打开",
    noScript: "图在你的浏览器中计算，需要 JavaScript。",
    title: "initscope 课程",
  },
};

/** The chapters' files in order, the same in every language. */
export const CHAPTERS = [
  "why",
  "constants",
  "random",
  "xavier",
  "he",
  "choosing",
  "beyond",
  "debugging",
];
/** The page beside them. */
const GUIDE = "embedding";

/** TeX to MathML without inline styles and classes, which a strict CSP refuses. */
export function mathml(tex, displayMode = false) {
  return temml
    .renderToString(tex, { throwOnError: true, displayMode })
    .replace(/ (style|class)="[^"]*"/g, "");
}

/** The fields of a lab's request; the build prints them with the core's catalogue. */
function fieldsOf(lab) {
  const printed = new URL("../../build/wasm/catalogue.json", import.meta.url);
  return JSON.parse(readFileSync(printed, "utf8")).requests[lab].map(({ id }) => id);
}

/**
 * What a figure leaves out: parts by `hide`, and where `show` names the one field that a question
 * asks the reader to change, all other fields.
 */
function hidden({ lab, hide = "", show }) {
  if (!show) return hide;
  const fields = fieldsOf(lab);
  if (!fields.includes(show)) throw new Error(`${lab} has no field ${show}`);
  return [hide, ...fields.filter((id) => id !== show)].join(" ").trim();
}

function figureHtml(id, claim, figures, words) {
  const figure = figures[id];
  if (!figure) throw new Error(`no figure ${id} in figures.json`);
  const { lab, state, only = "" } = figure;
  const hide = hidden(figure);
  // The style sheet keeps the room of as many figures as there will be.
  const count = only ? ` data-figures="${only.split(" ").length}"` : "";
  return `<figure class="live" id="${id}" data-lab="${lab}" data-state="${escape(state)}" data-only="${only}" data-hide="${hide}"${count}>
<figcaption>${claim}${words.between}<a href="../../index.html#lab=${lab}&amp;${escape(state)}">${words.open}</a></figcaption>
</figure>\n`;
}

/** A renderer of chapters in one language; `seen` collects what they hold. */
export function renderer(language, figures, seen = { figures: [], formulas: [], questions: 0 }) {
  const words = WORDS[language];
  const tex = (displayMode) => (source) => {
    seen.formulas.push(source.trim());
    return mathml(source.trim(), displayMode);
  };
  const markdown = markdownIt({ html: false, typographer: false }).use(markdownItMath, {
    inlineDelimiters: "$",
    inlineRenderer: tex(false),
    blockRenderer: (source) => `<div class="formula" tabindex="0">${tex(true)(source)}</div>`,
  });
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    const [kind, id] = info.trim().split(/\s+/);
    if (kind === "figure") {
      seen.figures.push(id);
      return figureHtml(id, markdown.renderInline(content.trim()), figures, words);
    }
    if (kind === "question") {
      seen.questions += 1;
      const [asked, answer] = content.split(/^---$/m);
      if (!answer) throw new Error(`a question without an answer: ${content}`);
      return `<details class="question"><summary><strong>${words.question(seen.questions)}</strong>${markdown.renderInline(asked.trim())}</summary>\n${markdown.render(answer)}</details>\n`;
    }
    const html = fence(tokens, index, ...rest);
    return replaceOnce(html, "<pre>", '<pre tabindex="0">', "a program of the course");
  };
  return { render: (text) => markdown.render(text), seen };
}

/** The heading of a chapter: its first line. */
const titleOf = (text) => /^# (.*)$/m.exec(text)[1];

/** Headings of a chapter's sections, in order; a line of a program may begin with signs of its own. */
const headings = (text) =>
  [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^## (.*)$/gm)].map(
    ([, heading]) => heading,
  );

/**
 * Names of a chapter's sections, by which links find them in either language: made of the English headings, and
 * "section-" before them, since figures have names too.
 */
export function sectionsOf(english) {
  return headings(english).map((heading) =>
    heading.toLowerCase().replaceAll("'", "").replace(/\W+/g, "-").replace(/^-|-$/g, ""),
  );
}

/** A chapter with its sections' names. */
function withNames(html, names) {
  const left = [...names];
  const named = html.replaceAll("<h2>", () => `<h2 id="section-${left.shift()}">`);
  if (left.length > 0 || named.includes("section-undefined"))
    throw new Error(`sections other than in English: ${names.join(", ")}`);
  return named;
}

/**
 * A page in one language around its body. `current` is the entry of the header's that it is, `file`
 * its name, which is the same in the other language, `of` what it belongs to, and `script` what
 * runs in it. The header's words are filled in by the build: see paint.mjs.
 */
function page(language, { current, file, title, of, script, body, policy }) {
  const words = WORDS[language];
  const about = { page: current, language, file, root: "../../" };
  return `<!doctype html>
<html lang="${words.tag}" data-course="../">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <meta name="description" content="${escape(of)}${words.of}${escape(title)}" />
    ${socialTags({ title, description: of, root: "../../", language })}
    <title>${escape(title)} · ${escape(of)}</title>
    <link rel="icon" href="../../icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="../../src/pages/playground.css" />
    <link rel="stylesheet" href="../../src/pages/course.css" />
    <link rel="stylesheet" href="../../src/generated/course-rooms.css" />
    <script type="module" src="../../src/pages/${script}"></script>
  </head>
  <body class="course">
    ${siteHeader(about)}
${body}
    ${siteFooter(about)}
  </body>
</html>
`;
}

function chapterPage(language, chapter, texts, names, figures, policy) {
  const words = WORDS[language];
  const place = CHAPTERS.indexOf(chapter);
  const link = (target) =>
    `<a href="./${target}.html"${target === chapter ? ' aria-current="page"' : ""}>${escape(titleOf(texts[target]))}</a>`;
  const before = CHAPTERS[place - 1];
  const after = CHAPTERS[place + 1];
  const body = `    <div class="book">
      <nav class="chapters" aria-label="${words.contents}">
        <ol start="0">${CHAPTERS.map((target) => `<li>${link(target)}</li>`).join("")}</ol>
      </nav>
      <main id="main" class="chapter" tabindex="-1">
        <noscript><p class="note">${words.noScript}</p></noscript>
${withNames(renderer(language, figures).render(texts[chapter]), names)}
        <nav class="turn" aria-label="${words.turn}">
          ${before ? `<span>${words.previous}${link(before)}</span>` : "<span></span>"}
          ${after ? `<span>${words.next}${link(after)}</span>` : "<span></span>"}
        </nav>
      </main>
    </div>`;
  const title = titleOf(texts[chapter]);
  return page(language, {
    current: "learn",
    file: chapter,
    title,
    of: words.title,
    script: "course.ts",
    body,
    policy,
  });
}

/** The guide to embedding, which is one of the documents of this project. */
function guidePage(language, text, policy) {
  const body = `    <div class="book alone">
      <main id="main" class="chapter" tabindex="-1">
${renderer(language, {}).render(text)}
      </main>
    </div>`;
  return page(language, {
    current: "embed",
    file: GUIDE,
    title: titleOf(text),
    of: "initscope",
    script: "guide.ts",
    body,
    policy,
  });
}

/** The guide's text: docs/embedding.md, docs/embedding.zh.md. */
export function readGuide(web, language) {
  const name = language === "en" ? `${GUIDE}.md` : `${GUIDE}.${language}.md`;
  return readFileSync(join(web, "../docs", name), "utf8");
}

export function readChapters(web, language) {
  return Object.fromEntries(
    CHAPTERS.map((chapter) => [
      chapter,
      readFileSync(join(web, "course", language, `${chapter}.md`), "utf8"),
    ]),
  );
}

export function readFigures(web) {
  return JSON.parse(readFileSync(join(web, "course/figures.json"), "utf8"));
}

/** Writes the pages that the build takes in, below web/learn, and returns their paths. */
export function writeCourse(web) {
  const policy = /content="(default-src[^"]*)"/.exec(
    readFileSync(join(web, "index.html"), "utf8"),
  )[1];
  const figures = readFigures(web);
  writeRooms(web);
  const english = readChapters(web, "en");
  rmSync(join(web, "learn"), { recursive: true, force: true });
  return LANGUAGES.flatMap((language) => {
    const texts = readChapters(web, language);
    mkdirSync(join(web, "learn", language), { recursive: true });
    const write = (name, html) => {
      const file = join(web, "learn", language, `${name}.html`);
      writeFileSync(file, html);
      return file;
    };
    return [
      ...CHAPTERS.map((chapter) =>
        write(
          chapter,
          chapterPage(language, chapter, texts, sectionsOf(english[chapter]), figures, policy),
        ),
      ),
      write(GUIDE, guidePage(language, readGuide(web, language), policy)),
    ];
  });
}
