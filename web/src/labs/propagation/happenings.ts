/** What happens to schemes on their way through the layers, as figures mark it. */
import type { Happening } from "../../charts/annotate.js";
import type { Fractions, Series } from "../../charts/series.js";
import type { Messages } from "../../i18n/index.js";
import { FLOOR } from "./data.js";

/** Inputs more alike than this can hardly be told apart. */
export const ALIKE = 0.99;

type Words = Messages["figures"]["happenings"];

/** The first layer on a signal's way, or a gradient's, whose numbers float32 has not with all digits. */
export function faintAt({ values }: Pick<Series, "values">, backward: boolean): number {
  const faint = (value: number) => value > 0 && value < FLOOR;
  return backward ? values.findLastIndex(faint) : values.findIndex(faint);
}

export function faintHappenings(
  all: readonly Series[],
  backward: boolean,
  words: Words,
): readonly Happening[] {
  return all.flatMap(({ slot, first, values }) => {
    const place = faintAt({ values }, backward);
    const say = backward ? words.faintBackward : words.faint;
    return place < 0
      ? []
      : [{ slot, place, value: values[place] ?? NaN, text: say(first + place) }];
  });
}

/** The first layer from which on all units are dead, all activations saturated, or inputs alike. */
export function shareHappenings(
  all: readonly Fractions[],
  kind: "dead" | "saturated" | "alike",
  words: Words,
): readonly Happening[] {
  const reached = (value: number) => (kind === "alike" ? value > ALIKE : value === 1);
  return all.flatMap(({ slot, values, shown }) => {
    const place = values.slice(0, shown).findLastIndex((value) => !reached(value)) + 1;
    const value = values[place];
    if (place >= shown || value === undefined) return [];
    return [{ slot, place, value, text: words[kind](place + 1) }];
  });
}
