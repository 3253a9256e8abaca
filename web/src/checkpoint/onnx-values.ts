/** Values that a TensorProto has as numbers of Protobuf: they are decoded as they are read. */
import { MOST_VARINT, ProtoFile, WIRE, varintAt } from "./onnx-fields.js";
import type { Field } from "./onnx-fields.js";
import { Refusal, byteAt } from "./refusal.js";
import { checkRange } from "./source.js";
import type { Source } from "./source.js";

/** Bytes that are decoded at once. */
const WINDOW = 2 ** 18;

/** A message's numbers of one field, `count` values of `width` bytes. */
export interface TypedData {
  readonly source: Source;
  /** The tensor's message, and its name for refusals. */
  readonly begin: number;
  readonly end: number;
  readonly place: string;
  readonly id: number;
  readonly count: number;
  readonly width: number;
}

/** Writes the low bytes of numbers one behind the other. */
class Writer {
  private readonly view: DataView<ArrayBuffer>;
  private at = 0;

  /** Room for `count` numbers. */
  constructor(
    private readonly width: number,
    count: number,
  ) {
    this.view = new DataView(new ArrayBuffer(width * count));
  }

  write(value: bigint): void {
    if (this.width === 1) this.view.setUint8(this.at, Number(value & 0xffn));
    else if (this.width === 2) this.view.setUint16(this.at, Number(value & 0xffffn), true);
    else if (this.width === 4) this.view.setUint32(this.at, Number(value & 0xffff_ffffn), true);
    else this.view.setBigUint64(this.at, value, true);
    this.at += this.width;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view.buffer, 0, this.at);
  }
}

/** The numbers of one packed field, or of an unpacked one, which is one number. */
async function* numbersOf(
  { source, place, width }: TypedData,
  { wire, begin, end, value }: Field,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  if (wire === WIRE.varint) {
    const writer = new Writer(width, 1);
    writer.write(value);
    yield writer.bytes;
    return;
  }
  for (let at = begin; at < end;) {
    const bytes = await source.read(at, Math.min(at + WINDOW, end));
    const isLast = at + bytes.length === end;
    const writer = new Writer(width, bytes.length);
    let next = 0;
    while (next < bytes.length) {
      const number = varintAt(bytes, next);
      if (!number && isLast) throw new Refusal("truncated", source.name, place, byteAt(at + next));
      if (!number) break; // it goes on in the next window
      if (number.size > MOST_VARINT)
        throw new Refusal("protobuf", source.name, place, byteAt(at + next));
      writer.write(number.value);
      next += number.size;
    }
    yield writer.bytes;
    at += next;
  }
}

/** The values of fixed size: those of a packed field in parts, an unpacked one alone. */
async function* fixedOf(
  { source }: TypedData,
  { begin, end }: Field,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  for (let at = begin; at < end; at += WINDOW)
    yield await source.read(at, Math.min(at + WINDOW, end));
}

async function* partsOf(data: TypedData): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  const isFixed = data.id === FIXED_FIELDS.float || data.id === FIXED_FIELDS.double;
  for await (const field of new ProtoFile(data.source).fields(data.begin, data.end))
    if (field.id === data.id) yield* isFixed ? fixedOf(data, field) : numbersOf(data, field);
}

export const FIXED_FIELDS = { float: 4, double: 10 } as const;

/**
 * The values as a source, little-endian. It is meant to be read forward: what was decoded last is kept,
 * and going back decodes anew. Refuses another number of values ("size_mismatch") as its end is read.
 */
export function typedSource(data: TypedData): Source {
  const { name } = data.source;
  const size = data.count * data.width;
  let parts = partsOf(data);
  let part = new Uint8Array();
  /** The byte at which `part` begins. */
  let first = 0;
  const mismatch = (stored: number): never => {
    const counts = `${stored / data.width} != ${data.count}`;
    throw new Refusal("size_mismatch", name, data.place, counts);
  };
  /** Takes the next part; false where there is none. */
  const advance = async (): Promise<boolean> => {
    const next = await parts.next();
    first += part.length;
    part = next.value ?? new Uint8Array();
    if (first + part.length > size) mismatch(first + part.length);
    return next.done !== true;
  };
  return {
    name,
    size,
    async read(begin, end) {
      checkRange(name, size, begin, end);
      if (begin < first) [parts, part, first] = [partsOf(data), new Uint8Array(), 0];
      const bytes = new Uint8Array(end - begin);
      for (let at = begin; at < end;) {
        while (at >= first + part.length) if (!(await advance())) mismatch(first);
        const taken = part.subarray(at - first, end - first);
        bytes.set(taken, at - begin);
        at += taken.length;
      }
      if (end === size) while (await advance());
      return bytes;
    },
  };
}
