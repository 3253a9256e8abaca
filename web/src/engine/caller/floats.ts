/**
 * Arrays of numbers that callers hand over. They are looked at through the language's own getters:
 * what a subclass or a property says of an array's length need not be so.
 */
import { catalogue } from "../catalogue.js";
import { kindOf } from "./kind.js";
import { notOfKind, refusal } from "./refusal.js";

const typedArray = Object.getPrototypeOf(Float32Array.prototype) as object;
const lengthOf = (value: object) => Reflect.get(typedArray, "length", value) as number;
const bufferOf = (value: object) => Reflect.get(typedArray, "buffer", value) as ArrayBuffer;
/** Throws a TypeError for a SharedArrayBuffer. */
const sizeOf = (value: object) => Reflect.get(ArrayBuffer.prototype, "byteLength", value);

/** Whether a value is a Float32Array, of any window. */
export function isFloats(value: unknown): value is Float32Array {
  return Reflect.get(typedArray, Symbol.toStringTag, value) === "Float32Array";
}

/** Why a buffer cannot be taken from its owner; "" where it can. */
function hindrance(buffer: ArrayBuffer): string {
  try {
    sizeOf(buffer);
  } catch {
    return "one in a SharedArrayBuffer";
  }
  try {
    new Uint8Array(buffer);
  } catch {
    return "one whose buffer was handed over before";
  }
  const resizable = Reflect.get(ArrayBuffer.prototype, "resizable", buffer) as boolean | undefined;
  return resizable ? "one in a resizable buffer" : "";
}

/** The same numbers in a Float32Array like others. Throws an InitscopeError where they are gone. */
export function plainFloats(floats: Float32Array, path: string): Float32Array {
  const at = Reflect.get(typedArray, "byteOffset", floats) as number;
  try {
    return new Float32Array(bufferOf(floats), at, lengthOf(floats));
  } catch (cause) {
    throw notOfKind(path, "one whose buffer was handed over before", "a Float32Array", cause);
  }
}

/** A copy of the numbers. Throws an InitscopeError where they are gone, or more than any tensor has. */
export function copyOfFloats(floats: Float32Array, path: string): Float32Array {
  const numbers = plainFloats(floats, path);
  const most = catalogue.limits.mostElements;
  if (numbers.length <= most) return numbers.slice();
  const value = `${numbers.length} numbers`;
  throw refusal([{ field: path, value, reason: "too_many", allowed: String(most) }]);
}

/**
 * The array to write `count` numbers into, taken from its owner, who is left with an empty one.
 * Throws an InitscopeError where it cannot be taken, or is not of that length.
 */
export function takeTarget(into: unknown, count: number): Float32Array<ArrayBuffer> {
  const allowed = "a Float32Array with an ArrayBuffer to itself";
  const refused = (value: string, ...cause: [unknown?]) =>
    notOfKind("into", value, allowed, ...cause);
  if (!isFloats(into)) throw refused(kindOf(into));
  const buffer = bufferOf(into);
  const why = hindrance(buffer);
  if (why) throw refused(why);
  const length = lengthOf(into);
  if (length !== count || 4 * length !== sizeOf(buffer)) {
    const right = `${count}, in a buffer of their own`;
    throw refusal([
      { field: "into", value: `${length} elements`, reason: "out_of_range", allowed: right },
    ]);
  }
  try {
    return new Float32Array(structuredClone(buffer, { transfer: [buffer] }));
  } catch (cause) {
    throw refused("one whose buffer cannot be handed over", cause);
  }
}
