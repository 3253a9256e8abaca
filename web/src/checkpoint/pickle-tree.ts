/** The tensors that a pickle's value leads to, under the names by which it does. */
import { Names } from "./names.js";
import { kindOf, Dict, List, Opaque, Tensor, Tuple } from "./pickle-values.js";
import type { Value } from "./pickle-values.js";
import { Refusal } from "./refusal.js";

/** Containers within one another. */
const MOST_DEPTH = 64;
const MOST_TENSORS = 1_000_000;
/** A key that is a tuple is shown so far. */
const MOST_KEYS = 8;

/** Before the path of a module in `metadata`: its value is the version of the module's class, or "". */
export const MODULE_PREFIX = "module:";

export interface Leaf {
  readonly name: string;
  /** A tensor, or one that is listed by its shape. */
  readonly value: Tensor | Opaque;
}

export interface Tree {
  /** In the order of the file. */
  readonly leaves: readonly Leaf[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** A key as a part of a name; keys of a dict may be numbers, tuples and more. */
function keyText(key: Value): string {
  if (!(key instanceof Tuple)) return plainKey(key);
  const shown = key.items.slice(0, MOST_KEYS).map(plainKey);
  return `(${shown.join(", ")}${key.items.length > MOST_KEYS ? ", …" : ""})`;
}

const plainKey = (key: Value): string => {
  if (typeof key === "boolean") return key ? "True" : "False";
  if (key === null) return "None";
  return typeof key === "object" ? kindOf(key) : String(key);
};

/** What `_metadata` says of the modules of one state_dict: each path, also of one without parameters. */
function* modulesOf(dict: Dict): Generator<readonly [path: string, version: string]> {
  const metadata = dict.state instanceof Dict ? dict.state.entries.get("_metadata") : null;
  if (!(metadata instanceof Dict)) return;
  for (const [path, record] of metadata.entries) {
    if (typeof path !== "string") continue;
    const version = record instanceof Dict ? record.entries.get("version") : null;
    yield [path, typeof version === "number" ? String(version) : ""];
  }
}

/** What a container holds, with its keys; nothing else is one. */
function* heldBy(value: Value): Generator<readonly [key: string, value: Value]> {
  if (value instanceof Dict)
    for (const [key, held] of value.entries) {
      if (isOfUse(held)) yield [keyText(key), held];
    }
  else if (value instanceof List || value instanceof Tuple)
    for (const [i, held] of value.items.entries()) if (isOfUse(held)) yield [String(i), held];
}

const isContainer = (value: Value): value is Dict | List | Tuple =>
  value instanceof Dict || value instanceof List || value instanceof Tuple;

const isLeaf = (value: Value): value is Tensor | Opaque =>
  value instanceof Tensor || (value instanceof Opaque && value.tensor !== null);

const isOfUse = (value: Value): boolean => isContainer(value) || isLeaf(value);

/**
 * Visits every container once, by the first path that leads there: lists that hold one another twice
 * have 2^n paths, and a dict may hold itself. `root` names the tensor of a file that is nothing else.
 */
export function treeOf(value: Value, file: string, root: string): Tree {
  const names = new Names(file);
  const modules = new Names(file);
  const leaves: Leaf[] = [];
  const metadata = new Map<string, string>();
  const seen = new Set<Value>();
  const open: [value: Value, path: string, depth: number][] = [[value, "", 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [held, path, depth] = next;
    if (isLeaf(held)) leaves.push({ name: names.unique(path === "" ? root : path), value: held });
    if (leaves.length > MOST_TENSORS) throw new Refusal("limit", file, path, `> ${MOST_TENSORS}`);
    if (!isContainer(held) || seen.has(held)) continue;
    if (depth > MOST_DEPTH) throw new Refusal("depth", file, path, `${depth} > ${MOST_DEPTH}`);
    seen.add(held);
    const below: typeof open = [];
    for (const [key, each] of heldBy(held))
      below.push([each, names.join(path, ".", key), depth + 1]);
    while (below.length > 0) open.push(below.pop() as (typeof open)[number]);
    if (held instanceof Dict)
      for (const [module, version] of modulesOf(held)) {
        const whole = module === "" ? path : modules.join(path, ".", module);
        metadata.set(MODULE_PREFIX + modules.unique(whole), version);
      }
  }
  return { leaves, metadata };
}
