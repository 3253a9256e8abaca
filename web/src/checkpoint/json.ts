/** JSON files, of which some name others: an index of shards, a model of TensorFlow.js. */
import { Refusal, byteAt } from "./refusal.js";
import type { Source } from "./source.js";

/** A longer one is not read: 100 MB, as safetensors has it. */
export const MOST_JSON = 100_000_000;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A member of its own, so that what every object has is no member. */
export const member = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** Whether a file begins as an object or a list does, after spaces and a mark of its encoding. */
export function beginsAsJson(head: Uint8Array): boolean {
  const first = head.find((byte) => !SPACE.has(byte));
  return first === 0x7b || first === 0x5b;
}

/** A whole file as JSON; one that is none is "unknown_format". */
export async function readJson(source: Source): Promise<unknown> {
  const { name, size } = source;
  if (size > MOST_JSON)
    throw new Refusal("header_large", name, byteAt(0), `${size} > ${MOST_JSON}`);
  const bytes = await source.read(0, size);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal("unknown_format", name, byteAt(0), (error as Error).message);
  }
}
