/** The units of a layer: as lines over the steps, and their weights as an image. Data in, SVG out. */
import { addImage, divergingPalette, shadeOf } from "../../charts/image.js";
import { label, line, panels, path } from "../../charts/panels.js";
import type { Box } from "../../charts/panels.js";
import { niceTicks } from "../../charts/plot.js";
import type { Drawing, Frame, Interval } from "../../charts/plot.js";
import { toPngAddress } from "../../charts/png.js";
import type { TrainingFrame } from "../../engine/results.js";
import { formatNumber } from "../../i18n/numbers.js";

interface Named {
  readonly slot: number;
  readonly name: string;
}

/** Height over width of a panel of lines. */
export const LINES_HEIGHT = 0.8;
const AXIS = 46;

export interface UnitLines extends Named {
  /** Up to the one that is shown. */
  readonly frames: readonly TrainingFrame[];
}

/** Least and greatest pre-activation of the units over the frames; a little room around. */
export function linesExtent(frames: readonly TrainingFrame[]): Interval {
  let from = Infinity;
  let to = -Infinity;
  for (const { units } of frames)
    for (const value of units?.preactivation ?? []) {
      if (!Number.isFinite(value)) continue;
      from = Math.min(from, value);
      to = Math.max(to, value);
    }
  if (from > to) return { from: -1, to: 1 };
  const room = Math.max(0.08 * (to - from), 0.05);
  return { from: from - room, to: to + room };
}

/** A line for each unit: its pre-activation for one input, over the steps. */
export function unitLinesChart(
  items: readonly UnitLines[],
  extent: Interval,
  steps: number,
  frame: Frame,
): Drawing {
  const ticks = niceTicks(extent, 4);
  return panels(items, LINES_HEIGHT, frame, (svg, { slot, frames }, box: Box) => {
    const left = box.x + AXIS;
    const bottom = box.y + box.height - 18;
    const x = (step: number) => left + (step / steps) * (box.x + box.width - left);
    const y = (value: number) =>
      bottom - ((value - extent.from) / (extent.to - extent.from)) * (bottom - box.y);
    const { theme } = frame;
    for (const value of ticks) {
      const at = y(value);
      line(svg, { x1: left, x2: box.x + box.width, y1: at, y2: at, stroke: theme.hairline });
      label(svg, formatNumber(value), { x: left - 4, y: at + 4, "text-anchor": "end" });
    }
    label(svg, "0", { x: left, y: bottom + 14 });
    label(svg, String(steps), { x: box.x + box.width, y: bottom + 14, "text-anchor": "end" });
    const units = frames[0]?.units?.preactivation.length ?? 0;
    for (let unit = 0; unit < units; ++unit) {
      const points = frames.flatMap(({ step, units: now }) => {
        const value = now?.preactivation[unit] ?? NaN;
        return Number.isFinite(value) ? [[x(step), y(value)] as const] : [];
      });
      if (points.length === 1) points.push([(points[0]?.[0] ?? 0) + 2, points[0]?.[1] ?? 0]);
      path(svg, points, {
        stroke: theme.slots[slot] ?? theme.text,
        "stroke-width": 1.4,
        "stroke-opacity": 0.75,
      });
    }
  });
}

export interface UnitWeights extends Named {
  /** [rows][columns] */
  readonly weight: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Height over width of an image of so many rows and columns, within bounds. */
export function weightsHeight({ rows, columns }: UnitWeights): number {
  return Math.max(0.4, Math.min(0.8, rows / columns));
}

/** Each unit a row, each weight a cell: violet below 0, yellow above, `most` the palette's ends. */
export function unitWeightsChart(
  items: readonly UnitWeights[],
  most: number,
  frame: Frame,
): Drawing {
  const [first] = items;
  const height = first ? weightsHeight(first) : 1;
  return panels(items, height, frame, (svg, { weight, rows, columns }, box: Box) => {
    const shades = Uint8Array.from(weight, (value) => shadeOf(value, most));
    const address = toPngAddress(shades, columns, rows, divergingPalette(frame.theme));
    addImage(svg, address, box);
    for (const at of [0, 1]) {
      const y = box.y + at * box.height;
      line(svg, { x1: box.x, x2: box.x + box.width, y1: y, y2: y, stroke: frame.theme.hairline });
    }
  });
}
