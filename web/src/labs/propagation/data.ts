/** What the propagation figures show of a result: series by layer, theory, and faults marked. */
import { fromInputs, marked, plainSeries } from "../../charts/series.js";
import type { Direction, Series } from "../../charts/series.js";
import { catalogue } from "../../engine/catalogue.js";
import type { ActivationId } from "../../engine/catalogue.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { PropagationResult, Ranges, Signal, Theory } from "../../engine/results.js";

/** The smallest number that float32 has with all its digits. */
export const FLOAT32_NORMAL = 1.1754943508222875e-38;
/** A mean square below this is of numbers that float32 has not with all digits. */
export const FLOOR = FLOAT32_NORMAL ** 2;

/** What is shown of the activations: the signal E[h^2], or Var(h). */
export const SIGNALS = { second_moment: "secondMoment", variance: "variance" } as const;
export type SignalChoice = keyof typeof SIGNALS;
/** How it is written. */
export const SIGNAL_SYMBOLS = { second_moment: "E[h²]", variance: "Var(h)" } as const;

/** What a request has the signal's figure show. */
export function signalOf({ quantity }: PropagationRequest): SignalChoice {
  return quantity === "variance" ? "variance" : "second_moment";
}

/** A moment of a signal by layer. Activations run from the inputs on, gradients from the last back. */
function signalSeries(
  slot: number,
  name: string,
  { nonfinite, min, max }: Signal,
  values: Float64Array,
  direction: Direction,
): Series {
  const first = values.length > nonfinite.length ? 0 : 1;
  const at = (i: number) => i + first - 1; // the inputs are finite, and no layer
  return marked(
    { slot, name, first },
    values,
    direction,
    (i) => (nonfinite[at(i)] ?? 0) > 0,
    (i) => (at(i) < 0 ? values[i] === 0 : min[at(i)] === 0 && max[at(i)] === 0),
  );
}

/** Fewer networks than these say little of where 95 % lie. */
export const LEAST_FOR_BAND = 40;

/** The band of a log-normal quantity; undefined where there is no formula for its spread. */
export function formulaBand({ logNormal }: Theory, mean: Float64Array, spread: Float64Array) {
  if (spread.length === 0) return undefined;
  const at = (sign: number) =>
    mean.map((value, i) => {
      const s = spread[i] ?? 0;
      return (
        value * Math.exp((logNormal ? -s / 2 : 0) + sign * catalogue.limits.bandStd * Math.sqrt(s))
      );
    });
  return { low: at(-1), high: at(1), drawn: false };
}

/** A series with its theory, its band and what repeated draws say. */
function completed(
  series: Series,
  theory: Theory,
  mean: Float64Array,
  spread: Float64Array,
  range: Pick<Ranges, "low" | "high"> | undefined,
  repeats: number,
): Series {
  // Where theory is silent the networks that were drawn still have a band.
  const silent = theory.gap !== "";
  const band =
    (silent ? undefined : formulaBand(theory, mean, spread)) ??
    (range && repeats >= LEAST_FOR_BAND
      ? { low: range.low, high: range.high, drawn: true }
      : undefined);
  return { ...series, ...(!silent && { theory: mean }), ...(band && { band }) };
}

/** The quantities that have a figure on a logarithmic axis. */
export type Quantity = "activation" | "gradient" | "weightGradient" | "ratio";

/** Root mean square of a weight's gradient over that of the weight. */
function ratio(gradient: Float64Array, weight: Float64Array): Float64Array {
  return gradient.map((value, i) => Math.sqrt(value / (weight[i] ?? NaN)));
}

/** What one scheme's signal is: measured, repeated, predicted, each from the inputs on. */
function forwardParts({ activation, input, theory, ranges }: PropagationResult, of: SignalChoice) {
  const moment = SIGNALS[of];
  const here = input[moment];
  // Nothing is drawn at random in the inputs' moments: their spread is 0.
  const spread = theory[`${moment}Spread`];
  const range = ranges?.[moment];
  const from = (values: Float64Array) => fromInputs(here, values);
  const start = of === "variance" ? here : theory.input;
  return {
    signal: activation,
    values: from(activation[moment]),
    theory: fromInputs(start, theory[moment]),
    spread: spread.length === 0 ? spread : fromInputs(0, spread),
    range: range && {
      least: from(range.least),
      low: from(range.low),
      median: from(range.median),
      high: from(range.high),
      greatest: from(range.greatest),
    },
  };
}

function backwardParts({ gradient, theory, ranges }: PropagationResult) {
  return {
    signal: gradient,
    values: gradient.secondMoment,
    theory: theory.gradient,
    spread: theory.gradientSpread,
    range: ranges?.gradient,
  };
}

/** One quantity of one scheme, measured and predicted. */
export function seriesFor(
  quantity: Quantity,
  slot: number,
  name: string,
  result: PropagationResult,
  repeats: number,
  of: SignalChoice,
): Series {
  const { theory, weightSecondMoment } = result;
  const none = new Float64Array();
  if (quantity === "weightGradient" || quantity === "ratio") {
    const part = (gradient: Float64Array) =>
      quantity === "ratio" ? ratio(gradient, weightSecondMoment) : gradient;
    const values = part(result.weightGradient);
    // In a net weights may begin at 0, to which there is no ratio: nothing overflows there.
    const series =
      quantity === "ratio" && result.rows && weightSecondMoment.includes(0)
        ? { ...plainSeries(slot, name, values, "backward"), values, overflow: undefined }
        : plainSeries(slot, name, values, "backward");
    return completed(series, theory, part(theory.weightGradient), none, undefined, repeats);
  }
  const forward = quantity === "activation";
  const parts = forward ? forwardParts(result, of) : backwardParts(result);
  const direction = forward ? "forward" : "backward";
  const { range, values, signal } = parts;
  const series = range
    ? {
        ...plainSeries(slot, name, range.median, direction, forward ? 0 : 1),
        range: { least: range.least, greatest: range.greatest },
      }
    : signalSeries(slot, name, signal, values, direction);
  return completed(series, theory, parts.theory, parts.spread, range, repeats);
}

/** Whether Var(h) is another quantity than E[h^2]: in some layer a fiftieth of it is the mean. */
export function variesFromZero({ activation }: PropagationResult): boolean {
  return activation.secondMoment.some((h2, l) => (activation.variance[l] ?? h2) < 0.98 * h2);
}

/** Activations with phi(-z) = -phi(z), whose mean is 0. */
const ODD: readonly ActivationId[] = ["linear", "tanh", "sin", "erf", "softsign", "hardtanh"];

/** What is likely of it before there is a result. */
export function mayVary(activation: ActivationId): boolean {
  return !ODD.includes(activation);
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

/**
 * Correlation of two inputs by layer, the median of repeated draws; NaN where activations have lost
 * digits, of which the last few tell nothing of an angle.
 */
export function correlationsOf({ activation, correlation, ranges }: PropagationResult) {
  const moments = ranges?.secondMoment.median ?? activation.secondMoment;
  const values = ranges?.correlation.median ?? correlation;
  return values.map((value, i) => ((moments[i] ?? NaN) < FLOOR ? NaN : value));
}
