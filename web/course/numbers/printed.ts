/**
 * The numbers that a chapter prints, in order, place by place: a section, a figure's caption, or a
 * question with its answer. Digits, TeX, and words that state a number ("a fifth", "forty-two", 四分之三)
 * are read alike, words by their grammar. What is no statement about a size is skipped, by the short
 * list below, with its reason.
 */

export interface Printed {
  /** As it stands in the text. */
  readonly text: string;
  readonly value: number;
  /** How far what is computed may lie from it: half a unit of the last printed digit. */
  readonly tolerance: number;
}

export interface Place {
  /** "The half", "figure half", "question 1". */
  readonly name: string;
  readonly numbers: readonly Printed[];
}

const YEAR = String.raw`(?:19\d\d|20[0-2]\d)`;

/** What holds digits, or a number's word, and states no size. */
const SKIPPED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\]\([^)]*\)/y, "an address"],
  [
    new RegExp(
      String.raw`(?<=(?:\p{Lu}[\p{L}\-]+|al\.|等) )${YEAR}(?=[\):,;）：，；])|(?<=[\(（])${YEAR}(?=[\)）])`,
      "uy",
    ),
    "the year of a paper, after its authors",
  ],
  [
    new RegExp(String.raw`(?<=\bin )${YEAR}(?= for\b|[,.;:)])|${YEAR}(?= ?年)`, "y"),
    "a year: in 2010 for",
  ],
  [/(?<=\n)\d+\. /y, "the number of an item"],
  [/chapters? \d(?: (?:to|and) \d)?|第 \d(?: 至 \d|、\d)? 章/y, "the number of a chapter"],
  [/(?<=[A-Za-z)\]}|*])[\^_](?:\{(?:[^{}]|\{[^{}]*\})*\}|\w)/y, "a symbol's index or square"],
  [/1\/(?=[\\(A-Za-z])|\\t?frac(?:1|\{1\})(?=\{(?!\d+\}))/y, "the one of a reciprocal"],
  [/(?<![A-Za-z\\])[A-Za-z][A-Za-z_.]*-?\d\w*/y, "a name: float32, Conv2d, GPT-2"],
  [/负半轴/y, "the half line below 0"],
  [/十分(?!之)/y, "very"],
  [/[第之]一|一(?![倍半百千万])/y, "which one, or an article: 第一层, 之一, 一个, 一种"],
  [
    /第[二三](?!十)|(?<!乘以|除以|因子)[二两三](?![十百千万]|分之|[个种]?(?:隐藏|线性)?(?:层|步|倍|次|神经元|网络|数量级))/y,
    "how many things the text names, or which: 两个名字, 两者, 第二个",
  ],
  [
    /(?<![A-Za-z-])one(?![A-Za-z]|[- ](?:hundred|thousand|million|half|third|quarter|and a half|(?:four|fif|six|seven|eigh|nin|ten|twentie|hundred|thousand)th))/iy,
    "a pronoun, or an article: one of them, one layer",
  ],
  [
    /(?<![A-Za-z-]|factor of |(?:divid|multipli)ed by )(?:two|three)(?![A-Za-z]|[- ](?:hundred|thousand|million|fold|and a half|(?:[A-Za-z]+ )?(?:layer|unit|neuron|step|time|run|network|order)s?\b|(?:halve|third|quarter|[a-z]+th)s\b))/iy,
    "how many things the text names: two names, the two",
  ],
];

const D = String.raw`\d+(?:\.\d+)?`;
const FRACTION = String.raw`\\t?frac(?:\{(\d+)\}|(\d))(?:\{(\d+)\}|(\d))`;

/** What stands for its value alone, without digits that round it. */
const exactly = (value: number): Omit<Printed, "text"> => ({
  value,
  tolerance: Math.abs(value) * 1e-6,
});

/** Digits, at the scale at which they are printed. */
function rounded(digits: string, scale = 1): Omit<Printed, "text"> {
  const places = digits.split(".")[1]?.length ?? 0;
  return { value: Number(digits) * scale, tolerance: 0.5 * 10 ** -places * Math.abs(scale) };
}

const ONES = "one two three four five six seven eight nine".split(" ");
const TEENS =
  "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const POWERS = { hundred: 100, thousand: 1000, million: 1e6 };

