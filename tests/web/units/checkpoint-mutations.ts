/** Files of bytes changed at random, the same way every time, where readers of checkpoints look. */
import { generator } from "./mutate.js";

/** Numbers at which lengths, offsets and signs turn. */
const EDGES = [
  ...[0n, 1n, 2n, 0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, 0xffffn],
  ...[0x7fffffffn, 0x80000000n, 0xffffffffn, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n],
  ...[2n ** 60n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 16n, 2n ** 64n - 1n],
];
/** What stands in headers. */
const WORDS = [
  ...["F32", "F16", "BF16", "F4", "F8_E8M0", "C64", "float32", "string", "complex64", "uint8"],
  ...[
    "[]",
    "{}",
    "[0]",
    "[4]",
    "[-1]",
    "[0.5]",
    "[1e99]",
    "null",
    "true",
    '"',
    "\\",
    ",",
    ":",
    "}",
  ],
  ...['"shape"', '"dtype"', '"data_offsets"', '"__proto__"', "__metadata__", "../", "https://"],
  ...[
    "'<f4'",
    "'>f8'",
    "'|O'",
    "'<V2'",
    "True",
    "False",
    "(3,)",
    "()",
    "(-1, 2)",
    "99999999999999999999",
  ],
  ...[
    "PK\x01\x02",
    "PK\x03\x04",
    "PK\x05\x06",
    "PK\x06\x06",
    "PK\x06\x07",
    "\u00e4\u00fc",
    "\ufffd",
  ],
  ...[
    "ctorch\nload\n",
    "cposix\nsystem\n",
    "cbuiltins\neval\n",
    "(",
    ")",
    ".",
    "R",
    "Q",
    "\x80\x02",
  ],
  ...["TREE", "HEAP", "SNOD", "OHDR", "FRHP", "BTHD"],
];

const utf8 = new TextEncoder();

export class Changes {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = generator(seed);
  }

  below(n: number): number {
    return n > 0 ? this.next() % n : 0;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A place in a file: near its ends as a rule, where headers and directories are. */
  private place(length: number): number {
    const near = Math.min(length, 1 << (3 + this.below(9)));
    const kind = this.below(4);
    if (kind === 0) return this.below(length);
    return kind === 1 ? length - 1 - this.below(near) : this.below(near);
  }

  private number(bytes: Uint8Array, at: number): Uint8Array {
    const width = this.of([2, 4, 8]);
    if (at + width > bytes.length) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, width);
    const little = this.below(4) > 0;
    // Also one more and one less than what stands there.
    const value =
      [
        ...(width === 2 ? [BigInt(view.getUint16(0, little))] : []),
        ...(width === 4 ? [BigInt(view.getUint32(0, little))] : []),
        ...(width === 8 ? [view.getBigUint64(0, little)] : []),
      ][0] ?? 0n;
    const put = this.of([...EDGES, ...EDGES, value + 1n, value - 1n, value * 2n]);
    if (width === 2) view.setUint16(0, Number(put & 0xffffn), little);
    else if (width === 4) view.setUint32(0, Number(put & 0xffffffffn), little);
    else view.setBigUint64(0, put & 0xffffffffffffffffn, little);
    return bytes;
  }

  private splice(bytes: Uint8Array, from: number, to: number, put: Uint8Array): Uint8Array {
    const changed = new Uint8Array(bytes.length - (to - from) + put.length);
    changed.set(bytes.subarray(0, from));
    changed.set(put, from);
    changed.set(bytes.subarray(to), from + put.length);
    return changed;
  }

  private once(bytes: Uint8Array, other: Uint8Array): Uint8Array {
    const at = this.place(bytes.length);
    const end = Math.min(bytes.length, at + 1 + this.below(16));
    switch (this.below(9)) {
      case 0:
        return bytes.length === 0 ? bytes : bytes.subarray(0, this.below(bytes.length));
      case 1:
      case 2:
        if (at >= 0 && at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << this.below(8));
        return bytes;
      case 3:
        if (at >= 0 && at < bytes.length) bytes[at] = this.of([0, 1, 0x7f, 0x80, 0xc1, 0xff]);
        return bytes;
      case 4:
      case 5:
        return at < 0 ? bytes : this.number(bytes, at);
      case 6:
        return at < 0 ? bytes : this.splice(bytes, at, end, utf8.encode(this.of(WORDS)));
      case 7:
        return at < 0 ? bytes : this.splice(bytes, at, at, bytes.slice(at, end));
      default: {
        const from = this.below(other.length);
        const piece = other.slice(from, from + 1 + this.below(64));
        return at < 0 ? bytes : this.splice(bytes, at, end, piece);
      }
    }
  }

  /** A copy with one to six changes; pieces of `other` may get into it. */
  changed(sample: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
    let bytes: Uint8Array = Uint8Array.from(sample);
    for (let left = 1 + this.below(6); left > 0; --left) bytes = this.once(bytes, other);
    return Uint8Array.from(bytes);
  }
}
