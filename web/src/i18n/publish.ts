/** The words of what is taken of a figure, loaded with what makes it. */
import type { Locale } from "./locale.js";
import { words as en } from "./publish.en.js";
import type { PublishWords } from "./publish.en.js";
import { words as zh } from "./publish.zh.js";

export type { PublishWords } from "./publish.en.js";

export const publishWords = (locale: Locale): PublishWords => (locale === "zh" ? zh : en);
