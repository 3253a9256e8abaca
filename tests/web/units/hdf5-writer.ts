/** Writes HDF5 piece by piece, old ways and new, for tests. Addresses are bytes of the file. */

export type Bytes = readonly number[];

export const UNDEFINED = 2n ** 64n - 1n;

/** A number in so many bytes, the lowest first. */
export const le = (bytes: number, value: number | bigint): number[] =>
  Array.from({ length: bytes }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn));
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];
const zeros = (count: number): number[] => new Array<number>(count).fill(0);
const padded = (bytes: Bytes, to = 8): number[] => [
  ...bytes,
  ...zeros((to - (bytes.length % to)) % to),
];

export interface Message {
  readonly type: number;
  readonly body: Bytes;
  readonly flags?: number;
}

/** A float by its bytes, the place and size of exponent and mantissa in bits, and the bias. */
const float = (
  bytes: number,
  ...bits: readonly [number, number, number, number, number]
): Bytes => {
  const [at, exponent, mantissaAt, mantissa, bias] = bits;
  const properties = [...le(2, 0), ...le(2, 8 * bytes), at, exponent, mantissaAt, mantissa];
  return [0x11, 0x20, 8 * bytes - 1, 0, ...le(4, bytes), ...properties, ...le(4, bias)];
};
const bigEndian = ([first = 0, bits = 0, ...rest]: Bytes): Bytes => [first, bits | 1, ...rest];
const integer = (bytes: number, signed: boolean): Bytes => [
  ...[0x10, signed ? 8 : 0, 0, 0, ...le(4, bytes)],
  ...[...le(2, 0), ...le(2, 8 * bytes)],
];

export const type = {
  f16: float(2, 10, 5, 0, 10, 15),
  bf16: float(2, 7, 8, 0, 7, 127),
  f32: float(4, 23, 8, 0, 23, 127),
  f64: float(8, 52, 11, 0, 52, 1023),
  /** 32 bits that nobody uses. */
  odd: float(4, 22, 9, 0, 22, 255),
  i8: integer(1, true),
  u16: integer(2, false),
  i64: integer(8, true),
  bigF32: bigEndian(float(4, 23, 8, 0, 23, 127)),
  bigU16: bigEndian(integer(2, false)),
  opaque2: [0x15, 0, 0, 0, ...le(4, 2)],
  text: (bytes: number): Bytes => [0x13, 0, 0, 0, ...le(4, bytes)],
  longText: [0x19, 1, 0, 0, ...le(4, 16), 0x13, 0, 0, 0, ...le(4, 1)],
  /** An enumeration of two names over i8, as h5py writes truth values. */
  bool: [0x18, 2, 0, 0, ...le(4, 1), ...integer(1, true), ...padded(ascii("FALSE\0")), 0, 1],
  compound: [0x16, 1, 0, 0, ...le(4, 4), ...padded(ascii("a\0"))],
} as const;

export const space = (...shape: readonly (number | bigint)[]): Message => ({
  type: 1,
  body: [1, shape.length, 0, ...zeros(5), ...shape.flatMap((extent) => le(8, extent))],
});
export const space2 = (...shape: readonly number[]): Message => ({
  type: 1,
  body: [2, shape.length, 0, 1, ...shape.flatMap((extent) => le(8, extent))],
});
export const noSpace: Message = { type: 1, body: [2, 0, 0, 2] };
export const datatype = (body: Bytes): Message => ({ type: 3, body });

