/** What became of the runs, in words. */
import type { RaceMessages } from "../i18n/race-messages.js";
import { formatNumber, formatShare } from "../i18n/numbers.js";
import { causesOf, endedBefore, frameAt, outcomeOf } from "./outcome.js";
import type { Cause } from "./outcome.js";
import type { Race } from "./race.js";

function causeText(cause: Cause, { outcome: { causes } }: RaceMessages): string {
  switch (cause.kind) {
    case "zeroGradients":
      return causes.zeroGradients(cause.from, cause.to);
    case "dead":
      return causes.dead(cause.layer);
    case "exploding":
      return causes.exploding(formatNumber(cause.orders, 2));
    case "vanishingSignal":
      return causes.vanishingSignal(formatNumber(cause.orders, 2));
    case "vanishingGradient":
      return causes.vanishingGradient(formatNumber(cause.orders, 2));
    case "saturated":
      return causes.saturated(cause.layer, formatShare(cause.share));
    case "smallUpdates":
      return causes.smallUpdates(formatNumber(cause.ratio, 2));
  }
}

/** One run up to a frame: how it stands, and where it fails, why. */
export function outcomeText(
  { name, result }: Race,
  place: number,
  ended: boolean,
  messages: RaceMessages,
): string {
  const { outcome } = messages;
  const frame = frameAt(result, place);
  const found = outcomeOf(result, place, ended);
  const regression = result.frames[0]?.samples?.classes === 1;
  const score = regression
    ? outcome.variance(formatShare(frame?.score ?? 0))
    : outcome.accuracy(formatShare(frame?.score ?? 0));
  const said =
    found.kind === "diverged"
      ? outcome.diverged(name, found.step)
      : outcome[found.kind](name, score);
  const failed = ["diverged", "frozen", "stalled"].includes(found.kind);
  const causes = failed ? causesOf(result, place).map((cause) => causeText(cause, messages)) : [];
  return [said, ...causes].join(messages.between.sentences);
}

/** About the longest that `outcomeText` may come to be: that the run stalls, for all that its start lets expect. */
export function longestOutcome({ name, result }: Race, messages: RaceMessages): string {
  const score = messages.outcome.accuracy(formatShare(1));
  const atStart = causesOf(result, 0);
  const last = result.frames[0]?.weight.length ?? 0;
  // What begins badly may come to have no gradient at all.
  const still: Cause = { kind: "zeroGradients", from: 1, to: last };
  const stays = atStart.length === 0 || atStart.some(({ kind }) => kind === still.kind);
  const causes = (stays ? atStart : [...atStart, still]).map((cause) => causeText(cause, messages));
  return [messages.outcome.stalled(name, score), ...causes].join(messages.between.sentences);
}

/** What a run is called in a figure of one step: a run that is over by then with its own last step. */
export function nameAt({ name, result }: Race, place: number, { figures }: RaceMessages): string {
  if (endedBefore(result, place) === undefined) return name;
  return figures.nameAtStep(name, result.frames.at(-1)?.step ?? 0);
}

/** Which of the runs are over at this place, and where they diverged, in sentences. */
export function endedTexts(
  shown: readonly Race[],
  place: number,
  { captions, figures }: RaceMessages,
): readonly string[] {
  return shown.flatMap(({ name, result }) => {
    const step = endedBefore(result, place);
    return step === undefined ? [] : [captions.said(name, figures.divergedAt(step))];
  });
}
