/** The propagation lab's figures with their sentences and tables, from results. */
import { fractionChart, magnitudeChart } from "../../charts/by-layer.js";
import type { FigureContent } from "../../charts/figure.js";
import type { Interval } from "../../charts/plot.js";
import { cursorText, numberedRows } from "../../charts/rows.js";
import { drawable } from "../../charts/series.js";
import type { Fractions, Series } from "../../charts/series.js";
import { catalogue } from "../../engine/catalogue.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";
import { quantileChart, ridgeChart } from "./distributions.js";
import { factorPerLayer, finiteLayers, seriesFor } from "./data.js";
import type { Quantity } from "./data.js";

type Results = readonly Shown<"propagation">[];

/** A change per layer of less than this share counts as steady. */
const STEADY = 0.06;

function depthOf(shown: Results): number {
  return shown[0]?.result.deadFraction.length ?? 1;
}

export function seriesOf(shown: Results, quantity: Quantity, repeats: number): Series[] {
  return shown.map(({ slot, name, result }) => seriesFor(quantity, slot, name, result, repeats));
}

function forwardCaption(series: Series, { captions }: Messages): string {
  const depth = series.values.length;
  if (series.overflow) return captions.overflow(series.name, series.overflow);
  if (series.vanished) return captions.vanished(series.name, series.vanished);
  const last = formatNumber(series.values[depth - 1] ?? NaN);
  const factor = factorPerLayer(series);
  return Math.abs(factor - 1) < STEADY
    ? captions.steady(series.name, last, depth)
    : captions.factor(series.name, formatNumber(factor), last, depth);
}

function backwardCaption(series: Series, { captions }: Messages): string {
  if (drawable(series).length === 0) return captions.gradientNowhere(series.name);
  if (series.overflow) return captions.gradientOverflow(series.name, series.overflow);
  if (series.vanished) return captions.gradientVanished(series.name, series.vanished);
  const first = formatNumber(series.values[0] ?? NaN);
  const factor = 1 / factorPerLayer(series);
  return Math.abs(factor - 1) < STEADY
    ? captions.gradientSteady(series.name, first)
    : captions.gradientFactor(series.name, formatNumber(factor), first);
}

/** What theory says beside the dots, or why it is silent. */
function theoryCaption(all: readonly Series[], shown: Results, messages: Messages): string {
  const { captions } = messages;
  const parts: string[] = [];
  if (all.some(({ theory }) => theory)) parts.push(captions.theory);
  if (all.some(({ band }) => band)) parts.push(captions.band);
  for (const { name, result } of shown)
    if (result.theory.gap) parts.push(captions.gaps[result.theory.gap](name));
  return parts.join(messages.between.sentences);
}

/** Columns of the table, for each scheme: what was measured, and what theory says. */
function tableOf(shown: Results, quantity: Quantity, all: readonly Series[], messages: Messages) {
  const { figures } = messages;
  const { columns } = figures;
  const signal = quantity === "activation" || quantity === "gradient";
  const names = signal
    ? [columns.variance, columns.mean, columns.secondMoment, columns.nonfinite]
    : [figures.measured];
  const extra = [columns.theory, columns.low, columns.high];
  return {
    head: [
      figures.layer,
      ...all.flatMap(({ name }) => [...names, ...extra].map((column) => `${name}: ${column}`)),
    ],
    rows: numberedRows(depthOf(shown), (i) =>
      shown.flatMap(({ result }, k) => {
        const series = all[k];
        const at = (values: Float64Array | undefined) => values?.[i] ?? NaN;
        const measured = signal
          ? (["variance", "mean", "secondMoment", "nonfinite"] as const).map((column) =>
              at(result[quantity][column]),
            )
          : [at(series?.values)];
        return [...measured, at(series?.theory), at(series?.band?.low), at(series?.band?.high)];
      }),
    ),
  };
}

/** The series of a positive quantity by layer, on an axis that holds `extent`. */
export function magnitudeFigure(
  shown: Results,
  quantity: Quantity,
  all: readonly Series[],
  extent: Interval,
  repeats: number,
  messages: Messages,
): FigureContent {
  const { figures, captions } = messages;
  const depth = depthOf(shown);
  const forward = quantity === "activation";
  const words = {
    x: figures.layer,
    y: figures.magnitudes[quantity].axis,
    overflow: figures.overflow,
    vanished: forward ? figures.vanished : figures.vanishedBackward,
    nothingFinite: figures.nothingFinite,
  };
  const measured = all.map((s) => {
    if (forward) return forwardCaption(s, messages);
    if (quantity === "gradient") return backwardCaption(s, messages);
    return drawable(s).length === 0
      ? captions.gradientNowhere(s.name)
      : captions.ends(
          s.name,
          formatNumber(s.values[0] ?? NaN),
          formatNumber(s.values[depth - 1] ?? NaN),
          depth,
        );
  });
  const repeated = repeats > 1 && all.some(({ range }) => range) ? [captions.repeats(repeats)] : [];
  return {
    title: figures.magnitudes[quantity].title,
    aspect: 1.6,
    draw: (frame) => magnitudeChart(all, depth, extent, words, frame),
    caption: [...measured, ...repeated, theoryCaption(all, shown, messages)]
      .join(messages.between.sentences)
      .trim(),
    table: tableOf(shown, quantity, all, messages),
    describe: (i) => cursorText(figures.atLayer(i + 1), all, i),
    fileName: `initscope-${quantity}`,
  };
}