export const contiguous = (at: number | bigint, bytes: number): Message => ({
  type: 8,
  body: [3, 1, ...le(8, at), ...le(8, bytes)],
});
export const compact = (data: Bytes): Message => ({
  type: 8,
  body: [3, 0, ...le(2, data.length), ...data],
});
export const chunked: Message = {
  type: 8,
  body: [3, 2, 2, ...le(8, UNDEFINED), ...le(4, 4), ...le(4, 4)],
};
/** Before version 3 the extents stood here, and no size. */
export const oldContiguous = (at: number, ...shape: readonly number[]): Message => ({
  type: 8,
  body: [
    1,
    shape.length,
    1,
    ...zeros(5),
    ...le(8, at),
    ...shape.flatMap((extent) => le(4, extent)),
  ],
});
export const oldCompact = (data: Bytes, ...shape: readonly number[]): Message => {
  const extents = shape.flatMap((extent) => le(4, extent));
  const body = [2, shape.length, 0, ...zeros(5), ...extents, ...le(4, data.length), ...data];
  return { type: 8, body };
};

/** An attribute of one element. */
export const attribute = (version: 1 | 3, name: string, kind: Bytes, data: Bytes): Message => {
  const place = version === 1 ? padded : (bytes: Bytes) => bytes;
  const parts = [utf8(`${name}\0`), kind, space().body];
  const sizes = parts.flatMap((part) => le(2, part.length));
  const head = [version, 0, ...sizes, ...(version === 3 ? [1] : [])];
  return { type: 12, body: [...head, ...parts.flatMap((part) => place(part)), ...data] };
};

/** A link: hard to an address, or of another type with what it has. */
export const link = (name: string, at: number): Message => ({
  type: 6,
  body: [1, 0, utf8(name).length, ...utf8(name), ...le(8, at)],
});
export const otherLink = (name: string, kind: number, behind: Bytes): Message => ({
  type: 6,
  // With the order in which it was made, and the encoding of its name.
  body: [1, 0x1c, kind, ...zeros(8), 1, utf8(name).length, ...utf8(name), ...behind],
});
export const linkInfo = (heap: number | bigint): Message => ({
  type: 2,
  body: [0, 0, ...le(8, heap), ...le(8, UNDEFINED)],
});

/** A message of an old header. */
const written = ({ type: kind, body, flags = 0 }: Message): number[] => {
  const data = padded(body);
  return [...le(2, kind), ...le(2, data.length), flags, 0, 0, 0, ...data];
};

export class Hdf5Writer {
  /** The first bytes are the superblock's. */
  private readonly bytes: number[] = zeros(96);

  /** Puts bytes behind all others, and says where they begin. */
  put(bytes: Bytes): number {
    const at = this.bytes.length;
    for (const byte of padded(bytes)) this.bytes.push(byte);
    return at;
  }

  /** The address of what is put next, so that it can hold itself. */
  get next(): number {
    return this.bytes.length;
  }

  f32(...values: readonly number[]): number {
    return this.put([...new Uint8Array(Float32Array.from(values).buffer)]);
  }

  /** An object header of version 1; `later` are in a block that it goes on in. */
  header(messages: readonly Message[], later: readonly Message[] = []): number {
    const all = [...messages];
    if (later.length > 0) {
      const block = later.flatMap(written);
      all.push({ type: 16, body: [...le(8, this.put(block)), ...le(8, block.length)] });
    }
    const body = all.flatMap(written);
    const count = all.length + later.length;
    return this.put([
      1,
      0,
      ...le(2, count),
      ...le(4, 1),
      ...le(4, body.length),
      ...zeros(4),
      ...body,
    ]);
  }

  /** One of version 2, with times, and the order of attributes; without true sums, which are not looked at. */
  header2(messages: readonly Message[], later: readonly Message[] = []): number {
    const write = ({ type: kind, body, flags = 0 }: Message): number[] => [
      ...[kind, ...le(2, body.length), flags, ...le(2, 0), ...body],
    ];
    const all = [...messages];
    if (later.length > 0) {
      const block = [...ascii("OCHK"), ...later.flatMap(write), ...zeros(4)];
      all.push({ type: 16, body: [...le(8, this.put(block)), ...le(8, block.length)] });
    }
    const body = all.flatMap(write);
    return this.put([
      ...ascii("OHDR"),
      2,
      0x25,
      ...zeros(16),
      ...le(2, body.length),
      ...body,
      ...zeros(4),
    ]);
  }

