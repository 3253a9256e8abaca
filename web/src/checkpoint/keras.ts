/**
 * Keras's files: the `.keras` archive with its weights in HDF5, and `.h5` of Keras 2 and 3. Datasets of
 * HDF5 that Keras did not write are given as they are.
 */
import type { TensorEntry } from "./entry.js";
import type { Format, ZipFormat } from "./format.js";
import { SIGNATURE } from "./hdf5-file.js";
import { readHdf5 } from "./hdf5.js";
import type { Hdf5Contents } from "./hdf5.js";
import { Refusal } from "./refusal.js";
import { beginningOf } from "./torch-pickle.js";

/** Bytes of one configuration. */
const MOST_CONFIG = 2 ** 26;

/** Paths of Keras 3 ("layers/dense/vars/0") and names of Keras 2 ("kernel:0"). */
const isOfKeras = (name: string): boolean => /\/vars\/\d+$/.test(name) || /:\d+$/.test(name);

/** Whether Keras wrote a file of HDF5: it says so, or its names do. */
const wroteKeras = ({ tensors, texts }: Hdf5Contents): boolean =>
  Array.from(texts.keys()).some((name) => /(?:^|\/)keras_version$/.test(name)) ||
  tensors.some(({ name }) => isOfKeras(name));

/** Tensors whose axes are in the order of Keras, [kernel..., in, out]. */
const inOrderOfKeras = (tensors: readonly TensorEntry[]): TensorEntry[] =>
  tensors.map((tensor) => ({ ...tensor, layout: "keras" }));

export const hdf5: Format = {
  id: "hdf5",
  recognise: (head) => SIGNATURE.every((byte, i) => head[i] === byte),
  async read(source, _shelf, signal) {
    const contents = await readHdf5(source, signal);
    const { tensors, texts } = contents;
    return { tensors: wroteKeras(contents) ? inOrderOfKeras(tensors) : tensors, metadata: texts };
  },
};

const WEIGHTS = "model.weights.h5";
/** What says of each layer which initializer it has, and who wrote it. */
const TEXTS = ["config.json", "metadata.json"];

export const kerasZip: ZipFormat = {
  id: "keras-zip",
  recognise: ({ entries }) => entries.has(WEIGHTS),
  async read(archive, signal) {
    const { source, entries } = archive;
    const weights = entries.get(WEIGHTS);
    if (!weights) throw new Refusal("storage_missing", source.name, WEIGHTS, WEIGHTS);
    const { tensors } = await readHdf5(archive.open(weights), signal);
    const metadata = new Map<string, string>();
    for (const name of TEXTS) {
      const entry = entries.get(name);
      if (!entry) continue;
      if (entry.size > MOST_CONFIG)
        throw new Refusal("limit", source.name, name, `${entry.size} > ${MOST_CONFIG}`);
      const bytes = await beginningOf(archive.open(entry), entry.size, signal);
      metadata.set(name, new TextDecoder().decode(bytes));
    }
    return { tensors: inOrderOfKeras(tensors), metadata };
  },
};
