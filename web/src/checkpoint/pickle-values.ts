/**
 * What a pickle may hold here: plain data, and tokens in the place of what Python would import. None of
 * these has behaviour of its own, so that nothing a file says can run.
 */
import type { DType } from "./entry.js";

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Tuple
  | List
  | Dict
  | Named
  | Storage
  | Tensor
  | Opaque;

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}

export class List {
  readonly items: Value[] = [];
}

/** A dict or an OrderedDict. As in Python, the last value of a key counts, in the place of the first. */
export class Dict {
  readonly entries = new Map<Value, Value>();
  /** What BUILD gave, which is where torch keeps `_metadata`. */
  state: Value = null;
}

/** A full name of the table in `pickle-names.ts`. */
export class Named {
  constructor(readonly name: string) {}
}

/** Values on disk that tensors are views of. */
export class Storage {
  constructor(
    /** The record, or the place in the list of storages, that has them. */
    readonly key: string,
    /** Null where each tensor says what its bytes are. */
    readonly dtype: DType | null,
    /** In values of its type, in bytes where it has none. */
    readonly numel: number,
    /** The value of the record at which it begins: not 0 in a view of the old format alone. */
    readonly first: number,
  ) {}
}

/** A view of a storage, checked to lie within it. */
export class Tensor {
  constructor(
    readonly dtype: DType,
    readonly shape: readonly number[],
    /** In values of its type, each 0 or more. */
    readonly strides: readonly number[],
    /** The byte of the record at which its first value lies. */
    readonly begin: number,
    readonly storage: Storage,
  ) {}
}

/** What is known to be harmless and of no use here. */
export class Opaque {
  constructor(
    readonly name: string,
    /** Of a tensor that is listed without values (quantized, sparse and such), or null. */
    readonly tensor: { readonly dtype: DType; readonly shape: readonly number[] } | null,
  ) {}
}

const KINDS = [
  [Tuple, "tuple"],
  [List, "list"],
  [Dict, "dict"],
  [Named, "name"],
  [Storage, "storage"],
  [Tensor, "tensor"],
] as const;

/** What an object of a pickle is, for a message: the names of classes are not those of the built page. */
export function kindOf(value: Exclude<Value, null | boolean | number | bigint | string>): string {
  return KINDS.find(([type]) => value instanceof type)?.[1] ?? "object";
}