  dataset(kind: Bytes, shape: readonly number[], at: number, bytes: number): number {
    return this.header([space(...shape), datatype(kind), contiguous(at, bytes)]);
  }

  /** A local heap of names; gives its address and the place of each name. */
  heap(names: readonly string[]): readonly [at: number, places: readonly number[]] {
    const data: number[] = zeros(8);
    const places = names.map((name) => {
      const place = data.length;
      data.push(...padded([...utf8(name), 0]));
      return place;
    });
    const at = this.put(data);
    return [
      this.put([...ascii("HEAP"), ...zeros(4), ...le(8, data.length), ...le(8, 1), ...le(8, at)]),
      places,
    ];
  }

  /** A leaf of a group's tree; an entry with `cache` 2 is a soft link. */
  leaf(entries: readonly { place: number; at: number; cache?: number }[]): number {
    const all = entries.flatMap(({ place, at, cache = 0 }) => [
      ...[...le(8, place), ...le(8, at), ...le(4, cache), ...zeros(20)],
    ]);
    return this.put([...ascii("SNOD"), 1, 0, ...le(2, entries.length), ...all]);
  }

  tree(level: number, children: readonly number[], kind = 0): number {
    const all = children.flatMap((child) => [...le(8, 0), ...le(8, child)]);
    const siblings = [...le(8, UNDEFINED), ...le(8, UNDEFINED)];
    return this.put([
      ...ascii("TREE"),
      kind,
      level,
      ...le(2, children.length),
      ...siblings,
      ...all,
      ...le(8, 0),
    ]);
  }

  symbols(tree: number, heap: number): Message {
    return { type: 17, body: [...le(8, tree), ...le(8, heap)] };
  }

  /** An old group with one leaf. */
  group(links: Readonly<Record<string, number>>, ...messages: readonly Message[]): number {
    const [heap, places] = this.heap(Object.keys(links));
    const leaf = this.leaf(Object.values(links).map((at, i) => ({ place: places[i] ?? 0, at })));
    return this.header([...messages, this.symbols(this.tree(0, [leaf]), heap)]);
  }

  /** A text of the global heap as an attribute has it. */
  long(text: string): Bytes {
    const data = utf8(text);
    const other = [...le(2, 1), ...zeros(6), ...le(8, 3), ...padded([1, 2, 3])];
    const object = [...le(2, 2), ...zeros(6), ...le(8, data.length), ...padded(data)];
    const size = 16 + other.length + object.length + 16;
    const at = this.put([
      ...ascii("GCOL"),
      1,
      0,
      0,
      0,
      ...le(8, size),
      ...other,
      ...object,
      ...zeros(16),
    ]);
    return [...le(4, data.length), ...le(8, at), ...le(4, 2)];
  }

  /** The file, whose root group's header is at `root`. `end` is where it says that it ends. */
  file(root: number, version: 0 | 1 | 2 | 3 = 0, end = this.bytes.length): Uint8Array {
    const addresses = [...le(8, 0), ...le(8, UNDEFINED), ...le(8, end)];
    const signature = [0x89, ...ascii("HDF\r\n\x1a\n")];
    const block =
      version < 2
        ? [
            ...[...signature, version, 0, 0, 0, 0, 8, 8, 0, ...le(2, 4), ...le(2, 16), ...le(4, 0)],
            ...(version === 1 ? [...le(2, 32), ...le(2, 0)] : []),
            ...[...addresses, ...le(8, UNDEFINED), ...le(8, 0), ...le(8, root)],
          ]
        : [...signature, version, 8, 8, 0, ...addresses, ...le(8, root), ...le(4, 0)];
    return Uint8Array.from([...block, ...this.bytes.slice(block.length)]);
  }
}
