/** Storages and tensors out of the arguments that torch's pickles have for them. */
import type { DType } from "./entry.js";
import type { Machine } from "./pickle-machine.js";
import { kindOf, Named, Opaque, Storage, Tensor, Tuple } from "./pickle-values.js";
import type { Value } from "./pickle-values.js";
import { blockOf, countOf } from "./dtypes.js";

/** More values than this, and more than SHARE for each that is stored, are not read: stride 0 makes any number of them. */
const MOST_EXPANDED = 2 ** 20;
const SHARE = 16;

const isWhole = (value: Value | undefined): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** Bytes of a value in a storage, or null where nothing is known of it. */
export const widthOf = (dtype: DType | null): number | null => {
  if (dtype === "OPAQUE") return null;
  return dtype === null ? 1 : blockOf(dtype).bytes;
};

/** A value as a refusal shows it. */
export const told = (value: Value | undefined): string =>
  value instanceof Named
    ? value.name
    : typeof value === "object" && value !== null
      ? kindOf(value)
      : String(value);

/** The numbers of a tuple of extents; `countOf` has judged them. */
function extentsOf(machine: Machine, value: Value | undefined): readonly number[] {
  if (!(value instanceof Tuple)) return machine.refuse("pickle_type", told(value));
  countOf(value.items, machine.file, machine.where);
  return value.items as readonly number[];
}

/**
 * A storage by its persistent id, `('storage', type, key, location, numel[, view])`. `types` has the
 * types of numbers by the names of their storages; null is that of bytes.
 */
export function storageOf(
  machine: Machine,
  id: readonly Value[],
  types: ReadonlyMap<string, DType | null>,
): Storage {
  const [kind, type, key, , numel, view] = id;
  if (kind === "module") return machine.refuse("pickle_module", told(type));
  if (kind !== "storage") return machine.refuse("pickle_type", told(kind));
  const dtype = type instanceof Named ? types.get(type.name) : undefined;
  if (dtype === undefined) return machine.refuse("pickle_type", told(type));
  if (typeof key !== "string") return machine.refuse("pickle_type", told(key));
  if (!isWhole(numel)) return machine.refuse("pickle_type", `numel ${told(numel)}`);
  const old = machine.storages.get(key);
  if (old && (old.dtype !== dtype || old.numel !== numel))
    return machine.refuse("storage_dtype", `${key}: ${old.dtype} ${old.numel}, ${dtype} ${numel}`);
  const storage = old ?? new Storage(key, dtype, numel, 0);
  machine.storages.set(key, storage);
  return view === undefined || view === null ? storage : viewOf(machine, storage, view);
}

/** A part of a storage that the old format calls a storage: `(key, first, numel)`. */
function viewOf(machine: Machine, whole: Storage, view: Value): Storage {
  const [key, first, numel] = view instanceof Tuple ? view.items : [];
  if (typeof key !== "string" || !isWhole(first) || !isWhole(numel))
    return machine.refuse("pickle_type", told(view));
  if (first + numel > whole.numel)
    return machine.refuse("bounds", `${first} + ${numel} > ${whole.numel}`);
  const name = `${whole.key}/${key}`;
  const old = machine.views.get(name);
  if (old && (old.first !== first || old.numel !== numel))
    return machine.refuse("storage_dtype", name);
  const part = old ?? new Storage(whole.key, whole.dtype, numel, first);
  machine.views.set(name, part);
  return part;
}

/**
 * A view of a storage: `storage, offset, size, stride`. Of a storage of bytes `dtype` says what they
 * are. Refuses a view that leaves its storage ("bounds") or repeats its values without need ("expanded").
 */
export function tensorOf(machine: Machine, args: readonly Value[], dtype?: DType): Tensor {
  const [storage, offset, size, stride] = args;
  if (!(storage instanceof Storage)) return machine.refuse("pickle_type", told(storage));
  const type = dtype ?? storage.dtype ?? "U8";
  const shape = extentsOf(machine, size);
  if (!(stride instanceof Tuple)) return machine.refuse("pickle_type", told(stride));
  const strides = stride.items;
  if (strides.length !== shape.length)
    return machine.refuse("shape", `${shape.length} != ${strides.length}`);
  const count = countOf(shape, machine.file, machine.where);
  if (!isWhole(offset)) return machine.refuse("bounds", `offset ${told(offset)}`);
  let last = offset;
  const steps = strides.map((step, axis) => {
    if (!isWhole(step)) return machine.refuse("bounds", `stride ${told(step)}`);
    last += Math.max((shape[axis] ?? 0) - 1, 0) * step;
    return step;
  });
  const width = widthOf(type) ?? machine.refuse("dtype", type);
  const own = widthOf(storage.dtype) ?? 1;
  const items = Math.floor((storage.numel * own) / width);
  if (!Number.isSafeInteger(last) || (count > 0 && last >= items))
    return machine.refuse("bounds", `${last} >= ${items}`);
  if (count > MOST_EXPANDED && count > SHARE * items)
    return machine.refuse("expanded", `${count} > ${SHARE} * ${items}`);
  return new Tensor(type, shape, steps, storage.first * own + offset * width, storage);
}

/** A tensor that is listed by its shape alone. */
export function listedOf(
  machine: Machine,
  name: string,
  dtype: DType | null,
  size: Value | undefined,
): Opaque {
  return new Opaque(name, { dtype: dtype ?? "OPAQUE", shape: extentsOf(machine, size) });
}
