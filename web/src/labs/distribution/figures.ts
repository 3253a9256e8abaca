/** The distribution lab's figures with their words: results in, content out. */
import type { FigureContent, Figures } from "../../figures/content.js";
import type { Interval } from "../../charts/plot.js";
import { SLOT_MARKS } from "../../slots.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import { formatCount, formatNumber, formatShare } from "../../i18n/numbers.js";
import { cursorValues, densityAt, distributionChart, isSmooth, stemsOf } from "./charts.js";
import type { Sample } from "./charts.js";
import { cumulativeChart, quantileChart, spectrumChart } from "./comparison.js";
import type { Spectrum } from "./comparison.js";
import { heatMap, shades, wholeWindow } from "./heatmap.js";
import type { Window } from "./heatmap.js";

/** Most rows and columns of a matrix in the figure's table. */
const MOST_TABLE = 64;

function sampleCaption({ name, result }: Sample, locale: Locale): string {
  const { captions, between } = messagesOf(locale);
  const { law, moments } = result;
  if (law.kind === "atom") return captions.atom(name, formatNumber(law.mean));
  if (law.kind === "unknown") return captions.unknown(name, formatNumber(moments.std));
  if (law.kind === "atoms") {
    const list = stemsOf(result).map(
      ({ value, mass }) => `${formatNumber(value)} (${formatShare(mass)})`,
    );
    return captions.atoms(name, list.join(between.items));
  }
  const text = captions.distribution(
    name,
    formatNumber(moments.std),
    formatNumber(law.std),
    formatCount(moments.count),
  );
  return law.zeros > 0
    ? `${text}${between.sentences}${captions.zeros(formatShare(result.zeros / moments.count))}`
    : text;
}

export function histogramFigure(
  samples: readonly Sample[],
  extent: Interval,
  locale: Locale,
): FigureContent {
  const { figures, between } = messagesOf(locale);
  const values = cursorValues(extent);
  return {
    title: figures.histogram,
    aspect: 1.9,
    draw: (frame) =>
      distributionChart(
        samples,
        extent,
        { x: figures.value, y: figures.density, mass: figures.mass },
        frame,
      ),
    caption: samples.map((sample) => sampleCaption(sample, locale)).join(between.sentences),
    table: {
      head: [figures.value, ...samples.map(({ name }) => name)],
      rows: values.map((x) => [x, ...samples.map(({ result }) => densityAt(result, x))]),
    },
    describe: (i) => {
      const x = values[i] ?? 0;
      const parts = samples
        .filter(({ result }) => isSmooth(result))
        .map(
          ({ slot, name, result }) =>
            `${SLOT_MARKS[slot]} ${name} ${formatNumber(densityAt(result, x))}`,
        );
      return `${figures.around(formatNumber(x))}${between.label}${parts.join("   ")}`;
    },
  };
}

export function quantileFigure(samples: readonly Sample[], locale: Locale): FigureContent {
  const { captions, figures } = messagesOf(locale);
  const known = samples.filter(({ result }) => result.law.kind !== "unknown");
  const words = { x: figures.quantileOfLaw, y: figures.quantileOfSample };
  return {
    title: figures.quantiles,
    aspect: 1.2,
    draw: (frame) => quantileChart(known, words, frame),
    caption: captions.diagonal,
    table: {
      head: [figures.probability, ...known.flatMap(({ name }) => [name, figures.theory])],
      rows: [...(samples[0]?.result.curve ?? [])].map((p, i) => [
        p,
        ...known.flatMap(({ result }) => [result.sampleCurve[i] ?? NaN, result.lawCurve[i] ?? NaN]),
      ]),
    },
  };
}

export function cumulativeFigure(
  samples: readonly Sample[],
  extent: Interval,
  locale: Locale,
): FigureContent {
  const { captions, figures, between } = messagesOf(locale);
  const words = { x: figures.value, y: figures.probability };
  return {
    ...quantileFigure(samples, locale),
    title: figures.cumulative,
    caption: samples
      .filter(({ result }) => result.law.kind !== "unknown")
      .map(({ name, result }) =>
        captions.quantiles(name, formatNumber(result.ks), formatCount(result.moments.count)),
      )
      .join(between.sentences),
    draw: (frame) => cumulativeChart(samples, extent, words, frame),
  };
}

export function matrixFigure(spectrum: Spectrum, window: Window, locale: Locale): FigureContent {
  const { captions, figures } = messagesOf(locale);
  const { name, result } = spectrum;
  const words = { row: figures.row, column: figures.column };
  const { step } = shades(result, window, 1);
  const rows = Array.from({ length: Math.min(window.rows, MOST_TABLE) }, (_, i) => {
    const begin = (window.row + i) * result.columns + window.column;
    const count = Math.min(window.columns, MOST_TABLE);
    return [window.row + i, ...result.values.subarray(begin, begin + count)];
  });
  const columns = (rows[0]?.length ?? 1) - 1;
  return {
    title: figures.heatMap(name),
    aspect: 1.2,
    draw: (frame) => heatMap(result, window, words, frame),
    caption: captions.heatMap(window.rows, window.columns, step),
    table: {
      head: [figures.row, ...Array.from({ length: columns }, (_, i) => String(window.column + i))],
      rows,
    },
  };
}

export function spectrumFigure(spectra: readonly Spectrum[], locale: Locale): FigureContent {
  const { captions, figures, between } = messagesOf(locale);
  const taken = spectra.filter(({ result }) => result.singularValues.length > 0);
  const most = Math.max(0, ...taken.map(({ result }) => result.singularValues.length));
  return {
    title: figures.spectrum,
    aspect: 1.2,
    draw: (frame) => spectrumChart(taken, { x: figures.rank, y: figures.singularValue }, frame),
    caption: taken
      .map(({ name, result }) =>
        captions.spectrum(
          name,
          formatNumber(result.singularValues[0] ?? NaN),
          formatNumber(result.singularValues.at(-1) ?? NaN),
        ),
      )
      .join(between.sentences),
    table: {
      head: ["#", ...taken.map(({ name }) => name)],
      rows: Array.from({ length: most }, (_, i) => [
        i + 1,
        ...taken.map(({ result }) => result.singularValues[i] ?? NaN),
      ]),
    },
  };
}

interface DistributionParts {
  /** The interval of values that all axes of values hold. */
  readonly extent: Interval;
  /** Matrices that were drawn, if any, which of them is looked at, and what of it. */
  readonly spectra: readonly Spectrum[];
  readonly chosen: Spectrum | undefined;
  readonly window: Window | undefined;
}

export type DistributionFigure =
  "distribution" | "quantiles" | "cumulative" | "matrix" | "spectrum";

/** All figures of the lab by name. */
export function distributionFigures(
  samples: readonly Sample[],
  { extent, spectra, chosen, window }: DistributionParts,
  locale: Locale,
): Figures<DistributionFigure> {
  const matrix = chosen && chosen.result.shape.length > 1 ? chosen : undefined; // a vector is none
  return {
    distribution: histogramFigure(samples, extent, locale),
    quantiles: quantileFigure(samples, locale),
    cumulative: cumulativeFigure(samples, extent, locale),
    matrix: matrix && matrixFigure(matrix, window ?? wholeWindow(matrix.result), locale),
    spectrum: matrix && spectrumFigure(spectra, locale),
  };
}
