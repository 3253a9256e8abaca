/**
 * What torch.save wrote before 1.6: five pickles (a number, a version, what machine wrote it, the
 * object, the keys of its storages), then for each key the number of values and the values
 * (torch/serialization.py, _legacy_save).
 */
import type { Format } from "./format.js";
import { Paged } from "./paged.js";
import { MOST_PICKLE, Machine } from "./pickle-machine.js";
import { run } from "./pickle-opcodes.js";
import { told } from "./pickle-tensors.js";
import { treeOf } from "./pickle-tree.js";
import { Dict, List } from "./pickle-values.js";
import type { Storage, Value } from "./pickle-values.js";
import { Refusal, byteAt } from "./refusal.js";
import type { Source } from "./source.js";
import { bytesOfStorage, torchEntries } from "./torch-entries.js";
import { beginningOf } from "./torch-pickle.js";
import { stemOf } from "./torch-zip.js";

/** LONG1 of ten bytes, 0x1950a86a20f9469cfc6c, and STOP. */
const MAGIC = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
/** PROTO and its number; from protocol 4 on a frame of 8 bytes' length may follow. */
const PROTO = 0x80;
const FRAME = 0x95;
const VERSION = 1001;
/** The beginning that is read first, in bytes; more where the pickles are longer. */
const FIRST_BYTES = 2 ** 20;

interface Pickles {
  readonly bigEndian: boolean;
  readonly root: Value;
  readonly keys: readonly Value[];
  readonly storages: ReadonlyMap<string, Storage>;
  /** The byte behind the last pickle. */
  readonly end: number;
}

function picklesOf(bytes: Uint8Array, { name }: Source): Pickles {
  let at = 0;
  const next = (): readonly [value: Value, machine: Machine] => {
    const machine = new Machine(bytes, at, name, "");
    const value = run(machine);
    at = machine.position;
    return [value, machine];
  };
  next();
  const [version] = next();
  if (version !== VERSION) throw new Refusal("version", name, byteAt(at), told(version));
  const [system] = next();
  const little = system instanceof Dict ? system.entries.get("little_endian") : true;
  const [root, { storages }] = next();
  const [keys] = next();
  if (!(keys instanceof List)) throw new Refusal("pickle_type", name, byteAt(at), told(keys));
  return { bigEndian: little === false, root, keys: keys.items, storages, end: at };
}

/** Reads a beginning, and a longer one where the pickles do not end in it. */
async function readPickles(source: Source, signal?: AbortSignal): Promise<Pickles> {
  const most = Math.min(source.size, MOST_PICKLE);
  for (let count = Math.min(FIRST_BYTES, most); ; count = Math.min(8 * count, most)) {
    const bytes = await beginningOf(source, count, signal);
    try {
      return picklesOf(bytes, source);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "truncated" || count === source.size)
        throw error;
      if (count === most)
        throw new Refusal("pickle_limit", source.name, error.place, `> ${MOST_PICKLE}`);
    }
  }
}

/** Where each storage's values begin. Nothing may follow the last one. */
async function placesOf(
  source: Source,
  { keys, storages, end }: Pickles,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const { name, size } = source;
  const paged = new Paged(source);
  const places = new Map<string, number>();
  let at = end;
  for (const key of keys) {
    signal?.throwIfAborted();
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    const place = `storage ${told(key)}`;
    if (!storage) throw new Refusal("storage_missing", name, place, told(key));
    if (places.has(storage.key)) throw new Refusal("duplicate_name", name, place, storage.key);
    const count = (await paged.view(at, 8)).getBigInt64(0, true);
    if (count !== BigInt(storage.numel))
      throw new Refusal("size_mismatch", name, place, `${count} != ${storage.numel}`);
    const bytes = bytesOfStorage(storage, name);
    places.set(storage.key, at + 8);
    at += 8 + bytes;
    if (at > size) throw new Refusal("truncated", name, place, `${at} > ${size}`);
  }
  if (at !== size) throw new Refusal("trailing", name, byteAt(at), size - at);
  return places;
}

export const torchLegacy: Format = {
  id: "torch-legacy",

  recognise(head) {
    const [first, protocol = 0, opcode] = head;
    const begin = opcode === FRAME ? 11 : 2;
    const isPickle = first === PROTO && protocol >= 2 && protocol <= 5;
    return isPickle && MAGIC.every((byte, i) => head[begin + i] === byte);
  },

  async read(source, _shelf, signal) {
    const pickles = await readPickles(source, signal);
    const { leaves, metadata } = treeOf(pickles.root, source.name, stemOf(source.name));
    const places = await placesOf(source, pickles, signal);
    const tensors = torchEntries(leaves, source, pickles.bigEndian, ({ key }) => {
      const begin = places.get(key);
      if (begin === undefined)
        throw new Refusal("storage_missing", source.name, `storage ${key}`, key);
      return { source, begin };
    });
    return { tensors, metadata };
  },
};
