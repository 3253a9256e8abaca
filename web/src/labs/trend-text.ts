/** How what figures draw by layer runs, in words. */
import { drawable } from "../charts/series.js";
import type { Series } from "../charts/series.js";
import type { Messages } from "../i18n/index.js";
import { formatNumber } from "../i18n/numbers.js";
import { beyondEnds, trendOf } from "./trend.js";

/** How a series runs, in the one judgement that the verdict of a propagation has too. */
export function trendText(
  series: Series,
  what: string,
  backward: boolean,
  messages: Messages,
): string {
  const { captions } = messages;
  const { name, values, first } = series;
  const end = first + values.length - 1;
  const trend = trendOf(backward ? values.slice().reverse() : values);
  const [from, to] = backward ? [end, first] : [first, end];
  const last = formatNumber(trend.last);
  if (trend.kind === "steady")
    return captions.steady(
      name,
      what,
      backward,
      to,
      formatNumber(trend.least),
      formatNumber(trend.most),
    );
  if (trend.kind === "factor")
    return captions.factor(name, what, formatNumber(trend.factor), backward, last, to);
  return captions.ends(
    name,
    formatNumber(trend.first),
    from,
    last,
    to,
    beyondEnds(trend) ? [formatNumber(trend.least), formatNumber(trend.most)] : undefined,
  );
}

/** A signal, from its first layer on: where it overflows or vanishes, or how it runs. */
export function signalText(series: Series, what: string, messages: Messages): string {
  const { captions } = messages;
  const { name, overflow, vanished } = series;
  if (overflow !== undefined) return captions.overflow(name, overflow);
  if (vanished !== undefined) return captions.vanished(name, vanished);
  return trendText(series, what, false, messages);
}

/** A gradient, or what is 0 and overflows with it, from its last layer back. */
export function gradientText(series: Series, what: string, messages: Messages): string {
  const { captions } = messages;
  const { name, overflow, vanished } = series;
  if (drawable(series).length === 0) return captions.gradientNowhere(name);
  if (overflow !== undefined) return captions.gradientOverflow(name, overflow);
  if (vanished !== undefined) return captions.gradientVanished(name, vanished);
  return trendText(series, what, true, messages);
}
