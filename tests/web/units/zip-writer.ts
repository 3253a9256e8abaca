/** Writes zip archives for tests, right ones and such as no program writes. */
import { deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflated?: boolean;
  /** What the directory gives as its size, if not the truth. */
  readonly size?: number;
  /** Bytes of padding in the local header's extra field. */
  readonly extra?: number;
}
export interface ZipOptions {
  /** Numbers of 64 bits in place of those of 32. */
  readonly zip64?: boolean;
  readonly comment?: Uint8Array;
  /** What the zip64 record gives as the directory's beginning, if not the truth. */
  readonly directory?: bigint;
}

/** Numbers of 2, 4 and 8 bytes, little-endian, and bytes as they are. */
function packed(
  ...parts: readonly (readonly [bytes: 2 | 4 | 8, value: number | bigint] | Uint8Array)[]
): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (part instanceof Uint8Array) return part;
      const buffer = Buffer.alloc(8);
      buffer.writeBigUInt64LE(BigInt(part[1]));
      return buffer.subarray(0, part[0]);
    }),
  );
}

const FULL = 0xffffffff;

export function zipOf(
  entries: readonly ZipEntry[],
  options: ZipOptions = {},
): Uint8Array<ArrayBuffer> {
  const { zip64 = false, comment = new Uint8Array(), directory } = options;
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, deflated = false, size = bytes.length, extra = 0 } of entries) {
    const raw = Buffer.from(name);
    const data = deflated ? deflateRawSync(bytes) : bytes;
    const method = deflated ? 8 : 0;
    const local = packed(
      ...([
        [4, 0x04034b50],
        [2, 20],
        [2, 8],
        [2, method],
        [4, 0],
        [4, 0],
        [4, 0],
        [4, 0],
      ] as const),
      ...([
        [2, raw.length],
        [2, extra],
      ] as const),
      raw,
      new Uint8Array(extra),
      data,
    );
    const field = packed([2, 1], [2, 24], [8, size], [8, data.length], [8, at]);
    central.push(
      packed(
        ...([
          [4, 0x02014b50],
          [2, 45],
          [2, 45],
          [2, 8],
          [2, method],
          [4, 0],
          [4, 0],
        ] as const),
        ...([
          [4, zip64 ? FULL : data.length],
          [4, zip64 ? FULL : size],
          [2, raw.length],
        ] as const),
        ...([
          [2, zip64 ? field.length : 0],
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
        ] as const),
        [4, zip64 ? FULL : at],
        raw,
        zip64 ? field : new Uint8Array(),
      ),
    );
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(central);
  const count = entries.length;
  if (zip64)
    parts.push(
      list,
      packed(
        ...([
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, count],
        ] as const),
        ...([
          [8, count],
          [8, list.length],
          [8, directory ?? at],
        ] as const),
        ...([
          [4, 0x07064b50],
          [4, 0],
          [8, at + list.length],
          [4, 1],
        ] as const),
      ),
    );
  else parts.push(list);
  parts.push(
    packed(
      ...([
        [4, 0x06054b50],
        [2, 0],
        [2, 0],
      ] as const),
      ...([
        [2, zip64 ? 0xffff : count],
        [2, zip64 ? 0xffff : count],
      ] as const),
      ...([
        [4, zip64 ? FULL : list.length],
        [4, zip64 ? FULL : at],
        [2, comment.length],
      ] as const),
      comment,
    ),
  );
  return Uint8Array.from(Buffer.concat(parts));
}
