/** What labs of trainings know of their data: what a table asks for, and what is by chance alone. */
import type { NumberTable } from "../files/table.js";
import { mostOf } from "../engine/catalogue.js";
import type { Samples } from "../engine/results.js";

const MOST_CLASSES = mostOf("training", "classes");

/**
 * Inputs, and classes, 1 for a regression, of a table whose last column is the target: whole numbers
 * from 0, of which three in four occur, and twice on the average, are classes; ages and counts are not.
 */
export function tableTask({ rows, columns, values }: NumberTable): {
  inputs: number;
  classes: number;
} {
  const targets = Array.from({ length: rows }, (_, i) => values[i * columns + columns - 1] ?? NaN);
  const kinds = [...new Set(targets)];
  const count = Math.max(...kinds) + 1;
  const whole = kinds.every((y) => Number.isInteger(y) && y >= 0);
  const classes =
    whole &&
    kinds.length > 1 &&
    count <= MOST_CLASSES &&
    kinds.length >= 0.75 * count &&
    2 * count <= rows;
  return { inputs: columns - 1, classes: classes ? count : 1 };
}

/** The score that needs no learning: one class in so many, or none of the variance. */
export function chanceOf({ classes }: Pick<Samples, "classes">): number {
  return classes === 1 ? 0 : 1 / classes;
}
