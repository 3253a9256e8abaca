/**
 * The full names that a pickle may have, the list of torch's own weights_only: what stands here is
 * known, any other name ends the reading. A name is a text that is looked up; nothing is imported, and
 * nothing of the file is called.
 */
import type { DType } from "./entry.js";
import type { Machine } from "./pickle-machine.js";
import { listedOf, tensorOf, told } from "./pickle-tensors.js";
import { Dict, List, Named, Opaque, Tensor, Tuple } from "./pickle-values.js";
import type { Value } from "./pickle-values.js";

/** What a name and a tuple of arguments make, where Python would call. */
type Build = (machine: Machine, args: readonly Value[], name: string) => Value;

/** Types of the numbers of a storage by its name; null is bytes. */
export const STORAGES: ReadonlyMap<string, DType | null> = new Map<string, DType | null>([
  ["torch.DoubleStorage", "F64"],
  ["torch.FloatStorage", "F32"],
  ["torch.HalfStorage", "F16"],
  ["torch.BFloat16Storage", "BF16"],
  ["torch.LongStorage", "I64"],
  ["torch.IntStorage", "I32"],
  ["torch.ShortStorage", "I16"],
  ["torch.CharStorage", "I8"],
  ["torch.ByteStorage", "U8"],
  ["torch.BoolStorage", "BOOL"],
  ["torch.ComplexFloatStorage", "C64"],
  ["torch.ComplexDoubleStorage", "C128"],
  ["torch.QInt8Storage", "QI8"],
  ["torch.QUInt8Storage", "QU8"],
  ["torch.QInt32Storage", "QI32"],
  ["torch.QUInt4x2Storage", "OPAQUE"],
  ["torch.QUInt2x4Storage", "OPAQUE"],
  ["torch.storage.UntypedStorage", null],
  ["torch.storage._UntypedStorage", null],
  ["torch.UntypedStorage", null],
]);

/** Types of numbers by their names; "OPAQUE" are those that are not read. */
const DTYPES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ["torch.float64", "F64"],
  ["torch.float32", "F32"],
  ["torch.float16", "F16"],
  ["torch.bfloat16", "BF16"],
  ["torch.float8_e4m3fn", "F8_E4M3"],
  ["torch.float8_e5m2", "F8_E5M2"],
  ["torch.float8_e4m3fnuz", "F8_E4M3FNUZ"],
  ["torch.float8_e5m2fnuz", "F8_E5M2FNUZ"],
  ["torch.float8_e8m0fnu", "F8_E8M0"],
  ["torch.int64", "I64"],
  ["torch.int32", "I32"],
  ["torch.int16", "I16"],
  ["torch.int8", "I8"],
  ["torch.uint64", "U64"],
  ["torch.uint32", "U32"],
  ["torch.uint16", "U16"],
  ["torch.uint8", "U8"],
  ["torch.bool", "BOOL"],
  ["torch.complex64", "C64"],
  ["torch.complex128", "C128"],
  ["torch.qint8", "QI8"],
  ["torch.quint8", "QU8"],
  ["torch.qint32", "QI32"],
  ["torch.complex32", "OPAQUE"],
  ["torch.quint4x2", "OPAQUE"],
  ["torch.quint2x4", "OPAQUE"],
  ["torch.float4_e2m1fn_x2", "OPAQUE"],
]);

const dtypeOf = (machine: Machine, value: Value | undefined): DType =>
  (value instanceof Named ? DTYPES.get(value.name) : undefined) ??
  machine.refuse("dtype", told(value));

/** `OrderedDict()`, or with a list of pairs, as Python 2 wrote it. */
const buildDict: Build = (machine, [pairs]) => {
  const dict = new Dict();
  if (pairs === undefined) return dict;
  if (!(pairs instanceof List)) return machine.refuse("pickle_type", told(pairs));
  machine.spend(4 * pairs.items.length);
  for (const pair of pairs.items) {
    const [key, value] = pair instanceof Tuple || pair instanceof List ? pair.items : [];
    if (key === undefined || value === undefined) return machine.refuse("pickle_type", told(pair));
    dict.entries.set(key, value);
  }
  return dict;
};

const buildTensor: Build = (machine, args) => tensorOf(machine, args);

/** `storage, offset, size, stride, requires_grad, hooks, dtype`: for types without a storage of their own. */
const buildTyped: Build = (machine, args) => tensorOf(machine, args, dtypeOf(machine, args[6]));

/** A parameter is its tensor. */
const buildParameter: Build = (machine, [data]) =>
  data instanceof Tensor || (data instanceof Opaque && data.tensor !== null)
    ? data
    : machine.refuse("pickle_type", told(data));

/** `function, type, arguments, state`: what the function makes of the arguments. */
const buildOfType: Build = (machine, [build, , args], name) =>
  build instanceof Named && build.name !== name && args instanceof Tuple
    ? reduce(machine, build, args)
    : machine.refuse("pickle_type", told(build));

