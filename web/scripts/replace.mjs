// Replacements of the build, which fail where the text to be replaced is not there, or is there more
// often than it was: what a dependency writes may change from one version to the next.

/** How often a text or an expression occurs. */
function occurrences(text, wanted) {
  if (typeof wanted === "string") return text.split(wanted).length - 1;
  return [...text.matchAll(new RegExp(wanted.source, `${wanted.flags.replace("g", "")}g`))].length;
}

/** Replaces all of `count` occurrences; `where` names the text in the error. */
export function replaceExactly(count, text, wanted, by, where) {
  const found = occurrences(text, wanted);
  if (found !== count)
    throw new Error(`${where}: '${wanted}' is there ${found} times; it must be ${count}`);
  const all =
    typeof wanted === "string"
      ? wanted
      : new RegExp(wanted.source, `${wanted.flags.replace("g", "")}g`);
  // A function, so that no $ in what is put in means a part of what was found.
  return text.replaceAll(all, typeof by === "function" ? by : () => by);
}

export const replaceOnce = (text, wanted, by, where) => replaceExactly(1, text, wanted, by, where);