/** Correlation of the pre-activations of two inputs, by layer. */
export function correlationFigure(shown: Results, messages: Messages): FigureContent {
  const { figures, captions } = messages;
  const depth = depthOf(shown);
  const all: Fractions[] = shown.map(({ slot, name, result }) => ({
    slot,
    name,
    values: result.ranges?.correlation.median ?? result.correlation,
    shown: finiteLayers(result),
    ...(result.theory.gap === "" && { theory: result.theory.correlation }),
  }));
  const words = { x: figures.layer, y: figures.correlationAxis };
  return {
    title: figures.correlation,
    aspect: 1.6,
    draw: (frame) => fractionChart(all, depth, words, frame),
    caption: all
      .filter((s) => s.shown > 0 && !Number.isNaN(s.values[s.shown - 1] ?? NaN))
      .map((s) => captions.correlation(s.name, formatNumber(s.values[s.shown - 1] ?? NaN), s.shown))
      .concat(all.some(({ theory }) => theory) ? [captions.theory] : [])
      .join(messages.between.sentences),
    table: {
      head: [
        figures.layer,
        ...all.flatMap(({ name }) => [name, `${name}: ${figures.columns.theory}`]),
      ],
      rows: numberedRows(depth, (i) =>
        all.flatMap(({ values, theory }) => [values[i] ?? NaN, theory?.[i] ?? NaN]),
      ),
    },
    describe: (i) => cursorText(figures.atLayer(i + 1), all, i),
    fileName: "initscope-correlation",
  };
}

/** Quantiles of one scheme's activations, by layer. */
export function quantileFigure(
  { slot, name, result }: Shown<"propagation">,
  { figures, captions }: Messages,
): FigureContent {
  const { quantiles } = result;
  const shown = finiteLayers(result);
  const words = { x: figures.layer, y: figures.activationAxis };
  const heads = ["5 %", "25 %", "50 %", "75 %", "95 %"];
  return {
    title: figures.layerQuantiles(name),
    aspect: 1.15,
    draw: (frame) => quantileChart(quantiles, slot, shown, words, frame),
    caption: captions.layerQuantiles,
    table: {
      head: [figures.layer, ...heads],
      rows: numberedRows(quantiles[0]?.length ?? 0, (i) => quantiles.map((q) => q[i] ?? NaN)),
    },
    describe: (i) =>
      `${figures.atLayer(i + 1)}: ${quantiles.map((q, k) => `${heads[k]} ${formatNumber(q[i] ?? NaN)}`).join("   ")}`,
    fileName: "initscope-quantiles",
  };
}

/** Share of dead units, or of saturated activations, by layer. */
export function shareFigure(
  shown: Results,
  quantity: "dead" | "saturated",
  messages: Messages,
): FigureContent {
  const { figures, captions } = messages;
  const dead = quantity === "dead";
  const depth = depthOf(shown);
  const all: Fractions[] = shown.map(({ slot, name, result }) => ({
    slot,
    name,
    values: dead ? result.deadFraction : result.saturatedFraction,
    shown: finiteLayers(result),
  }));
  const words = { x: figures.layer, y: dead ? figures.deadAxis : figures.saturatedAxis };
  const caption = dead ? captions.dead : captions.saturated;
  return {
    title: dead ? figures.dead : figures.saturated,
    aspect: 1.6,
    draw: (frame) => fractionChart(all, depth, words, frame),
    caption: all
      .filter((s) => s.shown > 0)
      .map((s) => caption(s.name, formatShare(s.values[s.shown - 1] ?? 0), s.shown))
      .join(messages.between.sentences),
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: numberedRows(depth, (i) => all.map(({ values }) => values[i] ?? NaN)),
    },
    describe: (i) => cursorText(figures.atLayer(i + 1), all, i),
    fileName: `initscope-${quantity}`,
  };
}

/** Histograms of one scheme's activations, by layer. */
export function ridgeFigure(
  { slot, name, result }: Shown<"propagation">,
  { figures, captions }: Messages,
): FigureContent {
  const { histograms } = result;
  const bins = Array.from({ length: catalogue.limits.layerBins }, (_, i) => String(i + 1));
  const last = Math.max(1, finiteLayers(result));
  const words = { x: figures.value, y: figures.layer };
  return {
    title: figures.ridge(name),
    aspect: 1.15,
    draw: (frame) => ridgeChart(result, slot, histograms.length, words, frame),
    caption: captions.ridge(formatShare(result.zeroFraction[last - 1] ?? 0), last),
    table: {
      head: [figures.layer, figures.columns.min, figures.columns.max, ...bins],
      rows: numberedRows(histograms.length, (i) => {
        const histogram = histograms[i];
        return histogram ? [histogram.from, histogram.to, ...histogram.counts] : [];
      }),
    },
    fileName: "initscope-activations",
  };
}
