/** What the propagation figures show of a result: series by layer, theory, and faults marked. */
import { drawable, marked, plainSeries } from "../../charts/series.js";
import type { Direction, Series } from "../../charts/series.js";
import { catalogue } from "../../engine/catalogue.js";
import type { PropagationResult, Ranges, Signal, Theory } from "../../engine/results.js";

/** A signal's variance by layer. Activations run from layer 1 on, gradients from the last back. */
export function varianceSeries(
  slot: number,
  name: string,
  signal: Signal,
  direction: Direction,
): Series {
  return marked(
    slot,
    name,
    signal.variance,
    direction,
    (i) => (signal.nonfinite[i] ?? 0) > 0,
    (i) => signal.min[i] === 0 && signal.max[i] === 0,
  );
}

/** Fewer networks than these say little of where 95 % lie. */
export const LEAST_FOR_BAND = 40;

/** The band of a log-normal quantity; undefined where there is no formula for its spread. */
function formulaBand({ logNormal }: Theory, mean: Float64Array, spread: Float64Array) {
  if (spread.length === 0) return undefined;
  const at = (sign: number) =>
    mean.map((value, i) => {
      const s = spread[i] ?? 0;
      return (
        value * Math.exp((logNormal ? -s / 2 : 0) + sign * catalogue.limits.bandStd * Math.sqrt(s))
      );
    });
  return { low: at(-1), high: at(1) };
}

/** A series with its theory, its band and what repeated draws say. */
function completed(
  series: Series,
  theory: Theory,
  mean: Float64Array,
  spread: Float64Array,
  ranges: Ranges | undefined,
  repeats: number,
): Series {
  if (theory.gap !== "") return series;
  const band =
    formulaBand(theory, mean, spread) ??
    (ranges && repeats >= LEAST_FOR_BAND ? { low: ranges.low, high: ranges.high } : undefined);
  return { ...series, theory: mean, ...(band && { band }) };
}

/** The quantities that have a figure on a logarithmic axis. */
export const QUANTITIES = ["activation", "gradient", "weightGradient", "ratio"] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Root mean square of a weight's gradient over that of the weight. */
function ratio(gradient: Float64Array, weight: Float64Array): Float64Array {
  return gradient.map((value, i) => Math.sqrt(value / (weight[i] ?? NaN)));
}

/** One quantity of one scheme, measured and predicted. */
export function seriesFor(
  quantity: Quantity,
  slot: number,
  name: string,
  result: PropagationResult,
  repeats: number,
): Series {
  const { theory, ranges, weightSecondMoment } = result;
  const none = new Float64Array();
  if (quantity === "weightGradient" || quantity === "ratio") {
    const of = (gradient: Float64Array) =>
      quantity === "ratio" ? ratio(gradient, weightSecondMoment) : gradient;
    const series = plainSeries(slot, name, of(result.weightGradient), "backward");
    return completed(series, theory, of(theory.weightGradient), none, undefined, repeats);
  }
  const forward = quantity === "activation";
  const mean = forward ? theory.variance : theory.gradient;
  const spread = forward ? theory.varianceSpread : theory.gradientSpread;
  const direction = forward ? "forward" : "backward";
  const range = ranges ? (forward ? ranges.variance : ranges.gradient) : undefined;
  const series = range
    ? {
        ...plainSeries(slot, name, range.median, direction),
        range: { least: range.least, greatest: range.greatest },
      }
    : varianceSeries(slot, name, result[quantity], direction);
  return completed(series, theory, mean, spread, range, repeats);
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
