/**
 * Every number of the course, in prose, tables, captions, questions and answers of both languages,
 * is what a computation gives, to its last printed digit.
 */
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { centredSigmoid } from "../../../web/course/numbers/by-hand.js";
import { faultsOf } from "../../../web/course/numbers/compare.js";
import { Computations, given } from "../../../web/course/numbers/computations.js";
import type { Numbers } from "../../../web/course/numbers/computations.js";
import { bindings } from "../../../web/course/numbers/index.js";
import { numbersIn, placesIn } from "../../../web/course/numbers/printed.js";
import { CHAPTERS, LANGUAGES, readChapters, readFigures } from "../../../web/scripts/course.mjs";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const web = join(import.meta.dirname, "../../../web");
const computed = new Computations(engine, readFigures(web));
const textOf = (language: string, chapter: string) =>
  readChapters(web, language)[chapter] ?? expect.fail(`no chapter ${chapter}`);
const namesOf = (chapter: string) => placesIn(textOf("en", chapter)).map(({ name }) => name);
const known = new Map<string, Promise<Numbers>>();
function numbersOf(chapter: string): Promise<Numbers> {
  const compute = bindings[chapter] ?? expect.fail(`no numbers of ${chapter}`);
  const numbers = known.get(chapter) ?? compute(computed);
  known.set(chapter, numbers);
  return numbers;
}

describe.each(CHAPTERS)("%s", (chapter) => {
  it.each(LANGUAGES)("prints what was computed: %s", async (language) => {
    const places = placesIn(textOf(language, chapter));
    expect(faultsOf(places, namesOf(chapter), await numbersOf(chapter))).toEqual([]);
  });
});

