/** What callers hand to the exporters, checked before a byte is written. Throws InitscopeErrors. */
import { catalogue } from "../engine/catalogue.js";
import { issuesError } from "../engine/errors.js";
import type { InitscopeError, Issue } from "../engine/errors.js";
import { shown } from "../engine/shown.js";

/** NumPy and PyTorch have no tensor of more axes. */
const MOST_RANK = 64;

export function refusal(
  field: string,
  value: unknown,
  reason: Issue["reason"],
  allowed: string,
): InitscopeError {
  return issuesError([{ field, value: shown(value), reason, allowed }], catalogue.reasons);
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

/** A Float32Array of any window. */
function isFloats(values: unknown): values is Float32Array {
  return (
    Object.prototype.toString.call(values) === "[object Float32Array]" && ArrayBuffer.isView(values)
  );
}

/** Checks shape and values, whose fields begin with `prefix`. */
export function checkTensor(given: unknown, prefix = ""): CheckedTensor {
  const { shape, values } = fieldsOfGiven(given);
  if (!isFloats(values)) throw refusal(`${prefix}values`, values, "not_a_choice", "Float32Array");
  const listed = Array.isArray(shape) && shape.length <= MOST_RANK;
  const extents: readonly unknown[] = listed ? [...(shape as unknown[])] : [];
  if (!listed || !extents.every(isExtent)) {
    const allowed = `0..${MOST_RANK} of 0..${Number.MAX_SAFE_INTEGER}`;
    throw refusal(`${prefix}shape`, shape, "not_a_shape", allowed);
  }
  // Of the extents that are not 0: libraries multiply these, and refuse what is beyond them.
  const filled = extents.filter((extent) => extent > 0).reduce((all, extent) => all * extent, 1);
  const elements = extents.includes(0) ? 0 : filled;
  if (elements !== values.length || !Number.isSafeInteger(filled))
    throw refusal(`${prefix}shape`, shape, "not_with", `${values.length} values`);
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
    throw refusal("tensors", given, "not_a_choice", "[{ name, shape, values }]");
  const places = new Map<string, number>();
  return Array.from(given as readonly unknown[], (tensor, i) => {
    const path = `tensors.${i}.`;
    const { name } = fieldsOfGiven(tensor);
    const refused = (allowed: string) => refusal(`${path}name`, name, "not_with", allowed);
    if (typeof name !== "string") throw refused("names, which are texts");
    if (name === "") throw refused("names, which are not empty");
    // Half of a character would be written as another sign, and two names as one.
    if (/\p{Surrogate}/u.test(name)) throw refused("UTF-8");
    const before = places.get(name);
    if (before !== undefined) throw refused(`tensors.${before}, which has the same name`);
    const why = hindrance(name);
    if (why !== "") throw refused(why);
    places.set(name, i);
    return { name, ...checkTensor(tensor, path) };
  });
}
