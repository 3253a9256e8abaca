/**
 * How a quantity grows over the blocks of a net: what trend.ts says, and where that is no factor per block,
 * whether it runs along a straight line, or as 1/l, which residual networks tend to.
 */
import { trendOf } from "./trend.js";
import type { Trend } from "./trend.js";

export interface Growth extends Omit<Trend, "kind"> {
  readonly kind: Trend["kind"] | "linear" | "reciprocal";
  /** Of a line: what is added per block. */
  readonly slope: number;
  /** Of 1/l: values are in proportion to 1/(i + offset), i the place from 0. */
  readonly offset: number;
}

/** Fewer values say nothing of a shape. */
const LEAST_VALUES = 6;
/** A shape has this share of the logarithms' variance explained. */
const LEAST_R2 = 0.99;
/** No value is further off than this share of the whole change, in logarithms. */
const MOST_RESIDUAL = 0.07;
/** It is told from the other two where its squared error in logarithms is this many times smaller. */
const DISTINCT = 6;
/** By how many times it has to fit better than shapes that have no name here. */
const BETTER = 2;

/** What makes a straight line of a shape, and back; values are divided by the first. */
interface Shape {
  readonly to: (y: number) => number;
  readonly from: (x: number) => number;
}

const SHAPES = {
  factor: { to: Math.log, from: Math.exp },
  linear: { to: (y: number) => y, from: (x: number) => x },
  reciprocal: { to: (y: number) => 1 / y, from: (x: number) => 1 / x },
} as const;
type Named = keyof typeof SHAPES;

/** Shapes that are none of these, and near to one of them over few blocks: exp(a sqrt(l)), squares and roots. */
const OTHERS: readonly Shape[] = [1, -1]
  .map((sign): Shape => ({
    to: (y) => Math.log(y) ** 2,
    from: (x) => Math.exp(sign * Math.sqrt(Math.max(0, x))),
  }))
  .concat(
    [2, 0.5, -0.5, -2].map((power) => ({ to: (y) => y ** power, from: (x) => x ** (1 / power) })),
  );

/** By how much of itself a value is changed to see what that does to a shape. */
const STEP = 1e-3;

/** The line under a shape whose error is least where it is that of logarithms, and that error. */
function fitted({ to, from }: Shape, values: readonly number[]) {
  const sums = { w: 0, x: 0, y: 0, xx: 0, xy: 0 };
  values.forEach((value, i) => {
    const y = to(value);
    const slope = (to(value * (1 + STEP)) - to(value * (1 - STEP))) / (2 * STEP);
    const weight = 1 / Math.max(slope ** 2, STEP ** 2);
    sums.w += weight;
    sums.x += weight * i;
    sums.y += weight * y;
    sums.xx += weight * i * i;
    sums.xy += weight * i * y;
  });
  const slope = (sums.w * sums.xy - sums.x * sums.y) / (sums.w * sums.xx - sums.x ** 2);
  const start = (sums.y - slope * sums.x) / sums.w;
  const off = values.map((y, i) => Math.log(from(start + slope * i) / y));
  const error = off.reduce((sum, x) => sum + x * x, 0);
  const furthest = Math.max(...off.map(Math.abs));
  return { start, slope, error: Number.isNaN(error) ? Infinity : error, furthest };
}

/**
 * Of positive values, block by block. A shape is named where it is nearly straight and fits far better than
 * each of the others; what two shapes describe alike is told by its ends.
 */
export function growthOf(values: ArrayLike<number>): Growth {
  const trend = trendOf(values);
  const growth = { ...trend, slope: NaN, offset: NaN };
  if (trend.kind === "steady" || !(trend.least > 0) || values.length < LEAST_VALUES) return growth;
  const unit = values[0] ?? 1;
  const all = Array.from(values, (y) => y / unit);
  const logs = all.map(Math.log);
  const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
  const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const range = Math.log(trend.most / trend.least);
  const [best, next] = (Object.keys(SHAPES) as Named[])
    .map((shape) => ({ shape, ...fitted(SHAPES[shape], all) }))
    .toSorted((a, b) => a.error - b.error);
  const other = Math.min(...OTHERS.map((shape) => fitted(shape, all).error));
  if (
    !best ||
    !(best.error <= (1 - LEAST_R2) * variance && best.furthest <= MOST_RESIDUAL * range) ||
    (next?.error ?? 0) < DISTINCT * best.error ||
    other < BETTER * best.error
  )
    return { ...growth, kind: "ends" };
  return {
    ...growth,
    kind: best.shape,
    slope: best.shape === "linear" ? best.slope * unit : NaN,
    offset: best.shape === "reciprocal" ? best.start / best.slope : NaN,
  };
}