const CARDINALS: Readonly<Record<string, number>> = Object.fromEntries([
  ...ONES.map((word, i) => [word, i + 1] as const),
  ...TEENS.map((word, i) => [word, i + 10] as const),
  ...TENS.map((word, i) => [word, 10 * (i + 2)] as const),
  ...Object.entries(POWERS),
]);

const IRREGULAR: Readonly<Record<string, string>> = {
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};
/** Third, fifth, twentieth: of which the plural, or one after a number or "a", is a part. */
const ORDINALS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(CARDINALS)
    .filter(([, value]) => value > 2)
    .map(([word, value]) => [IRREGULAR[word] ?? `${word.replace(/y$/, "ie")}th`, value]),
);
const PARTS: Readonly<Record<string, number>> = { ...ORDINALS, quarter: 4, half: 2, halve: 2 };

/** What says by how much something grows or shrinks. */
const FACTORS: readonly (readonly [words: string, value: number])[] = [
  ["half|halv(?:es?|ed|ing)", 1 / 2],
  ["doubl(?:es?|ed|ing)|twice", 2],
  ["tripl(?:es?|ed|ing)|thrice", 3],
  ["quadrupl(?:es?|ed|ing)", 4],
];

const oneOf = (words: Readonly<Record<string, number>>) =>
  Object.keys(words)
    .toSorted((a, b) => b.length - a.length)
    .join("|");
const SIMPLE = `(?:(?:${TENS.join("|")})(?:[- ](?:${ONES.join("|")})(?![A-Za-z]))?|${TEENS.join("|")}|${ONES.join("|")})`;
const POWER = Object.keys(POWERS).join("|");
/** Forty-two, two thousand, one hundred and fifty; "one" alone is skipped. */
const CARDINAL = `(?:${SIMPLE}|${POWER})(?:(?:[- ]|(?<=${POWER}) and )(?:${SIMPLE}|${POWER})(?![A-Za-z]))*`;
const START = "(?<![A-Za-z-])";
const END = "(?![A-Za-z])";

function cardinal(words: string): number {
  let [sum, part] = [0, 0];
  for (const [word] of words.toLowerCase().matchAll(/[a-z]+/g)) {
    const value = CARDINALS[word] ?? 0;
    if (value < 100) part += value;
    else if (value === 100) part = (part || 1) * value;
    else [sum, part] = [sum + (part || 1) * value, 0];
  }
  return sum + part;
}

const HAN = "[一二两三四五六七八九十百千万]+";

/** 四十二, 一百五十, 三千. */
function chinese(text: string): number {
  let [sum, part, digit] = [0, 0, 0];
  for (const sign of text) {
    const power = { 十: 10, 百: 100, 千: 1000, 万: 10000 }[sign];
    if (!power) digit = sign === "两" ? 2 : "一二三四五六七八九".indexOf(sign) + 1;
    else if (power < 10000) [part, digit] = [part + (digit || 1) * power, 0];
    else [sum, part, digit] = [sum + (part + digit || 1) * power, 0, 0];
  }
  return sum + part + digit;
}

type Groups = readonly (string | undefined)[];

const fraction = ([a, b, c, d]: Groups) => Number(a ?? b) / Number(c ?? d);

