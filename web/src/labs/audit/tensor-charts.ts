/** One tensor: its values against the laws that remain, and the norms of its rows. Data in, SVG out. */
import * as Plot from "@observablehq/plot";
import { axes, axisTitles, draw, MARGINS, numberLabel, pixels } from "../../charts/plot.js";
import type { Drawing, Frame } from "../../charts/plot.js";
import { densityOf } from "./facts.js";
import type { AcceptedLaw, TensorReport } from "./types.js";

type Binned = TensorReport["histogram"];

/** Laws whose lines are drawn; those that differ by less than a line's width are one. */
const MOST_LAWS = 3;
const DASHES = ["none", "6 3", "2 3"];
const POINTS = 160;

/** Bins for values: about the root of their number, and at least so many. */
const LEAST_BINS = 8;

/** Neighbours together until there are no more bins than the values fill. */
function coarse(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const enough = Math.max(LEAST_BINS, Math.sqrt(total));
  if (counts.length <= enough || counts.length % 2 !== 0) return counts;
  return coarse(
    Array.from(
      { length: counts.length / 2 },
      (_, i) => (counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0),
    ),
  );
}

/** Density in each bin, of the values that are finite; of few values in fewer bins, which are as many wide. */
export function densities({ from, to, counts }: Binned): number[] {
  const all = coarse(Array.from(counts));
  const total = all.reduce((sum, count) => sum + count, 0);
  const width = (to - from) / all.length;
  return all.map((count) => (total > 0 && width > 0 ? count / (total * width) : 0));
}

/** The laws that are drawn. */
export const drawnLaws = (laws: readonly AcceptedLaw[]): readonly AcceptedLaw[] =>
  laws
    .filter(
      ({ shape, std }, i) =>
        laws.findIndex((one) => one.shape === shape && Math.abs(Math.log(one.std / std)) < 0.01) ===
        i,
    )
    .slice(0, MOST_LAWS);

/** A law's line over an interval, with its jumps. */
function lawLine(law: AcceptedLaw, from: number, to: number) {
  const xs = Array.from({ length: POINTS + 1 }, (_, i) => from + ((to - from) * i) / POINTS);
  if (!(law.bound > 0)) return xs.map((x) => ({ x, density: densityOf(law, x) }));
  const inside = xs.filter((x) => Math.abs(x) < law.bound);
  const ends = [-law.bound, law.bound].filter((x) => x >= from && x <= to);
  return [
    ...(ends.includes(-law.bound) ? [{ x: -law.bound, density: 0 }] : []),
    ...[...inside, ...ends].sort((a, b) => a - b).map((x) => ({ x, density: densityOf(law, x) })),
    ...(ends.includes(law.bound) ? [{ x: law.bound, density: 0 }] : []),
  ];
}

export function histogramChart(
  { histogram, laws }: Pick<TensorReport, "histogram" | "laws">,
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const { theme } = frame;
  const bins = densities(histogram);
  const step = (histogram.to - histogram.from) / bins.length;
  const shown = drawnLaws(laws);
  const reach = Math.max(
    Math.abs(histogram.from),
    Math.abs(histogram.to),
    ...shown.map(({ bound }) => bound),
  );
  const [from, to] =
    shown.length > 0 ? [-1.06 * reach, 1.06 * reach] : [histogram.from, histogram.to];
  const lines = shown.map((law) => lawLine(law, from, to));
  const most = Math.max(...bins, ...lines.flat().map(({ density }) => density));
  const svg = draw(frame, {
    marginRight: 16,
    x: { domain: [from, to] },
    y: { domain: [0, most > 0 ? 1.12 * most : 1] },
    marks: [
      ...axes(
        frame,
        { ticks: Math.max(3, Math.floor(frame.width / 100)), format: numberLabel },
        { ticks: 4, format: numberLabel },
      ),
      Plot.areaY(
        bins.flatMap((density, i) => [
          { x: histogram.from + i * step, density },
          { x: histogram.from + (i + 1) * step, density },
        ]),
        { x: "x", y1: 0, y2: "density", fill: theme.secondary, fillOpacity: 0.35 },
      ),
      ...lines.map((points, i) =>
        Plot.lineY(points, {
          x: "x",
          y: "density",
          stroke: theme.text,
          strokeWidth: 1.4,
          strokeDasharray: DASHES[i] ?? "none",
        }),
      ),
    ],
  });
  axisTitles(svg, frame, words);
  const x = pixels(svg, "x");
  return {
    svg,
    xs: bins.map((_, i) => x(histogram.from + (i + 0.5) * step)),
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
  };
}

