/** The propagation lab's figures with their sentences and tables, from results. */
import { fractionChart, magnitudeChart } from "../../charts/by-layer.js";
import type { FigureContent } from "../../charts/figure.js";
import type { Interval } from "../../charts/plot.js";
import { cursorText, numberedRows, together } from "../../charts/rows.js";
import { coinciding, drawable, sameMagnitude, sameShare } from "../../charts/series.js";
import type { Fractions, Series } from "../../charts/series.js";
import { activationOf, catalogue } from "../../engine/catalogue.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";
import { quantileChart, ridgeChart } from "./distributions.js";
import { finiteLayers, seriesFor } from "./data.js";
import type { Quantity, SignalChoice } from "./data.js";
import { trendOf } from "./trend.js";

type Results = readonly Shown<"propagation">[];

function depthOf(shown: Results): number {
  return shown[0]?.result.deadFraction.length ?? 1;
}

/** What a request has the signal's figure show. */
function signalOf({ quantity }: PropagationRequest): SignalChoice {
  return quantity === "variance" ? "variance" : "second_moment";
}

export function seriesOf(
  shown: Results,
  quantity: Quantity,
  request: PropagationRequest,
): Series[] {
  const of = signalOf(request);
  return shown.map(({ slot, name, result }) =>
    seriesFor(quantity, slot, name, result, request.repeats, of),
  );
}

/** Values that leave what the ends span by more than this factor are said too. */
const BEYOND = 1.2;

/** How a series runs, in the one judgement that the verdict has too. */
function trendText(series: Series, what: string, backward: boolean, messages: Messages): string {
  const { captions } = messages;
  const { name, values, first } = series;
  const end = first + values.length - 1;
  const trend = trendOf(backward ? values.slice().reverse() : values);
  const [from, to] = backward ? [end, first] : [first, end];
  const last = formatNumber(trend.last);
  if (trend.kind === "steady")
    return captions.steady(
      name,
      what,
      backward,
      to,
      formatNumber(trend.least),
      formatNumber(trend.most),
    );
  if (trend.kind === "factor")
    return captions.factor(name, what, formatNumber(trend.factor), backward, last, to);
  const { least, most } = trend;
  const beyond =
    most > BEYOND * Math.max(trend.first, trend.last) ||
    least * BEYOND < Math.min(trend.first, trend.last);
  return captions.ends(
    name,
    formatNumber(trend.first),
    from,
    last,
    to,
    beyond ? [formatNumber(least), formatNumber(most)] : undefined,
  );
}

function seriesCaption(
  series: Series,
  quantity: Quantity,
  of: SignalChoice,
  messages: Messages,
): string {
  const { captions } = messages;
  const { name, overflow, vanished } = series;
  if (quantity === "activation") {
    if (overflow !== undefined) return captions.overflow(name, overflow);
    if (vanished !== undefined) return captions.vanished(name, vanished);
    return trendText(series, captions.signals[of], false, messages);
  }
  if (drawable(series).length === 0) return captions.gradientNowhere(name);
  if (overflow !== undefined) return captions.gradientOverflow(name, overflow);
  if (vanished !== undefined) return captions.gradientVanished(name, vanished);
  const what = quantity === "ratio" ? captions.signals.ratio : captions.signals.gradient;
  return trendText(series, what, true, messages);
}

/** Which of the schemes lie on one another, and why where that is known. */
function coincideText(
  all: readonly { readonly name: string; readonly values: Float64Array; readonly shown?: number }[],
  same: (a: number, b: number) => boolean,
  reason: string,
  { captions }: Messages,
): string[] {
  return coinciding(all, same)
    .filter((group) => group.length > 1)
    .map((group) =>
      captions.coincide(group.map((i) => all[i]?.name ?? "").join(captions.and), reason),
    );
}

/** Of an activation that has no scale of its own, and no biases that have one. */
function scaleFree({ activation, bias }: PropagationRequest): string {
  const free = activationOf(activation).scaleFree;
  return free && bias.scheme === "zeros" ? activation : "";
}

/** Widths that are not all alike come again until the depth is reached. */
function widthsText({ widths = [], depth }: PropagationRequest, { captions, between }: Messages) {
  const repeated = new Set(widths).size > 1 && widths.length < depth;
  return repeated ? [captions.widths(widths.join(between.items), depth)] : [];
}

/** What theory says beside the dots, or why it is silent. */
function theoryCaption(
  all: readonly Series[],
  shown: Results,
  { repeats }: PropagationRequest,
  extent: Interval,
  messages: Messages,
): string[] {
  const { captions } = messages;
  const parts: string[] = [];
  // A line that runs outside of the axis is not drawn.
  const drawn = (line: ArrayLike<number>) =>
    Array.from(line).some((value) => value >= extent.from && value <= extent.to);
  if (all.some(({ theory }) => theory && drawn(theory))) parts.push(captions.theory);
  if (all.some(({ band }) => band && !band.drawn)) parts.push(captions.band);
  if (all.some(({ band }) => band?.drawn)) parts.push(captions.bandDrawn(repeats));
  for (const { name, result } of shown)
    if (result.theory.gap) parts.push(captions.gaps[result.theory.gap](name));
  return parts;
}

