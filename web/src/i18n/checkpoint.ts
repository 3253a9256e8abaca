/** Why a checkpoint is not read, in words. Loaded with its readers. */
import * as en from "./checkpoint.en.js";
import type { RefusalWords } from "./checkpoint.en.js";
import * as zh from "./checkpoint.zh.js";
import type { Locale } from "./locale.js";

export type { RefusalWords } from "./checkpoint.en.js";

/** What a `Refusal` says (`checkpoint/refusal.ts`). */
interface Refused {
  readonly code: keyof RefusalWords;
  readonly file: string;
  readonly place: string;
  readonly value: string;
}

export const checkpointWords = (locale: Locale): RefusalWords =>
  locale === "zh" ? zh.refusals : en.refusals;

/** The sentence for a refusal, which begins with the file's name. Its parts are text, never markup. */
export function refusalText({ code, file, place, value }: Refused, locale: Locale): string {
  const { refusals, atPlace, ofFile } = locale === "zh" ? zh : en;
  const say: (at: string) => string = refusals[code];
  return ofFile(file, say(atPlace(place, value)));
}
