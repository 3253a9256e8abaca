/** A network's plan as what programs are made of: its blocks as they nest, with what each is given. */
import type { NetItem, PlacedBlock, PlanResult } from "../engine/results.js";

/** A block where it stands, or a residual one around others. */
export interface BlockNode {
  readonly item: NetItem;
  readonly placed: PlacedBlock;
  /** Of a residual block, in the order in which their weights count; none of any other. */
  readonly shortcut: readonly NetNode[];
  readonly branch: readonly NetNode[];
}

/** What is repeated, each time as it stands there: units, and what draws a weight, may differ. */
export interface RepeatNode {
  readonly place: number;
  readonly item: NetItem;
  readonly times: readonly (readonly NetNode[])[];
}

export type NetNode = BlockNode | RepeatNode;

export const isRepeat = (node: NetNode): node is RepeatNode => "times" in node;

/** The plan's blocks stand one behind the other once repetitions are written out: they are taken in turn. */
export function treeOf({ items, blocks }: Pick<PlanResult, "items" | "blocks">): NetNode[] {
  const within = new Map<number, number[]>();
  items.forEach(({ parent }, place) => {
    within.set(parent, [...(within.get(parent) ?? []), place]);
  });
  let next = 0;
  const nodes = (places: readonly number[]): NetNode[] => places.map(node);
  const node = (place: number): NetNode => {
    const item = items[place];
    const inside = within.get(place) ?? [];
    if (item?.block === "")
      return { place, item, times: Array.from({ length: item.count }, () => nodes(inside)) };
    const shortcut = nodes(inside.filter((each) => items[each]?.shortcut));
    const branch = nodes(inside.filter((each) => !items[each]?.shortcut));
    const placed = blocks[next++];
    if (!item || placed?.item !== place) throw new Error(`block ${next} is not item ${place}`);
    return { item, placed, shortcut, branch };
  };
  return nodes(within.get(-1) ?? []);
}

/** Equal neighbours as one, with their number. */
export function runsOf<T>(
  list: readonly T[],
  key: (each: T) => string,
): { of: T; count: number }[] {
  const runs: { of: T; key: string; count: number }[] = [];
  for (const of of list) {
    const own = key(of);
    const last = runs.at(-1);
    if (last?.key === own) ++last.count;
    else runs.push({ of, key: own, count: 1 });
  }
  return runs;
}
