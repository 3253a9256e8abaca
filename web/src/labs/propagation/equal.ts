/** Why the curves of some schemes lie on one another, where a rule says it. */
import { activationOf } from "../../engine/catalogue.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { PropagationResult } from "../../engine/results.js";

/**
 * `same`: the same weights, to the bit. `scale`: weights that differ in size alone, which cannot be seen.
 * `law`: other weights of the same variance, on which alone wide layers depend; `wide`: of any variance,
 * which cannot be seen.
 */
export type EqualReason = "same" | "scale" | "law" | "wide";

/** Sizes that are the same but for the rounding of float32, layer upon layer. */
const ROUNDING = 1e-3;
/** Variances in theory that are the same but for the rounding of doubles. */
const EXACT = 1e-9;
/** Below this mean square float32 has fewer digits. */
const LEAST = 1e-60;

const alike = (a: ArrayLike<number>, b: ArrayLike<number>, within: number) =>
  a.length === b.length &&
  Array.from(a).every((x, i) => x === b[i] || Math.abs(x / (b[i] ?? NaN) - 1) <= within);

/** What weights do tells them apart; the sign of all of them, which mean squares do not have, by the least z. */
function sameWeights(a: PropagationResult, b: PropagationResult): boolean {
  return (
    alike(a.weightSecondMoment, b.weightSecondMoment, 0) &&
    alike(a.preactivation.secondMoment, b.preactivation.secondMoment, 0) &&
    alike(a.preactivation.min, b.preactivation.min, 0)
  );
}

/** Whether each layer's signal is larger as its weights and those before it are, by that very factor. */
function scaled(a: PropagationResult, b: PropagationResult): boolean {
  let factor = 1;
  let compared = 0;
  for (const [i, weights] of a.weightSecondMoment.entries()) {
    factor *= (b.weightSecondMoment[i] ?? NaN) / weights;
    const [here = 0, there = 0] = [a.activation.secondMoment[i], b.activation.secondMoment[i]];
    const faulty = a.activation.nonfinite[i] || b.activation.nonfinite[i];
    if (faulty || Math.min(here, there) < LEAST) break;
    if (!(Math.abs(there / here / factor - 1) <= ROUNDING)) return false;
    ++compared;
  }
  return compared > 0;
}

/** The reason that holds of all of them, of what depends on the weights' size, or of what need not. */
export function equalReason(
  results: readonly PropagationResult[],
  { activation, bias }: PropagationRequest,
  sized: boolean,
): EqualReason | undefined {
  const [first, ...others] = results;
  if (!first) return undefined;
  // A net adds what has passed weights to what has not.
  const free =
    !sized && activationOf(activation).scaleFree && bias.scheme === "zeros" && !first.rows;
  if (others.every((one) => sameWeights(first, one))) return "same";
  if (free && others.every((one) => scaled(first, one))) return "scale";
  if (results.some(({ theory }) => theory.gap !== "")) return undefined;
  if (free) return "wide";
  const predicted = others.every(
    ({ theory }) =>
      alike(first.theory.preactivation, theory.preactivation, EXACT) &&
      alike(first.theory.gradient, theory.gradient, EXACT),
  );
  return predicted ? "law" : undefined;
}
