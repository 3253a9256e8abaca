/** Quantities by layer, as figures draw them: measured, predicted, and with faults marked. */

export type Direction = "forward" | "backward";

/** Where networks lie: two standard deviations about theory's line, or 95 % of those drawn. */
export interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly drawn: boolean;
}

export interface Series {
  readonly slot: number;
  readonly name: string;
  /** The layer of element 0: 0 where the inputs are shown, else 1. */
  readonly first: number;
  /** By layer; NaN from the first layer on that is not finite. */
  readonly values: Float64Array;
  /** First layer, in the signal's direction, with a value that is not finite. */
  readonly overflow: number | undefined;
  /** First layer, in the signal's direction, from which on every value is 0. */
  readonly vanished: number | undefined;
  /** By layer; left out where theory says nothing. */
  readonly theory?: Float64Array;
  readonly band?: Band;
  /** Whether its dots are not filled, beside others of its colour. */
  readonly hollow?: boolean;
  /** Least and greatest over the networks that were drawn; `values` are their medians. */
  readonly range?: { readonly least: Float64Array; readonly greatest: Float64Array };
}

/** Values by layer with the inputs' before them, as layer 0. */
export function fromInputs(input: number, values: Float64Array): Float64Array {
  return Float64Array.of(input, ...values);
}

/** Values with their faults marked, in the signal's direction. */
export function marked(
  base: Pick<Series, "slot" | "name" | "first">,
  measured: ArrayLike<number>,
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
  const layerAt = (position: number) => {
    const i = order[position];
    return i === undefined ? undefined : i + base.first;
  };
  return {
    ...base,
    values,
    overflow: layerAt(first),
    vanished: first >= 0 ? undefined : layerAt(last + 1),
  };
}

/** A positive quantity by layer that says itself where it is 0 or not finite. */
export function plainSeries(
  slot: number,
  name: string,
  values: ArrayLike<number>,
  direction: Direction,
  first = 1,
): Series {
  return marked(
    { slot, name, first },
    values,
    direction,
    (i) => !Number.isFinite(values[i]),
    (i) => values[i] === 0,
  );
}

/** Layers whose value can be drawn on a logarithmic axis. */
export function drawable({ values, first }: Pick<Series, "values" | "first">): number[] {
  const layers: number[] = [];
  values.forEach((value, i) => {
    if (value > 0 && Number.isFinite(value)) layers.push(first + i);
  });
  return layers;
}

/** A quantity by layer, from layer 1, on a linear axis. */
export interface Fractions {
  readonly slot: number;
  readonly name: string;
  readonly values: Float64Array;
  /** Layers before the first whose activations are not all finite: only these are shown. */
  readonly shown: number;
  readonly theory?: Float64Array;
}

/** Of a share or a correlation: nearer than a dot is wide. */
export const sameShare = (a: number, b: number) => Math.abs(a - b) < 0.005;
/** Of a magnitude on a logarithmic axis. */
export const sameMagnitude = (a: number, b: number) => a === b || Math.abs(Math.log(a / b)) < 0.01;

/** Whether two series are the same wherever both are drawn. */
function lieTogether(
  a: Pick<Fractions, "values"> & { readonly shown?: number },
  b: Pick<Fractions, "values"> & { readonly shown?: number },
  same: (a: number, b: number) => boolean,
): boolean {
  const count = Math.min(a.shown ?? a.values.length, b.shown ?? b.values.length);
  const both = Array.from({ length: count }, (_, i) => [a.values[i], b.values[i]] as const).filter(
    (pair): pair is readonly [number, number] => !pair.some((x) => x === undefined || isNaN(x)),
  );
  // Where one has far fewer values than the other, few of them say nothing of the rest.
  const drawn = ({ values }: typeof a) =>
    Array.from(values.slice(0, count)).filter(Number.isFinite);
  const longer = Math.max(drawn(a).length, drawn(b).length);
  return 2 * both.length >= longer && both.length > 0 && both.every(([x, y]) => same(x, y));
}

/** Which series lie on one another, as lists of their places. */
export function coinciding(
  all: readonly (Pick<Fractions, "values"> & { readonly shown?: number })[],
  same: (a: number, b: number) => boolean,
): number[][] {
  const groups: number[][] = [];
  all.forEach((series, i) => {
    const group = groups.find((members) =>
      members.every((k) => lieTogether(all[k] ?? series, series, same)),
    );
    if (group) group.push(i);
    else groups.push([i]);
  });
  return groups;
}

/** Of each series, its turn among those that it coincides with. */
export interface Turn {
  readonly turn: number;
  readonly of: number;
}

export function turns(groups: readonly (readonly number[])[], count: number): Turn[] {
  return Array.from({ length: count }, (_, i) => {
    const group = groups.find((members) => members.includes(i)) ?? [i];
    return { turn: group.indexOf(i), of: group.length };
  });
}
