/** What labs of trainings know of their data: what a table asks for, and what is by chance alone. */
import type { NumberTable } from "../files/read-table.js";
import type { Samples } from "../engine/results.js";

/** A last column of this many whole numbers from 0 is one of classes. */
const MOST_CLASSES = 16;

/** Inputs, and classes, 1 for a regression, of a table whose last column is the target. */
export function tableTask({ rows, columns, values }: NumberTable): {
  inputs: number;
  classes: number;
} {
  const targets = Array.from({ length: rows }, (_, i) => values[i * columns + columns - 1] ?? NaN);
  const most = Math.max(...targets);
  const classes = targets.every((y) => Number.isInteger(y) && y >= 0) && most < MOST_CLASSES;
  return { inputs: columns - 1, classes: classes && most > 0 ? most + 1 : 1 };
}

/** The score that needs no learning: one class in so many, or none of the variance. */
export function chanceOf({ classes }: Pick<Samples, "classes">): number {
  return classes === 1 ? 0 : 1 / classes;
}
