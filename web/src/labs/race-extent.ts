/** Axes that hold whole races, so that they stay while these are played. */
import { positiveExtent } from "../charts/plot.js";
import type { Interval } from "../charts/plot.js";
import type { TrainingFrame } from "../engine/results.js";
import type { Race } from "./race.js";

/** What is this many times what the other runs have is beyond the axis. */
const MOST_RATIO = 1000;

/** An axis that holds an explosion as far as it does not flatten what is at most `others`. */
export function bounded({ from, to }: Interval, others: number): Interval {
  return { from, to: Math.max(from, Math.min(to, MOST_RATIO * others)) };
}

/**
 * The positive values of all frames. Runs that diverge are measured by those that do not; where these
 * have no positive value, by what all runs have at their start.
 */
export function raceExtent(
  shown: readonly Race[],
  valuesOf: (frame: TrainingFrame) => Iterable<number>,
): Interval {
  const valuesIn = (frames: readonly TrainingFrame[]) =>
    frames.flatMap((frame) => [...valuesOf(frame)]);
  const whole = shown.map(({ result }) => valuesIn(result.frames));
  const others = whole.filter((_, i) => shown[i]?.result.diverged === 0).flat();
  const measure = others.some((value) => value > 0 && value < Infinity)
    ? others
    : shown.flatMap(({ result }) => valuesIn(result.frames.slice(0, 1)));
  return bounded(positiveExtent(whole.flat()), positiveExtent(measure).to);
}
