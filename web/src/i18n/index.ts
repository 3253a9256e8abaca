/** Words and numbers in the reader's language. */
import { catalogue } from "../engine/catalogue.js";
import type { ReasonId } from "../engine/catalogue.js";
import { fillIn } from "../engine/errors.js";
import type { Issue } from "../engine/errors.js";
import { spaced } from "./han.js";
import type { Locale } from "./locale.js";
import { fieldName, messagesOf } from "./messages.js";

export type { Messages } from "./en.js";
export { localeOf, tagOf } from "./locale.js";
export type { Locale } from "./locale.js";
export { fieldName, messagesOf, pageWords } from "./messages.js";
export { schemeNames, valueText } from "./names.js";

/** What is allowed, as the language lists it: "1..200 of 1..1024", "relu, tanh". */
function allowedText(allowed: string, locale: Locale): string {
  if (locale === "en" || allowed.startsWith("[")) return allowed; // an interval is no list
  return allowed.replace(/^(\S+) of (\S+)$/, "$1 个，各在 $2 之内").replaceAll(", ", "、");
}

/** The last part of a field's path; a key that is no word stands at its end in quotes. */
function lastPart(path: string): string {
  return path.endsWith('"') ? path.slice(path.indexOf('"')) : (path.split(".").at(-1) ?? "");
}

/**
 * The sentence for an issue. The field is called by its last part's name in the language; what is no
 * field is called as it was written.
 */
export function issueText(issue: Issue, locale: Locale): string {
  const reasons: Readonly<Record<string, string>> = messagesOf(locale).reasons;
  const own = reasons[issue.reason];
  const sentence = own ?? catalogue.reasons.find(({ id }) => id === issue.reason)?.text ?? "";
  const last = lastPart(issue.field);
  const text = fillIn(sentence, {
    ...issue,
    allowed: allowedText(issue.allowed, locale),
    field: issue.reason === "unknown_field" ? last : fieldName(last, locale),
  });
  return locale === "zh" ? spaced(text) : text;
}

export function reasonIds(): readonly ReasonId[] {
  return catalogue.reasons.map(({ id }) => id);
}
