/** What JSON.parse hides: a name that is there twice, and how deep a text is nested. */

/** Why a text is refused before it is parsed. */
export interface KeyFault {
  readonly code: "duplicate_name" | "header_json";
  /** In characters, from 0. */
  readonly at: number;
  readonly value: string;
}

/** The end of the string that begins at `at`, behind its quote. */
function stringEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

/**
 * The names of the outer object in their order. Objects and lists are entered to `deepest` and no
 * further; the text itself is for JSON.parse to judge.
 */
export function keysOf(text: string, deepest: number): readonly string[] | KeyFault {
  /** Of each open object its names, of each open list nothing. */
  const open: (Set<string> | undefined)[] = [];
  let outer: Set<string> | undefined;
  let isName = false;
  for (let at = 0; at < text.length;) {
    const sign = text[at];
    if (sign === '"') {
      const end = stringEnd(text, at);
      const names = open.at(-1);
      if (isName && names) {
        isName = false;
        const name = decoded(text.slice(at, end));
        if (name === undefined || names.has(name))
          return {
            code: name === undefined ? "header_json" : "duplicate_name",
            at,
            value: name ?? '"',
          };
        names.add(name);
      }
      at = end;
      continue;
    }
    if (sign === "{" || sign === "[") {
      if (open.length === deepest)
        return { code: "header_json", at, value: `${deepest + 1} > ${deepest}` };
      open.push(sign === "{" ? new Set() : undefined);
      outer ??= open[0];
      isName = sign === "{";
    } else if (sign === "}" || sign === "]") {
      open.pop();
    } else if (sign === ",") {
      isName = open.at(-1) !== undefined;
    }
    ++at;
  }
  return [...(outer ?? [])];
}

/** A string as it is meant, escapes and all. */
function decoded(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
