/** Files that hold weights and are known by name only, as refusals that say what to do. */
import { Refusal, byteAt } from "./refusal.js";
import type { Source } from "./source.js";

const asciiAt = (head: Uint8Array, at: number, text: string): boolean =>
  head.length >= at + text.length &&
  Array.from(text).every((sign, i) => head[at + i] === sign.charCodeAt(0));

/** A pickle of protocol 2 to 5; the opcode LONG1 behind it begins torch's own number, or another's. */
const PROTO = 0x80;
const LONG1 = 0x8a;

/**
 * The table that begins a checkpoint of TensorFlow: an entry whose key is empty and whose value is a
 * message, which first says how many files of data there are; and such a file by its name.
 */
const isOfTensorFlow = ([shared, rest, bytes = 0, key]: Uint8Array, name: string): boolean =>
  (shared === 0 && rest === 0 && bytes >= 2 && bytes < 64 && key === 8) ||
  /\.data-\d{5}-of-\d{5}$/.test(name);

/** Refuses a file whose first bytes no reader knows. */
export function refuseForeign(head: Uint8Array, { name }: Source): never {
  const [first = -1, protocol = 0, opcode = 0] = head;
  if (first === PROTO && protocol >= 2 && protocol <= 5 && opcode !== LONG1)
    throw new Refusal("plain_pickle", name, byteAt(0), `PROTO ${protocol}`);
  if (asciiAt(head, 257, "ustar")) throw new Refusal("torch_tar", name, byteAt(257), "ustar");
  if (isOfTensorFlow(head, name)) throw new Refusal("tf_checkpoint", name, byteAt(0), "");
  const start = Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  throw new Refusal("unknown_format", name, byteAt(0), start.join(" "));
}
