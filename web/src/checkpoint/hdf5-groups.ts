/** What a group links to: a B-tree of names in old files, messages in new ones. */
import type { Hdf5File, Message } from "./hdf5-file.js";
import { MESSAGE } from "./hdf5-file.js";
import { cut } from "./hdf5-types.js";
import { byteAt } from "./refusal.js";

/** A hard link. Those that lead elsewhere in the file (soft ones) are passed over: what they name has its own. */
export interface Link {
  readonly name: string;
  /** Of the object's header. */
  readonly at: number;
}

/** Bytes of a name. */
const MOST_NAME = 1024;
/** Of a B-tree: the tree with its levels is not deeper. */
const MOST_LEVEL = 64;
const SOFT_CACHE = 2;
const HARD = 0;
const EXTERNAL = 64;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function nameOf(file: Hdf5File, bytes: Uint8Array, place: string): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return file.refuse("header", place, "UTF-8");
  }
}

/** The links of an object header, which are none where it is no group. */
export async function linksOf(
  file: Hdf5File,
  messages: readonly Message[],
  path: string,
): Promise<Link[]> {
  const links: Link[] = [];
  for (const { type, view } of messages) {
    if (type === MESSAGE.symbolTable) await addTree(file, view, path, links);
    if (type === MESSAGE.link) addLink(file, view, path, links);
    if (type === MESSAGE.linkInfo) checkNotDense(file, view, path);
  }
  return links;
}

/** Many links of a new group lie in a heap of their own, which is not read. */
function checkNotDense(file: Hdf5File, view: DataView, path: string): void {
  const heap = (view.getUint8(1) & 1) !== 0 ? 10 : 2;
  if (file.address(view, heap, path) !== null) file.refuse("h5_dense", path, "fractal heap");
}

/** A link message. */
function addLink(file: Hdf5File, view: DataView<ArrayBuffer>, path: string, links: Link[]): void {
  const flags = view.getUint8(1);
  let at = 2;
  const type = (flags & 8) !== 0 ? view.getUint8(at++) : HARD;
  if ((flags & 4) !== 0) at += 8; // the order in which it was made
  if ((flags & 16) !== 0) at += 1; // the encoding of the name
  const width = 2 ** (flags & 3);
  let length = 0;
  for (let i = width - 1; i >= 0; --i) length = length * 256 + view.getUint8(at + i);
  const name = nameOf(file, cut(view, at + width, length), path);
  if (type === EXTERNAL) file.refuse("h5_link", `${path}/${name}`, "external link");
  const target = type === HARD ? file.address(view, at + width + length, name) : null;
  if (target !== null) links.push({ name, at: target });
}

/** A node that is still to be read: one of the tree has a lower level than the one above it. */
interface Node {
  readonly at: number;
  readonly below: number;
}

/** The links of a symbol table: a tree whose leaves list places of names in a heap. */
async function addTree(file: Hdf5File, view: DataView, path: string, links: Link[]): Promise<void> {
  const tree = file.address(view, 0, path);
  const heap = file.address(view, 8, path);
  if (tree === null || heap === null) return;
  const head = await file.view(heap, 32);
  if (!file.signed(head, "HEAP")) file.refuse("header", byteAt(heap), "HEAP");
  const names = {
    at: file.whole(head, 24, byteAt(heap + 24)),
    size: file.whole(head, 8, byteAt(heap + 8)),
  };
  const seen = new Set<number>();
  const open: Node[] = [{ at: tree, below: MOST_LEVEL }];
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node.at)) file.refuse("header", byteAt(node.at), "B-tree");
    seen.add(node.at);
    file.spend(1);
    const first = await file.view(node.at, 8);
    if (file.signed(first, "TREE"))
      for (const child of await childrenOf(file, first, node)) open.push(child);
    else if (file.signed(first, "SNOD")) await addLeaf(file, first, node.at, names, links);
    else file.refuse("header", byteAt(node.at), "TREE, SNOD");
  }
}

/** The nodes below one of a tree, the last one first. */
async function childrenOf(file: Hdf5File, first: DataView, { at, below }: Node): Promise<Node[]> {
  const [type, level, count] = [first.getUint8(4), first.getUint8(5), first.getUint16(6, true)];
  if (type !== 0) file.refuse("header", byteAt(at + 4), type);
  if (level >= below) file.refuse("depth", byteAt(at + 5), `${level} >= ${below}`);
  file.spend(count);
  // Two siblings, then a key before each child.
  const view = await file.view(at + 24, 16 * count);
  return Array.from({ length: count }, (_, i) => ({
    at: file.whole(view, 16 * (count - 1 - i) + 8, byteAt(at)),
    below: level,
  }));
}

async function addLeaf(
  file: Hdf5File,
  first: DataView,
  at: number,
  names: { readonly at: number; readonly size: number },
  links: Link[],
): Promise<void> {
  const count = first.getUint16(6, true);
  file.spend(count);
  const view = await file.view(at + 8, 40 * count);
  for (let i = 0; i < count; ++i) {
    const offset = file.whole(view, 40 * i, byteAt(at));
    if (offset >= names.size) file.refuse("header", byteAt(at), `${offset} >= ${names.size}`);
    const bytes = await file.bytes(names.at + offset, Math.min(names.size - offset, MOST_NAME));
    const end = bytes.indexOf(0);
    if (end < 0) file.refuse("limit", byteAt(names.at + offset), `> ${MOST_NAME}`);
    const name = nameOf(file, bytes.subarray(0, end), byteAt(names.at + offset));
    const target = file.address(view, 40 * i + 8, name);
    if (target !== null && view.getUint32(40 * i + 16, true) !== SOFT_CACHE)
      links.push({ name, at: target });
  }
}
