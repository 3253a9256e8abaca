/** Numbers as people and files write them. */

/**
 * The finite number that a text says in decimal digits, with a point and an exponent or without;
 * undefined for anything else: "", "0x10", "Infinity", "1e999".
 */
export function decimal(text: string): number | undefined {
  const written = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(text.trim());
  const number = written ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}
