/** What kind of value a caller handed over. */
import { shown } from "../shown.js";

export const UNREADABLE = "what throws when it is read";

/** Whether an object is one as {} makes it, of any window, or one without a prototype. */
function isPlainObject(value: object): boolean {
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A list or a plain object; undefined for all else, which is no plain data or has no parts. */
export function partsOf(value: unknown): "list" | "object" | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    if (Array.isArray(value)) return "list";
    return isPlainObject(value) ? "object" : undefined;
  } catch {
    return undefined; // a proxy whose traps throw
  }
}

/** What a value is, for a message: "42", "list", "Map", "instance of a class". */
export function kindOf(value: unknown): string {
  if (typeof value === "function" || typeof value === "symbol") return typeof value;
  if (typeof value !== "object" || value === null) return shown(value);
  try {
    const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
    return partsOf(value) ?? (tag === "Object" ? "instance of a class" : tag);
  } catch {
    return UNREADABLE;
  }
}
