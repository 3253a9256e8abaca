/** The glossary: whole in both languages, true, found wherever a text has one of its terms, and nowhere else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHAPTERS, readChapters, readFigures, sectionsOf } from "../../../web/scripts/course.mjs";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { standardRequest } from "../../../web/src/engine/request.js";
import { terms } from "../../../web/src/generated/terms.js";
import type { TermId } from "../../../web/src/generated/terms.js";
import { loadGlossary } from "../../../web/src/i18n/glossary.js";
import type { Glossary } from "../../../web/src/i18n/glossary.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { formatNumber } from "../../../web/src/i18n/numbers.js";
import { piecesOf } from "../../../web/src/i18n/term-forms.js";
import { whys as outcomeWhys } from "../../../web/src/labs/outcome-why.js";
import { WHY as phaseWhy } from "../../../web/src/labs/phase/state.js";
import { askStability } from "../../../web/src/labs/phase/stability.js";
import { FLOAT32_MOST, FLOAT32_NORMAL } from "../../../web/src/labs/propagation/verdict/case.js";
import { whys as verdictWhys } from "../../../web/src/labs/propagation/verdict/why.js";
import { allSaid } from "./prose.js";
import type { Said } from "./prose.js";
import { localEngine } from "./support.js";

const root = join(import.meta.dirname, "../../..");
const LOCALES = ["en", "zh"] as const;
const ids = Object.keys(terms) as TermId[];
const glossaries = {} as Record<Locale, Glossary>;
/** What labs say; the course explains its words itself. */
const inLabs = {} as Record<Locale, readonly Said[]>;

beforeAll(async () => {
  for (const locale of LOCALES) {
    glossaries[locale] = await loadGlossary(locale);
    const said = await allSaid(locale);
    inLabs[locale] = said.filter(
      ([place]) => !/\.md\b|^(?:glossary|advice|code|net code)/.test(place),
    );
  }
});

const engine = localEngine();
afterAll(() => engine.close());

const found = (text: string, locale: Locale): readonly (TermId | undefined)[] =>
  piecesOf(text, locale).flatMap(({ term }) => term ?? []);

describe.each(LOCALES)("the glossary, %s", (locale) => {
  it("has a name and one or two short sentences for each term", () => {
    const glossary = glossaries[locale];
    expect(Object.keys(glossary).sort()).toEqual([...ids].sort());
    for (const { name, text } of Object.values(glossary)) {
      expect(name).not.toBe("");
      const sentences = text.split(/(?<=[.。])\s*(?=[^\d\s])/);
      expect([1, 2], text).toContain(sentences.length);
      for (const sentence of sentences)
        if (locale === "en") expect(sentence.split(/\s+/).length, sentence).toBeLessThan(25);
        else expect(sentence.length, sentence).toBeLessThan(60);
      expect(text).toMatch(/[.。]$/);
    }
  });

  it("has no term that the labs do not show", () => {
    const shown = new Set(inLabs[locale].flatMap(([, text]) => found(text, locale)));
    expect(ids.filter((id) => !shown.has(id))).toEqual([]);
  });

  it("changes no text by marking it, and marks a term once", () => {
    for (const [, text] of inLabs[locale]) {
      const pieces = piecesOf(text, locale);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      const marked = found(text, locale);
      expect(new Set(marked).size).toBe(marked.length);
      expect(pieces.filter(({ first }) => first)).toHaveLength(Math.min(1, marked.length));
    }
  });
});

/** Words as a reader sees them, by hand and not by the forms, and what each stands for. */
const WORDS: Readonly<Record<Locale, Readonly<Record<string, TermId>>>> = {
  en: {
    signal: "signal",
    gradient: "gradient",
    gain: "gain",
    dead: "dead",
    saturated: "saturated",
    correlation: "correlation",
    "effective rank": "effective_rank",
    "mean square": "mean_square",
    "mean-field theory": "mean_field",
    bands: "band",
    critical: "critical",
    trunk: "trunk",
    branch: "branch",
    branches: "branch",
    batch: "batch",
    "learning rate": "learning_rate",
    "χ₁": "chi_1",
    χ_q: "chi_q",
    "q*": "q_star",
    "σ_w²": "sigma_w2",
    "σ_b²": "sigma_b2",
    fan_in: "fan_in",
    fan_out: "fan_out",
    LayerNorm: "layer_norm",
    median: "median",
    repels: "repels",
    "edge of chaos": "edge_of_chaos",
    float32: "float32",
  },
  zh: {
    信号: "signal",
    梯度: "gradient",
    增益: "gain",
    死亡: "dead",
    饱和: "saturated",
    相关系数: "correlation",
    有效秩: "effective_rank",
    平均场理论: "mean_field",
    色带: "band",
    混沌边缘: "edge_of_chaos",
    有序相: "ordered",
    混沌相: "chaotic",
    主干: "trunk",
    分支: "branch",
    批量: "batch",
    学习率: "learning_rate",
    标准差: "std",
    偏置: "bias",
    奇异值: "singular_value",
    不动点: "fixed_point",
    "χ₁": "chi_1",
    χ_q: "chi_q",
    "q*": "q_star",
    "σ_w²": "sigma_w2",
    fan_in: "fan_in",
    LayerNorm: "layer_norm",
    float32: "float32",
  },
};
/** Where a word of the list is a part of a longer term, which is the one that counts. */
const WITHIN: Readonly<Record<string, RegExp>> = {
  branch: /residual branch/i,
  branches: /residual branches/i,
  分支: /残差分支/,
};

