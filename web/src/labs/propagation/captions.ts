/** The sentences below the propagation lab's figures. */
import type { Interval } from "../../charts/plot.js";
import { coinciding } from "../../charts/series.js";
import type { Series } from "../../charts/series.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { Messages } from "../../i18n/index.js";
import type { Shown } from "../lab-state.js";
import { gradientText, signalText } from "../trend-text.js";
import type { Quantity, SignalChoice } from "./data.js";
import { equalReason } from "./equal.js";

/** How one scheme's series runs. */
export function seriesCaption(
  series: Series,
  quantity: Quantity,
  of: SignalChoice,
  messages: Messages,
): string {
  const { signals } = messages.captions;
  if (quantity === "activation") return signalText(series, signals[of], messages);
  return gradientText(series, quantity === "ratio" ? signals.ratio : signals.gradient, messages);
}

/** Which of the schemes lie on one another, and why where that is known; `sized` is what weights of another size change. */
export function coincideText(
  all: readonly { readonly name: string; readonly values: Float64Array; readonly shown?: number }[],
  same: (a: number, b: number) => boolean,
  shown: readonly Shown<"propagation">[],
  request: PropagationRequest,
  sized: boolean,
  { captions }: Messages,
): string[] {
  return coinciding(all, same)
    .filter((group) => group.length > 1)
    .map((group) => {
      const names = group.map((i) => all[i]?.name ?? "").join(captions.and);
      const results = group.flatMap((i) => shown[i]?.result ?? []);
      const reason = equalReason(results, request, sized);
      return captions.coincide(names, reason && captions.equal[reason](request.activation));
    });
}

/** Widths that are not all alike come again until the depth is reached. */
export function widthsText(
  { widths = [], depth }: PropagationRequest,
  { captions, between }: Messages,
) {
  const repeated = new Set(widths).size > 1 && widths.length < depth;
  return repeated ? [captions.widths(widths.join(between.items), depth)] : [];
}

/** What theory says beside the dots, or why it is silent. */
export function theoryCaption(
  all: readonly Series[],
  shown: readonly Shown<"propagation">[],
  { repeats }: PropagationRequest,
  extent: Interval,
  messages: Messages,
): string[] {
  const { captions } = messages;
  const parts: string[] = [];
  // A line that runs outside of the axis is not drawn.
  const drawn = (line: ArrayLike<number>) =>
    Array.from(line).some((value) => value >= extent.from && value <= extent.to);
  if (all.some(({ theory }) => theory && drawn(theory))) parts.push(captions.theory);
  if (all.some(({ band }) => band && !band.drawn)) parts.push(captions.band);
  if (all.some(({ band }) => band?.drawn)) parts.push(captions.bandDrawn(repeats));
  for (const { name, result } of shown)
    if (result.theory.gap) parts.push(captions.gaps[result.theory.gap](name));
  return parts;
}
