/** How signal and gradient run over the blocks of a net, in words. */
import { drawable } from "../../../charts/series.js";
import type { Series } from "../../../charts/series.js";
import type { PropagationResult } from "../../../engine/results.js";
import type { NetWords } from "../../../i18n/net-figures.en.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { growthOf } from "../../growth.js";
import { beyondEnds, trendOf } from "../../trend.js";
import type { Quantity, SignalChoice } from "../data.js";
import type { Blocks } from "./blocks.js";

/** Blocks counted from one that is nearer to a block than this are counted from that. */
const WHOLE = 0.05;

/** "l", "(l + 1.5)": the place of a block, counted from where the line of the reciprocals is 0. */
function placeText(offset: number): string {
  const from = Math.abs(offset) < WHOLE ? 0 : offset;
  if (from === 0) return "l";
  return `(l ${from > 0 ? "+" : "−"} ${formatNumber(Math.abs(from), 2)})`;
}

/** Values at some layers of a figure, in order, and how they run. */
function runText(
  name: string,
  what: string,
  layers: readonly number[],
  values: readonly number[],
  backward: boolean,
  { at }: Blocks,
  { growth: say }: NetWords,
): string {
  const [from = 0, to = 0] = backward ? [layers.at(-1), layers[0]] : [layers[0], layers.at(-1)];
  const ordered = backward ? values.toReversed() : values;
  const trend = trendOf(ordered);
  const last = formatNumber(trend.last);
  // Blocks count from the input on, also where the gradient goes back.
  const growth = growthOf(values);
  if (growth.kind === "steady") {
    const steady = backward ? say.steadyBack : say.steady;
    return steady(name, what, at(to), formatNumber(trend.least), formatNumber(trend.most));
  }
  if (growth.kind === "factor") {
    const factor = backward ? say.factorBack : say.factor;
    return factor(name, what, formatNumber(trend.factor), at(to), last);
  }
  if (growth.kind === "linear") {
    const slope = backward ? -growth.slope : growth.slope;
    const runs = slope > 0 ? say.grows : say.falls;
    return runs(name, what, formatNumber(Math.abs(slope)), at(to), last);
  }
  if (growth.kind === "reciprocal")
    return say.reciprocal(name, what, placeText(growth.offset - numberOf(layers[0])), at(to), last);
  return say.ends(
    name,
    formatNumber(trend.first),
    at(from),
    last,
    at(to),
    beyondEnds(trend) ? formatNumber(trend.least) : "",
    formatNumber(trend.most),
  );
}

/** The number of the first place: the inputs are 0, the first block 1. */
const numberOf = (layer: number | undefined) => (layer === 0 ? 0 : 1);

/** How one scheme's series runs along the trunk, or the activations. */
export function netCaption(
  series: Series,
  quantity: Quantity,
  of: SignalChoice,
  result: PropagationResult,
  blocks: Blocks,
  words: NetWords,
): string {
  const { name, values, first, overflow, vanished } = series;
  const { captions, what } = words;
  const { at } = blocks;
  const forward = quantity === "activation";
  if (quantity === "ratio" && blocks.way.every((i) => result.weightSecondMoment[i] === 0))
    return captions.noRatio(name);
  if (!forward && drawable(series).length === 0) return captions.gradientNowhere(name);
  if (overflow !== undefined)
    return (forward ? captions.overflow : captions.gradientOverflow)(name, at(overflow));
  if (vanished !== undefined)
    return (forward ? captions.vanished : captions.gradientVanished)(name, at(vanished));
  const begins = forward && blocks.way[0] === 0 ? [0] : [];
  const layers = [...begins, ...blocks.way.map((i) => i + 1)];
  const signal = of === "variance" ? what.variance : blocks.trunk ? what.trunk : what.signal;
  const called = forward ? signal : quantity === "ratio" ? what.ratio : what.gradient;
  return runText(
    name,
    called,
    layers,
    layers.map((layer) => values[layer - first] ?? NaN),
    !forward,
    blocks,
    words,
  );
}
