/** The words of the table of all activations. Loaded with it. */
import type { Locale } from "./locale.js";
import { words as en } from "./stability.en.js";
import type { StabilityWords } from "./stability.en.js";
import { words as zh } from "./stability.zh.js";

export type { StabilityWords } from "./stability.en.js";

export const stabilityWords = (locale: Locale): StabilityWords => (locale === "zh" ? zh : en);