/** `torch.Size`: its extents; those of a list are paid for, since they are copied. */
const buildSize: Build = (machine, [extents]) => {
  if (extents instanceof Tuple) return extents;
  if (!(extents instanceof List)) return machine.refuse("pickle_type", told(extents));
  machine.spend(extents.items.length);
  return new Tuple([...extents.items]);
};

const buildOpaque: Build = (_machine, _args, name) => new Opaque(name, null);

/** Tensors that are named and not read: where their shapes stand, and their types. */
const buildQuantized: Build = (machine, [storage, , size], name) =>
  listedOf(machine, name, typeOf(storage), size);
const buildSparse: Build = (machine, [, data], name) => {
  // indices, values, size: of the compressed ones the first two are indices.
  const parts = data instanceof Tuple ? data.items : [];
  const size = parts.findLast((part) => part instanceof Tuple);
  const values = parts.findLast((part) => part instanceof Tensor);
  return listedOf(machine, name, typeOf(values), size);
};
const buildMeta: Build = (machine, [dtype, size], name) =>
  listedOf(machine, name, dtypeOf(machine, dtype), size);
const buildWrapper: Build = (machine, [, dtype, size], name) =>
  listedOf(machine, name, dtypeOf(machine, dtype), size);
/** Of what has one inside, its values in a buffer or on another device. */
const buildAround: Build = (machine, [inner], name) =>
  inner instanceof Tensor
    ? new Opaque(name, { dtype: inner.dtype, shape: inner.shape })
    : machine.refuse("pickle_type", told(inner));

const typeOf = (value: Value | undefined): DType | null =>
  value !== undefined && typeof value === "object" && value !== null && "dtype" in value
    ? value.dtype
    : null;

/** What may stand where Python calls. */
const BUILDS: ReadonlyMap<string, Build> = new Map([
  ["collections.OrderedDict", buildDict],
  ["collections.Counter", buildOpaque],
  ["torch._utils._rebuild_tensor", buildTensor],
  ["torch._utils._rebuild_tensor_v2", buildTensor],
  ["torch._utils._rebuild_tensor_v3", buildTyped],
  ["torch._utils._rebuild_parameter", buildParameter],
  ["torch._utils._rebuild_parameter_with_state", buildParameter],
  ["torch.nn.parameter.Parameter", buildParameter],
  ["torch._tensor._rebuild_from_type_v2", buildOfType],
  ["torch._utils._rebuild_qtensor", buildQuantized],
  ["torch._utils._rebuild_sparse_tensor", buildSparse],
  ["torch._utils._rebuild_sparse_csr_tensor", buildSparse],
  ["torch._utils._rebuild_nested_tensor", buildAround],
  ["torch._utils._rebuild_meta_tensor_no_storage", buildMeta],
  ["torch._utils._rebuild_wrapper_subclass", buildWrapper],
  ["torch._utils._rebuild_device_tensor_from_cpu_tensor", buildAround],
  ["torch.Size", buildSize],
  ["torch.device", buildOpaque],
  ["torch.serialization._get_layout", buildOpaque],
  ["_codecs.encode", buildOpaque],
  ["builtins.bytearray", buildOpaque],
  ["builtins.complex", buildOpaque],
  ["builtins.set", buildOpaque],
  ["__builtin__.bytearray", buildOpaque],
  ["__builtin__.complex", buildOpaque],
  ["__builtin__.set", buildOpaque],
]);

/** What may be named and is called by nobody. */
const PLAIN: ReadonlySet<string> = new Set([
  "torch.Tensor",
  "torch.nn.parameter.Buffer",
  "torch.per_tensor_affine",
  "torch.per_tensor_symmetric",
  "torch.per_channel_affine",
  "torch.per_channel_symmetric",
  "torch.per_channel_affine_float_qparams",
]);

/** Classes of layers: the file is a module and no state_dict. */
const MODULES = ["torch.nn.modules.", "torch.nn.parallel."];

/** What a pickle names. Refuses what is not on the list, by its full name. */
export function nameOf(machine: Machine, module: string, member: string): Named {
  const name = `${module}.${member}`;
  if (BUILDS.has(name) || STORAGES.has(name) || DTYPES.has(name) || PLAIN.has(name))
    return new Named(name);
  if (MODULES.some((start) => name.startsWith(start))) return machine.refuse("pickle_module", name);
  return machine.refuse("pickle_global", name);
}

/** What REDUCE, NEWOBJ and OBJ leave on the stack. */
export function reduce(machine: Machine, name: Value, args: Value): Value {
  const build = name instanceof Named ? BUILDS.get(name.name) : undefined;
  if (!build || !(name instanceof Named)) return machine.refuse("pickle_type", told(name));
  if (!(args instanceof Tuple)) return machine.refuse("pickle_type", told(args));
  return build(machine, args.items, name.name);
}
