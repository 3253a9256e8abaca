/** What a state of the phase plane is, in words: for every lab that shows one. */
import { formatNumber } from "../i18n/numbers.js";
import type { Messages } from "../i18n/index.js";
import type { PhaseState } from "../engine/results.js";

/** chi_q above 1 by more than rounding. */
export function repels({ chiQ }: { readonly chiQ: number }): boolean {
  return chiQ > 1 + 1e-6;
}

export function phaseText(state: PhaseState, messages: Messages): string {
  const words = messages.verdict;
  const chi = formatNumber(state.chi1, 4);
  const apart = Number.isNaN(state.correlation) ? "" : formatNumber(state.correlation);
  const parts = [
    state.phase === "chaotic" ? words.phases.chaotic(chi, apart) : words.phases[state.phase](chi),
    state.fate === "settles" ? words.fates.settles(formatNumber(state.q)) : words.fates[state.fate],
  ];
  if (state.fate === "settles" && repels(state))
    parts.push(words.repels(formatNumber(state.chiQ, 4)));
  return parts.join(messages.between.sentences);
}
