/** How far signal and gradient of a propagation keep their size: measured, not predicted. */
import type { PropagationResult } from "../../../engine/results.js";

import { trendOf } from "../../trend.js";
import { wayOfRows } from "../way.js";

export { STEADY_RATIO as STEADY } from "../../trend.js";

/** Within this factor over its whole depth a network still passes signal and gradient on. */
export const HOLDS = 10;

/** A mean square on its way: the signal's from the inputs on, the gradient's from the last layer back. */
export interface Way {
  /** At every layer on the way; NaN where values are not finite. */
  readonly values: readonly number[];
  readonly first: number;
  readonly last: number;
  /** Largest over smallest on the way; infinite where it is 0 or not finite somewhere. */
  readonly spread: number;
  /** Layers from its start on over which it stays within HOLDS. */
  readonly reach: number;
  /** Place on the way where it is 0, or not finite, for the first time. */
  readonly zero: number | undefined;
  readonly overflow: number | undefined;
}

export interface Reading {
  /** How many layers are on the way, or blocks of a net. */
  readonly depth: number;
  /** Their places among the result's rows, from 0: all layers, or the blocks of a net's trunk. */
  readonly places: readonly number[];
  readonly signal: Way;
  readonly gradient: Way;
}

function placeOf(values: readonly number[], holds: (value: number) => boolean): number | undefined {
  const place = values.findIndex(holds);
  return place < 0 ? undefined : place;
}

function wayOf(values: readonly number[]): Way {
  let [least, most, reach] = [Infinity, 0, -1];
  for (const value of values) {
    if (!(value > 0 && value < Infinity)) break;
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (most > HOLDS * least) break;
    ++reach;
  }
  const { first, last, least: lowest, most: highest } = trendOf(values);
  return {
    values,
    first,
    last,
    spread: lowest > 0 && highest < Infinity ? highest / lowest : Infinity,
    reach: Math.max(0, reach),
    zero: placeOf(values, (value) => value === 0),
    overflow: placeOf(values, (value) => !Number.isFinite(value)),
  };
}

/** Of many networks, the median's. */
export function readingOf(result: PropagationResult): Reading {
  const { input, activation, gradient, ranges, rows } = result;
  const forward = ranges?.secondMoment.median ?? activation.secondMoment;
  const backward = ranges?.gradient.median ?? gradient.secondMoment;
  const finite = (values: Float64Array, nonfinite: Float64Array) =>
    [...values].map((value, i) => (!ranges && (nonfinite[i] ?? 0) > 0 ? NaN : value));
  const places = rows ? wayOfRows(rows) : [...forward.keys()];
  const along = (values: readonly number[]) => places.map((i) => values[i] ?? NaN);
  const signal = finite(forward, activation.nonfinite);
  const [first = 0] = places;
  const start = first === 0 ? input.secondMoment : (signal[first - 1] ?? NaN);
  // Without a value that is not finite, NaN is no overflow: there is no gradient in that place.
  const absent = (i: number) =>
    Number.isNaN(gradient.secondMoment[i]) && gradient.nonfinite[i] === 0;
  const seen = places.filter((i) => !absent(i));
  const back = finite(backward, gradient.nonfinite);
  return {
    depth: places.length,
    places,
    signal: wayOf([start, ...along(signal)]),
    gradient: wayOf(seen.map((i) => back[i] ?? NaN).reverse()),
  };
}

/** The larger of the two spreads: what a network loses at its worst. */
export function worstOf({ signal, gradient }: Reading): number {
  return Math.max(signal.spread, gradient.spread);
}

/** Layers over which both hold. A gradient of one layer has no way to go. */
export function reachOf({ signal, gradient }: Reading): number {
  return Math.min(signal.reach, gradient.reach + 1);
}
