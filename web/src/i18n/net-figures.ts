/** The words of nets in each language. */
import type { Locale } from "./locale.js";
import { words as en } from "./net-figures.en.js";
import type { NetWords } from "./net-figures.en.js";
import { words as zh } from "./net-figures.zh.js";

export function wordsOfNets(locale: Locale): NetWords {
  return locale === "zh" ? zh : en;
}
