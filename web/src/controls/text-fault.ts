/** Where in a text stands what the core refuses of it. */
import type { Issue } from "../engine/errors.js";

/** A text in three parts; nothing is wrong with the first and the last. */
export interface Cut {
  readonly before: string;
  /** Empty where something is missing at the end. */
  readonly wrong: string;
  readonly after: string;
}

/** What ends a word of these grammars. */
const ENDS = /^[\s,;:|()[\]*/^<>=+-]$/;

/** Characters that are wrong from the first on: what the core found, or else the word that begins there. */
function lengthOf(found: string, rest: readonly string[]): number {
  const named = Array.from(found);
  // A net's faults have what follows the word, too.
  const word = named.length > 0 && !named.some((character, i) => i > 0 && ENDS.test(character));
  if (word && named.every((character, i) => rest[i] === character)) return named.length;
  const end = rest.findIndex((character, i) => i > 0 && ENDS.test(character));
  return end < 0 ? rest.length : end;
}

/** Cuts the text where an issue says that it is wrong ("7: softpls"); undefined for one that names no place. */
export function cutAt(issue: Issue, text: string): Cut | undefined {
  const [, column, found = ""] =
    (issue.reason === "not_in_text" && /^(\d{1,6}): ?(.*)$/s.exec(issue.value)) || [];
  if (column === undefined) return undefined;
  const characters = Array.from(text);
  const begin = Math.min(Math.max(Number(column) - 1, 0), characters.length);
  const end = begin + lengthOf(found, characters.slice(begin));
  const part = (from: number, to?: number) => characters.slice(from, to).join("");
  return { before: part(0, begin), wrong: part(begin, end), after: part(end) };
}
