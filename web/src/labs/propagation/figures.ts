/** The propagation lab's figures with their tables, from results; captions.ts has the sentences. */
import { annotated } from "../../charts/annotate.js";
import { extentOf, fractionChart, magnitudeChart } from "../../charts/by-layer.js";
import type { Words } from "../../charts/by-layer.js";
import type { FigureContent, Figures } from "../../figures/content.js";
import type { Interval } from "../../charts/plot.js";
import { cursorText, numberedRows } from "../../charts/rows.js";
import { sameMagnitude, sameShare } from "../../charts/series.js";
import type { Fractions, Series } from "../../charts/series.js";
import { activationOf } from "../../engine/catalogue.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";
import { coincideText, seriesCaption, theoryCaption, widthsText } from "./captions.js";
import { correlationsOf, finiteLayers, FLOOR, seriesFor, signalOf } from "./data.js";
import { flowFigure } from "./flow/figure.js";
import type { LayerFigures } from "./layers/index.js";
import { faintHappenings, shareHappenings } from "./happenings.js";
import { quantileFigure, ridgeFigure } from "./spread.js";
import type { Quantity } from "./data.js";

type Results = readonly Shown<"propagation">[];

/** A figure by layer with what it is drawn of, so that theory of another setting can be drawn in its place. */
export interface LayerContent extends FigureContent {
  readonly byLayer: {
    readonly all: readonly (Series | Fractions)[];
    /** The axis of a quantity with decades. */
    readonly extent?: Interval;
    readonly words: Words;
  };
}

function depthOf(shown: Results): number {
  return shown[0]?.result.deadFraction.length ?? 1;
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
      figures.tick,
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
  captionOf = seriesCaption,
): LayerContent {
  const { figures, captions, between } = messages;
  const depth = depthOf(shown);
  const forward = quantity === "activation";
  const of = signalOf(request);
  const text = figures.magnitudes[forward ? of : quantity];
  const first = all[0]?.first ?? 1;
  const words = {
    x: figures.layer,
    tick: figures.tick,
    y: text.axis,
    overflow: figures.overflow,
    vanished: forward ? figures.vanished : figures.vanishedBackward,
    nothingFinite: figures.nothingFinite,
    label: messages.between.label,
  };
  // A ratio is no number that float32 holds for a signal.
  const happens = quantity === "ratio" ? [] : faintHappenings(all, !forward, figures.happenings);
  const repeated = request.repeats > 1 && all.some(({ range }) => range);
  return {
    title: text.title,
    aspect: 1.6,
    draw: (frame) =>
      annotated(magnitudeChart(all, depth, extent, words, frame), happens, frame, FLOOR),
    caption: [
      ...all.map((series) => captionOf(series, quantity, of, messages)),
      ...coincideText(all, sameMagnitude, shown, request, true, messages),
      ...widthsText(request, messages),
      ...(repeated ? [captions.repeats(request.repeats)] : []),
      ...theoryCaption(all, shown, request, extent, messages),
    ].join(between.sentences),
    table: tableOf(shown, quantity, all, messages),
    describe: (i) => cursorText(figures.atLayer(first + i) + messages.between.label, all, i),
    firstLayer: first,
    byLayer: { all, extent, words },
  };
}

