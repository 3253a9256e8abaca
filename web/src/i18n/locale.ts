/** The languages, apart from their words: the first paint needs no words. */
export type Locale = "en" | "zh";

/** The language that a BCP 47 tag asks for; English for any that is not here. */
export function localeOf(tag: string | null | undefined): Locale {
  return tag?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The BCP 47 tag of what is said in the language. */
export function tagOf(locale: Locale): string {
  return locale === "zh" ? "zh-Hans" : "en";
}
