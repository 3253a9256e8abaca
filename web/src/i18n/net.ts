/** The words of the editor of networks, which are loaded with it. */
import type { Locale } from "./locale.js";
import * as en from "./net.en.js";
import type { NetWords } from "./net.en.js";
import * as zh from "./net.zh.js";

export type { NetWords } from "./net.en.js";

export function netWords(locale: Locale): NetWords {
  return locale === "zh" ? zh.words : en.words;
}
