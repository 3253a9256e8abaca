/** The words about what is in layers, in each language. */
import { words as en } from "./layer-figures.en.js";
import type { LayerWords } from "./layer-figures.en.js";
import { words as zh } from "./layer-figures.zh.js";
import type { Locale } from "./locale.js";

export type { LayerWords } from "./layer-figures.en.js";

export function wordsOfLayers(locale: Locale): LayerWords {
  return locale === "zh" ? zh : en;
}
