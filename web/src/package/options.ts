/** The second argument of the package's calls. */
import type { AuditOptions } from "../audit/client.js";
import { kindOf } from "../engine/caller/kind.js";
import { notOfKind, refusal } from "../engine/caller/refusal.js";
import type { RunOptions } from "../engine/client.js";
import type { JobKind } from "../engine/request.js";
import { ownFields, ownValue } from "./own.js";

const LISTENERS = ["onProgress", "onResult", "onWarning", "onFrames"] as const;

/** Whether a value is a signal, of any window; what has only a signal's prototype is none. */
function isSignal(value: unknown): boolean {
  try {
    Reflect.get(AbortSignal.prototype, "aborted", value);
    return true;
  } catch {
    return false;
  }
}

/** What the caller gave, by name; null is undefined. */
function read(given: unknown, known: readonly string[]): ReadonlyMap<string, unknown> {
  const names = given === undefined || given === null ? [] : ownFields(given, "options");
  const options = names.map((name) => [name, ownValue(given, name, name) ?? undefined] as const);
  for (const [field, value] of options)
    if (!known.includes(field)) {
      const issue = { field, value: kindOf(value), reason: "unknown_field" } as const;
      throw refusal([{ ...issue, allowed: known.join(", ") }]);
    }
  return new Map(options);
}

/** Checked options: all but the array, which needs the request. */
type Checked<K extends JobKind> = RunOptions<K> & { readonly into?: unknown };

/** A signal and listeners, each of its kind; those beside are taken as they are. Throws an InitscopeError. */
function checked(
  given: unknown,
  listeners: readonly string[],
  beside: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const names = ["signal", ...listeners, ...beside];
  const options = read(given, names);
  const signal = options.get("signal");
  if (signal !== undefined && !isSignal(signal))
    throw notOfKind("signal", kindOf(signal), "an AbortSignal");
  for (const name of listeners) {
    const listener = options.get(name);
    if (listener !== undefined && typeof listener !== "function")
      throw notOfKind(name, kindOf(listener), "a function");
  }
  // Each is there, if undefined: none is looked for in a prototype.
  return Object.fromEntries(names.map((name) => [name, options.get(name)]));
}

/** Options of a request; the array to write into is taken as it is. Throws an InitscopeError. */
export function ownOptions<K extends JobKind>(
  given: unknown,
  beside: readonly "into"[] = [],
): Checked<K> {
  return checked(given, LISTENERS, beside);
}

/** Options of an audit. Throws an InitscopeError. */
export function ownAuditOptions(given: unknown): AuditOptions {
  return checked(given, ["onProgress", "onTensor"]);
}
