/** Tensors of a pickle as entries, once it is known where their storages lie. */
import { countOf } from "./dtypes.js";
import type { TensorEntry } from "./entry.js";
import { widthOf } from "./pickle-tensors.js";
import type { Leaf } from "./pickle-tree.js";
import { Tensor } from "./pickle-values.js";
import type { Storage } from "./pickle-values.js";
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";
import { refuseUnread } from "./unread.js";
import { storedEntry } from "./values.js";

/** Where the bytes of a storage's record lie; they are as many as its type and number say. */
export interface Record {
  readonly source: Source;
  /** The byte of the source at which the record begins. */
  readonly begin: number;
}

/** Bytes of a storage's record. */
export function bytesOfStorage({ dtype, key, numel }: Storage, file: string): number {
  const width = widthOf(dtype);
  if (width === null) throw new Refusal("dtype", file, `storage ${key}`, String(dtype));
  return numel * width;
}

/** What two tensors have in common that are the same values: an axis of one value has no stride. */
const viewText = ({ storage, begin, dtype, shape, strides }: Tensor): string =>
  [storage.key, begin, dtype, shape, strides.map((step, i) => (shape[i] === 1 ? 0 : step))].join(
    ";",
  );

/**
 * The entries of a file's tensors. `recordOf` finds the record of a storage and refuses one that is not
 * as long as the pickle says; it is asked once for each.
 */
export function torchEntries(
  leaves: readonly Leaf[],
  source: Source,
  bigEndian: boolean,
  recordOf: (storage: Storage) => Record,
): TensorEntry[] {
  const records = new Map<string, Record>();
  const first = new Map<string, string>();
  const entries = leaves.map(({ name, value }) => {
    if (!(value instanceof Tensor)) {
      const { dtype, shape } = value.tensor ?? { dtype: "OPAQUE" as const, shape: [] };
      const unread = new Refusal("unsupported", source.name, name, value.name);
      return storedEntry({ name, dtype, shape, source, begin: 0, unread });
    }
    const { storage, dtype, shape, strides, begin } = value;
    const record = records.get(storage.key) ?? recordOf(storage);
    records.set(storage.key, record);
    const text = viewText(value);
    const tiedTo = countOf(shape, source.name, name) > 0 ? (first.get(text) ?? null) : null;
    if (tiedTo === null) first.set(text, name);
    return storedEntry({
      ...{ name, dtype, shape, strides, bigEndian, tiedTo },
      source: record.source,
      begin: record.begin + begin,
    });
  });
  refuseUnread(entries);
  return entries;
}
