/** What the letters of a scheme's formula stand for. */
import type { Scheme } from "../engine/catalogue.js";
import type { Messages } from "../i18n/index.js";

/** Letters, and the TeX by which they are known in a formula. */
const LETTERS = {
  fanIn: /n_\\text\{in\}/,
  fanOut: /n_\\text\{out\}/,
  fan: /(?<![a-z])n(?![_a-z])/,
  gain: /(?<![a-z\\])g(?![a-z])/,
} as const;

/** One sentence for those that occur; empty where none does. */
export function symbolsText(
  { formula, fields }: Pick<Scheme, "formula" | "fields">,
  { symbols, between }: Pick<Messages, "symbols" | "between">,
): string {
  // Command names have letters that stand for nothing: \min holds an n.
  const letters = formula.replace(/\\(?!text\b)[a-zA-Z]+/g, " ");
  const has = (id: string) => fields.some((field) => field.id === id);
  const said = [
    ...(LETTERS.gain.test(letters) ? [has("nonlinearity") ? symbols.gainOf : symbols.gain] : []),
    ...(LETTERS.fanIn.test(letters) ? [symbols.fanIn] : []),
    ...(LETTERS.fanOut.test(letters) ? [symbols.fanOut] : []),
    ...(has("mode") && LETTERS.fan.test(letters.replace(/\\text\{\w+\}/g, ""))
      ? [symbols.fan]
      : []),
  ];
  return said.join(between.sentences);
}
