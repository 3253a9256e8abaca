/**
 * What each opcode of a pickle does: a row of a table. Those that import and call at once (INST), that
 * look up other tables (EXT1 to 4), that need more than the file (PERSID, NEXT_BUFFER) and those of
 * protocol 0 have none, and end the reading.
 */
import type { Machine } from "./pickle-machine.js";
import { STORAGES, nameOf, reduce } from "./pickle-names.js";
import { storageOf, told } from "./pickle-tensors.js";
import { Dict, List, Opaque, Tuple } from "./pickle-values.js";
import type { Value } from "./pickle-values.js";

type Step = (machine: Machine) => void;

/** The newest protocol. */
const MOST_PROTOCOL = 5;

const STOP = 0x2e;

const pushOf =
  (make: (machine: Machine) => Value): Step =>
  (machine) =>
    machine.push(make(machine));

const tupleOf =
  (count: number): Step =>
  (machine) => {
    const items: Value[] = Array.from({ length: count }, () => machine.pop());
    machine.push(new Tuple(items.reverse()));
  };

/** Bytes are passed over; nothing that is read here is in them. */
const bytesOf = (count: (machine: Machine) => number | bigint): Step =>
  pushOf((machine) => {
    machine.take(count(machine));
    return new Opaque("bytes", null);
  });

function append(machine: Machine, items: readonly Value[]): void {
  const list = machine.top();
  if (!(list instanceof List)) return machine.refuse("pickle_type", told(list));
  for (const item of items) list.items.push(item);
}

function setItems(machine: Machine, items: readonly Value[]): void {
  const dict = machine.top();
  if (!(dict instanceof Dict)) return machine.refuse("pickle_type", told(dict));
  if (items.length % 2 !== 0) return machine.refuse("pickle_type", `${items.length}`);
  machine.spend(items.length);
  for (let i = 0; i + 1 < items.length; i += 2)
    dict.entries.set(items[i] ?? null, items[i + 1] ?? null);
}

/** The state of a dict is kept; that of what is opaque is of no use. */
function build(machine: Machine): void {
  const state = machine.pop();
  const object = machine.top();
  if (object instanceof Dict) object.state = state;
  else if (!(object instanceof Opaque)) machine.refuse("pickle_type", told(object));
}

function call(machine: Machine): void {
  const args = machine.pop();
  machine.push(reduce(machine, machine.pop(), args));
}

function stackGlobal(machine: Machine): void {
  const [member, module] = [machine.pop(), machine.pop()];
  if (typeof module !== "string" || typeof member !== "string")
    return machine.refuse("pickle_type", `${told(module)}, ${told(member)}`);
  machine.push(nameOf(machine, module, member));
}

function persistent(machine: Machine): void {
  const id = machine.pop();
  if (!(id instanceof Tuple)) return machine.refuse("pickle_type", told(id));
  machine.push(storageOf(machine, id.items, STORAGES));
}

function append1(machine: Machine): void {
  const item = machine.pop();
  append(machine, [item]);
}

function setItem(machine: Machine): void {
  const value = machine.pop();
  setItems(machine, [machine.pop(), value]);
}

function addItems(machine: Machine): void {
  machine.cut();
  const set = machine.top();
  if (!(set instanceof Opaque)) machine.refuse("pickle_type", told(set));
}

function callMarked(machine: Machine): void {
  const [name = null, ...args] = machine.cut();
  machine.push(reduce(machine, name, new Tuple(args)));
}

function protocol(machine: Machine): void {
  const version = machine.u8();
  if (version > MOST_PROTOCOL) machine.refuse("pickle_opcode", `PROTO ${version}`);
}

/** Passes the length of a frame, which must lie within the pickle; its opcodes follow. */
function frame(machine: Machine): void {
  machine.within(machine.u64());
}

