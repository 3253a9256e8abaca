/** What the drawn network shows, in a sentence: how its signal runs, and how its gradient comes back. */
import { drawable } from "../../../charts/series.js";
import type { Series } from "../../../charts/series.js";
import type { Messages } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { beyondEnds, trendOf } from "../../trend.js";

/** Factors that have a word: this near to these. */
const NEAR = 0.03;

function wayText(series: Series, what: string, back: boolean, { captions }: Messages): string {
  const say = captions.flowWay;
  const { values, first, overflow, vanished } = series;
  if (drawable(series).length === 0 && back) return say.nowhere(what);
  if (overflow !== undefined) return say.overflow(what, overflow, back);
  if (vanished !== undefined) return say.vanished(what, vanished, back);
  const end = first + values.length - 1;
  const trend = trendOf(back ? values.slice().reverse() : values);
  const [from, to] = back ? [end, first] : [first, end];
  const { kind, factor, least, most } = trend;
  const last = formatNumber(trend.last);
  if (kind === "steady") return say.steady(what, formatNumber(least), formatNumber(most));
  if (kind === "ends")
    return say.ends(
      what,
      formatNumber(trend.first),
      from,
      last,
      to,
      beyondEnds(trend) ? [formatNumber(least), formatNumber(most)] : undefined,
    );
  const near = (value: number) => Math.abs(factor / value - 1) < NEAR;
  const how = near(0.5) ? say.halves : near(2) ? say.doubles : say.factor(formatNumber(factor));
  return say.runs(what, how, back, last, to, factor < 1);
}

export function flowCaption(
  name: string,
  forward: Series,
  backward: Series,
  messages: Messages,
): string {
  const { signal, gradient } = messages.captions.flowWay;
  return messages.captions.flow(
    name,
    wayText(forward, signal, false, messages),
    wayText(backward, gradient, true, messages),
  );
}
