/**
 * What torch.save writes since 1.6: a zip archive of one folder with `data.pkl`, a record `data/KEY`
 * for each storage, and a few words beside them (torch/serialization.py).
 */
import type { ZipFormat } from "./format.js";
import { treeOf } from "./pickle-tree.js";
import { Refusal } from "./refusal.js";
import { bytesOfStorage, torchEntries } from "./torch-entries.js";
import { beginningOf, valueOf } from "./torch-pickle.js";
import type { Archive, ArchiveEntry } from "./zip.js";

/** The longest word that `byteorder` may be. */
const MOST_WORD = 16;

const folderOf = (path: string): string => path.slice(0, path.indexOf("/") + 1);

const isPickle = (path: string): boolean => path === `${folderOf(path)}data.pkl`;

/** The name of a file without its ending, for what has no name of its own. */
export const stemOf = (name: string): string => {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const dot = base.lastIndexOf(".");
  return dot > 0 ? base.slice(0, dot) : base;
};

/** Whether storages are big-endian: what `byteorder` says, which is written since 2.1. */
async function isBigEndian(archive: Archive, entry: ArchiveEntry): Promise<boolean> {
  const source = archive.open(entry);
  const count = Math.min(entry.size, MOST_WORD);
  const word = new TextDecoder().decode(await beginningOf(source, count));
  if (entry.size > MOST_WORD || (word !== "little" && word !== "big"))
    throw new Refusal("byteorder", source.name, entry.name, word);
  return word === "big";
}

export const torchZip: ZipFormat = {
  id: "torch-zip",

  recognise: ({ entries }) => [...entries.keys()].some(isPickle),

  async read(archive, signal) {
    const { source, entries } = archive;
    const folders = new Set(Array.from(entries.keys(), folderOf));
    const [folder = "", other] = folders;
    if (other !== undefined) throw new Refusal("zip_layout", source.name, folder, other);
    const entryOf = (path: string) => entries.get(folder + path);
    if (entryOf("constants.pkl"))
      throw new Refusal("torchscript", source.name, `${folder}constants.pkl`, "");
    const pickle = entryOf("data.pkl");
    if (!pickle) throw new Refusal("zip_layout", source.name, folder, "data.pkl");
    const order = entryOf("byteorder");
    const bigEndian = order ? await isBigEndian(archive, order) : false;
    const value = await valueOf(archive.open(pickle), `${pickle.name}, `, signal);
    const { leaves, metadata } = treeOf(value, source.name, stemOf(source.name));
    const tensors = torchEntries(leaves, source, bigEndian, (storage) => {
      const place = `${folder}data/${storage.key}`;
      const record = entries.get(place);
      if (!record) throw new Refusal("storage_missing", source.name, place, storage.key);
      const bytes = bytesOfStorage(storage, source.name);
      if (record.size !== bytes)
        throw new Refusal("size_mismatch", source.name, place, `${record.size} != ${bytes}`);
      return { source: archive.open(record), begin: 0 };
    });
    return { tensors, metadata };
  },
};
