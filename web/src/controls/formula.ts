/** MathML of the catalogue as elements, with numbers put in. */
import { formatNumber } from "../i18n/numbers.js";

/** The formula's element. Each `@name` in it is replaced by that fact, as a number. */
export function formula(mathml: string, facts: Readonly<Record<string, number>> = {}): Element {
  const math = new DOMParser().parseFromString(mathml, "text/html").body.firstElementChild;
  if (!math) throw new Error("the catalogue holds a formula that is no MathML");
  for (const text of math.querySelectorAll("mtext")) {
    const name = text.textContent.match(/^@(\w+)$/)?.[1];
    if (name === undefined) continue;
    const number = document.createElementNS("http://www.w3.org/1998/Math/MathML", "mn");
    number.textContent = formatNumber(facts[name] ?? NaN, 4);
    text.replaceWith(number);
  }
  return document.importNode(math, true);
}
