/** NumPy's archives: an array an entry. */
import type { ZipFormat } from "./format.js";
import { bareName, readArray } from "./npy.js";

const isArray = (name: string): boolean => name.endsWith(".npy");

export const npz: ZipFormat = {
  id: "npz",
  recognise: ({ entries }) => [...entries.keys()].some(isArray),
  async read(archive, signal) {
    const tensors = [];
    for (const [name, entry] of archive.entries) {
      signal?.throwIfAborted();
      if (isArray(name)) tensors.push(await readArray(archive.open(entry), bareName(name)));
    }
    return { tensors };
  },
};
