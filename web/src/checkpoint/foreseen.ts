/** Holds readers to their word: what they throw is a Refusal, or the reason of a signal. */
import { Refusal } from "./refusal.js";

/**
 * What is thrown for `error`. A view that ends, a list too long for the engine and the like are the
 * fault of the file: "malformed". Other errors are the signal's, or ours, and stay what they are.
 */
export function asRefusal(error: unknown, file: string, place: string): unknown {
  if (error instanceof Refusal) return error;
  if (error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError)
    return new Refusal("malformed", file, place, error.message);
  return error;
}
