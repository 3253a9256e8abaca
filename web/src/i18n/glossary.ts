/** What the glossary says in the reader's language, which only those load who ask for a term. */
import type { Glossary } from "./glossary.en.js";
import type { Locale } from "./locale.js";

export type { Entry, Glossary } from "./glossary.en.js";

const loaders: Readonly<Record<Locale, () => Promise<{ readonly glossary: Glossary }>>> = {
  en: () => import("./glossary.en.js"),
  zh: () => import("./glossary.zh.js"),
};

export async function loadGlossary(locale: Locale): Promise<Glossary> {
  return (await loaders[locale]()).glossary;
}
