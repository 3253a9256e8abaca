/**
 * Protobuf as places: the fields of a message one after the other, each with where its bytes lie. What
 * is long is never read here, only passed over.
 */
import { Paged } from "./paged.js";
import { Refusal, byteAt } from "./refusal.js";
import type { RefusalCode } from "./refusal.js";
import type { Source } from "./source.js";

/** Fields of a file, all in all. */
const MOST_FIELDS = 5_000_000;
/** Bytes of a name or a path. */
const MOST_TEXT = 65_536;
/** Bytes of a number of 64 bits, seven bits in each. */
export const MOST_VARINT = 10;

/** How a field's bytes are told. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export interface Field {
  readonly id: number;
  readonly wire: number;
  /** The number that a varint is, as 64 bits; 0 in other fields. */
  readonly value: bigint;
  /** Where its bytes lie, without what tells of them. */
  readonly begin: number;
  readonly end: number;
}

interface Varint {
  readonly value: bigint;
  readonly size: number;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A number whose bytes begin at `at`; null where they end before it does. */
export function varintAt(bytes: Uint8Array, at: number): Varint | null {
  let low = 0; // the first 28 bits, by numbers of the machine
  for (let i = 0; i < 4; ++i) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    low += (byte & 127) * 128 ** i;
    if (byte < 128) return { value: BigInt(low), size: i + 1 };
  }
  let value = BigInt(low);
  for (let i = 4; i < MOST_VARINT; ++i) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value: BigInt.asUintN(64, value), size: i + 1 };
  }
  return { value, size: Number.POSITIVE_INFINITY };
}

export class ProtoFile {
  private readonly paged: Paged;
  private passed = 0;

  constructor(readonly source: Source) {
    this.paged = new Paged(source);
  }

  refuse(code: RefusalCode, place: string, value: string | number | bigint): never {
    throw new Refusal(code, this.source.name, place, value);
  }

  /** The fields of the message that lies in [begin, end). */
  async *fields(begin: number, end: number): AsyncGenerator<Field, undefined> {
    for (let at = begin; at < end;) {
      if (++this.passed > MOST_FIELDS) this.refuse("limit", byteAt(at), `> ${MOST_FIELDS}`);
      const head = await this.paged.bytes(at, Math.min(2 * MOST_VARINT, end - at));
      const key = this.varint(head, 0, at);
      const wire = Number(key.value & 7n);
      const id = Number(key.value >> 3n);
      if (id === 0 || id >= 2 ** 29) this.refuse("protobuf", byteAt(at), `field ${id}`);
      let first = at + key.size;
      let size: number;
      let value = 0n;
      if (wire === WIRE.varint || wire === WIRE.bytes) {
        const number = this.varint(head, key.size, at);
        if (wire === WIRE.varint) value = number.value;
        else first += number.size;
        size = wire === WIRE.varint ? number.size : Number(number.value);
      } else if (wire === WIRE.fixed32 || wire === WIRE.fixed64) size = wire === 1 ? 8 : 4;
      else size = this.refuse("protobuf", byteAt(at), `wire type ${wire}`);
      if (size > end - first) this.refuse("truncated", byteAt(at), `${size} > ${end - first}`);
      at = first + size;
      yield { id, wire, value, begin: first, end: at };
    }
  }

  private varint(head: Uint8Array, from: number, at: number): Varint {
    const number = varintAt(head, from);
    if (!number) return this.refuse("truncated", byteAt(at + from), head.length - from);
    if (number.size > MOST_VARINT)
      return this.refuse("protobuf", byteAt(at + from), `> ${MOST_VARINT}`);
    return number;
  }

  bytes({ begin, end }: Field): Promise<Uint8Array<ArrayBuffer>> {
    return this.paged.bytes(begin, end - begin);
  }

  /** A field that is a text. */
  async text(field: Field): Promise<string> {
    const size = field.end - field.begin;
    if (field.wire !== WIRE.bytes) this.refuse("protobuf", byteAt(field.begin), "wire type");
    if (size > MOST_TEXT) this.refuse("limit", byteAt(field.begin), `${size} > ${MOST_TEXT}`);
    const bytes = await this.bytes(field);
    try {
      return UTF8.decode(bytes);
    } catch {
      return this.refuse("protobuf", byteAt(field.begin), "UTF-8");
    }
  }
}
