/**
 * Edits of a network's text by the places of its items, as the engine gives them: nothing here reads
 * the text. What comes of an edit is a text for the engine to judge, and where what was edited begins in it.
 */
import type { NetItem, PlanResult } from "../../../engine/results.js";

export type NetText = Pick<PlanResult, "text" | "items">;

export interface Edit {
  readonly text: string;
  /** Where the item that the reader has hold of begins in the text. */
  readonly begin: number;
}

/** Neighbours from the one item to the other, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The place [begin, end) of a text, and what comes there. */
export interface Part {
  readonly begin: number;
  readonly end: number;
  readonly by: string;
}

/** A text with others put in place of some of its parts, which do not overlap. */
export function spliced(text: string, parts: readonly Part[]): string {
  return parts
    .toSorted((a, b) => b.begin - a.begin)
    .reduce((now, { begin, end, by }) => now.slice(0, begin) + by + now.slice(end), text);
}

const put = ({ text }: NetText, begin: number, end: number, by: string) =>
  spliced(text, [{ begin, end, by }]);

/** Items right inside this one, of its branch or of its shortcut, in the order of the text; -1 has those at the top. */
export function childrenOf({ items }: NetText, parent: number, shortcut = false): number[] {
  return items.flatMap((item, i) =>
    item.parent === parent && item.shortcut === shortcut ? [i] : [],
  );
}

/** Items that stand beside this one, itself included. */
export function siblingsOf(net: NetText, place: number): number[] {
  const item = net.items[place];
  return item ? childrenOf(net, item.parent, item.shortcut) : [];
}

/** The range with what lies between two items; that of the second alone where they are no neighbours. */
export function rangeOf(net: NetText, from: number, to: number): Range {
  const among = siblingsOf(net, to);
  if (!among.includes(from)) return { first: to, last: to };
  return { first: Math.min(from, to), last: Math.max(from, to) };
}

/** Where a range stands in the text. */
function spanOf({ items }: NetText, { first, last }: Range) {
  return { begin: items[first]?.begin ?? 0, end: items[last]?.end ?? 0 };
}

export function textOf(net: NetText, range: Range): string {
  const { begin, end } = spanOf(net, range);
  return net.text.slice(begin, end);
}

/**
 * Takes a range away, with the comma beside it. Where nothing is left in brackets, these go too; a
 * shortcut that is empty is none.
 */
export function remove(net: NetText, range: Range): Edit {
  const { begin, end } = spanOf(net, range);
  const among = siblingsOf(net, range.first);
  const item = net.items[range.first];
  if (among.at(-1) !== range.last) return { text: put(net, begin, end + 1, ""), begin }; // with the comma behind
  if (among[0] !== range.first) {
    const before = net.items[among[among.indexOf(range.first) - 1] ?? -1]?.begin ?? 0;
    return { text: put(net, begin - 1, end, ""), begin: before };
  }
  if (!item || item.parent < 0) return { text: put(net, begin, end, ""), begin };
  if (item.shortcut) {
    const owner = net.items[item.parent]?.begin ?? 0;
    return { text: put(net, begin - 1, end, ""), begin: owner };
  }
  return remove(net, { first: item.parent, last: item.parent });
}

export function insert(net: NetText, range: Range, where: "before" | "after", by: string): Edit {
  const { begin, end } = spanOf(net, range);
  return where === "before"
    ? { text: put(net, begin, begin, `${by},`), begin }
    : { text: put(net, end, end, `,${by}`), begin: end + 1 };
}

/** Puts a range into brackets: "res", "depth*". */
export function wrap(net: NetText, range: Range, head: string): Edit {
  const { begin, end } = spanOf(net, range);
  return { text: put(net, begin, end, `${head}(${net.text.slice(begin, end)})`), begin };
}

/** What is in an item's brackets, its shortcut aside; undefined for one that has none. */
function insideOf(net: NetText, place: number): Range | undefined {
  const children = childrenOf(net, place);
  const [first] = children;
  const last = children.at(-1);
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** Puts what an item holds in its place. */
export function unwrap(net: NetText, place: number): Edit {
  const inside = insideOf(net, place);
  const { begin, end } = spanOf(net, { first: place, last: place });
  return { text: inside ? put(net, begin, end, textOf(net, inside)) : net.text, begin };
}

/** A scheme as nets have it: normal[std:0.02]. */
function schemeText({ scheme, ...parameters }: NonNullable<NetItem["weight"]>): string {
  const inside = Object.entries(parameters).map(([id, value]) => `${id}:${String(value)}`);
  return inside.length > 0 ? `${scheme}[${inside.join(";")}]` : scheme;
}

/** An item's text up to its brackets, with one option set; an option without a text is left out. */
function headOf(item: NetItem, name: string, value: string): string {
  const options = Object.entries({ ...item.options, [name]: value })
    .filter(([, text]) => text !== "")
    .map(([id, text]) => `;${id}:${text}`);
  const schemes = (["weight", "bias"] as const).flatMap((id) => {
    const scheme = item[id];
    return scheme ? [`;${id}:${schemeText(scheme)}`] : [];
  });
  return item.block + options.join("") + schemes.join("");
}

/** Where an item's brackets begin, or it ends. */
function headEnd(net: NetText, place: number): number {
  const inside = insideOf(net, place);
  const item = net.items[place];
  return inside ? (net.items[inside.first]?.begin ?? 1) - 1 : (item?.end ?? 0);
}

/** What sets an option of a block: its text up to its brackets. */
export function optionPart(net: NetText, place: number, name: string, value: string): Part[] {
  const item = net.items[place];
  if (!item) return [];
  return [{ begin: item.begin, end: headEnd(net, place), by: headOf(item, name, value) }];
}

/** Sets an option of a block. */
export function setOption(net: NetText, place: number, name: string, value: string): Edit {
  const parts = optionPart(net, place, name, value.trim());
  return { text: spliced(net.text, parts), begin: parts[0]?.begin ?? 0 };
}

/** The place of the last block where it is a `dense` that is not repeated; else -1. */
export function lastDense({ items }: Pick<NetText, "items">): number {
  const place = items.findLastIndex(({ parent }) => parent < 0);
  return items[place]?.block === "dense" ? place : -1;
}

/** Sets how often a repetition is repeated: a number, or "depth". */
export function setCount(net: NetText, place: number, count: string): Edit {
  const begin = net.items[place]?.begin ?? 0;
  return { text: put(net, begin, headEnd(net, place), `${count.trim()}*`), begin };
}
