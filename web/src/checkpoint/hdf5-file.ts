/**
 * The ground of an HDF5 file: its superblock, numbers at places, and the messages of object headers
 * (HDF5 file format specification, versions 0 to 3 of the superblock, 1 and 2 of headers).
 */
import { Paged } from "./paged.js";
import { Refusal, byteAt } from "./refusal.js";
import type { RefusalCode } from "./refusal.js";
import type { Source } from "./source.js";

/** Blocks, links and nodes of a file, all in all; of what is long, each BYTES_OF_ONE count as one. */
const MOST_OBJECTS = 2_000_000;
export const BYTES_OF_ONE = 64;
/** Bytes of one block of an object header. */
const MOST_BLOCK = 2 ** 20;
const UNDEFINED = 0xffff_ffff_ffff_ffffn;

export const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Four letters as a number of 32 bits, the first the lowest. */
const letters = (text: string): number =>
  Array.from(text).reduceRight((number, letter) => number * 256 + letter.charCodeAt(0), 0);

/** A message of an object header. */
export interface Message {
  readonly type: number;
  /** Bit 1 is set where the message lies elsewhere and this is its address. */
  readonly flags: number;
  readonly view: DataView<ArrayBuffer>;
}

/** A block of a header's messages. */
interface Block {
  readonly at: number;
  readonly size: number;
}

export class Hdf5File {
  private readonly paged: Paged;
  private objects = 0;

  constructor(readonly source: Source) {
    this.paged = new Paged(source);
  }

  refuse(code: RefusalCode, place: string, value: string | number | bigint): never {
    throw new Refusal(code, this.source.name, place, value);
  }

  /** Pays for `count` blocks, links or nodes. */
  spend(count: number): void {
    this.objects += count;
    if (this.objects > MOST_OBJECTS) this.refuse("limit", byteAt(0), `> ${MOST_OBJECTS}`);
  }

  bytes(at: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.paged.bytes(at, count);
  }

  view(at: number, count: number): Promise<DataView<ArrayBuffer>> {
    return this.paged.view(at, count);
  }

  /** A number of 64 bits that can be counted with. */
  whole(view: DataView, at: number, place: string, code: RefusalCode = "truncated"): number {
    const value = view.getBigUint64(at, true);
    const near = Number(value);
    return Number.isSafeInteger(near) ? near : this.refuse(code, place, value);
  }

  /** An address, or null where none was given. */
  address(view: DataView, at: number, place: string): number | null {
    return view.getBigUint64(at, true) === UNDEFINED ? null : this.whole(view, at, place);
  }

  /** Whether four letters stand at the beginning of a view. */
  signed(view: DataView, text: string): boolean {
    return view.byteLength >= 4 && view.getUint32(0, true) === letters(text);
  }

  /** The address of the root group's header. */
  async root(): Promise<number> {
    const { size } = this.source;
    const view = await this.view(0, Math.min(size, 96));
    const version = view.getUint8(8);
    const old = version <= 1;
    if (version > 3) this.refuse("version", byteAt(8), version);
    // Sizes of addresses and of lengths; the base address; the end of the file; the root.
    const sizes = old ? 13 : 9;
    for (const at of [sizes, sizes + 1])
      if (view.getUint8(at) !== 8) this.refuse("version", byteAt(at), `${view.getUint8(at)} != 8`);
    const base = { 0: 24, 1: 28 }[version] ?? 12;
    if (view.getBigUint64(base, true) !== 0n)
      this.refuse("version", byteAt(base), view.getBigUint64(base, true));
    const end = this.whole(view, base + 16, byteAt(base + 16));
    if (end > size) this.refuse("truncated", byteAt(size), `${end} > ${size}`);
    // Version 0 and 1 have an entry of a symbol table, whose first number is the place of its name.
    const root = base + (old ? 40 : 24);
    return this.address(view, root, byteAt(root)) ?? this.refuse("header", byteAt(root), "-1");
  }

  /** The messages of an object header, with those of the blocks that it goes on in. */
  async messages(at: number): Promise<Message[]> {
    const first = await this.view(at, Math.min(16, this.source.size - at));
    if (this.signed(first, "OHDR")) return this.messagesOfNew(at, first);
    if (first.byteLength < 16 || first.getUint8(0) !== 1)
      return this.refuse("header", byteAt(at), first.byteLength < 16 ? "" : first.getUint8(0));
    // Version, a reserved byte, the number of messages, of references, the size, 4 bytes to align.
    const size = first.getUint32(8, true);
    return this.collect({ at: at + 16, size }, { head: 8, isNew: false });
  }

  private async messagesOfNew(at: number, first: DataView): Promise<Message[]> {
    const version = first.getUint8(4);
    if (version !== 2) this.refuse("version", byteAt(at + 4), version);
    const flags = first.getUint8(5);
    // Four times of 4 bytes, two limits of 2, then the size of the first block in 1 to 8 bytes.
    const place = at + 6 + ((flags & 0x20) !== 0 ? 16 : 0) + ((flags & 0x10) !== 0 ? 4 : 0);
    const width = 2 ** (flags & 3);
    const view = await this.view(place, width);
    let size = 0;
    for (let i = width - 1; i >= 0; --i) size = size * 256 + view.getUint8(i);
    const head = (flags & 4) !== 0 ? 6 : 4;
    return this.collect({ at: place + width, size }, { head, isNew: true });
  }

  private async collect(
    first: Block,
    { head, isNew }: { readonly head: number; readonly isNew: boolean },
  ): Promise<Message[]> {
    const messages: Message[] = [];
    const blocks = [first];
    const seen = new Set([first.at]);
    // The list grows as blocks name others.
    for (const { at, size } of blocks) {
      if (size > MOST_BLOCK) this.refuse("limit", byteAt(at), `${size} > ${MOST_BLOCK}`);
      this.spend(1 + Math.ceil(size / BYTES_OF_ONE));
      const block = await this.view(at, size);
      for (let next = 0; next + head <= size;) {
        const type = isNew ? block.getUint8(next) : block.getUint16(next, true);
        const length = block.getUint16(next + (isNew ? 1 : 2), true);
        const flags = block.getUint8(next + (isNew ? 3 : 4));
        const begin = next + head;
        if (begin + length > size) this.refuse("truncated", byteAt(at + begin), length);
        const view = new DataView(block.buffer, block.byteOffset + begin, length);
        next = begin + length;
        if (type !== MESSAGE.continuation) {
          messages.push({ type, flags, view });
          continue;
        }
        const further = this.continued(view, byteAt(at + begin), isNew);
        if (seen.has(further.at)) this.refuse("header", byteAt(at + begin), further.at);
        seen.add(further.at);
        blocks.push(further);
      }
    }
    return messages;
  }

  /** Where a header goes on; in new ones between four letters and a sum of 4 bytes. */
  private continued(view: DataView, place: string, isNew: boolean): Block {
    const at = this.whole(view, 0, place);
    const size = this.whole(view, 8, place);
    if (!isNew) return { at, size };
    if (size < 8) this.refuse("header", place, size);
    return { at: at + 4, size: size - 8 };
  }
}

/** Types of messages. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;
