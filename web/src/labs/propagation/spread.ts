/** How one scheme's activations are spread, by layer: quantiles and histograms, with their tables. */
import { numberedRows, together } from "../../charts/rows.js";
import { catalogue } from "../../engine/catalogue.js";
import type { FigureContent } from "../../figures/content.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";
import { finiteLayers } from "./data.js";
import { quantileChart, ridgeChart } from "./distributions.js";

/** Quantiles of one scheme's activations, by layer. */
export function quantileFigure(
  { slot, name, result }: Shown<"propagation">,
  { figures, captions, between }: Messages,
): FigureContent {
  const { quantiles, probabilities } = result;
  const shown = finiteLayers(result);
  const words = { x: figures.layer, tick: figures.tick, y: figures.activationAxis };
  const heads = Array.from(probabilities, formatShare);
  const within = (probabilities.at(-1) ?? NaN) - (probabilities[0] ?? NaN);
  return {
    title: figures.layerQuantiles(name),
    aspect: 1.15,
    draw: (frame) => quantileChart(quantiles, slot, shown, words, frame),
    caption: captions.layerQuantiles(formatShare(within)),
    table: {
      head: [figures.layer, ...heads],
      rows: numberedRows(
        quantiles[0]?.length ?? 0,
        (i) => quantiles.map((q) => q[i] ?? NaN),
        figures.tick,
      ),
    },
    describe: (i) =>
      `${figures.atLayer(i + 1)}${between.label}${together(quantiles.map((q, k) => `${heads[k]} ${formatNumber(q[i] ?? NaN)}`))}`,
    firstLayer: 1,
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
  const words = { x: figures.value, tick: figures.tick, y: figures.layer };
  return {
    title: figures.ridge(name),
    aspect: 1.15,
    draw: (frame) => ridgeChart(result, slot, histograms.length, words, frame),
    caption: captions.ridge(formatShare(result.zeroFraction[last - 1] ?? 0), last),
    table: {
      head: [figures.layer, figures.columns.min, figures.columns.max, ...bins],
      rows: numberedRows(
        histograms.length,
        (i) => {
          const histogram = histograms[i];
          return histogram ? [histogram.from, histogram.to, ...histogram.counts] : [];
        },
        figures.tick,
      ),
    },
  };
}
