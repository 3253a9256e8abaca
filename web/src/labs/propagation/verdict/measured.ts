/** What was measured of a network: its signal, its gradient, its inputs, and where float32 fails. */
import type { Theory } from "../../../engine/results.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { boundText, changeOf, FLOAT32_MOST, FLOAT32_NORMAL, predictedChange } from "./case.js";
import type { Case, Claim, Direction } from "./case.js";
import { STEADY } from "./reading.js";

/** The largest of a layer's values is about this many root mean squares. */
const PEAK = 4.5;
/** Correlations that change by less than this are not worth a sentence; inputs above that one are alike. */
const NOTABLE_CORRELATION = 0.1;
const ALIKE = 0.9;

/** How signal or gradient runs, and what theory says of its ends. */
export function wayClaim(here: Case, direction: Direction): Claim {
  const { words, reading } = here;
  const { depth } = reading;
  const way = reading[direction];
  const claim = (text: string): Claim => ({ kind: direction, text });
  const layerAt = (place: number) => (direction === "signal" ? place : depth - place);
  const failed = Math.min(way.zero ?? Infinity, way.overflow ?? Infinity);
  if (failed < Infinity) {
    const layer = layerAt(failed);
    if (direction === "signal" && layer === 0) return claim(words.zero.inputs);
    const kind = failed === way.overflow ? words.notFinite : words.zero;
    return claim(kind[direction](layer));
  }
  if (way.values.length < 2)
    return claim(words.steady(words[direction], words.ways[direction](depth), "1"));
  const what = words[direction];
  const path = words.ways[direction](depth);
  const change = changeOf(way);
  const orders = Math.log10(change);
  const text =
    way.spread <= STEADY
      ? words.steady(what, path, boundText(way.spread))
      : Math.abs(orders) >= 1
        ? words.orders(what, path, orders > 0, formatNumber(Math.abs(orders)))
        : words.changes(what, path, formatNumber(change), boundText(way.spread));
  const predicted = predictedChange(here, direction);
  if (!(predicted > 0 && predicted < Infinity)) return claim(text);
  const inOrders = way.spread > STEADY && Math.abs(orders) >= 1;
  const theory = inOrders
    ? predictedOrders(predicted, words)
    : words.predicted(formatNumber(predicted));
  return claim([text, theory].join(here.messages.between.sentences));
}

/** What theory says, on the scale on which a change of orders of magnitude is told. */
function predictedOrders(change: number, words: Case["words"]): string {
  const orders = Math.log10(change);
  if (Math.abs(orders) <= Math.log10(STEADY)) return words.predictedSteady;
  return words.predictedOrders(orders > 0, formatNumber(Math.abs(orders)));
}

/** First layer, from 1, at which float32 fails by theory; 0 for none. */
function expectedFailure({ preactivation }: Theory): { over: number; under: number } {
  let over = 0;
  let under = 0;
  preactivation.forEach((q, i) => {
    const grown = Math.sqrt(q) * PEAK > FLOAT32_MOST || (Number.isNaN(q) && under === 0);
    if (!over && grown) over = i + 1;
    if (!under && q > 0 && Math.sqrt(q) < FLOAT32_NORMAL) under = i + 1;
  });
  return { over, under };
}

/** Where float32 fails, and where theory expects that. */
export function rangeClaims({ result, theory, reading, words, messages }: Case): Claim[] {
  const under =
    result.activation.secondMoment.findIndex((h2) => h2 > 0 && Math.sqrt(h2) < FLOAT32_NORMAL) + 1;
  const expected = expectedFailure(theory);
  const over = reading.signal.overflow !== undefined;
  const said = [
    ...(!over && under > 0 ? [words.underflows(under)] : []),
    ...(over && expected.over > 0 ? [words.expected(expected.over)] : []),
    ...(!over && under > 0 && expected.under > 0 ? [words.expected(expected.under)] : []),
  ];
  return said.length > 0 ? [{ kind: "range", text: said.join(messages.between.sentences) }] : [];
}

/** What was measured of two inputs. */
export function correlationClaims({ result, reading, words }: Case): Claim[] {
  const { correlation, ranges } = result;
  const values = ranges?.correlation.median ?? correlation;
  const { depth, signal, places } = reading;
  const [from = NaN, to = NaN] = [values[places[0] ?? 0], values[places.at(-1) ?? 0]];
  if (!(Math.abs(to - from) > NOTABLE_CORRELATION) || signal.spread === Infinity) return [];
  const say = to < from ? words.part : to > ALIKE ? words.alike : words.correlates;
  return [{ kind: "correlation", text: say(formatNumber(from), formatNumber(to), depth) }];
}
