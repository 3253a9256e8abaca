/** Objects within a request, each of which is checked by fields of its own. */
import { ownField } from "../request.js";
import { kindOf, partsOf } from "./kind.js";
import { notOfKind } from "./refusal.js";

/** The value as an object. Throws an InitscopeError that calls it by its path. */
export function recordOf(value: unknown, path: string): Record<string, unknown> {
  if (partsOf(value) !== "object") throw notOfKind(path, kindOf(value), "a plain object");
  return value as Record<string, unknown>;
}

/** A field's list of objects. Throws an InitscopeError where it is none. */
export function recordsOf(given: object, field: string): Record<string, unknown>[] {
  const list = ownField(given, field);
  if (!Array.isArray(list)) throw notOfKind(field, kindOf(list), "a list");
  return list.map((item, i) => recordOf(item, `${field}.${i}`));
}
