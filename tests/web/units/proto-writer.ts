/** Writes Protobuf field by field, for tests. */

/** A message: its fields one behind the other. */
export type Message = readonly number[];

export function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  // A negative number has all ten bytes of 64 bits.
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    const byte = Number(rest & 127n);
    if (rest < 128n) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

const key = (id: number, wire: number): number[] => varint(id * 8 + wire);

export const message = (...fields: readonly Message[]): Message => fields.flat();

/** A field that is one number. */
export const number = (id: number, value: number | bigint): Message => [
  ...key(id, 0),
  ...varint(value),
];

/** A field of bytes, which may be a message or a packed list. */
export const bytes = (id: number, value: Iterable<number>): Message => {
  const list = [...value];
  return [...key(id, 2), ...varint(list.length), ...list];
};

export const text = (id: number, value: string): Message =>
  bytes(id, new TextEncoder().encode(value));

/** Numbers as a packed list, and each as a field of its own. */
export const packed = (id: number, ...values: readonly (number | bigint)[]): Message =>
  bytes(id, values.flatMap(varint));
export const unpacked = (id: number, ...values: readonly (number | bigint)[]): Message =>
  values.flatMap((value) => number(id, value));

const floatBytes = (values: readonly number[]): Uint8Array =>
  new Uint8Array(Float32Array.from(values).buffer);

export const packedFloats = (id: number, ...values: readonly number[]): Message =>
  bytes(id, floatBytes(values));
export const unpackedFloats = (id: number, ...values: readonly number[]): Message =>
  values.flatMap((value) => [...key(id, 5), ...floatBytes([value])]);
export const packedDoubles = (id: number, ...values: readonly number[]): Message =>
  bytes(id, new Uint8Array(Float64Array.from(values).buffer));
/** A field of any wire type, as it stands. */
export const raw = (id: number, wire: number, ...behind: readonly number[]): Message => [
  ...key(id, wire),
  ...behind,
];
