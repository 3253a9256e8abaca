/**
 * Spaces of a Chinese sentence that is put together of parts: between Han and Latin letters, digits or
 * a formula's bracket one stands; between two Han, and beside full-width punctuation, none does. A name in either script
 * then fits into every sentence.
 */
const HAN = "\\p{Script=Han}";
const FULL = "，。：；？！、（）《》“”…";
const NARROW = "\\p{Script=Latin}\\p{Script=Greek}\\p{Nd}";

/** Spaces that are to go. A run of them is looked at from its first one alone. */
export const surplus = new RegExp(
  `(?<=${HAN}) +(?=${HAN})|(?<=[${FULL}]) +|(?<! ) +(?=[${FULL}])`,
  "gu",
);
/** Places where one is to stand. */
export const missing = new RegExp(
  `(?<=${HAN})(?=[${NARROW}])|(?<=[${NARROW}%\\]])(?=${HAN})`,
  "gu",
);

export function spaced(text: string): string {
  return text.replace(surplus, "").replace(missing, " ");
}

type Said = (...parts: unknown[]) => unknown;

/** Messages whose functions say what they say with the right spaces, at whatever depth. */
export function spacedAll<T>(messages: T): T {
  if (typeof messages === "function") {
    const say = messages as unknown as Said;
    return ((...parts: unknown[]) => spaced(String(say(...parts)))) as T;
  }
  if (typeof messages !== "object" || messages === null || Array.isArray(messages)) return messages;
  const entries = Object.entries(messages).map(([key, value]) => [key, spacedAll<unknown>(value)]);
  return Object.fromEntries(entries) as T;
}