/** Correlation of the pre-activations of two inputs, by layer. */
export function correlationFigure(
  shown: Results,
  request: PropagationRequest,
  messages: Messages,
): LayerContent {
  const { figures, captions } = messages;
  const depth = depthOf(shown);
  const all: Fractions[] = shown.map(({ slot, name, result }) => ({
    slot,
    name,
    values: correlationsOf(result),
    shown: finiteLayers(result),
    ...(result.theory.gap === "" && { theory: result.theory.correlation }),
  }));
  const words = { x: figures.layer, tick: figures.tick, y: figures.correlationAxis };
  return {
    title: figures.correlation,
    aspect: 1.6,
    draw: (frame) =>
      annotated(
        fractionChart(all, depth, words, frame),
        shareHappenings(all, "alike", figures.happenings),
        frame,
      ),
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
      .concat(coincideText(all, sameShare, shown, request, false, messages))
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
      rows: numberedRows(
        depth,
        (i) => all.flatMap(({ values, theory }) => [values[i] ?? NaN, theory?.[i] ?? NaN]),
        figures.tick,
      ),
    },
    describe: (i) => cursorText(figures.atLayer(i + 1) + messages.between.label, all, i),
    firstLayer: 1,
    byLayer: { all, words },
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
  const words = {
    x: figures.layer,
    tick: figures.tick,
    y: dead ? figures.deadAxis : figures.saturatedAxis,
  };
  const caption = dead ? captions.dead : captions.saturated;
  return {
    title: dead ? figures.dead : figures.saturated,
    aspect: 1.6,
    draw: (frame) =>
      annotated(
        fractionChart(all, depth, words, frame),
        shareHappenings(all, quantity, figures.happenings),
        frame,
      ),
    caption: all
      .filter((s) => s.shown > 0)
      .map((s) => caption(s.name, formatShare(s.values[s.shown - 1] ?? 0), s.shown))
      .concat(coincideText(all, sameShare, shown, request, !dead, messages))
      .join(messages.between.sentences),
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: numberedRows(depth, (i) => all.map(({ values }) => values[i] ?? NaN), figures.tick),
    },
    describe: (i) => cursorText(figures.atLayer(i + 1) + messages.between.label, all, i),
    firstLayer: 1,
  };
}

export interface PropagationParts {
  readonly request: PropagationRequest;
  /** The scheme of the figures that show one. */
  readonly chosen: Shown<"propagation"> | undefined;
  /** The axis of a quantity that needs an interval. */
  readonly steadyAxis: (axis: string, needed: Interval) => Interval;
  /** Figures of what is in layers, once their code is there. */
  readonly layers?: LayerFigures | undefined;
  /** How a series runs, where that is said otherwise than of layers. */
  readonly captionOf?: typeof seriesCaption;
}

/** Those of layers, and those of a net with residual blocks. */
export type PropagationFigure =
  | "flow"
  | Quantity
  | "correlation"
  | "dead"
  | "saturated"
  | "activations"
  | "quantiles"
  | "activationHistograms"
  | "gradientHistograms"
  | NetFigure;
export type NetFigure = "branch" | "joined";

/** All figures of the lab by name. */
export function propagationFigures(
  shown: Results,
  { request, chosen, steadyAxis, layers, captionOf }: PropagationParts,
  messages: Messages,
): Figures<Exclude<PropagationFigure, NetFigure>> {
  const magnitude = (quantity: Quantity) => {
    const all = seriesOf(shown, quantity, request);
    const extent = steadyAxis(quantity, extentOf(all));
    return magnitudeFigure(shown, quantity, all, extent, request, messages, captionOf);
  };
  const share = (quantity: "dead" | "saturated") => shareFigure(shown, quantity, request, messages);
  const { saturates } = activationOf(request.activation);
  const way = (quantity: Quantity) => chosen && seriesOf([chosen], quantity, request)[0];
  const [forward, backward] = [way("activation"), way("gradient")];
  return {
    flow:
      chosen && forward && backward
        ? flowFigure(chosen, { request, forward, backward, layers, steadyAxis }, messages)
        : undefined,
    activation: magnitude("activation"),
    gradient: magnitude("gradient"),
    weightGradient: magnitude("weightGradient"),
    ratio: magnitude("ratio"),
    correlation: correlationFigure(shown, request, messages),
    dead: saturates ? undefined : share("dead"),
    saturated: saturates ? share("saturated") : undefined,
    activations: chosen && ridgeFigure(chosen, messages),
    quantiles: chosen && quantileFigure(chosen, messages),
    activationHistograms: layers?.multiples(shown, "activation", messages),
    gradientHistograms: layers?.multiples(shown, "gradient", messages),
  };
}
