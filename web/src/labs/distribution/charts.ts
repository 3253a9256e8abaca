/** The figure of the distribution lab: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import { axes, axisTitles, draw, MARGINS, numberLabel, pixels } from "../../charts/plot.js";
import { labelEnds, rightMargin } from "../../charts/labels.js";
import type { EndLabel } from "../../charts/labels.js";
import type { Drawing, Frame, Interval } from "../../charts/plot.js";
import { SLOT_DASHES } from "../../slots.js";
import type { DistributionResult } from "../../engine/results.js";

export interface Sample {
  readonly slot: number;
  readonly name: string;
  readonly result: DistributionResult;
}

/** Corners of a histogram's outline, as density. */
export function outline(result: DistributionResult): { x: number; density: number }[] {
  const { from, to, counts } = result.histogram;
  const width = (to - from) / counts.length;
  const scale = 1 / (result.moments.count * width);
  const points = [{ x: from, density: 0 }];
  counts.forEach((count, i) => {
    points.push({ x: from + i * width, density: count * scale });
    points.push({ x: from + (i + 1) * width, density: count * scale });
  });
  points.push({ x: to, density: 0 });
  return points;
}

/** The abscissae that the samples need, a little wider than their laws' views. */
export function extentOf(samples: readonly Sample[]): Interval {
  const from = Math.min(...samples.map(({ result }) => result.histogram.from));
  const to = Math.max(...samples.map(({ result }) => result.histogram.to));
  const margin = 0.04 * (to - from);
  return { from: from - margin, to: to + margin };
}

/** Values that have a probability of their own. */
export function stemsOf({ law }: DistributionResult): { value: number; mass: number }[] {
  if (law.kind === "atom") return [{ value: law.mean, mass: 1 }];
  if (law.kind === "atoms")
    return [...law.atomValues].map((value, i) => ({ value, mass: law.atomMasses[i] ?? 0 }));
  return law.zeros > 0 ? [{ value: 0, mass: law.zeros }] : [];
}

/** Whether there is a density to draw. */
export function isSmooth({ law }: DistributionResult): boolean {
  return law.kind !== "atom" && law.kind !== "atoms";
}

/** Histograms as step areas, laws as lines, atoms as stems as high as their mass. */
export function distributionChart(
  samples: readonly Sample[],
  extent: Interval,
  words: { readonly x: string; readonly y: string; readonly mass: string },
  frame: Frame,
): Drawing {
  const smooth = samples.filter(({ result }) => isSmooth(result));
  const outlines = smooth.map((sample) => ({ sample, points: outline(sample.result) }));
  const highest = Math.max(
    ...outlines.flatMap(({ points }) => points.map(({ density }) => density)),
    ...smooth.flatMap(({ result }) => [...result.density]),
    0,
  );
  const top = highest > 0 ? 1.12 * highest : 1.12;
  const stem = highest > 0 ? highest : 1; // what stands for mass 1
  const stems = samples.flatMap(({ slot, result }) =>
    stemsOf(result).map(({ value, mass }) => ({ slot, value, height: mass * stem })),
  );
  const marginRight = rightMargin(
    samples.map(({ name }) => name),
    frame,
  );
  const colorOf = (slot: number) => frame.theme.slots[slot] ?? frame.theme.text;
  const ticks = Math.max(3, Math.floor((frame.width - marginRight) / 90));
  const svg = draw(frame, {
    marginRight,
    x: { domain: [extent.from, extent.to] },
    y: { domain: [0, top] },
    marks: [
      ...axes(frame, { ticks, format: numberLabel }, { ticks: 5, format: numberLabel }),
      ...outlines.map(({ sample, points }) =>
        Plot.areaY(points, {
          x: "x",
          y1: 0,
          y2: "density",
          fill: colorOf(sample.slot),
          fillOpacity: 0.28,
        }),
      ),
      ...smooth.map(({ slot, result }) =>
        Plot.lineY(lawLine(result), {
          x: "x",
          y: "density",
          stroke: colorOf(slot),
          strokeWidth: 1.6,
          strokeDasharray: SLOT_DASHES[slot] ?? "none",
        }),
      ),
      ...stems.flatMap(({ slot, value, height }) => [
        Plot.ruleX([value], { y1: 0, y2: height, stroke: colorOf(slot), strokeWidth: 3 }),
        Plot.dot([value], { x: (x: number) => x, y: height, r: 4, fill: colorOf(slot) }),
      ]),
    ],
  });
  const y = pixels(svg, "y");
  const labels: EndLabel[] = samples.map(({ slot, name, result }) => ({
    text: name,
    color: colorOf(slot),
    y: y(labelHeight(result, stem)),
  }));
  labelEnds(svg, labels, frame, marginRight, {
    from: MARGINS.top,
    to: frame.height - MARGINS.bottom,
  });
  axisTitles(svg, frame, { x: words.x, y: smooth.length > 0 ? words.y : words.mass });
  const x = pixels(svg, "x");
  return {
    svg,
    xs: cursorValues(extent).map(x),
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
  };
}

/** Where a sample is named: at its density's top, or its largest stem's. */
function labelHeight(result: DistributionResult, stem: number): number {
  if (result.density.length > 0) return Math.max(...result.density);
  const masses = stemsOf(result).map(({ mass }) => mass);
  if (masses.length > 0) return stem * Math.max(...masses);
  return Math.max(...outline(result).map(({ density }) => density));
}

/** The law's density with its jumps at the ends of the support. */
function lawLine(result: DistributionResult): { x: number; density: number }[] {
  const points = [...result.densityX].map((x, i) => ({ x, density: result.density[i] ?? 0 }));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || result.law.kind === "normal") return points;
  return [{ x: first.x, density: 0 }, ...points, { x: last.x, density: 0 }];
}

const CURSOR_STEPS = 80;

/** Positions of the cursor: values spread over the axis. */
export function cursorValues(extent: Interval): number[] {
  const step = (extent.to - extent.from) / CURSOR_STEPS;
  return Array.from({ length: CURSOR_STEPS }, (_, i) => extent.from + (i + 0.5) * step);
}

/** Measured density at a value. */
export function densityAt(result: DistributionResult, x: number): number {
  const { from, to, counts } = result.histogram;
  const bin = Math.floor(((x - from) / (to - from)) * counts.length);
  const width = (to - from) / counts.length;
  return (counts[bin] ?? 0) / result.moments.count / width;
}
