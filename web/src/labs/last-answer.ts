/** What an answer that is not the newest is called: by what has been set otherwise since. */
import { fieldsOf } from "../engine/request.js";
import type { JobKind, SchemeRequest } from "../engine/request.js";
import { fieldName, messagesOf, schemeNames, valueText } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { inSentence } from "./activation-text.js";

type Values = Readonly<Record<string, unknown>>;

function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same((a as Values)[key], (b as Values)[key]));
}

/** More than so many parts are no name any more. */
const MOST_PARTS = 3;

/** The first of the values of a request that a draft has otherwise, in words. */
export function changedSince(
  kind: JobKind,
  answered: Values,
  draft: Values,
  locale: Locale,
): readonly string[] {
  const { items } = messagesOf(locale).between;
  const schemes = same(answered["schemes"], draft["schemes"])
    ? []
    : schemeNames(answered["schemes"] as readonly SchemeRequest[], locale);
  const values = fieldsOf(kind)
    .filter(({ id }) => answered[id] !== undefined && !same(answered[id], draft[id]))
    .map(({ id, kind: what }) => {
      const value = answered[id];
      if (what === "text") return `${fieldName(id, locale)} ${inSentence(String(value))}`;
      const text = Array.isArray(value)
        ? value.join(" × ")
        : typeof value === "object"
          ? schemeNames([value as SchemeRequest], locale).join(items)
          : valueText(value, locale);
      return `${fieldName(id, locale)} ${text}`;
    });
  const all = [...schemes, ...values];
  return all.length > MOST_PARTS ? [...all.slice(0, MOST_PARTS), "…"] : all;
}
