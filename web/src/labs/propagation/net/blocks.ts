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

/** The mean square of what a block adds to the trunk, and of the trunk; NaN in rows that join nothing. */
export function joinedOf({ trunk, branch, rows }: PropagationResult) {
  if (!trunk || !branch || !rows) return undefined;
  const added = branch.secondMoment.map((value, i) => value * (rows[i]?.scale ?? 1) ** 2);
  const whole = (values: Float64Array, bad: Float64Array) =>
    values.map((value, i) => ((bad[i] ?? 0) > 0 ? Infinity : value));
  return {
    trunk: whole(trunk.secondMoment, trunk.nonfinite),
    branch: whole(added, branch.nonfinite),
    places: rows.flatMap(({ block }, i) => (block === "res" ? [i] : [])),
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
  const places = (rows ?? []).flatMap(({ block }, i) => (block === "res" ? [i] : []));
  const sum = activation.secondMoment;
  return places.every(
    (i, k) =>
      sum[i] === preactivation.secondMoment[i] &&
      (k === 0 || trunk?.secondMoment[i] === sum[places[k - 1] ?? 0]),
  );
}
