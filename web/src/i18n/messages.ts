/** The words of each language. A reader needs those of one: a language's come when it is first asked for. */
import type { Messages } from "./en.js";
import type { Locale } from "./locale.js";

const loaders: Readonly<Record<Locale, () => Promise<Messages>>> = {
  en: async () => (await import("./en.js")).en,
  zh: async () => (await import("./zh.js")).zh,
};
const there: Partial<Record<Locale, Messages>> = {};

/** Whether the words of a language have come. */
export function hasWords(locale: Locale): boolean {
  return there[locale] !== undefined;
}

/** Loads the words of a language, once; whoever says something in it waits for them. */
export async function loadWords(locale: Locale): Promise<Messages> {
  return (there[locale] ??= await loaders[locale]());
}

/** The words of a language, which must have come: see loadWords. */
export function messagesOf(locale: Locale): Messages {
  const messages = there[locale];
  if (!messages) throw new Error(`the words of '${locale}' have not been loaded`);
  return messages;
}

/** What a field is called; an argument of a layer keeps its name. */
export function fieldName(id: string, locale: Locale): string {
  const names: Readonly<Record<string, string | undefined>> = messagesOf(locale).fields;
  // A link may name a field "constructor".
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? id;
}
