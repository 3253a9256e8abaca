/** Attributes that are one text each: Keras keeps its configuration there, and the name of bfloat16. */
import type { Hdf5File, Message } from "./hdf5-file.js";
import { BYTES_OF_ONE, MESSAGE } from "./hdf5-file.js";
import { cut, kindOf, shapeOf } from "./hdf5-types.js";
import { byteAt } from "./refusal.js";

/** Bytes of one text, and of one collection of the global heap. */
const MOST_TEXT = 2 ** 24;
const MOST_COLLECTION = 2 ** 25;
/** Flags of a message or an attribute whose parts lie elsewhere. */
const SHARED_MESSAGE = 2;
const SHARED_PARTS = 3;

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return UTF8.decode(end < 0 ? bytes : bytes.subarray(0, end));
};

interface Attribute {
  readonly name: string;
  readonly type: DataView<ArrayBuffer>;
  readonly space: DataView<ArrayBuffer>;
  readonly data: DataView<ArrayBuffer>;
}

const part = (view: DataView<ArrayBuffer>, begin: number, count: number) => {
  const bytes = cut(view, begin, count);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

/** An attribute message in its parts, or null where these lie elsewhere. */
function partsOf(view: DataView<ArrayBuffer>): Attribute | null {
  const version = view.getUint8(0);
  if (version < 1 || version > 3) return null;
  if (version > 1 && (view.getUint8(1) & SHARED_PARTS) !== 0) return null;
  const padded = (count: number): number => (version === 1 ? Math.ceil(count / 8) * 8 : count);
  const [names, types, spaces] = [2, 4, 6].map((at) => view.getUint16(at, true)) as [
    number,
    number,
    number,
  ];
  const name = version === 3 ? 9 : 8;
  const type = name + padded(names);
  const space = type + padded(types);
  const data = space + padded(spaces);
  return {
    name: textOf(cut(view, name, names)),
    type: part(view, type, types),
    space: part(view, space, spaces),
    data: part(view, data, view.byteLength - data),
  };
}

/** A text of the global heap: its length, the address of a collection, and a number in it. */
async function heapText(file: Hdf5File, data: DataView): Promise<string | null> {
  const count = data.getUint32(0, true);
  const at = file.address(data, 4, "attribute");
  const number = data.getUint32(12, true);
  if (at === null || at === 0 || count > MOST_TEXT) return null;
  const head = await file.view(at, 16);
  if (!file.signed(head, "GCOL")) return file.refuse("header", byteAt(at), "GCOL");
  const size = file.whole(head, 8, byteAt(at + 8));
  if (size > MOST_COLLECTION)
    return file.refuse("limit", byteAt(at), `${size} > ${MOST_COLLECTION}`);
  for (let next = 16; next + 16 <= size;) {
    file.spend(1);
    const object = await file.view(at + next, 16);
    const length = file.whole(object, 8, byteAt(at + next + 8));
    const index = object.getUint16(0, true);
    if (index === 0) return null;
    if (index === number) {
      const bytes = Math.min(count, length, size - next - 16);
      file.spend(Math.ceil(bytes / BYTES_OF_ONE));
      return textOf(await file.bytes(at + next + 16, bytes));
    }
    next += 16 + Math.ceil(length / 8) * 8;
  }
  return null;
}

/** The attributes of an object that are one text each, by their names. */
export async function textAttributes(
  file: Hdf5File,
  messages: readonly Message[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { type, flags, view } of messages) {
    if (type !== MESSAGE.attribute || (flags & SHARED_MESSAGE) !== 0) continue;
    const attribute = partsOf(view);
    if (!attribute) continue;
    const { name, data } = attribute;
    const kind = kindOf(attribute.type);
    const shape = shapeOf(file, attribute.space, name);
    if (shape?.some((extent) => extent !== 1) ?? true) continue;
    const text =
      kind.kind === "text"
        ? textOf(cut(data, 0, kind.bytes))
        : kind.kind === "long text"
          ? await heapText(file, data)
          : null;
    if (text !== null) texts.set(name, text);
  }
  return texts;
}
