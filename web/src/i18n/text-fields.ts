/** What is said of fields that hold a text with a grammar. Loaded with their control. */
import type { Issue } from "../engine/errors.js";
import { issueText } from "./index.js";
import type { Locale } from "./locale.js";
import * as en from "./text-fields.en.js";
import type { TextWords } from "./text-fields.en.js";
import * as zh from "./text-fields.zh.js";

const MOST = 24;

function beginning(value: string): string {
  const characters = Array.from(value);
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join("")}…` : value;
}

/** An issue whose lists and place are in the reader's language: the core's are English. */
function translated(issue: Issue, { place, end, parts }: TextWords): Issue {
  const allowed = Object.entries(parts).reduce(
    (said, [part, word]) => said.replaceAll(part, word),
    issue.allowed,
  );
  const [, column, found] = /^(\d{1,6}): (.*)$/s.exec(issue.value) ?? [];
  // The text stands above: where no place is named, its beginning says which is meant.
  if (column === undefined || found === undefined)
    return { ...issue, allowed, value: beginning(issue.value) };
  if (found === "end" || found === "") return { ...issue, allowed, value: place(column, end) };
  // A net's faults have what follows the word, too; those of a whole block end with its units.
  const word = found.endsWith("]") ? found : found.replace(/^(\w+)[(),|;].*$/s, "$1");
  return { ...issue, allowed, value: place(column, word) };
}

/** The words of a language; `issue` says what is wrong with a text. */
export function textWords(locale: Locale): TextWords & { issue: (issue: Issue) => string } {
  const words: TextWords = locale === "zh" ? zh.words : en.words;
  return { ...words, issue: (issue) => issueText(translated(issue, words), locale) };
}