/** Forms of a number, the longest first. */
const FORMS: readonly (readonly [
  pattern: RegExp,
  read: (groups: Groups) => Omit<Printed, "text">,
])[] = [
  [
    new RegExp(String.raw`(${D})\s*\\times\s*10\^(?:\{(-?\d+)\}|(\d))`, "y"),
    ([digits = "", e, f]) => rounded(digits, Number(`1e${e ?? f}`)),
  ],
  [
    new RegExp(String.raw`(${D})\^(?:\{(-?\d+)\}|(\d))`, "y"),
    ([base, e, f]) => exactly(Number(base) ** Number(e ?? f)),
  ],
  [
    new RegExp(String.raw`\\sqrt\{${FRACTION}\}`, "y"),
    (groups) => exactly(Math.sqrt(fraction(groups))),
  ],
  [new RegExp(FRACTION, "y"), (groups) => exactly(fraction(groups))],
  [
    new RegExp(String.raw`(?:\\sqrt\{|√\()(${D})/(${D})[})]`, "y"),
    ([a, b]) => exactly(Math.sqrt(Number(a) / Number(b))),
  ],
  [/(?:\\sqrt|√)(\d)/y, ([square]) => exactly(Math.sqrt(Number(square)))],
  [/(\d+)\/(\d+)(?![\d.])/y, ([a, b]) => exactly(Number(a) / Number(b))],
  [/½/y, () => exactly(1 / 2)],
  [new RegExp(String.raw`(${D})%`, "y"), ([digits = ""]) => rounded(digits, 0.01)],
  [new RegExp(String.raw`(?<![\w)\]}])[-−](${D})`, "y"), ([digits = ""]) => rounded(digits, -1)],
  [new RegExp(`(${D})`, "y"), ([digits = ""]) => rounded(digits)],
  [
    new RegExp(`${START}(${CARDINAL}|an?)[- ]\\**(${oneOf(PARTS)})s?${END}`, "iy"),
    ([count = "", part = ""]) =>
      exactly((cardinal(count) || 1) / (PARTS[part.toLowerCase()] ?? NaN)),
  ],
  [
    new RegExp(`${START}(${oneOf(ORDINALS)}|quarter)(?:s|(?= of${END}))`, "iy"),
    ([part = ""]) => exactly(1 / (PARTS[part.toLowerCase()] ?? NaN)),
  ],
  [
    new RegExp(`${START}(${oneOf(ORDINALS)})${END}`, "iy"),
    ([word = ""]) => exactly(ORDINALS[word.toLowerCase()] ?? NaN),
  ],
  [
    new RegExp(`${START}(${CARDINAL}) and a half${END}`, "iy"),
    ([count = ""]) => exactly(cardinal(count) + 1 / 2),
  ],
  [
    new RegExp(`${START}(${CARDINAL})(?:-?fold)?${END}`, "iy"),
    ([words = ""]) => exactly(cardinal(words)),
  ],
  ...FACTORS.map(
    ([words, value]) =>
      [new RegExp(`${START}(?:${words})${END}`, "iy"), () => exactly(value)] as const,
  ),
  [/一半|减半|折半|对半|半数/y, () => exactly(1 / 2)],
  [/一倍|加倍|翻倍|翻番/y, () => exactly(2)],
  [
    new RegExp(`(${HAN})分之(${HAN})`, "y"),
    ([whole = "", part = ""]) => exactly(chinese(part) / chinese(whole)),
  ],
  [new RegExp(`(${HAN})`, "y"), ([words = ""]) => exactly(chinese(words))],
];

/** A command of TeX is passed as a whole, so that \cdot256 is no name with digits. */
const COMMAND = /\\[A-Za-z]+/y;

/** The numbers of a text, from left to right. */
export function numbersIn(text: string): Printed[] {
  const found: Printed[] = [];
  let place = 0;
  const at = (pattern: RegExp) => {
    pattern.lastIndex = place;
    return pattern.exec(text);
  };
  while (place < text.length) {
    const skipped = SKIPPED.map(([pattern]) => at(pattern)).find((match) => match);
    const read = FORMS.map(([pattern, value]) => ({ match: at(pattern), value })).find(
      ({ match }) => match,
    );
    if (skipped) place += skipped[0].length;
    else if (read?.match) {
      const [whole, ...groups] = read.match;
      found.push({ text: whole, ...read.value(groups) });
      place += whole.length;
    } else place += at(COMMAND)?.[0].length ?? 1;
  }
  return found;
}

/** Of a program only its comments say something. */
function comments(code: string): string {
  return [...code.matchAll(/(?:#|\/\/) (.*)$/gm)].map(([, comment]) => comment).join("\n");
}

/** A chapter's places in order. */
export function placesIn(chapter: string): Place[] {
  const texts = new Map<string, string>();
  let section = "";
  let questions = 0;
  const add = (name: string, text: string) => texts.set(name, `${texts.get(name) ?? ""}\n${text}`);
  const block = /^```(\w+) ?([\w-]*)\n([^]*?)^```$|^(#+) (.*)$|^.*$/gm;
  for (const [line, fence, id, body = "", heading, title = ""] of chapter.matchAll(block)) {
    if (heading) {
      section = title;
      add(section, title);
    } else if (fence === "figure") add(`figure ${id}`, body);
    else if (fence === "question") add(`question ${(questions += 1)}`, body);
    else add(section, fence ? comments(body) : line);
  }
  return [...texts].map(([name, text]) => ({ name, numbers: numbersIn(text) }));
}
