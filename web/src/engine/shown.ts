/** A value that somebody gave, as text for a message. */
import { mostShown } from "../generated/limits.js";

/** Longest text of a value in a message, in UTF-16 units; the core's messages hold as many bytes. */
export const MOST_SHOWN = mostShown;

/** Elements of a list, as far as they are seen; a list within it is not followed. */
function listText(list: readonly unknown[]): string {
  let text = "";
  for (let i = 0; i < list.length && text.length <= MOST_SHOWN; ++i)
    text += `${i > 0 ? "," : ""}${Array.isArray(list[i]) ? "[…]" : textOf(list[i])}`;
  return text;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return listText(value);
  if (typeof value === "function" || (typeof value === "object" && value !== null))
    return typeof value; // what it would say of itself is its own code, or not its content
  return String(value);
}

/** At most MOST_SHOWN characters, with an ellipsis where it is cut. Never throws, whatever the value is. */
export function shown(value: unknown): string {
  let text: string;
  try {
    text = textOf(value);
  } catch {
    return typeof value; // a proxy may throw at any touch
  }
  if (text.length <= MOST_SHOWN) return text;
  return `${text.slice(0, MOST_SHOWN - 1).replace(/[\ud800-\udbff]$/, "")}…`; // no half character
}
