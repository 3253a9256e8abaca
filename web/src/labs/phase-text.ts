/** What a state of the phase plane is, in words: for every lab that shows one. */
import { formatNumber } from "../i18n/numbers.js";
import type { Messages } from "../i18n/index.js";
import type { PhaseState } from "../engine/results.js";

/** chi_q above 1 by more than rounding. */
export function repels({ chiQ }: { readonly chiQ: number }): boolean {
  return chiQ > 1 + 1e-6;
}

/**
 * What theory says of a point: its phase, what becomes of two inputs where their variance settles, and
 * of the variance. `calm`: whether gradients are seen to keep their size where they are to.
 */
export function phaseText(state: PhaseState, messages: Messages, calm = true): string {
  const { phases, inputs, fates, repels: unstable } = messages.verdict;
  const settles = state.fate === "settles";
  const parts = [phases[state.phase](formatNumber(state.chi1, 4))];
  if (state.phase === "critical" && calm) parts.push(phases.neither);
  // Without a variance to divide by there is no such limit: signals of the same shape vanish or grow.
  if (settles && state.phase === "ordered" && state.correlation === 1) parts.push(inputs.alike);
  if (settles && state.correlation < 1) parts.push(inputs.part(formatNumber(state.correlation)));
  parts.push(state.fate === "settles" ? fates.settles(formatNumber(state.q)) : fates[state.fate]);
  if (settles && repels(state)) parts.push(unstable(formatNumber(state.chiQ, 4)));
  return parts.join(messages.between.sentences);
}
