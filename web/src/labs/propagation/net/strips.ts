/**
 * A network as strips, one for each row of its figures: what stands on the trunk of each, and what in
 * its branches. Repetitions of many rows are folded between the first and the last.
 */
import type { NetItem, PlanResult } from "../../../engine/results.js";
import { isRepeat, treeOf } from "../../../files/net-tree.js";
import type { NetNode } from "../../../files/net-tree.js";

/** What a strip is made of. */
export type Piece =
  | {
      readonly kind: "block";
      readonly place: number;
      readonly item: NetItem;
      readonly inputs: number;
      readonly outputs: number;
    }
  | {
      readonly kind: "res";
      readonly place: number;
      readonly item: NetItem;
      readonly branch: readonly Piece[];
      readonly shortcut: readonly Piece[];
    }
  /** A repetition within a row, which is drawn once. */
  | {
      readonly kind: "repeat";
      readonly place: number;
      readonly item: NetItem;
      readonly inside: readonly Piece[];
    };

export interface Strip {
  readonly kind: "strip";
  readonly row: number;
  readonly pieces: readonly Piece[];
}

/** Rows [from, to) that are as those before them, and how many copies these are. */
export interface Fold {
  readonly kind: "fold";
  readonly from: number;
  readonly to: number;
  readonly copies: number;
}

export type Line = Strip | Fold;

/** Fewer copies are all shown. */
const LEAST_FOLDED = 4;
/** Strips that come again together. */
const MOST_PERIOD = 8;

/** A block as it is drawn within a row, where what is repeated is drawn once. */
function pieceOf(node: NetNode): Piece {
  const { item } = node;
  if (isRepeat(node)) {
    const { place, times } = node;
    return { kind: "repeat", place, item, inside: (times[0] ?? []).map(pieceOf) };
  }
  const { placed, branch, shortcut } = node;
  const { item: place, inputs, outputs } = placed;
  return branch.length === 0
    ? { kind: "block", place, item, inputs, outputs }
    : { kind: "res", place, item, branch: branch.map(pieceOf), shortcut: shortcut.map(pieceOf) };
}

const firstRow = ([node]: readonly NetNode[]): number => {
  if (!node) return -1;
  return isRepeat(node) ? firstRow(node.times[0] ?? []) : node.placed.row;
};

const lastRow = (nodes: readonly NetNode[]): number => {
  const node = nodes.at(-1);
  if (!node) return -1;
  return isRepeat(node) ? lastRow(node.times.at(-1) ?? []) : node.placed.row;
};

/** The strips of a plan, from the inputs on. */
function stripsOf(plan: PlanResult): Strip[] {
  const strips: Strip[] = [];
  const add = (row: number, piece: Piece) => {
    const last = strips.at(-1);
    if (last?.row === row) strips[strips.length - 1] = { ...last, pieces: [...last.pieces, piece] };
    else strips.push({ kind: "strip", row, pieces: [piece] });
  };
  const addAll = (nodes: readonly NetNode[]): void => {
    for (const node of nodes) {
      if (!isRepeat(node)) {
        add(node.placed.row, pieceOf(node));
        continue;
      }
      const { times } = node;
      const row = lastRow(times.at(-1) ?? []);
      if (times.length > 1 && row === firstRow(times[0] ?? [])) add(row, pieceOf(node));
      else times.forEach(addAll);
    }
  };
  addAll(treeOf(plan));
  return strips;
}

/** What tells strips apart: their blocks, and the units that pass through them. */
function signature(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === "block") return `${piece.place}:${piece.inputs}:${piece.outputs}`;
      const inside = piece.kind === "res" ? [...piece.branch, ...piece.shortcut] : piece.inside;
      return `${piece.place}(${signature(inside)})`;
    })
    .join();
}

/** How many strips from `at` on are such that each is as the one `period` before it. */
function runLength(signs: readonly string[], at: number, period: number): number {
  let end = at + period;
  while (end < signs.length && signs[end] === signs[end - period]) ++end;
  return end - at;
}

/** The lines of a plan: of copies that are alike, the first, how many there are, and the last. */
export function linesOf(plan: PlanResult): readonly Line[] {
  const strips = stripsOf(plan);
  const signs = strips.map(({ pieces }) => signature(pieces));
  const lines: Line[] = [];
  for (let at = 0; at < strips.length;) {
    let [period, length] = [1, 0];
    for (let tried = 1; tried <= MOST_PERIOD; ++tried) {
      const run = runLength(signs, at, tried);
      if (run >= LEAST_FOLDED * tried && run > length) [period, length] = [tried, run];
    }
    const copies = Math.floor(length / period);
    if (copies < LEAST_FOLDED) {
      lines.push(...strips.slice(at, ++at));
      continue;
    }
    const last = at + (copies - 1) * period;
    lines.push(...strips.slice(at, at + period), {
      kind: "fold",
      from: strips[at + period]?.row ?? 0,
      to: strips[last]?.row ?? 0,
      copies: copies - 2,
    });
    lines.push(...strips.slice(last, last + period));
    at = last + period;
  }
  return lines;
}
