/** The words of the page in each language; those of labs of races are in race-messages.ts. */
import type { Messages } from "./en.js";
import type { Locale } from "./locale.js";
import { Words } from "./words.js";

export const pageWords = new Words<Messages>({
  en: async () => (await import("./en.js")).en,
  zh: async () => (await import("./zh.js")).zh,
});

/** The words of a language, which must have come. */
export function messagesOf(locale: Locale): Messages {
  return pageWords.of(locale);
}

/** What a field is called; an argument of a layer keeps its name. */
export function fieldName(id: string, locale: Locale): string {
  const names: Readonly<Record<string, string | undefined>> = messagesOf(locale).fields;
  // A link may name a field "constructor".
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? id;
}
