/** Files that callers hand over for an audit. */
import { fileName, nameOfPlace, plainBlob } from "../audit/given.js";
import type { ChosenFile } from "../audit/protocol.js";
import { kindOf, partsOf } from "../engine/caller/kind.js";
import { notOfKind, refusal } from "../engine/caller/refusal.js";
import { ownFields, ownValue } from "./own.js";

const LIST = "a list of files";
const FILE = "a File, a Blob, or { name, bytes }";
const BYTES = "a Uint8Array with an ArrayBuffer";
const MOST_FILES = 10_000;
/** Of a file's name, in UTF-16 units. */
const MOST_NAME = 1000;

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** Copies the bytes, of any window. */
function blobOf(bytes: unknown, path: string): Blob {
  if (Reflect.get(typedArray, Symbol.toStringTag, bytes) !== "Uint8Array")
    throw notOfKind(path, kindOf(bytes), BYTES);
  const [buffer, at, length] = (["buffer", "byteOffset", "length"] as const).map(
    (name) => Reflect.get(typedArray, name, bytes as object) as unknown,
  ) as [ArrayBuffer, number, number];
  try {
    return new Blob([new Uint8Array(buffer, at, length)]);
  } catch (cause) {
    throw notOfKind(path, "one whose buffer is shared, resizable or gone", BYTES, cause);
  }
}

function ownName(name: unknown, path: string): string {
  if (typeof name !== "string") throw notOfKind(path, kindOf(name), "a text");
  if (name.length <= MOST_NAME) return name;
  const value = `${name.length} characters`;
  throw refusal([{ field: path, value, reason: "too_many", allowed: String(MOST_NAME) }]);
}

function ownFile(given: unknown, place: number): ChosenFile {
  const path = `files.${place}`;
  const blob = plainBlob(given);
  if (blob) return { name: ownName(fileName(given) ?? nameOfPlace(place), `${path}.name`), blob };
  if (partsOf(given) !== "object") throw notOfKind(path, kindOf(given), FILE);
  const other = ownFields(given, path).find((key) => key !== "name" && key !== "bytes");
  if (other !== undefined) {
    const issue = { field: `${path}.${other}`, value: "", reason: "unknown_field" } as const;
    throw refusal([{ ...issue, allowed: "name, bytes" }]);
  }
  const own = (key: "name" | "bytes") => ownValue(given, key, `${path}.${key}`);
  return {
    name: ownName(own("name"), `${path}.name`),
    blob: blobOf(own("bytes"), `${path}.bytes`),
  };
}

/** The files as they are now. Throws an InitscopeError. */
export function ownFiles(given: unknown): ChosenFile[] {
  if (partsOf(given) !== "list") throw notOfKind("files", kindOf(given), LIST);
  const length = ownValue(given, "length", "files") as number;
  if (length < 1 || length > MOST_FILES) {
    const issue = { field: "files", value: `${length} files`, reason: "out_of_range" } as const;
    throw refusal([{ ...issue, allowed: `1..${MOST_FILES}` }]);
  }
  return Array.from({ length }, (_, i) => ownFile(ownValue(given, String(i), `files.${i}`), i));
}