/** Whether a word stands alone in a text: no letter, digit or index beside it, unless it is Han. */
function standsIn(text: string, wordAsShown: string): boolean {
  const [hay, word] = [text.toLowerCase(), wordAsShown.toLowerCase()];
  const joins = (sign: string | undefined) => sign !== undefined && /[a-zα-ω0-9_²₁]/.test(sign);
  for (let at = hay.indexOf(word); at >= 0; at = hay.indexOf(word, at + 1)) {
    const before = joins(hay[at - 1]) && joins(word[0]);
    const after = joins(hay[at + word.length]) && joins(word.at(-1));
    if (!before && !after) return true;
  }
  return false;
}

describe.each(LOCALES)("terms in texts, %s", (locale) => {
  it("are found wherever they stand", () => {
    let seen = 0;
    for (const [place, text] of inLabs[locale])
      for (const [word, id] of Object.entries(WORDS[locale])) {
        if (!standsIn(text, word) || WITHIN[word]?.test(text)) continue;
        ++seen;
        expect(found(text, locale), `${word} in ${place}: ${text}`).toContain(id);
      }
    expect(seen).toBeGreaterThan(300);
  });
});

describe("the longest form", () => {
  it.each([
    ["en", "ξ_c = 3 and 6ξ = 12", ["depth_scale"]],
    ["en", "the dead units of a residual branch", ["dead", "residual"]],
    ["en", "E[(∂E/∂z)²]", ["gradient"]],
    ["en", "root mean square", ["rms"]],
    ["en", "σ_w², σ_w and σ_b", ["sigma_w2", "sigma_b2"]],
    ["zh", "均方根", ["rms"]],
    ["zh", "这个不动点不稳定", ["fixed_point", "repels"]],
    ["zh", "小批量的偏置", ["batch", "bias"]],
  ] as const)("%s: “%s”", (locale, text, wanted) => {
    expect(found(text, locale)).toEqual(wanted);
  });

  it("is told apart by its place among what was seen before", () => {
    const seen = new Set<TermId>();
    expect(piecesOf("A signal.", "en", seen)[1]).toEqual({
      text: "signal",
      term: "signal",
      first: true,
    });
    expect(piecesOf("The signal’s gain", "en", seen)).toEqual([
      { text: "The signal’s " },
      { text: "gain", term: "gain", first: false },
    ]);
  });
});

describe("what is no term", () => {
  it.each([
    ["en", "again and again"],
    ["en", "reordered, disorderedly"],
    ["en", "signalled"],
    ["en", "deadline, bandwidth, lossless"],
    ["en", "mean squared error"],
    ["en", "Variance scaling (Keras, JAX)"],
    ["en", "χ₁₂, σ_weights, xfan_in, params"],
    ["en", "0.1 measured, 0.2 in theory"],
    ["zh", "均方误差"],
    ["zh", "方差缩放（Keras、JAX）"],
    ["zh", "稳定性"],
    ["zh", "实测为 0.1，理论值为 0.2。"],
  ] as const)("%s: “%s”", (locale, text) => {
    expect(found(text, locale)).toEqual([]);
  });
});

