/** What callers hand to the exporters, checked before a byte is written. Throws InitscopeErrors. */
import { isFloats } from "../engine/caller/floats.js";
import { refusal } from "../engine/caller/refusal.js";
import type { InitscopeError, Issue } from "../engine/errors.js";
import { shown } from "../engine/shown.js";

/** NumPy and PyTorch have no tensor of more axes. */
const MOST_RANK = 64;

/** The error of one field. */
export function refused(
  field: string,
  value: unknown,
  reason: Issue["reason"],
  allowed: string,
): InitscopeError {
  return refusal([{ field, value: shown(value), reason, allowed }]);
}

/** One of some ids; an error of the field for all else. */
export function checkedId<Id extends string>(
  field: string,
  given: unknown,
  ids: readonly Id[],
): Id {
  const found = ids.find((id) => id === given);
  if (!found) throw refused(field, given, "not_a_choice", ids.join(", "));
  return found;
}

/** The fields of an object; none of what is no object. */
export function fieldsOfGiven(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null ? { ...given } : {};
}

/** A tensor whose extents are whole numbers, as many numbers as they say. */
export interface CheckedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

function isExtent(extent: unknown): extent is number {
  return Number.isSafeInteger(extent) && (extent as number) >= 0;
}

/** Checks shape and values, whose fields begin with `prefix`. */
export function checkTensor(given: unknown, prefix = ""): CheckedTensor {
  const { shape, values } = fieldsOfGiven(given);
  if (!isFloats(values)) throw refused(`${prefix}values`, values, "not_a_choice", "Float32Array");
  const listed = Array.isArray(shape) && shape.length <= MOST_RANK;
  const extents: readonly unknown[] = listed ? [...(shape as unknown[])] : [];
  if (!listed || !extents.every(isExtent)) {
    const allowed = `0..${MOST_RANK} of 0..${Number.MAX_SAFE_INTEGER}`;
    throw refused(`${prefix}shape`, shape, "not_a_shape", allowed);
  }
  // Of the extents that are not 0: libraries multiply these, and refuse what is beyond them.
  const filled = extents.filter((extent) => extent > 0).reduce((all, extent) => all * extent, 1);
  const elements = extents.includes(0) ? 0 : filled;
  if (elements !== values.length || !Number.isSafeInteger(filled))
    throw refused(`${prefix}shape`, shape, "not_with", `${values.length} values`);
  return { shape: extents, values };
}

export interface CheckedNamedTensor extends CheckedTensor {
  readonly name: string;
}

/**
 * Checks a list of tensors whose names are told apart. `hindrance` says what a name does not go with,
 * "" where nothing is in its way.
 */
export function checkNamed(
  given: unknown,
  hindrance: (name: string) => string,
): readonly CheckedNamedTensor[] {
  if (!Array.isArray(given))
    throw refused("tensors", given, "not_a_choice", "[{ name, shape, values }]");
  const places = new Map<string, number>();
  return Array.from(given as readonly unknown[], (tensor, i) => {
    const path = `tensors.${i}.`;
    const { name } = fieldsOfGiven(tensor);
    const misnamed = (allowed: string) => refused(`${path}name`, name, "not_with", allowed);
    if (typeof name !== "string") throw misnamed("names, which are texts");
    if (name === "") throw misnamed("names, which are not empty");
    // Half of a character would be written as another sign, and two names as one.
    if (/\p{Surrogate}/u.test(name)) throw misnamed("UTF-8");
    const before = places.get(name);
    if (before !== undefined) throw misnamed(`tensors.${before}, which has the same name`);
    const why = hindrance(name);
    if (why !== "") throw misnamed(why);
    places.set(name, i);
    return { name, ...checkTensor(tensor, path) };
  });
}
