/** The course: both languages have the same figures, formulas and questions; figures say and offer alike. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  CHAPTERS,
  LANGUAGES,
  readChapters,
  readFigures,
  readGuide,
  renderer,
} from "../../../web/scripts/course.mjs";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { parseState } from "../../../web/src/engine/url.js";
import { hasRequest, isLab } from "../../../web/src/pages/labs.js";

const web = join(import.meta.dirname, "../../../web");
const figures = readFigures(web);

describe("what figures have in common", () => {
  it("is He's colour: He comes first wherever it is", () => {
    const slots = Object.entries(figures).map(([id, { lab, state }]) => {
      const { request } = parseState(isLab(lab) && hasRequest(lab) ? lab : expect.fail(), state);
      return [
        id,
        request.schemes.findIndex(({ scheme }) => /^(kaiming|he)_/.test(scheme)),
      ] as const;
    });
    const he = slots.filter(([, slot]) => slot >= 0);
    expect(he.length).toBeGreaterThan(10);
    expect(he.filter(([, slot]) => slot !== 0)).toEqual([]);
  });

  it("is that a question's field is there to be changed, and no other", () => {
    const shown = Object.entries(figures).filter(([, { show }]) => show);
    expect(shown.map(([id]) => id).toSorted()).toEqual([
      "batchnorm",
      "bounds",
      "branch-scale",
      "chaos",
      "copies",
      "dying",
      "half",
      "scales",
      "step",
    ]);
    for (const [id, { lab, show = "" }] of shown) {
      if (!isLab(lab) || !hasRequest(lab)) expect.fail();
      const html = renderer("en", figures).render(`\`\`\`figure ${id}\nA claim.\n\`\`\`\n`);
      const hidden = /data-hide="([^"]*)"/.exec(html)?.[1]?.split(" ") ?? [];
      const fields = catalogue.requests[lab].map((field) => field.id as string);
      expect(fields.filter((field) => !hidden.includes(field))).toEqual([show]);
      for (const part of ["controls", "schemes"]) expect(hidden).not.toContain(part);
    }
  });
});

describe("Chinese", () => {
  it.each(CHAPTERS)("is set as Chinese: %s", (chapter) => {
    const text = (readChapters(web, "zh")[chapter] ?? "").replace(
      /^```(?:python|cpp)[^]*?^```/gm,
      "",
    );
    const prose = text.replace(/`[^`\n]+`|\$[^$]+\$/g, "x");
    for (const wrong of [
      /[\u4e00-\u9fff)）”][,:;?!]/, // a half-width mark after Chinese
      /[，。：；、？] /, // a space after a full-width mark
      /\d %/,
      /[\u4e00-\u9fff] ?\([^)]*[\u4e00-\u9fff]/, // half-width brackets around Chinese
      /正向|批次|笔记本/,
    ])
      expect(wrong.exec(prose)?.[0]).toBeUndefined();
    const html = renderer("zh", figures).render(readChapters(web, "zh")[chapter] ?? "");
    expect(html).toContain("<strong>问题 1：</strong>");
  });
});

describe.each(CHAPTERS)("%s", (chapter) => {
  const [english, chinese] = LANGUAGES.map((language) => {
    const { render, seen } = renderer(language, figures);
    return { html: render(readChapters(web, language)[chapter] ?? ""), seen };
  });

  it("has the same figures, formulas and questions in both languages", () => {
    if (!english || !chinese) expect.fail();
    expect(english.seen.figures).toEqual(chinese.seen.figures);
    expect(english.seen.formulas.toSorted()).toEqual(chinese.seen.formulas.toSorted());
    expect(english.seen.questions).toBe(chinese.seen.questions);
    expect(english.seen.questions).toBeGreaterThanOrEqual(2);
    expect(english.seen.figures.length).toBeGreaterThanOrEqual(2);
  });

  it("has code for PyTorch, Keras and C++, formulas as MathML, and nothing that a strict CSP refuses", () => {
    for (const { html } of [english ?? expect.fail(), chinese ?? expect.fail()]) {
      for (const part of ["torch", "keras", "initscope::"]) expect(html).toContain(part);
      expect(html).toContain("<math");
      expect(html).not.toMatch(/ style=|<script|\$\\/);
    }
  });
});

describe("the guide to embedding", () => {
  const guides = LANGUAGES.map((language) => readGuide(web, language));
  const parts = (pattern: RegExp) => guides.map((text) => text.match(pattern) ?? []);

  it("has the same examples, messages and keys in both languages", () => {
    for (const pattern of [
      /^```\w+$[^]*?^```$/gm,
      /^\| (`[^`]+`)/gm,
      /`lti\.\w+`|`plugin\.\w+`/g,
    ]) {
      const [en, zh] = parts(pattern);
      expect(en?.length).toBeGreaterThan(1);
      expect(zh).toEqual(en);
    }
    const [en, zh] = parts(/^#+ /gm);
    expect(zh).toEqual(en);
  });
});
