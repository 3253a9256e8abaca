/** What the verdict on a net has of its own: where theory ends, what a head begins with, what was tried. */
import type { PropagationResult } from "../../../engine/results.js";
import type { Locale } from "../../../i18n/index.js";
import { messagesOf } from "../../../i18n/index.js";
import { wordsOfNets } from "../../../i18n/net-figures.js";
import type { NetWords } from "../../../i18n/net-figures.en.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { LEAST_FOR_BAND } from "../data.js";
import type { Case, Claim, NetVerdict } from "../verdict/case.js";
import { HOLDS, worstOf } from "../verdict/reading.js";
import type { Remedy, Trial } from "../verdict/remedies.js";
import { blocksOf, momentOf } from "./blocks.js";
import type { Blocks } from "./blocks.js";
import { gapText } from "./messages.js";
import { EXCESS, excessOf, netOffers, trialOf, trialsAbout } from "./remedies.js";
import { netVerdictWords } from "./verdict-words.js";

/** What a remedy changes of a net, or the scheme that it takes. */
function changeText({ reason, change = "" }: Remedy, name: string, { verdict }: NetWords): string {
  const { settings } = verdict;
  if (reason === "scale") return settings.scale(change);
  return reason === "rezero" || reason === "norm" || reason === "normed" ? settings[reason] : name;
}

/** Mean squares that a last layer is made for, within this factor of 1. */
const USUAL = 4;

/** Mean square of what comes to a net's last layer, and of what the outputs say that it takes in. */
function arrivalOf({ rows, input, activation, weightSecondMoment }: PropagationResult) {
  const last = (rows?.length ?? 0) - 1;
  const before =
    last === 0 ? input.secondMoment : (momentOf(activation, "secondMoment")[last - 1] ?? NaN);
  const units = rows?.[last - 1]?.units ?? NaN;
  // NaN where weights of 0 tell nothing.
  const entering =
    (activation.secondMoment[last] ?? NaN) / (units * (weightSecondMoment[last] ?? NaN));
  const normed = Math.abs(Math.log(entering)) < Math.abs(Math.log(entering / before));
  return { before, entering, normed };
}

/** What a loss near ln C says of the last layer: nothing where the signal does not hold up to it. */
function fitTexts(result: PropagationResult, { verdict: say }: NetWords): string[] {
  const { before, entering, normed } = arrivalOf(result);
  if (before === 0) return [say.lossSilent];
  if (before < 1 / HOLDS) return normed ? [] : [say.lossFaint(formatNumber(before))];
  // In front of weights of 0 there may be a norm that nothing tells of.
  return normed || before <= (Number.isNaN(entering) ? HOLDS ** 2 : HOLDS) ? [say.lossFits] : [];
}

/** The loss that a net's head begins with, and where it lies above ln C a head that was tried. */
function lossClaims(here: Case, trials: readonly Trial[], words: NetWords): Claim[] {
  const { result, scheme, messages } = here;
  const { verdict: say } = words;
  const excess = excessOf(result);
  const classes = result.rows?.at(-1)?.units ?? 0;
  if (Number.isNaN(excess)) return [];
  const join = (parts: readonly string[]) => parts.join(messages.between.sentences);
  const loss = say.loss(formatNumber(result.initialLoss), classes, formatNumber(Math.log(classes)));
  if (!(excess > EXCESS)) return [{ kind: "loss", text: join([loss, ...fitTexts(result, words)]) }];
  const { before, entering, normed } = arrivalOf(result);
  const grown = !normed && before > USUAL && entering > USUAL;
  const head = trialOf(trials, "head", scheme);
  const zeros = trialOf(trials, "zeroHead", scheme);
  const why = grown
    ? say.lossGrown(formatNumber(excess), formatNumber(before))
    : say.lossAdds(formatNumber(excess));
  const said = join([loss, why]);
  const left = (head?.initialLoss ?? NaN) - Math.log(classes);
  // Another head hides what has grown before it, and mends it not.
  const mends = !grown || (head && worstOf(head.reading) <= HOLDS);
  if (!head || !zeros || !mends || !(left <= EXCESS)) return [{ kind: "loss", text: said }];
  const { scheme: kept, bias, net: text, change = "" } = head.remedy;
  const better = say.head(change, formatNumber(head.initialLoss), formatNumber(zeros.initialLoss));
  return [
    {
      kind: "loss",
      text: join([said, better]),
      apply: { scheme: kept, bias, ...(text !== undefined && { net: text }) },
      name: change,
    },
  ];
}

/** The block at which theory ends, and what stands in its place. */
function gapClaims(here: Case, blocks: Blocks, words: NetWords): Claim[] {
  const simulated = here.result.ranges !== null && here.request.repeats >= LEAST_FOR_BAND;
  const text = [
    gapText(here.name, here.theory, blocks, words),
    ...(simulated ? [words.simulated] : []),
  ].join(here.messages.between.sentences);
  return [{ kind: "gap", text }];
}

export function netVerdict({ rows }: PropagationResult, locale: Locale): NetVerdict {
  const words = wordsOfNets(locale);
  const blocks = blocksOf(rows ?? [], words);
  return {
    words: netVerdictWords(messagesOf(locale).verdict.network, words, blocks),
    offers: netOffers,
    about: trialsAbout,
    setting: (remedy, name) => changeText(remedy, name, words),
    loss: (here, trials) => lossClaims(here, trials, words),
    gap: (here) => gapClaims(here, blocks, words),
  };
}
