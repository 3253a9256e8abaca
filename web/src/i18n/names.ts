/** What schemes are called, and the values of their parameters. */
import { isSchemeId, schemeOf } from "../engine/catalogue.js";
import type { SchemeId } from "../engine/catalogue.js";
import { formatNumber } from "./numbers.js";
import type { Locale } from "./locale.js";
import { fieldName, messagesOf } from "./messages.js";

/** A scheme, whose parameters may be wrong while they are edited. */
interface Named {
  readonly scheme: SchemeId;
  readonly [parameter: string]: unknown;
}

/** Numbers are known to seven digits where they come from an address. */
const CLOSE = 1e-7;
const MOST_DENOMINATOR = 12;
const MOST_NUMERATOR = 99;
/** Digits of a number that is no fraction and no root, and of one that needs no other name. */
const DIGITS = 4;
const SHORT_DIGITS = 3;

/** A positive number as "5/3" where it is such a fraction. */
function fractionText(value: number): string | undefined {
  for (let below = 1; below <= MOST_DENOMINATOR; ++below) {
    const above = Math.round(value * below);
    if (above < 1 || above > MOST_NUMERATOR) continue;
    if (Math.abs(above / below / value - 1) < CLOSE)
      return below === 1 ? String(above) : `${above}/${below}`;
  }
  return undefined;
}

function rootText(value: number): string | undefined {
  const square = fractionText(value * value);
  return square && (square.includes("/") ? `√(${square})` : `√${square}`);
}

/** A parameter's number with sensible digits: "0.02", "5/3", "√5", "1.234". */
export function parameterNumber(value: number): string {
  const size = Math.abs(value);
  if (Number(size.toPrecision(SHORT_DIGITS)) === size || !Number.isFinite(size))
    return formatNumber(value);
  const exact = fractionText(size) ?? rootText(size);
  if (exact === undefined) return formatNumber(value, DIGITS);
  return value < 0 ? `−${exact}` : exact;
}

/** The value of a field in words. */
export function valueText(value: unknown, locale: Locale): string {
  if (typeof value === "number") return parameterNumber(value);
  const words: Readonly<Record<string, string | undefined>> = messagesOf(locale).choices;
  const word = String(value);
  return (Object.hasOwn(words, word) ? words[word] : undefined) ?? word;
}

/** A choice says itself; a number is called by its field: "a = √5", "Gain 5/3". */
export function partText(id: string, text: string, choice: boolean, locale: Locale): string {
  if (choice) return text;
  const name = fieldName(id, locale);
  return name.length === 1 ? `${name} = ${text}` : `${name} ${text}`;
}

/**
 * What schemes are called side by side: where one stands there twice, with what sets it apart, and
 * where nothing does, with its number.
 */
export function schemeNames(schemes: readonly Named[], locale: Locale): readonly string[] {
  const { schemes: words, between } = messagesOf(locale);
  const names = schemes.map((scheme) => {
    if (!isSchemeId(scheme.scheme)) return String(scheme.scheme);
    const same = schemes.filter((other) => other.scheme === scheme.scheme);
    const apart = schemeOf(scheme.scheme)
      .fields.filter(({ id }) => same.some((other) => other[id] !== scheme[id]))
      .map(({ id, kind }) =>
        partText(id, valueText(scheme[id], locale), kind === "choice", locale),
      );
    // A point of the phase plane is called by its place: nothing else is known of it.
    if (scheme.scheme === "edge_of_chaos" && apart.length === 0)
      return `σ_w² = ${formatNumber(Number(scheme["sigma_w"]) ** 2, DIGITS)}`;
    return [words[scheme.scheme].name, ...apart].join(between.items);
  });
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before > 0 ? between.again(name, before + 1) : name;
  });
}
