/** What the propagation figures show of a result: series by layer, with their faults marked. */
import type { PropagationResult, Signal } from "../../engine/results.js";

export interface Series {
  readonly slot: number;
  readonly name: string;
  /** Element l - 1 is layer l; NaN from the first layer on that is not finite. */
  readonly values: Float64Array;
  /** First layer, in the signal's direction, with a value that is not finite; 0 for none. */
  readonly overflow: number;
  /** First layer, in the signal's direction, from which on every value is 0; 0 for none. */
  readonly vanished: number;
}

/** A signal's variance by layer. Activations run from layer 1 on, gradients from the last back. */
export function varianceSeries(
  slot: number,
  name: string,
  signal: Signal,
  direction: "forward" | "backward",
): Series {
  const values = Float64Array.from(signal.variance);
  const order = [...values.keys()];
  if (direction === "backward") order.reverse();
  const broken = order.findIndex((i) => (signal.nonfinite[i] ?? 0) > 0);
  if (broken >= 0) for (const i of order.slice(broken)) values[i] = NaN;
  const isZero = (i: number) => signal.min[i] === 0 && signal.max[i] === 0;
  const last = order.findLastIndex((i) => !isZero(i));
  const layerAt = (position: number) => (order[position] ?? -1) + 1;
  return {
    slot,
    name,
    values,
    overflow: broken >= 0 ? layerAt(broken) : 0,
    vanished: broken >= 0 ? 0 : layerAt(last + 1),
  };
}

/** Layers, from 1, whose value can be drawn on a logarithmic axis. */
export function drawable(series: Series): number[] {
  const layers: number[] = [];
  series.values.forEach((value, i) => {
    if (value > 0 && Number.isFinite(value)) layers.push(i + 1);
  });
  return layers;
}

/** Geometric mean of the change from one layer to the next over the layers that can be drawn. */
export function factorPerLayer(series: Series): number {
  const layers = drawable(series);
  const first = layers[0] ?? 0;
  const last = layers.at(-1) ?? 0;
  if (last <= first) return 1;
  const from = series.values[first - 1] ?? 1;
  const to = series.values[last - 1] ?? 1;
  return Math.exp(Math.log(to / from) / (last - first));
}

export interface Fractions {
  readonly slot: number;
  readonly name: string;
  readonly values: Float64Array;
  /** Layers before the first whose activations are not all finite: only these are shown. */
  readonly shown: number;
}

/** At most `most` layers spread evenly over 1..depth, both ends included. */
export function selectedLayers(depth: number, most: number): number[] {
  if (depth <= most) return Array.from({ length: depth }, (_, i) => i + 1);
  return Array.from({ length: most }, (_, i) => 1 + Math.round((i * (depth - 1)) / (most - 1)));
}

/** How many layers, from the first, have only finite activations. */
export function finiteLayers(result: PropagationResult): number {
  const first = result.activation.nonfinite.findIndex((count) => count > 0);
  return first < 0 ? result.activation.nonfinite.length : first;
}
