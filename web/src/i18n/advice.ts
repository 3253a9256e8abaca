/** Advice on schemes in the reader's language, which only those load who open a scheme. */
import type { SchemeId } from "../engine/catalogue.js";
import type { SchemeAdvice } from "./advice.en.js";
import type { Locale } from "./locale.js";

export type Advice = Readonly<Record<SchemeId, SchemeAdvice>>;

const loaders: Readonly<Record<Locale, () => Promise<{ readonly advice: Advice }>>> = {
  en: () => import("./advice.en.js"),
  zh: () => import("./advice.zh.js"),
};

export async function loadAdvice(locale: Locale): Promise<Advice> {
  return (await loaders[locale]()).advice;
}
