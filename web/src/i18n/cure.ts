/** The words of cures, loaded with what shows them. */
import type { Locale } from "./locale.js";
import { words as en } from "./cure.en.js";
import type { CureWords } from "./cure.en.js";
import { words as zh } from "./cure.zh.js";

export type { CureWords } from "./cure.en.js";

export const cureWords = (locale: Locale): CureWords => (locale === "zh" ? zh : en);
