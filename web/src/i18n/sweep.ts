/** The words of networks of many sizes, loaded with what computes them. */
import type { Locale } from "./locale.js";
import { words as en } from "./sweep.en.js";
import type { SweepWords } from "./sweep.en.js";
import { words as zh } from "./sweep.zh.js";

export type { Span, SweepWords } from "./sweep.en.js";

export const sweepWords = (locale: Locale): SweepWords => (locale === "zh" ? zh : en);
