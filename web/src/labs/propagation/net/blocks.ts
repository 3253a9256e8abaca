/** Which of a net's rows its figures and its verdict follow, and what they are called. */
import type { NetRow, PropagationResult } from "../../../engine/results.js";
import type { NetWords } from "../../../i18n/net-figures.en.js";
import { wayOfRows } from "../way.js";

export interface Blocks {
  readonly rows: readonly NetRow[];
  /** Whether the network has residual blocks, whose rows are its trunk. */
  readonly trunk: boolean;
  /** Places, from 0, of the rows that signal and gradient are judged along: the trunk, or the activations. */
  readonly way: readonly number[];
  /** What stands at layer l of a figure, the inputs being layer 0. */
  readonly at: (layer: number) => string;
  readonly tick: (layer: number) => string;
}

export function blocksOf(rows: readonly NetRow[], words: NetWords): Blocks {
  const way = wayOfRows(rows);
  const label = (layer: number) => rows[layer - 1]?.label ?? String(layer);
  return {
    rows,
    trunk: rows.some(({ block }) => block === "res"),
    way,
    at: (layer) => (layer === 0 ? words.input : label(layer)),
    tick: (layer) => (layer === 0 ? words.inputTick : label(layer)),
  };
}

/** A moment by row, Infinity where not all numbers are finite. */
export function momentOf<M extends "secondMoment" | "variance">(
  signal: Readonly<Record<M | "nonfinite", Float64Array>>,
  moment: M,
): Float64Array {
  return signal[moment].map((value, i) => ((signal.nonfinite[i] ?? 0) > 0 ? Infinity : value));
}

/** Places, from 0, of the rows that residual blocks lead to. */
const joinsOf = (rows: readonly NetRow[]): number[] =>
  rows.flatMap(({ block }, i) => (block === "res" ? [i] : []));

/** The mean square of what a block adds to the trunk, and of the trunk; NaN in rows that join nothing. */
export function joinedOf({ trunk, branch, rows }: PropagationResult) {
  if (!trunk || !branch || !rows) return undefined;
  const added = branch.secondMoment.map((value, i) => value * (rows[i]?.scale ?? 1) ** 2);
  return {
    trunk: momentOf(trunk, "secondMoment"),
    branch: momentOf({ ...branch, secondMoment: added }, "secondMoment"),
    places: joinsOf(rows),
  };
}

/** Whether the trunk comes through as it is where branches are 0: no shortcut, norm or activation is on it. */
export function trunkPasses(result: PropagationResult): boolean {
  const { trunk, input, activation, rows } = result;
  const first = (rows ?? []).findIndex(({ block }) => block === "res");
  const before = first === 0 ? input.secondMoment : activation.secondMoment[first - 1];
  return handsOn(result) && trunk?.secondMoment[first] === before;
}

/** Whether each block hands its sum on as it is, to the next one's trunk. */
export function handsOn({ trunk, activation, preactivation, rows }: PropagationResult): boolean {
  const places = joinsOf(rows ?? []);
  const sum = activation.secondMoment;
  return places.every(
    (i, k) =>
      sum[i] === preactivation.secondMoment[i] &&
      (k === 0 || trunk?.secondMoment[i] === sum[places[k - 1] ?? 0]),
  );
}
