/** What is wrong between the numbers that a chapter prints and those that it is bound to. */
import type { Numbers } from "./computations.js";
import type { Place } from "./printed.js";

/**
 * One sentence for each fault. `places` are the chapter's, in the language that is checked; `names`
 * are the English names of the same places, by which the numbers are listed.
 */
export function faultsOf(
  places: readonly Place[],
  names: readonly string[],
  numbers: Numbers,
): string[] {
  if (places.length !== names.length)
    return [`${places.length} places, where the English text has ${names.length}`];
  const unknown = Object.keys(numbers).filter((name) => !names.includes(name));
  return [
    ...unknown.map((name) => `numbers are listed for "${name}", which is no place`),
    ...places.flatMap(({ name, numbers: printed }, i) => {
      const bound = numbers[names[i] ?? ""] ?? [];
      const count = Math.max(printed.length, bound.length);
      const pairs = Array.from({ length: count }, (_, k) => [printed[k], bound[k]] as const);
      return pairs.flatMap(([number, binding], k) => {
        const where = `${name}, number ${k + 1}`;
        if (!number) return [`${where}: ${JSON.stringify(binding)} is printed nowhere`];
        if (binding === undefined) return [`${where}: ${number.text} is bound to nothing`];
        const value = typeof binding === "number" ? binding : binding.given;
        const room = typeof binding === "number" ? number.tolerance * (1 + 1e-9) : 0;
        return Math.abs(number.value - value) <= room
          ? []
          : [`${where}: ${number.text} is printed, ${value} was computed`];
      });
    }),
  ];
}
