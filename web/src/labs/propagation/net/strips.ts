/**
 * A network as strips, one for each row of its figures: what stands on the trunk of each, and what in
 * its branches. Repetitions of many rows are folded between the first and the last.
 */
import type { NetItem, PlacedBlock, PlanResult } from "../../../engine/results.js";
import { childrenOf } from "./splice.js";

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

/** A piece of the trunk with the row that it leads to, or copies of such. */
type Node =
  | { readonly row: number; readonly piece: Piece }
  | { readonly place: number; readonly item: NetItem; readonly copies: readonly Node[][] };

/** Goes through the items as the engine did, a block at a time. */
class Walk {
  private next = 0;

  constructor(private readonly plan: PlanResult) {}

  private take(): PlacedBlock | undefined {
    return this.plan.blocks[this.next++];
  }

  private children(place: number, shortcut = false): number[] {
    return childrenOf(this.plan, place, shortcut);
  }

  private item(place: number): NetItem {
    const item = this.plan.items[place];
    if (!item) throw new Error("a plan names an item that it does not have");
    return item;
  }

  /** What stands within a row. */
  private pieces(places: readonly number[]): Piece[] {
    return places.map((place) => this.piece(place).piece);
  }

  private piece(place: number): { readonly row: number; readonly piece: Piece } {
    const item = this.item(place);
    if (item.block === "") {
      const inside = this.pieces(this.children(place));
      for (let i = 1; i < item.count; ++i) this.pieces(this.children(place));
      const row = this.plan.blocks[this.next - 1]?.row ?? 0;
      return { row, piece: { kind: "repeat", place, item, inside } };
    }
    const inner = this.children(place);
    if (inner.length === 0) {
      const { inputs = 0, outputs = 0, row = 0 } = this.take() ?? {};
      return { row, piece: { kind: "block", place, item, inputs, outputs } };
    }
    const shortcut = this.pieces(this.children(place, true));
    const branch = this.pieces(inner);
    const { row = 0 } = this.take() ?? {};
    return { row, piece: { kind: "res", place, item, branch, shortcut } };
  }

  /** The trunk, whose repetitions are kept copy by copy. */
  nodes(places: readonly number[]): Node[] {
    return places.map((place) => {
      const item = this.item(place);
      if (item.block !== "") return this.piece(place);
      const inside = this.children(place);
      return { place, item, copies: Array.from({ length: item.count }, () => this.nodes(inside)) };
    });
  }
}

const firstRow = (nodes: readonly Node[]): number => {
  const [node] = nodes;
  if (!node) return -1;
  return "piece" in node ? node.row : firstRow(node.copies[0] ?? []);
};

const lastRow = (nodes: readonly Node[]): number => {
  const node = nodes.at(-1);
  if (!node) return -1;
  return "piece" in node ? node.row : lastRow(node.copies.at(-1) ?? []);
};

/** The pieces of a copy that is drawn within a row. */
function piecesOf(nodes: readonly Node[]): Piece[] {
  return nodes.map((node) =>
    "piece" in node
      ? node.piece
      : {
          kind: "repeat",
          place: node.place,
          item: node.item,
          inside: piecesOf(node.copies[0] ?? []),
        },
  );
}

/** The strips of a plan, from the inputs on. */
function stripsOf(plan: PlanResult): Strip[] {
  const strips: Strip[] = [];
  const add = (row: number, piece: Piece) => {
    const last = strips.at(-1);
    if (last?.row === row) strips[strips.length - 1] = { ...last, pieces: [...last.pieces, piece] };
    else strips.push({ kind: "strip", row, pieces: [piece] });
  };
  const addAll = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if ("piece" in node) {
        add(node.row, node.piece);
        continue;
      }
      const { copies, place, item } = node;
      const [first = []] = copies;
      const row = lastRow(copies.at(-1) ?? []);
      if (copies.length > 1 && row === firstRow(first))
        add(row, { kind: "repeat", place, item, inside: piecesOf(first) });
      else copies.forEach(addAll);
    }
  };
  addAll(new Walk(plan).nodes(childrenOf(plan, -1)));
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
