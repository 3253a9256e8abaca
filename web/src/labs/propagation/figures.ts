/** The propagation lab's figures with their sentences and tables, from results. */
import type { FigureContent } from "../../charts/figure.js";
import type { Interval } from "../../charts/plot.js";
import { SLOT_MARKS } from "../../charts/theme.js";
import { catalogue } from "../../engine/catalogue.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import type { Shown } from "../lab.js";
import { fractionChart, ridgeChart, varianceChart } from "./charts.js";
import { drawable, factorPerLayer, finiteLayers, varianceSeries } from "./data.js";
import type { Fractions, Series } from "./data.js";

type Results = readonly Shown<"propagation">[];
type SignalName = "activation" | "gradient";

/** A change per layer of less than this share counts as steady. */
const STEADY = 0.06;

function depthOf(shown: Results): number {
  return shown[0]?.result.deadFraction.length ?? 1;
}

export function seriesOf(shown: Results, signal: SignalName): Series[] {
  const direction = signal === "activation" ? "forward" : "backward";
  return shown.map(({ slot, name, result }) =>
    varianceSeries(slot, name, result[signal], direction),
  );
}

/** What the cursor says of layer i + 1. */
function describe(
  all: readonly { slot: number; name: string; values: Float64Array }[],
  i: number,
  { figures }: Messages,
): string {
  const parts = all.map(
    ({ slot, name, values }) => `${SLOT_MARKS[slot]} ${name} ${formatNumber(values[i] ?? NaN)}`,
  );
  return `${figures.atLayer(i + 1)}: ${parts.join("   ")}`;
}

/** A row for each layer: its number, and what `columns` says of element i. */
function rowsByLayer(depth: number, columns: (i: number) => number[]): number[][] {
  return Array.from({ length: depth }, (_, i) => [i + 1, ...columns(i)]);
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

/** Variance of a signal by layer, on an axis that holds `extent`. */
export function varianceFigure(
  shown: Results,
  signal: SignalName,
  extent: Interval,
  messages: Messages,
): FigureContent {
  const { figures } = messages;
  const { columns } = figures;
  const all = seriesOf(shown, signal);
  const depth = depthOf(shown);
  const forward = signal === "activation";
  const words = {
    x: figures.layer,
    y: forward ? figures.activationVarianceAxis : figures.gradientVarianceAxis,
    overflow: figures.overflow,
    vanished: forward ? figures.vanished : figures.vanishedBackward,
    nothingFinite: figures.nothingFinite,
  };
  const names = [columns.variance, columns.mean, columns.secondMoment, columns.nonfinite];
  return {
    title: forward ? figures.activationVariance : figures.gradientVariance,
    aspect: 1.6,
    draw: (frame) => varianceChart(all, depth, extent, words, frame),
    caption: all.map((s) => (forward ? forwardCaption : backwardCaption)(s, messages)).join(" "),
    table: {
      head: [
        figures.layer,
        ...all.flatMap(({ name }) => names.map((column) => `${name}: ${column}`)),
      ],
      rows: rowsByLayer(depth, (i) =>
        shown.flatMap(({ result }) => {
          const { variance, mean, secondMoment, nonfinite } = result[signal];
          return [variance, mean, secondMoment, nonfinite].map((column) => column[i] ?? NaN);
        }),
      ),
    },
    describe: (i) => describe(all, i, messages),
    fileName: `initscope-${signal}-variance`,
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
      .join(" "),
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: rowsByLayer(depth, (i) => all.map(({ values }) => values[i] ?? NaN)),
    },
    describe: (i) => describe(all, i, messages),
    fileName: `initscope-${quantity}`,
  };
}

/** Histograms of one scheme's activations, by layer. */
export function ridgeFigure(
  { slot, name, result }: Shown<"propagation">,
  { figures, captions }: Messages,
): FigureContent {
  const { histograms } = result.activation;
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
      rows: rowsByLayer(histograms.length, (i) => {
        const histogram = histograms[i];
        return histogram ? [histogram.from, histogram.to, ...histogram.counts] : [];
      }),
    },
    fileName: "initscope-activations",
  };
}
