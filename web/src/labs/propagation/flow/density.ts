/** How dense the activations of a layer are over the height of its strip. */
import type { Histogram } from "../../../engine/results.js";

/** A strip reaches this many root mean squares above 0 and below it. */
const REACH = 2.6;
/** A density, per root mean square, that is drawn darkest: a Gaussian's greatest is 0.4. */
const DARKEST = 0.45;
export const LEVELS = 10;

/** Mass of a bin without the activations that are exactly 0. */
export function countsOf(histogram: Histogram, zeroFraction: number): readonly number[] {
  const { counts, zeroBin, below, above } = histogram;
  const total = counts.reduce((sum, count) => sum + count, below + above);
  return Array.from(counts, (count, i) =>
    Math.max(0, (i === zeroBin ? count / total - zeroFraction : count / total) || 0),
  );
}

/** Levels 0 .. LEVELS of `cells` cells, from the greatest activations down. */
export function levelsOf(
  histogram: Histogram,
  zeroFraction: number,
  rms: number,
  cells: number,
): number[] {
  const { from, to } = histogram;
  const masses = countsOf(histogram, zeroFraction);
  const size = (2 * REACH * rms) / cells;
  const bin = (to - from) / masses.length;
  return Array.from({ length: cells }, (_, cell) => {
    const high = REACH * rms - cell * size;
    const low = high - size;
    let mass = 0;
    masses.forEach((part, i) => {
      const [least, most] = [from + i * bin, from + (i + 1) * bin];
      const inside = bin > 0 ? (Math.min(high, most) - Math.max(low, least)) / bin : 0;
      if (inside > 0) mass += part * inside;
    });
    const density = (mass * rms) / size;
    return Math.min(LEVELS, Math.ceil((LEVELS * density) / DARKEST - 0.25)) || 0;
  });
}

const kept = new WeakMap<Histogram, number[]>();

/** The same, reckoned once: for drawings that are made anew in each frame, with as many cells each time. */
export function keptLevelsOf(...of: Parameters<typeof levelsOf>): number[] {
  const [histogram] = of;
  const levels = kept.get(histogram) ?? levelsOf(...of);
  kept.set(histogram, levels);
  return levels;
}
