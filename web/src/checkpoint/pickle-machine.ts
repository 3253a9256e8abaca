/**
 * The state of the machine that a pickle is a program of: a stack with marks, a memo, and the bytes.
 * Each length is checked against what remains, and what is made is paid for out of one allowance.
 */
import { Refusal, byteAt } from "./refusal.js";
import type { RefusalCode } from "./refusal.js";
import { Dict, List, Tuple } from "./pickle-values.js";
import type { Storage, Value } from "./pickle-values.js";

/** A longer pickle is not read: 64 MiB, which is some 500,000 tensors. */
export const MOST_PICKLE = 64 * 1024 * 1024;
/** Nested marks; those of a state_dict are 5 deep. */
const MOST_MARKS = 1000;
/** Bytes of one integer. */
const MOST_INTEGER = 1024;
/** Bytes of a name of Python's. */
const MOST_LINE = 1000;
/** What all values of a pickle may take, of some 16 bytes each: a tensor with all that is its own is about 70. */
const MOST_CELLS = 2 ** 25;

/** A mark of its encoding is a part of a text here. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class Machine {
  /** What was pushed since the last mark. */
  private stack: Value[] = [];
  private readonly marks: Value[][] = [];
  private readonly memo = new Map<number, Value>();
  private readonly view: DataView;
  private cells = 0;
  /** The byte of the opcode that is being followed. */
  private opcodeAt: number;
  /** Storages by their keys; those of views by their own. */
  readonly storages = new Map<string, Storage>();
  readonly views = new Map<string, Storage>();

  /** `at` is the byte at which the pickle begins; `place` goes before a byte in refusals. */
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    readonly file: string,
    private readonly place: string,
  ) {
    this.opcodeAt = at;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The byte that comes next. */
  get position(): number {
    return this.at;
  }

  /** The opcode that comes next, of which refusals will speak. */
  opcode(): number {
    this.opcodeAt = this.at;
    return this.u8();
  }

  /** Where it is, for a refusal. */
  get where(): string {
    return `${this.place}${byteAt(this.opcodeAt)}`;
  }

  refuse(code: RefusalCode, value: string | number | bigint): never {
    throw new Refusal(code, this.file, this.where, value);
  }

  /** Pays for `cells` values. Refuses more than a pickle may hold: "pickle_limit". */
  spend(cells: number): void {
    this.cells += cells;
    if (this.cells > MOST_CELLS) this.refuse("pickle_limit", `> ${MOST_CELLS}`);
  }

  /** Refuses a length that is beyond the end. */
  within(count: number | bigint): void {
    const left = this.bytes.length - this.at;
    if (count > left) this.refuse("truncated", `${count} > ${left}`);
  }

  /** Passes `count` bytes, and says where they begin. */
  take(count: number | bigint): number {
    this.within(count);
    const begin = this.at;
    this.at += Number(count);
    return begin;
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }
  u16(): number {
    return this.view.getUint16(this.take(2), true);
  }
  i32(): number {
    return this.view.getInt32(this.take(4), true);
  }
  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }
  u64(): bigint {
    return this.view.getBigUint64(this.take(8), true);
  }
  /** Of all numbers the only one whose first byte is the highest. */
  f64(): number {
    return this.view.getFloat64(this.take(8), false);
  }

  /** A whole number of `count` bytes, the lowest first, with a sign; beyond 2^53 a bigint. */
  integer(count: number): number | bigint {
    if (count > MOST_INTEGER) this.refuse("pickle_limit", `${count} > ${MOST_INTEGER}`);
    const begin = this.take(count);
    let value = 0n;
    for (let i = count - 1; i >= 0; --i)
      value = (value << 8n) | BigInt(this.view.getUint8(begin + i));
    value = BigInt.asIntN(8 * count, value);
    const near = Number(value);
    return Number.isSafeInteger(near) ? near : value;
  }

  /** `count` bytes of UTF-8. */
  text(count: number | bigint): string {
    this.spend(2);
    const begin = this.take(count);
    return this.decoded(begin, this.at);
  }

  /** `count` bytes as Python 2 wrote texts, of which each is a character. */
  latin1(count: number): string {
    this.spend(2);
    const begin = this.take(count);
    let text = "";
    for (let i = begin; i < this.at; ++i) text += String.fromCharCode(this.view.getUint8(i));
    return text;
  }

  /** What stands before the end of the line. */
  line(): string {
    const begin = this.at;
    const found = this.bytes.subarray(begin, begin + MOST_LINE).indexOf(10);
    if (found < 0 && begin + MOST_LINE > this.bytes.length) this.refuse("truncated", "\\n");
    if (found < 0) this.refuse("pickle_limit", `> ${MOST_LINE}`);
    this.at = begin + found + 1;
    return this.decoded(begin, begin + found);
  }

  private decoded(begin: number, end: number): string {
    try {
      return UTF8.decode(this.bytes.subarray(begin, end));
    } catch {
      return this.refuse("pickle_string", `${end - begin}`);
    }
  }

  push(value: Value): void {
    this.spend(value instanceof Tuple || value instanceof List || value instanceof Dict ? 4 : 1);
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.pop();
    return value === undefined ? this.refuse("pickle_stack", "[]") : value;
  }

  top(): Value {
    const value = this.stack.at(-1);
    return value === undefined ? this.refuse("pickle_stack", "[]") : value;
  }

  mark(): void {
    this.marks.push(this.stack);
    if (this.marks.length > MOST_MARKS) this.refuse("pickle_limit", `> ${MOST_MARKS}`);
    this.stack = [];
  }

  /** All that was pushed since the last mark, which goes. */
  cut(): Value[] {
    const items = this.stack;
    this.stack = this.marks.pop() ?? this.refuse("pickle_stack", "MARK");
    return items;
  }

  /** Drops the last value, or the mark where it is last. */
  drop(): void {
    if (this.stack.length > 0) this.stack.pop();
    else this.cut();
  }

  /** Remembers the last value under a number, which may be any of 32 bits. */
  put(number: number): void {
    this.spend(2);
    this.memo.set(number, this.top());
  }

  /** Remembers the last value under the next number. */
  memoize(): void {
    this.put(this.memo.size);
  }

  /** Pushes what was remembered. */
  get(number: number): void {
    const value = this.memo.get(number);
    this.push(value === undefined ? this.refuse("pickle_stack", `memo ${number}`) : value);
  }
}