/** What independent values give for the norm of a row of `columns`: the mean, and two standard deviations. */
export function expectedNorm(
  { std, excessKurtosis }: Pick<TensorReport["statistics"], "std" | "excessKurtosis">,
  columns: number,
): { readonly mean: number; readonly spread: number } {
  return {
    mean: std * Math.sqrt(columns),
    spread: std * Math.sqrt(Math.max(0, excessKurtosis + 2)),
  };
}

export function normsChart(
  { rowNorms, rowStep, statistics }: TensorReport,
  columns: number,
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const { theme } = frame;
  const { mean, spread } = expectedNorm(statistics, columns);
  const rows = Array.from(rowNorms, (norm, i) => ({ row: i * rowStep, norm }));
  const last = rows.at(-1)?.row ?? 0;
  const most = Math.max(mean + spread, ...rows.map(({ norm }) => norm));
  const svg = draw(frame, {
    marginRight: 16,
    x: { domain: [-0.5, last + 0.5] },
    y: { domain: [0, most > 0 ? 1.08 * most : 1] },
    marks: [
      ...axes(
        frame,
        {
          ticks: Math.max(2, Math.min(last + 1, Math.floor(frame.width / 100))),
          format: numberLabel,
        },
        { ticks: 4, format: numberLabel },
      ),
      Plot.rectY([0], {
        x1: -0.5,
        x2: last + 0.5,
        y1: Math.max(0, mean - spread),
        y2: mean + spread,
        fill: theme.text,
        fillOpacity: 0.14,
      }),
      Plot.ruleY([mean], { stroke: theme.text, strokeWidth: 1.2 }),
      Plot.dot(rows, {
        x: "row",
        y: "norm",
        r: rows.length > 200 ? 1.6 : 2.6,
        fill: theme.text,
      }),
    ],
  });
  axisTitles(svg, frame, words);
  const x = pixels(svg, "x");
  return {
    svg,
    xs: rows.map(({ row }) => x(row)),
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
  };
}

/** A row's small drawing, in units of its own: step area against the first law. */
export const MINI = { width: 96, height: 26 } as const;

/** Paths of a small drawing: what was measured, and the law's line; "" for none. */
export function miniPaths({ histogram, laws }: Pick<TensorReport, "histogram" | "laws">): {
  readonly area: string;
  readonly law: string;
} {
  const bins = densities(histogram);
  const [law] = laws;
  const step = (histogram.to - histogram.from) / Math.max(1, bins.length);
  const most = Math.max(
    0,
    ...bins,
    ...(law ? bins.map((_, i) => densityOf(law, histogram.from + (i + 0.5) * step)) : []),
  );
  if (!(most > 0) || !(step > 0)) return { area: "", law: "" };
  const x = (i: number) => ((i / bins.length) * MINI.width).toFixed(1);
  const y = (density: number) => (MINI.height - (density / most) * (MINI.height - 2)).toFixed(1);
  const area = `M0,${MINI.height}${bins.map((density, i) => `L${x(i)},${y(density)}H${x(i + 1)}`).join("")}V${MINI.height}Z`;
  if (!law) return { area, law: "" };
  const points = Array.from({ length: 49 }, (_, i) => {
    const at = (i / 48) * bins.length;
    return `${x(at)},${y(densityOf(law, histogram.from + at * step))}`;
  });
  return { area, law: `M${points.join("L")}` };
}