describe("the check", () => {
  const faults = async (change: (text: string) => string, language = "en") => {
    const text = textOf(language, "why");
    expect(change(text)).not.toBe(text);
    return faultsOf(placesIn(change(text)), namesOf("why"), await numbersOf("why"));
  };

  it.each([
    ["a digit", "by 117;", "by 118;", "118 is printed, 117.39"],
    ["an exponent", "8.9\\times10^{-16}$ of it", "8.9\\times10^{-15}$ of it", "8.9\\times10^{-15}"],
    ["a power", "2^{-50}", "2^{-51}", "2^{-51} is printed"],
    ["a word", "Fifty ReLU", "Thirty ReLU", "Thirty is printed, 50"],
    [
      "another word",
      "Xavier halves it at",
      "Xavier keeps a third at",
      "a third is printed, 0.4999999",
    ],
    ["a state's number", "of 256 units, the same", "of 128 units, the same", "128 is printed, 256"],
    ["a count like a year", "of 256 units, the same", "of 2048 units, the same", "2048 is printed"],
    ["steps like a year", "Exponents are", "After 1950 steps exponents are", "1950 is printed"],
    ["another ten", "Fifty ReLU", "Forty ReLU", "Forty is printed, 50"],
    ["a compound", "Fifty ReLU", "Fifty-two ReLU", "Fifty-two is printed, 50"],
    ["sixty", "fifty layers multiply", "sixty layers multiply", "sixty is printed, 50"],
    [
      "a quarter",
      "Xavier halves it at",
      "Xavier keeps a quarter at",
      "a quarter is printed, 0.4999999",
    ],
    ["a fifth", "Xavier halves it at", "Xavier loses a fifth at", "a fifth is printed, 0.4999999"],
    ["double", "Xavier halves it at", "Xavier doubles it at", "doubles is printed, 0.4999999"],
    ["-fold", "Xavier halves it at", "Xavier grows it tenfold at", "tenfold is printed, 0.4999999"],
    [
      "a small count of layers",
      "Exponents are",
      "Every two layers exponents are",
      "two is printed",
    ],
    ["a number too many", "Exponents are", "These 3 exponents are", "is bound to nothing"],
    ["a number too few", "fifty layers multiply", "they multiply", "is printed nowhere"],
  ])("sees %s", async (_, from, to, fault) => {
    expect((await faults((text) => text.replace(from, to))).join("\n")).toContain(fault);
  });

  it("sees them in Chinese, too", async () => {
    const found = async (from: string, to: string) =>
      (await faults((text) => text.replace(from, to), "zh")).join("\n");
    expect(await found("117 倍", "171 倍")).toContain("171 is printed");
    expect(await found("五十层 ReLU", "三十层 ReLU")).toContain("三十 is printed, 50");
    for (const words of ["三分之一", "四分之三"])
      expect(await found("Xavier 每层减半", `Xavier 每层剩${words}`)).toContain(
        `${words} is printed, 0.4999999`,
      );
    for (const [words, read] of [
      ["四倍", "四"],
      ["一倍", "一倍"],
      ["两个数量级", "两"],
    ] as const)
      expect(await found("Xavier 每层减半", `Xavier 每层大${words}`)).toContain(
        `${read} is printed, 0.4999999`,
      );
    expect(await found("五十层 ReLU", "一百层 ReLU")).toContain("一百 is printed, 50");
    expect(await found("五十层 ReLU", "两层 ReLU")).toContain("两 is printed, 50");
    expect(await found("## 好的起点", "## 七\n\n## 好的起点")).toContain("places");
  });

  it("takes what the text chooses to the last digit, and what is computed to the printed one", () => {
    const places = [{ name: "here", numbers: numbersIn("0.89 and 0.89") }];
    expect(faultsOf(places, ["here"], { here: [0.894, given(0.89, "")] })).toEqual([]);
    expect(faultsOf(places, ["here"], { here: [0.896, given(0.894, "")] })).toHaveLength(2);
    expect(faultsOf(places, ["here"], { here: [NaN, NaN] })).toHaveLength(2);
    expect(faultsOf(places, ["here"], { there: [] })).toHaveLength(3);
  });

  it("reads numbers as they are written, and nothing else", () => {
    const values = (text: string) => numbersIn(text).map(({ value }) => value);
    expect(values(String.raw`$2^{-2} = \tfrac14$, $7.8\times10^6$, ½, 5/3, 89%, −0.1`)).toEqual([
      0.25,
      0.25,
      7.8e6,
      0.5,
      5 / 3,
      0.89,
      -0.1,
    ]);
    expect(values(String.raw`$\sqrt3$ $\sqrt{2/400}$ $\sqrt{\tfrac13}$ √(2/256)`)).toEqual(
      [3, 2 / 400, 1 / 3, 2 / 256].map(Math.sqrt),
    );
    expect(values("half, a sixth, Thirty; 一半、六分之一、三十层")).toEqual([
      1 / 2,
      1 / 6,
      30,
      1 / 2,
      1 / 6,
      30,
    ]);
    expect(values(String.raw`$\frac{2}{1 + a^2}$ $\sigma_w^2$ $h^{l-1}$ $1/\sqrt{n}$`)).toEqual([
      2, 1,
    ]);
    expect(values("float32, nn.Conv2d, GPT-2 (He 2015), chapters 2 to 4, 第 3、4 章")).toEqual([]);
    expect(
      values("two-thirds, three quarters, one hundred and fifty, two and a half, the third layer"),
    ).toEqual([2 / 3, 3 / 4, 150, 2.5, 3]);
    expect(values("one third, one hundred, a factor of two, twofold, two-fold, 乘以三")).toEqual([
      1 / 3,
      100,
      2,
      2,
      2,
      3,
    ]);
    expect(values("百分之五、二十五层、一百五十步、三千步、三万步")).toEqual([
      0.05, 25, 150, 3000, 30000,
    ]);
    expect(values("In 2048 steps, take 1950 units, (2048 steps)")).toEqual([2048, 1950, 2048]);
    expect(
      values("one of two names, no one, the two; 一个、一种、第一层、第二层、之一、两者、十分"),
    ).toEqual([]);
    expect(
      values(
        "Ganguli 2014), al. 2017; in 2010 for, Müller 1998: 在 2010 年, Xiao 等 2018）（2015）",
      ),
    ).toEqual([]);
    expect(values("[a paper](https://arxiv.org/abs/1502.01852)")).toEqual([]);
    expect(values(String.raw`$3\cdot256$, [−0.1, 0.1], std=0.02, at 1.`)).toEqual([
      3, 256, -0.1, 0.1, 0.02, 1,
    ]);
  });
});

it("four times Xavier with biases that cancel the mean makes a sigmoid network the tanh one", async () => {
  const { difference } = await centredSigmoid(computed, 30);
  expect(difference).toBeLessThan(1e-12);
});
