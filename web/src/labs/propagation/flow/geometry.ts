/** Where the strips of the drawn network lie: sizes and layers in, pixels out. */
import { positiveExtent, union } from "../../../charts/plot.js";
import type { Interval } from "../../../charts/plot.js";
import { drawable } from "../../../charts/series.js";
import type { Series } from "../../../charts/series.js";

/** An axis of sizes reaches at least so far about where the signal starts: a steady one fills most of it. */
const ROOM = { below: 0.01, above: 4 };
/** Something that is there is seen, however small. */
const LEAST = 4;
/** Nearer layers share a strip, so that one is never finer than this. */
const FINEST = 4;
const WIDEST = 30;
/** Of the distance from one strip to the next. */
const SHARE = 0.8;

/** The size from which a signal starts; of gradients, which run back, that of the last layer. */
export function startOf({ values }: Pick<Series, "values">, backward: boolean): number {
  return (backward ? values.at(-1) : values[0]) ?? NaN;
}

/** What the axis of sizes must hold: all that can be drawn, with room about the start. */
export function sizesOf(series: Series, backward: boolean): Interval {
  const all = positiveExtent(drawable(series).map((l) => series.values[l - series.first] ?? NaN));
  const measured = startOf(series, backward);
  const start = measured > 0 && Number.isFinite(measured) ? measured : all.from;
  return union(all, {
    from: Math.max(start * ROOM.below, Number.MIN_VALUE),
    to: Math.min(start * ROOM.above, Number.MAX_VALUE),
  });
}

/** Height of a size on a logarithmic axis: 0 for 0, NaN for what is no size. */
export function heightOf(size: number, { from, to }: Interval, most: number): number {
  if (size === 0) return 0;
  if (!(size > 0) || size === Infinity) return NaN;
  const share = (Math.log(size) - Math.log(from)) / (Math.log(to) - Math.log(from));
  return LEAST + (most - LEAST) * Math.min(1, Math.max(0, share));
}

export interface Strip {
  readonly layer: number;
  readonly x: number;
  readonly width: number;
}

/** A strip a layer, or one for several that are near each other. */
export function stripsOf(first: number, last: number, x: (layer: number) => number): Strip[] {
  const apart = x(first + 1) - x(first);
  const step = Math.max(1, Math.ceil(FINEST / apart));
  const width = step > 1 ? apart * step : Math.min(WIDEST, apart * SHARE);
  const strips: Strip[] = [];
  for (let layer = first; layer <= last; layer += step)
    strips.push({ layer, x: x(layer) - width / 2, width });
  return strips;
}
