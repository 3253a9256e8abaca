/**
 * What callers hand over, taken as plain data before anything is made of it: the fields that an
 * object has itself, each read once, so that neither a prototype nor a later change has a say. What is
 * no plain data is refused, and named by its field.
 */
import { isFloats } from "../engine/caller/floats.js";
import { kindOf, partsOf, UNREADABLE } from "../engine/caller/kind.js";
import { notOfKind, refusal } from "../engine/caller/refusal.js";
import { shown } from "../engine/shown.js";

const PLAIN_OBJECT = "a plain object";
const PLAIN_DATA =
  "plain data: numbers, texts, true, false, null, lists and plain objects of these";

/** Lists and objects within one another. A layer's list of extents is the fifth of them. */
const MOST_DEPTH = 8;
/** Values of one request, lists and objects among them. */
const MOST_VALUES = 2 ** 20;

function reading<T>(path: string, allowed: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw notOfKind(path, UNREADABLE, allowed, cause);
  }
}

/** Names of the fields that a plain object has itself. Throws an InitscopeError for all else. */
export function ownFields(given: unknown, path: string): string[] {
  if (partsOf(given) !== "object") throw notOfKind(path, kindOf(given), PLAIN_OBJECT);
  return reading(path, PLAIN_OBJECT, () => Object.keys(given as object));
}

/** One of them; undefined where the object has it no more, or a list has a hole. */
export function ownValue(given: unknown, key: string, path: string): unknown {
  const object = given as Readonly<Record<string, unknown>>;
  return reading(path, PLAIN_DATA, () => (Object.hasOwn(object, key) ? object[key] : undefined));
}

/** Which fields may hold numbers as a Float32Array, and how these are taken. */
export interface Floats {
  readonly at: RegExp;
  readonly take: (floats: Float32Array, path: string) => Float32Array;
}

/** Reads one argument. */
class Reader {
  private left = MOST_VALUES;
  private readonly around: unknown[] = [];

  /** The fields of `whole`, an argument, are called by their names alone. */
  constructor(
    private readonly floats?: Floats,
    private readonly whole?: string,
  ) {}

  read(value: unknown, path: string): unknown {
    if (this.floats?.at.test(path) && isFloats(value)) return this.floats.take(value, path);
    const parts = partsOf(value);
    if (parts === undefined) return this.leaf(value, path);
    if (this.around.includes(value)) throw notOfKind(path, "what it stands in", PLAIN_DATA);
    if (this.around.length === MOST_DEPTH)
      throw notOfKind(path, parts, `in at most ${MOST_DEPTH} lists and objects`);
    this.around.push(value);
    const given = value as object;
    const taken = parts === "list" ? this.list(given, path) : this.object(given, path);
    this.around.pop();
    return taken;
  }

  private leaf(value: unknown, path: string): unknown {
    const plain = value === null || !["function", "object", "symbol"].includes(typeof value);
    if (!plain) throw notOfKind(path, kindOf(value), PLAIN_DATA);
    return value;
  }

  private list(given: object, path: string): unknown[] {
    const length = reading(path, PLAIN_DATA, () => (given as unknown[]).length);
    this.spend(length, path);
    return Array.from({ length }, (_, i) => this.part(given, String(i), `${path}.${i}`));
  }

  private object(given: object, path: string): Record<string, unknown> {
    const keys = ownFields(given, path);
    this.spend(keys.length, path);
    // Without a prototype: "__proto__" is a field like others.
    const taken = Object.create(null) as Record<string, unknown>;
    for (const key of keys) {
      const name = shown(key);
      taken[key] = this.part(given, key, path === this.whole ? name : `${path}.${name}`);
    }
    return taken;
  }

  private part(given: object, key: string, path: string): unknown {
    return this.read(ownValue(given, key, path), path);
  }

  private spend(count: number, path: string): void {
    this.left -= count;
    if (this.left >= 0) return;
    const value = `${count} values`;
    throw refusal([{ field: path, value, reason: "too_many", allowed: `${MOST_VALUES} in all` }]);
  }
}

/**
 * An object of the caller's as plain data; `name` is what it is called as a whole, its fields are called
 * by theirs. Throws an InitscopeError.
 */
export function ownObject(given: unknown, name: string, floats?: Floats): Record<string, unknown> {
  ownFields(given, name);
  return new Reader(floats, name).read(given, name) as Record<string, unknown>;
}

/** Any other argument as plain data. Throws an InitscopeError. */
export function ownArgument(given: unknown, name: string, floats?: Floats): unknown {
  return new Reader(floats).read(given, name);
}