/** Opcodes by their bytes, in the order of Python's pickletools. */
const STEPS: ReadonlyMap<number, Step> = new Map<number, Step>([
  // Numbers and truth values.
  [0x4a, pushOf((machine) => machine.i32())], // BININT
  [0x4b, pushOf((machine) => machine.u8())], // BININT1
  [0x4d, pushOf((machine) => machine.u16())], // BININT2
  [0x8a, pushOf((machine) => machine.integer(machine.u8()))], // LONG1
  [0x8b, pushOf((machine) => machine.integer(machine.u32()))], // LONG4
  [0x47, pushOf((machine) => machine.f64())], // BINFLOAT
  [0x4e, pushOf(() => null)], // NONE
  [0x88, pushOf(() => true)], // NEWTRUE
  [0x89, pushOf(() => false)], // NEWFALSE
  // Texts, and bytes.
  [0x58, pushOf((machine) => machine.text(machine.u32()))], // BINUNICODE
  [0x8c, pushOf((machine) => machine.text(machine.u8()))], // SHORT_BINUNICODE
  [0x8d, pushOf((machine) => machine.text(machine.u64()))], // BINUNICODE8
  [0x54, pushOf((machine) => machine.latin1(machine.u32()))], // BINSTRING
  [0x55, pushOf((machine) => machine.latin1(machine.u8()))], // SHORT_BINSTRING
  [0x42, bytesOf((machine) => machine.u32())], // BINBYTES
  [0x43, bytesOf((machine) => machine.u8())], // SHORT_BINBYTES
  [0x8e, bytesOf((machine) => machine.u64())], // BINBYTES8
  [0x96, bytesOf((machine) => machine.u64())], // BYTEARRAY8
  // Lists.
  [0x5d, pushOf(() => new List())], // EMPTY_LIST
  [0x61, append1], // APPEND
  [0x65, (machine) => append(machine, machine.cut())], // APPENDS
  // Tuples.
  [0x29, tupleOf(0)], // EMPTY_TUPLE
  [0x74, pushOf((machine) => new Tuple(machine.cut()))], // TUPLE
  [0x85, tupleOf(1)], // TUPLE1
  [0x86, tupleOf(2)], // TUPLE2
  [0x87, tupleOf(3)], // TUPLE3
  // Dicts.
  [0x7d, pushOf(() => new Dict())], // EMPTY_DICT
  [0x73, setItem], // SETITEM
  [0x75, (machine) => setItems(machine, machine.cut())], // SETITEMS
  // Sets, whose elements are of no use.
  [0x8f, pushOf(() => new Opaque("set", null))], // EMPTY_SET
  [0x90, addItems], // ADDITEMS
  [0x91, pushOf((machine) => (machine.cut(), new Opaque("frozenset", null)))], // FROZENSET
  // The stack.
  [0x30, (machine) => machine.drop()], // POP
  [0x31, (machine) => void machine.cut()], // POP_MARK
  [0x32, pushOf((machine) => machine.top())], // DUP
  [0x28, (machine) => machine.mark()], // MARK
  // The memo.
  [0x68, (machine) => machine.get(machine.u8())], // BINGET
  [0x6a, (machine) => machine.get(machine.u32())], // LONG_BINGET
  [0x71, (machine) => machine.put(machine.u8())], // BINPUT
  [0x72, (machine) => machine.put(machine.u32())], // LONG_BINPUT
  [0x94, (machine) => machine.memoize()], // MEMOIZE
  // Names, and what they make.
  [0x63, pushOf((machine) => nameOf(machine, machine.line(), machine.line()))], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, call], // REDUCE
  [0x81, call], // NEWOBJ
  [0x6f, callMarked], // OBJ
  [0x62, build], // BUILD
  [0x51, persistent], // BINPERSID
  // The stream.
  [0x80, protocol], // PROTO
  [0x95, frame], // FRAME
]);

/** Runs a pickle to its end, and gives what it leaves. Throws a Refusal. */
export function run(machine: Machine): Value {
  for (;;) {
    const opcode = machine.opcode();
    if (opcode === STOP) return machine.pop();
    const step = STEPS.get(opcode);
    if (step) step(machine);
    else machine.refuse("pickle_opcode", `0x${opcode.toString(16).padStart(2, "0")}`);
  }
}
