/** Quantities by layer, as figures draw them: measured, predicted, and with faults marked. */

export type Direction = "forward" | "backward";

/** Where theory expects 95 % of networks. */
export interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface Series {
  readonly slot: number;
  readonly name: string;
  /** Element l - 1 is layer l; NaN from the first layer on that is not finite. */
  readonly values: Float64Array;
  /** First layer, in the signal's direction, with a value that is not finite; 0 for none. */
  readonly overflow: number;
  /** First layer, in the signal's direction, from which on every value is 0; 0 for none. */
  readonly vanished: number;
  /** By layer; left out where theory says nothing. */
  readonly theory?: Float64Array;
  readonly band?: Band;
  /** Least and greatest over the networks that were drawn; `values` are their medians. */
  readonly range?: { readonly least: Float64Array; readonly greatest: Float64Array };
}

/** Values with their faults marked, in the signal's direction. */
export function marked(
  slot: number,
  name: string,
  measured: Float64Array,
  direction: Direction,
  broken: (i: number) => boolean,
  zero: (i: number) => boolean,
): Series {
  const values = Float64Array.from(measured);
  const order = [...values.keys()];
  if (direction === "backward") order.reverse();
  const first = order.findIndex(broken);
  if (first >= 0) for (const i of order.slice(first)) values[i] = NaN;
  const last = order.findLastIndex((i) => !zero(i));
  const layerAt = (position: number) => (order[position] ?? -1) + 1;
  return {
    slot,
    name,
    values,
    overflow: first >= 0 ? layerAt(first) : 0,
    vanished: first >= 0 ? 0 : layerAt(last + 1),
  };
}

/** A positive quantity by layer that says itself where it is 0 or not finite. */
export function plainSeries(
  slot: number,
  name: string,
  values: Float64Array,
  direction: Direction,
): Series {
  return marked(
    slot,
    name,
    values,
    direction,
    (i) => !Number.isFinite(values[i]),
    (i) => values[i] === 0,
  );
}

/** Layers, from 1, whose value can be drawn on a logarithmic axis. */
export function drawable(series: Series): number[] {
  const layers: number[] = [];
  series.values.forEach((value, i) => {
    if (value > 0 && Number.isFinite(value)) layers.push(i + 1);
  });
  return layers;
}

/** A quantity by layer on a linear axis. */
export interface Fractions {
  readonly slot: number;
  readonly name: string;
  readonly values: Float64Array;
  /** Layers before the first whose activations are not all finite: only these are shown. */
  readonly shown: number;
  readonly theory?: Float64Array;
}
