/** What became of a run, and why: judged from its frames. */
import type { TrainingFrame, TrainingResult } from "../engine/results.js";
import { chanceOf } from "./data-set.js";

/** How a run stands at one of its frames. */
export type Outcome =
  /** The loss is not finite from this step on. */
  | { readonly kind: "diverged"; readonly step: number }
  /** No weight has ever moved: every gradient was exactly 0. */
  | { readonly kind: "frozen" }
  /** Not over yet. */
  | { readonly kind: "underway" }
  /** Hardly better than chance at the end. */
  | { readonly kind: "stalled" }
  /** Between chance and what counts as learned, at the end. */
  | { readonly kind: "partly" }
  | { readonly kind: "learned" };

/** Why a run fails; layers count from 1, orders of magnitude are of mean squares. */
export type Cause =
  | { readonly kind: "zeroGradients"; readonly from: number; readonly to: number }
  | { readonly kind: "dead"; readonly layer: number }
  | { readonly kind: "exploding"; readonly orders: number }
  | { readonly kind: "vanishingSignal"; readonly orders: number }
  | { readonly kind: "vanishingGradient"; readonly orders: number }
  | { readonly kind: "saturated"; readonly layer: number; readonly share: number }
  | { readonly kind: "smallUpdates"; readonly ratio: number };

/** Share of the way from chance to perfection below which a run has stalled, and has learned. */
const STALLED = 0.2;
const LEARNED = 0.8;

/** The frame shown at a place, or the last where the run ended before. */
export function frameAt(result: TrainingResult, place: number): TrainingFrame | undefined {
  return result.frames[Math.min(place, result.frames.length - 1)];
}

/**
 * Where a run diverged before this place: its last frame is not of the step that is shown. Undefined
 * for a run that goes on till there.
 */
export function endedBefore(
  { frames, diverged }: TrainingResult,
  place: number,
): number | undefined {
  return diverged > 0 && place >= frames.length ? diverged : undefined;
}

/** Of a run up to a frame, `ended` if it is the race's last. */
export function outcomeOf(result: TrainingResult, place: number, ended: boolean): Outcome {
  const { frames, diverged } = result;
  const now = frameAt(result, place);
  const classes = frames[0]?.samples?.classes ?? 2;
  if (!now) return { kind: "underway" };
  if (diverged > 0 && place >= frames.length - 1) return { kind: "diverged", step: diverged };
  const seen = frames.slice(0, place + 1);
  if (place > 0 && seen.every(({ weightGradient }) => weightGradient.every((g) => g === 0)))
    return { kind: "frozen" };
  const chance = chanceOf({ classes });
  const share = (now.score - chance) / (1 - chance);
  // What has been learned in mid-run may be lost again.
  if (!ended) return { kind: "underway" };
  if (share >= LEARNED) return { kind: "learned" };
  return { kind: share >= STALLED ? "partly" : "stalled" };
}

const orders = (from: number, to: number) => Math.log10(to / from);

/** Ten thousandfold, in mean squares: a hundredfold in size. */
const NOTABLE_ORDERS = 4;
const SMALL_UPDATE = 1e-6;
const MOSTLY = 0.5;

/** Why a run that failed did so, from its first frame and the one shown: how it began, then what came of it. */
export function causesOf(result: TrainingResult, place: number): Cause[] {
  const first = result.frames[0];
  const now = frameAt(result, place);
  if (!first || !now) return [];
  const causes: Cause[] = [];
  const { input, activation, gradient } = first;
  const last = activation.length - 1;
  // Of inputs that are 0 biases alone make a signal: it does not grow.
  const growth = input > 0 ? orders(input, activation[last] ?? 1) : 0;
  if (growth > NOTABLE_ORDERS) causes.push({ kind: "exploding", orders: growth });
  if (growth < -NOTABLE_ORDERS && Number.isFinite(growth))
    causes.push({ kind: "vanishingSignal", orders: -growth });
  const backward = orders(gradient[last] ?? 1, gradient[0] ?? 1);
  if (backward < -NOTABLE_ORDERS && Number.isFinite(backward))
    causes.push({ kind: "vanishingGradient", orders: -backward });
  const saturated = [...now.saturatedFraction.keys()].find(
    (l) => (now.saturatedFraction[l] ?? 0) > MOSTLY,
  );
  if (saturated !== undefined)
    causes.push({
      kind: "saturated",
      layer: saturated + 1,
      share: now.saturatedFraction[saturated] ?? 0,
    });
  const ratio = (now.update[0] ?? 0) / (now.weight[0] ?? 1);
  if (ratio > 0 && ratio < SMALL_UPDATE) causes.push({ kind: "smallUpdates", ratio });
  const dead = [...now.deadFraction.keys()].find((l) => l < last && now.deadFraction[l] === 1);
  const zeroed = first.weight.every((w) => w === 0);
  if (dead !== undefined && !zeroed) causes.push({ kind: "dead", layer: dead + 1 });
  // A net's row without a weight has no gradient of one.
  const still = (l: number) => first.rows?.[l]?.weight !== 0 && now.weightGradient[l] === 0;
  const from = now.weightGradient.findIndex((_, l) => still(l));
  if (from >= 0) {
    const end = now.weightGradient.findIndex((_, l) => l > from && !still(l));
    causes.push({ kind: "zeroGradients", from: from + 1, to: end < 0 ? last + 1 : end });
  }
  return causes;
}
