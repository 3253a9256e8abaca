/** Words and numbers in the reader's language. */
import { catalogue, schemeOf } from "../engine/catalogue.js";
import type { ReasonId } from "../engine/catalogue.js";
import { fillIn } from "../engine/errors.js";
import type { Issue } from "../engine/errors.js";
import type { SchemeRequest } from "../engine/request.js";
import { en } from "./en.js";
import type { Messages } from "./en.js";
import { spaced } from "./han.js";
import type { Locale } from "./locale.js";
import { zh } from "./zh.js";

export type { Messages } from "./en.js";
export { localeOf, tagOf } from "./locale.js";
export type { Locale } from "./locale.js";

const messages: Readonly<Record<Locale, Messages>> = { en, zh };

export function messagesOf(locale: Locale): Messages {
  return messages[locale];
}

/** What a field is called; an argument of a layer keeps its name. */
export function fieldName(id: string, locale: Locale): string {
  const names: Readonly<Record<string, string | undefined>> = messages[locale].fields;
  return names[id] ?? id;
}

/** What schemes are called side by side: where one stands there twice, with what sets it apart. */
export function schemeNames(schemes: readonly SchemeRequest[], locale: Locale): readonly string[] {
  const { schemes: words, between } = messages[locale];
  return schemes.map((scheme) => {
    const same = schemes.filter((other) => other.scheme === scheme.scheme);
    const apart = schemeOf(scheme.scheme)
      .fields.filter(({ id }) => same.some((other) => other[id] !== scheme[id]))
      .map(({ id }) => `${fieldName(id, locale)} ${scheme[id]}`);
    return [words[scheme.scheme].name, ...apart].join(between.items);
  });
}

/** The sentence for an issue. The field is called by its last part's name in the language. */
export function issueText(issue: Issue, locale: Locale): string {
  const own: string | undefined = messages[locale].reasons[issue.reason];
  const sentence = own ?? catalogue.reasons.find(({ id }) => id === issue.reason)?.text ?? "";
  const last = issue.field.split(".").at(-1) ?? "";
  const text = fillIn(sentence, { ...issue, field: fieldName(last, locale) });
  return locale === "zh" ? spaced(text) : text;
}

export function reasonIds(): readonly ReasonId[] {
  return catalogue.reasons.map(({ id }) => id);
}