describe("sections of the course", () => {
  const english = readChapters(join(root, "web"), "en");
  const chinese = readChapters(join(root, "web"), "zh");
  const all = CHAPTERS.flatMap((chapter) =>
    sectionsOf(english[chapter] ?? "").map((name) => `${chapter}#${name}`),
  );

  it("have names of their own, as many in both languages", () => {
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(all).size).toBe(all.length);
    for (const chapter of CHAPTERS)
      expect(sectionsOf(chinese[chapter] ?? "")).toHaveLength(
        sectionsOf(english[chapter] ?? "").length,
      );
    expect(
      Object.keys(readFigures(join(root, "web"))).filter((id) => id.startsWith("section-")),
    ).toEqual([]);
  });

  it("are there for each term and each Why", () => {
    const linked = [
      ...Object.values(terms).flatMap(({ section }) => section ?? []),
      ...[verdictWhys.ofStacks, verdictWhys.ofNets].flatMap((whys) => Object.values(whys)),
      ...Object.values(outcomeWhys.outcomes).flatMap((section) => section ?? []),
      ...Object.values(outcomeWhys.causes),
      outcomeWhys.copies,
      phaseWhy,
    ];
    expect(linked.length).toBeGreaterThan(60);
    expect(linked.filter((section) => !all.includes(section))).toEqual([]);
  });

  it("are counted by their chapters, and formulas bear a strict CSP", () => {
    for (const { section, chapter, formula } of Object.values(terms)) {
      if (section) expect(section.startsWith(`${CHAPTERS[chapter ?? -1]}#`)).toBe(true);
      if (formula) expect(formula).toMatch(/^<math>(?!.* (?:style|class)=)/);
    }
  });
});

describe("what the glossary claims", () => {
  const says = (id: TermId, what: string) => {
    for (const locale of LOCALES) expect(glossaries[locale][id].text).toContain(what);
  };

  it("is float32's range", () => {
    says("overflow", formatNumber(FLOAT32_MOST, 2));
    says("float32", formatNumber(FLOAT32_MOST, 2));
    says("float32", formatNumber(FLOAT32_NORMAL, 2));
    expect(Math.fround(FLOAT32_MOST)).toBe(FLOAT32_MOST);
    expect(Math.fround(FLOAT32_MOST * 1.0001)).toBe(Infinity);
  });

  it("is where an activation counts as saturated", () => {
    const core = readFileSync(join(root, "core/src/functions/activation.cpp"), "utf8");
    const bounds = (which: string) =>
      new Set(
        [...core.matchAll(new RegExp(`saturated_${which} = (-?[\\d.]+)`, "g"))].map(([, n]) => n),
      );
    expect(bounds("above")).toEqual(new Set(["0.97"]));
    expect(bounds("below")).toEqual(new Set(["-0.97", "0.03"]));
    for (const number of ["±0.97", "0.03"]) says("saturated", number);
  });

  it("is the share of networks in a band of so many standard deviations", () => {
    says("band", "95%");
    expect(catalogue.limits.bandStd).toBe(2);
  });

  it("is which activations have no scale", () => {
    expect(catalogue.activations.filter(({ scaleFree }) => scaleFree).map(({ id }) => id)).toEqual([
      "linear",
      "relu",
      "leaky_relu",
    ]);
    for (const name of ["linear", "ReLU", "leaky ReLU"]) says("scale_free", name);
  });

  it("is which activations have a half-stable point", async () => {
    const half: string[] = [];
    for (const { id, needs } of catalogue.activations) {
      if (needs) continue;
      const row = await askStability(engine, id, { ...standardRequest("phase"), activation: id });
      if (row?.halfStable) half.push(id);
    }
    expect(half.sort()).toEqual(["gelu", "mish", "silu"]);
    for (const name of ["GELU", "SiLU", "Mish"]) says("half_stable", name);
  });

  it("is what χ₁ says of phases, and ξ of χ₁", async () => {
    for (const [sigma_w2, phase] of [
      [0.6, "ordered"],
      [4, "chaotic"],
    ] as const) {
      const [answer] = await engine.run("phase", {
        activation: "tanh",
        sigma_w2,
        sigma_b2: 0.05,
        schemes: [{ scheme: "xavier_normal" }],
      });
      const state = answer?.result.theory?.state ?? expect.fail();
      expect(state.phase).toBe(phase);
      expect(state.chi1 < 1).toBe(phase === "ordered");
      expect(state.correlation === 1).toBe(phase === "ordered");
      expect(state.xiGradient).toBeCloseTo(1 / Math.abs(Math.log(state.chi1)), 9);
      expect(state.chiQ).toBeLessThan(1);
    }
  });

  it("is what a convolution's fan_in is", async () => {
    const [channels, height, width] = [3, 5, 7] as const;
    const values = await engine.initialize({
      scheme: "kaiming_uniform",
      shape: [64, channels, height, width],
    });
    const bound = Math.sqrt(6 / (channels * height * width));
    const most = Math.max(...values);
    expect(most).toBeLessThanOrEqual(bound * 1.000001);
    expect(most).toBeGreaterThan(bound * 0.99);
  });
});
