/** All that the page says in a language, as texts with their places; and what is wrong with one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeWords } from "../../../web/src/files/code-words.js";
import { netCodeWords } from "../../../web/src/files/net-code-words.js";
import { tableWords } from "../../../web/src/files/table-words.js";
import { aheadWords } from "../../../web/src/i18n/ahead.js";
import { loadAdvice } from "../../../web/src/i18n/advice.js";
import { loadGlossary } from "../../../web/src/i18n/glossary.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { checkpointWords, refusalText } from "../../../web/src/i18n/checkpoint.js";
import { auditMessages } from "../../../web/src/i18n/audit.js";
import { cureWords } from "../../../web/src/i18n/cure.js";
import { lacks } from "../../../web/src/i18n/lacks.js";
import { wordsOfLayers } from "../../../web/src/i18n/layer-figures.js";
import * as netsEn from "../../../web/src/i18n/net-figures.en.js";
import * as netsZh from "../../../web/src/i18n/net-figures.zh.js";
import { netWords } from "../../../web/src/i18n/net.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import { termWords } from "../../../web/src/i18n/term-words.js";
import { textWords } from "../../../web/src/i18n/text-fields.js";
import { publishWords } from "../../../web/src/i18n/publish.js";
import { sweepWords } from "../../../web/src/i18n/sweep.js";
import { stabilityWords } from "../../../web/src/i18n/stability.js";

const root = join(import.meta.dirname, "../../..");

/** A text and where it stands. */
export type Said = readonly [place: string, text: string];

/** Arguments with which every sentence is put together: a name in either script, numbers, flags. */
const SAMPLES: readonly (readonly unknown[])[] = [
  ["全零", "He 正态", "SIREN", "0.5"],
  [1, 2, 3, 4],
  [3, 3, 3, 3],
  ["SIREN", true, "2.5", 7],
  ["He 正态", false, "−1", 1],
  ["Xavier（Glorot）", 1, 1, 1],
];

/** Strings of an object at whatever depth; functions are called with samples. */
function walk(place: string, value: unknown): Said[] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "function") {
    const say = value as (...parts: unknown[]) => unknown;
    return SAMPLES.flatMap((sample) => {
      const parts = Array.from({ length: Math.max(say.length, 8) }, (_, i) => sample[i % 4]);
      try {
        return walk(place, say(...parts));
      } catch {
        return []; // a sample that is not of the function's types
      }
    });
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => walk(`${place}.${key}`, part));
}

/** Prose of a Markdown text, a line each: without code, formulas and addresses, which have signs of their own. */
export function proseOf(place: string, markdown: string): Said[] {
  const bare = markdown
    .replace(/^```(?!figure|question)\w[\s\S]*?^```$/gm, "")
    .replace(/^```.*$/gm, "")
    .replace(/\$\$[\s\S]*?\$\$/g, "")
    .replace(/\$[^$\n]*\$/g, "x")
    .replace(/`[^`]*`/g, "x")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^(\s*)(?:\d+\.|[-*]) +/gm, "$1")
    .replace(/\*\*/g, "");
  return bare.split("\n").flatMap((line, i): Said[] =>
    // A row of a table is its cells.
    line
      .split(/\s*\|\s*/)
      .map((cell) => [`${place}, line of prose ${i + 1}`, cell.trim()] as const),
  );
}

function chapters(locale: Locale): Said[] {
  const folder = join(root, "web/course", locale);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => proseOf(name, readFileSync(join(folder, name), "utf8")));
}

function guide(locale: Locale): Said[] {
  const name = locale === "en" ? "embedding.md" : `embedding.${locale}.md`;
  return proseOf(name, readFileSync(join(root, "docs", name), "utf8"));
}

/** All words of the page. */
export async function allSaid(locale: Locale): Promise<Said[]> {
  return [
    ...walk("messages", raceMessagesOf(locale)),
    ...walk("lacks", lacks[locale]),
    ...walk("advice", await loadAdvice(locale)),
    ...walk("glossary", await loadGlossary(locale)),
    ...walk("glossary", termWords[locale]),
    ...walk("code", codeWords[locale]),
    ...walk("net code", netCodeWords[locale]),
    ...walk("table", tableWords[locale]),
    ...walk("text fields", { ...textWords(locale), issue: undefined }),
    ...walk("stability", stabilityWords(locale)),
    ...walk("sweep", sweepWords(locale)),
    ...walk("publish", publishWords(locale)),
    ...walk("cure", cureWords(locale)),
    ...walk("audit", (await auditMessages.load(locale)).audit),
    ...walk("checkpoint", checkpointWords(locale)),
    ...walk("checkpoint", (file: string, place: string) =>
      refusalText({ code: "truncated", file, place, value: "8 > 4" }, locale),
    ),
    ...walk("net", netWords(locale)),
    ...walk("ahead", aheadWords(locale)),
    ...walk("layers", wordsOfLayers(locale)),
    ...walk("nets", locale === "en" ? netsEn : netsZh),
    ...chapters(locale),
    ...guide(locale),
  ];
}

export interface Rule {
  readonly what: string;
  readonly wrong: RegExp;
}

/** Rules that texts break, as sentences. */
export function faults(said: readonly Said[], rules: readonly Rule[]): string[] {
  return said.flatMap(([place, text]) =>
    rules.flatMap(({ what, wrong }) => {
      const found = wrong.exec(text);
      return found ? [`${place}: ${what}: “${found[0]}” in “${text.slice(0, 80)}”`] : [];
    }),
  );
}
