/** What the verdict on a net has of its own: where theory ends, what a head begins with, what was tried. */
import type { PropagationResult } from "../../../engine/results.js";
import type { Locale } from "../../../i18n/index.js";
import { wordsOfNets } from "../../../i18n/net-figures.js";
import type { NetWords } from "../../../i18n/net-figures.en.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { LEAST_FOR_BAND } from "../data.js";
import type { Case, Claim, NetVerdict } from "../verdict/case.js";
import { wordsOf } from "../verdict/claims.js";
import type { Remedy, Trial } from "../verdict/remedies.js";
import { blocksOf } from "./blocks.js";
import type { Blocks } from "./blocks.js";
import { gapText } from "./messages.js";
import { EXCESS, excessOf, netOffers, trialOf } from "./remedies.js";
import { netVerdictWords } from "./verdict-words.js";

/** What a remedy changes of a net, or the scheme that it takes. */
function changeText({ reason, change = "" }: Remedy, name: string, { verdict }: NetWords): string {
  const { settings } = verdict;
  if (reason === "scale") return settings.scale(change);
  return reason === "rezero" || reason === "norm" || reason === "normed" ? settings[reason] : name;
}

/** The loss that a net's head begins with, and where it lies above ln C a head that was tried. */
function lossClaims(
  { result, scheme, messages }: Case,
  trials: readonly Trial[],
  { verdict: say }: NetWords,
): Claim[] {
  const excess = excessOf(result);
  const classes = result.rows?.at(-1)?.units ?? 0;
  if (Number.isNaN(excess)) return [];
  const join = (parts: readonly string[]) => parts.join(messages.between.sentences);
  const loss = say.loss(formatNumber(result.initialLoss), classes, formatNumber(Math.log(classes)));
  if (!(excess > EXCESS)) return [{ kind: "loss", text: join([loss, say.lossFits]) }];
  const head = trialOf(trials, "head", scheme);
  const zeros = trialOf(trials, "zeroHead", scheme);
  const said = join([loss, say.lossAdds(formatNumber(excess))]);
  const left = (head?.initialLoss ?? NaN) - Math.log(classes);
  if (!head || !zeros || !(left <= EXCESS)) return [{ kind: "loss", text: said }];
  const { scheme: kept, bias, net: text, change = "" } = head.remedy;
  const better = say.head(change, formatNumber(head.initialLoss), formatNumber(zeros.initialLoss));
  return [
    {
      kind: "loss",
      text: join([said, better]),
      apply: { scheme: kept, bias, ...(text !== undefined && { net: text }) },
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
    words: netVerdictWords(wordsOf(locale), words, blocks),
    offers: netOffers,
    setting: (remedy, name) => changeText(remedy, name, words),
    loss: (here, trials) => lossClaims(here, trials, words),
    gap: (here) => gapClaims(here, blocks, words),
  };
}
