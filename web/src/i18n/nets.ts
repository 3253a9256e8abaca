/** The words of nets in each language. */
import type { Locale } from "./locale.js";
import { words as en } from "./nets.en.js";
import type { NetWords } from "./nets.en.js";
import { words as zh } from "./nets.zh.js";

export function wordsOfNets(locale: Locale): NetWords {
  return locale === "zh" ? zh : en;
}