/** Columns of the table, for each scheme: what was measured, and what theory says. */
function tableOf(shown: Results, quantity: Quantity, all: readonly Series[], messages: Messages) {
  const { figures } = messages;
  const { columns } = figures;
  const signal = quantity === "activation" || quantity === "gradient";
  const moments = ["secondMoment", "mean", "variance"] as const;
  const names = signal
    ? [...moments.map((moment) => columns[moment]), columns.nonfinite]
    : [figures.measured];
  const extra = [columns.theory, columns.low, columns.high];
  const first = all[0]?.first ?? 1;
  const measured = ({ result }: Shown<"propagation">, i: number, series: Series | undefined) => {
    if (!signal) return [series?.values[i] ?? NaN];
    const layer = first + i;
    if (layer === 0) return [...moments.map((moment) => result.input[moment]), 0];
    return [...moments, "nonfinite" as const].map((c) => result[quantity][c][layer - 1] ?? NaN);
  };
  return {
    head: [
      figures.layer,
      ...all.flatMap(({ name }) =>
        [...names, ...extra].map((column) => name + messages.between.label + column),
      ),
    ],
    rows: numberedRows(
      depthOf(shown) - first + 1,
      (i) =>
        shown.flatMap((scheme, k) => {
          const series = all[k];
          const at = (values: Float64Array | undefined) => values?.[i] ?? NaN;
          const { theory, band } = series ?? {};
          return [...measured(scheme, i, series), at(theory), at(band?.low), at(band?.high)];
        }),
      first,
    ),
  };
}

/** The series of a positive quantity by layer, on an axis that holds `extent`. */
export function magnitudeFigure(
  shown: Results,
  quantity: Quantity,
  all: readonly Series[],
  extent: Interval,
  request: PropagationRequest,
  messages: Messages,
): FigureContent {
  const { figures, captions, between } = messages;
  const depth = depthOf(shown);
  const forward = quantity === "activation";
  const of = signalOf(request);
  const text = figures.magnitudes[forward ? of : quantity];
  const first = all[0]?.first ?? 1;
  const words = {
    x: figures.layer,
    y: text.axis,
    overflow: figures.overflow,
    vanished: forward ? figures.vanished : figures.vanishedBackward,
    nothingFinite: figures.nothingFinite,
    label: messages.between.label,
  };
  const repeated = request.repeats > 1 && all.some(({ range }) => range);
  return {
    title: text.title,
    aspect: 1.6,
    draw: (frame) => magnitudeChart(all, depth, extent, words, frame),
    caption: [
      ...all.map((series) => seriesCaption(series, quantity, of, messages)),
      ...coincideText(all, sameMagnitude, "", messages),
      ...widthsText(request, messages),
      ...(repeated ? [captions.repeats(request.repeats)] : []),
      ...theoryCaption(all, shown, request, extent, messages),
    ].join(between.sentences),
    table: tableOf(shown, quantity, all, messages),
    describe: (i) => cursorText(figures.atLayer(first + i) + messages.between.label, all, i),
    layers: first,
    fileName: `initscope-${quantity}`,
  };
}

/** Correlation of the pre-activations of two inputs, by layer. */
export function correlationFigure(
  shown: Results,
  request: PropagationRequest,
  messages: Messages,
): FigureContent {
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
      .map((s) =>
        captions.correlation(
          s.name,
          formatNumber(s.values[0] ?? NaN),
          formatNumber(s.values[s.shown - 1] ?? NaN),
          s.shown,
        ),
      )
      .concat(coincideText(all, sameShare, scaleFree(request), messages))
      .concat(all.some(({ theory }) => theory) ? [captions.theory] : [])
      .join(messages.between.sentences),
    table: {
      head: [
        figures.layer,
        ...all.flatMap(({ name }) => [
          name,
          name + messages.between.label + figures.columns.theory,
        ]),
      ],
      rows: numberedRows(depth, (i) =>
        all.flatMap(({ values, theory }) => [values[i] ?? NaN, theory?.[i] ?? NaN]),
      ),
    },
    describe: (i) => cursorText(figures.atLayer(i + 1) + messages.between.label, all, i),
    layers: 1,
    fileName: "initscope-correlation",
  };
}

/** Quantiles of one scheme's activations, by layer. */
export function quantileFigure(
  { slot, name, result }: Shown<"propagation">,
  { figures, captions, between }: Messages,
): FigureContent {
  const { quantiles } = result;
  const shown = finiteLayers(result);
  const words = { x: figures.layer, y: figures.activationAxis };
  const heads = ["5%", "25%", "50%", "75%", "95%"];
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
      `${figures.atLayer(i + 1)}${between.label}${together(quantiles.map((q, k) => `${heads[k]} ${formatNumber(q[i] ?? NaN)}`))}`,
    layers: 1,
    fileName: "initscope-quantiles",
  };
}

/** Share of dead units, or of saturated activations, by layer. */
export function shareFigure(
  shown: Results,
  quantity: "dead" | "saturated",
  request: PropagationRequest,
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
      .concat(coincideText(all, sameShare, dead ? scaleFree(request) : "", messages))
      .join(messages.between.sentences),
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: numberedRows(depth, (i) => all.map(({ values }) => values[i] ?? NaN)),
    },
    describe: (i) => cursorText(figures.atLayer(i + 1) + messages.between.label, all, i),
    layers: 1,
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
