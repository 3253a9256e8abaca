/** Figures that hold a sample against its law: quantiles, distribution functions, singular values. */
import * as Plot from "@observablehq/plot";
import { axes, axisTitles, draw, MARGINS, numberLabel, pixels } from "../../charts/plot.js";
import { labelEnds, rightMargin } from "../../charts/labels.js";
import type { Drawing, Frame, Interval } from "../../charts/plot.js";
import { SLOT_DASHES, SLOT_SYMBOLS } from "../../slots.js";
import type { MatrixResult } from "../../engine/results.js";
import type { Sample } from "./charts.js";

export interface Spectrum {
  readonly slot: number;
  readonly name: string;
  readonly result: MatrixResult;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Series {
  readonly slot: number;
  readonly name: string;
  readonly measured: readonly Point[];
  readonly theory: readonly Point[];
}

/** Dots of a curve, few enough for the line beneath to be seen. */
const DOTS = 40;

function thinned<T>(points: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(points.length / DOTS));
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

function extent(values: readonly number[], margin: number): [number, number] {
  const finite = values.filter(Number.isFinite);
  const from = Math.min(...finite);
  const to = Math.max(...finite);
  const room = margin * (to - from) || 1;
  return [from - room, to + room];
}

/** Measured values as dots, theory as thin lines, each series named at its right end. */
function compare(
  series: readonly Series[],
  axesOf: { readonly x?: Interval; readonly y?: Interval; readonly diagonal?: boolean },
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const points = series.flatMap(({ measured, theory }) => [...measured, ...theory]);
  const marginRight = rightMargin(
    series.map(({ name }) => name),
    frame,
  );
  const colorOf = (slot: number) => frame.theme.slots[slot] ?? frame.theme.text;
  const domain = (given: Interval | undefined, values: readonly number[]) =>
    given ? [given.from, given.to] : extent(values, 0.04);
  const x = domain(
    axesOf.x,
    points.map((point) => point.x),
  );
  const y = domain(
    axesOf.y,
    points.map((point) => point.y),
  );
  const ticks = Math.max(3, Math.floor((frame.width - marginRight) / 90));
  const svg = draw(frame, {
    marginRight,
    x: { domain: x },
    y: { domain: y },
    marks: [
      ...axes(frame, { ticks, format: numberLabel }, { ticks: 5, format: numberLabel }),
      axesOf.diagonal
        ? Plot.line(
            [
              [Math.max(x[0] ?? 0, y[0] ?? 0), Math.max(x[0] ?? 0, y[0] ?? 0)],
              [Math.min(x[1] ?? 0, y[1] ?? 0), Math.min(x[1] ?? 0, y[1] ?? 0)],
            ],
            { stroke: frame.theme.secondary, strokeWidth: 1 },
          )
        : null,
      ...series.flatMap(({ slot, measured, theory }) => [
        Plot.dot(measured, {
          x: "x",
          y: "y",
          r: 1.8,
          symbol: SLOT_SYMBOLS[slot] ?? "circle",
          fill: colorOf(slot),
          fillOpacity: 0.7,
          clip: true,
        }),
        Plot.line(theory, {
          x: "x",
          y: "y",
          stroke: colorOf(slot),
          strokeWidth: 1.4,
          strokeDasharray: SLOT_DASHES[slot] ?? "none",
          clip: true,
        }),
      ]),
    ],
  });
  const toY = pixels(svg, "y");
  labelEnds(
    svg,
    series.map(({ slot, name, measured }) => ({
      text: name,
      color: colorOf(slot),
      y: toY(measured.at(-1)?.y ?? 0),
    })),
    frame,
    marginRight,
    { from: MARGINS.top, to: frame.height - MARGINS.bottom },
  );
  axisTitles(svg, frame, words);
  return { svg, xs: [], top: MARGINS.top, bottom: frame.height - MARGINS.bottom };
}

/** Quantiles of the sample over those of the law: on the diagonal where the two agree. */
export function quantileChart(
  samples: readonly Sample[],
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const series = samples.map(({ slot, name, result }) => ({
    slot,
    name,
    measured: [...result.lawCurve].map((x, i) => ({ x, y: result.sampleCurve[i] ?? NaN })),
    theory: [],
  }));
  return compare(series, { diagonal: true }, words, frame);
}

/** Distribution functions: the sample's as dots, the law's as lines. */
export function cumulativeChart(
  samples: readonly Sample[],
  axis: Interval,
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const at = (result: Sample["result"], xs: Float64Array) =>
    [...result.curve].map((y, i) => ({ x: xs[i] ?? NaN, y }));
  const series = samples.map(({ slot, name, result }) => ({
    slot,
    name,
    measured: thinned(at(result, result.sampleCurve)),
    theory: result.law.kind === "unknown" ? [] : at(result, result.lawCurve),
  }));
  return compare(series, { x: axis, y: { from: 0, to: 1 } }, words, frame);
}

/** Where the density's integral from above reaches each share: quantiles, largest first. */
export function descendingQuantiles(x: Float64Array, density: Float64Array): Point[] {
  const points: Point[] = [];
  let mass = 0;
  for (let i = x.length - 1; i > 0; --i) {
    points.push({ x: mass, y: x[i] ?? NaN });
    const step = (x[i] ?? 0) - (x[i - 1] ?? 0);
    mass += 0.5 * step * ((density[i] ?? 0) + (density[i - 1] ?? 0));
  }
  points.push({ x: mass, y: x[0] ?? NaN });
  return points.map((point) => ({ ...point, x: mass > 0 ? point.x / mass : 0 }));
}

/** Singular values in descending order over their rank's share, with Marchenko and Pastur's law. */
export function spectrumChart(
  spectra: readonly Spectrum[],
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const series = spectra.map(({ slot, name, result }) => {
    const n = result.singularValues.length;
    const measured = thinned([...result.singularValues].map((y, i) => ({ x: (i + 0.5) / n, y })));
    return {
      slot,
      name,
      measured,
      theory: result.theory.length > 0 ? descendingQuantiles(result.theoryX, result.theory) : [],
    };
  });
  const most = Math.max(...series.flatMap(({ measured }) => measured.map(({ y }) => y)), 0);
  return compare(
    series,
    { x: { from: 0, to: 1 }, y: { from: 0, to: 1.08 * most || 1 } },
    words,
    frame,
  );
}
