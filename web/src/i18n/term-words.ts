/** What stands around the glossary's texts. */
import { spacedAll } from "./han.js";
import type { Locale } from "./locale.js";

export interface TermWords {
  readonly chapter: (number: number) => string;
}

export const termWords: Readonly<Record<Locale, TermWords>> = {
  en: { chapter: (number) => `More in chapter ${number}` },
  zh: spacedAll<TermWords>({ chapter: (number) => `详见第 ${number} 章` }),
};
