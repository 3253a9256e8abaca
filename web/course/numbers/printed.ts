/**
 * The numbers that a chapter prints, in order, place by place: a section, a figure's caption, or a
 * question with its answer. Digits, TeX, and words that state a number ("half", "thirty", 三十) are read
 * alike. What is no statement about a size is skipped, by the short list below, with its reason.
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

/** What holds digits and states no size. */
const SKIPPED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\]\([^)]*\)/y, "an address"],
  [/(?<![\d.])(?:19|20)\d\d(?![\d.])/y, "the year of a paper"],
  [/(?<=\n)\d+\. /y, "the number of an item"],
  [/chapters? \d(?: (?:to|and) \d)?|第 \d(?: 至 \d|、\d)? 章/y, "the number of a chapter"],
  [/(?<=[A-Za-z)\]}|*])[\^_](?:\{(?:[^{}]|\{[^{}]*\})*\}|\w)/y, "a symbol's index or square"],
  [/1\/(?=[\\(A-Za-z])|\\t?frac(?:1|\{1\})(?=\{(?!\d+\}))/y, "the one of a reciprocal"],
  [/(?<![A-Za-z\\])[A-Za-z][A-Za-z_.]*-?\d\w*/y, "a name: float32, Conv2d, GPT-2"],
  [/负半轴/y, "the half line below 0"],
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

const WORDS: Readonly<Record<string, number>> = {
  half: 1 / 2,
  halves: 1 / 2,
  halved: 1 / 2,
  halve: 1 / 2,
  halving: 1 / 2,
  third: 1 / 3,
  sixth: 1 / 6,
  twice: 2,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twenty: 20,
  thirty: 30,
  fifty: 50,
  hundred: 100,
  thousand: 1000,
  一半: 1 / 2,
  减半: 1 / 2,
  三分之一: 1 / 3,
  六分之一: 1 / 6,
  两倍: 2,
  八个: 8,
  二十: 20,
  三十: 30,
  五十: 50,
  十: 10,
};

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
    new RegExp(
      `(${Object.keys(WORDS)
        .map((word) => (/[a-z]/.test(word) ? String.raw`(?<![A-Za-z-])${word}(?![A-Za-z])` : word))
        .join("|")})`,
      "iy",
    ),
    ([word = ""]) => exactly(WORDS[word.toLowerCase()] ?? NaN),
  ],
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
