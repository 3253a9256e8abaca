/** The words of each language. */
import { en } from "./en.js";
import type { Messages } from "./en.js";
import type { Locale } from "./locale.js";
import { zh } from "./zh.js";

const messages: Readonly<Record<Locale, Messages>> = { en, zh };

export function messagesOf(locale: Locale): Messages {
  return messages[locale];
}

/** What a field is called; an argument of a layer keeps its name. */
export function fieldName(id: string, locale: Locale): string {
  const names: Readonly<Record<string, string | undefined>> = messages[locale].fields;
  // A link may name a field "constructor".
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? id;
}
