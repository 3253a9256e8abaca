/** What is said of fields that hold a text with a grammar. Loaded with their control. */
import type { Issue } from "../engine/errors.js";
import { issueText } from "./index.js";
import type { Locale } from "./locale.js";
import * as en from "./text-fields.en.js";
import type { TextWords } from "./text-fields.en.js";
import * as zh from "./text-fields.zh.js";

export { fieldName } from "./messages.js";

/** An issue whose lists and place are in the reader's language: the core's are English. */
function translated(issue: Issue, { place, end, parts }: TextWords): Issue {
  const allowed = Object.entries(parts).reduce(
    (said, [part, word]) => said.replaceAll(part, word),
    issue.allowed,
  );
  const [, column, found] = /^(\d{1,6}): (.*)$/s.exec(issue.value) ?? [];
  if (column === undefined || found === undefined) return { ...issue, allowed };
  return { ...issue, allowed, value: place(column, found === "end" ? end : found) };
}

/** The words of a language; `issue` says what is wrong with a text. */
export function textWords(locale: Locale): TextWords & { issue: (issue: Issue) => string } {
  const words: TextWords = locale === "zh" ? zh.words : en.words;
  return { ...words, issue: (issue) => issueText(translated(issue, words), locale) };
}
