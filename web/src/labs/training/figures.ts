/** The training lab's figures with their sentences and tables, from the frames up to one. */
import { fractionChart, magnitudeChart } from "../../charts/by-layer.js";
import { curveChart } from "../../charts/curves.js";
import type { Curve } from "../../charts/curves.js";
import type { FigureContent, Figures } from "../../figures/content.js";
import { positiveExtent } from "../../charts/plot.js";
import type { Interval } from "../../charts/plot.js";
import { cursorText } from "../../charts/rows.js";
import { fromInputs, plainSeries } from "../../charts/series.js";
import type { Series } from "../../charts/series.js";
import { activationOf } from "../../engine/catalogue.js";
import type { TrainingRequest } from "../../engine/request.js";
import type { TrainingFrame, TrainingResult } from "../../engine/results.js";
import type { RaceMessages } from "../../i18n/race-messages.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import { frameAt } from "../outcome.js";
import { endedTexts, nameAt } from "../outcome-text.js";
import type { OncePerAnswer, Race } from "../race.js";
import { bounded, raceExtent } from "../race-extent.js";
import { rowKey, rowName, rowTick } from "../row-names.js";
import { gradientText, signalText, trendText } from "../trend-text.js";
import { boundaryFigure, digitsFigure } from "./boundaries.js";

type Results = readonly Race[];

/** What is drawn over the steps. */
export type Progress = "loss" | "score";

/** Values over steps of one scheme, up to a frame: its run's, or the medians of several. */
function curveOf(
  { slot, name, result }: Race,
  quantity: Progress,
  place: number,
  { figures }: RaceMessages,
): Curve {
  const frames = result.frames.slice(0, place + 1);
  const ranges = result.ranges?.[quantity];
  const upTo = (values: Float64Array) => [...values.slice(0, frames.length)];
  const over = result.diverged > 0 && place >= result.frames.length - 1;
  return {
    slot,
    name,
    steps: frames.map(({ step }) => step),
    values: ranges ? upTo(ranges.median) : frames.map((frame) => frame[quantity]),
    ...(ranges && { range: { low: upTo(ranges.low), high: upTo(ranges.high) } }),
    ...(over && { end: figures.divergedAt(result.diverged) }),
  };
}

/** Losses of whole runs, so that the axis stays; what explodes is measured by the least at the start. */
export function lossExtent(shown: Results): Interval {
  const whole = positiveExtent(
    shown.flatMap(({ result }) => [
      ...result.frames.map(({ loss }) => loss),
      ...(result.ranges ? [...result.ranges.loss.low, ...result.ranges.loss.high] : []),
    ]),
  );
  const start = Math.min(...shown.map(({ result }) => result.frames[0]?.loss ?? Infinity));
  return bounded(whole, start);
}

/** Numbers of all frames, for the table. */
function progressTable(shown: Results, { figures, between }: RaceMessages) {
  const longest = shown.reduce<readonly TrainingFrame[]>(
    (most, { result: { frames } }) => (frames.length > most.length ? frames : most),
    [],
  );
  const { columns } = figures;
  return {
    head: [
      figures.step,
      ...shown.flatMap(({ name }) =>
        [columns.loss, columns.testLoss, columns.score].map(
          (column) => name + between.label + column,
        ),
      ),
    ],
    rows: longest.map(({ step }, i) => [
      step,
      ...shown.flatMap(({ result: { frames } }) => {
        const frame = frames[i];
        return [frame?.loss ?? NaN, frame?.testLoss ?? NaN, frame?.score ?? NaN];
      }),
    ]),
  };
}

export function progressFigure(
  shown: Results,
  quantity: Progress,
  place: number,
  steps: number,
  extent: Interval,
  messages: RaceMessages,
): FigureContent {
  const { figures, captions } = messages;
  const regression = shown[0]?.result.frames[0]?.samples?.classes === 1;
  const all = shown.map((race) => curveOf(race, quantity, place, messages));
  const words =
    figures.progress[quantity === "loss" ? "loss" : regression ? "variance" : "accuracy"];
  const say = (value: number) =>
    quantity === "score" && !regression ? formatShare(value) : formatNumber(value);
  const runs = shown[0]?.result.allDiverged.length ?? 1;
  return {
    title: words.title,
    aspect: 1.6,
    draw: (frame) =>
      curveChart(
        all,
        steps,
        { type: quantity === "loss" ? "log" : "linear", extent },
        { x: figures.step, y: words.axis },
        frame,
      ),
    // First what stays as it is: numbers that change with the frame move nothing behind them.
    caption: [
      ...(runs > 1 ? [captions.runs(runs)] : []),
      ...all.map(({ name, values, steps: seen, end }) =>
        end
          ? captions.said(name, end)
          : captions.atStep(name, say(values.at(-1) ?? NaN), seen.at(-1) ?? 0),
      ),
    ].join(messages.between.sentences),
    table: progressTable(shown, messages),
    describe: (i) => {
      const step = all.find(({ steps: seen }) => i < seen.length)?.steps[i] ?? 0;
      return cursorText(figures.atStep(step) + messages.between.label, all, i, say);
    },
  };
}

export const BY_LAYER = ["activation", "gradient", "ratio"] as const;
export type ByLayer = (typeof BY_LAYER)[number];

/** One quantity of one scheme at a frame: the signal from the inputs on, the others from layer 1. */
function seriesOf(slot: number, name: string, frame: TrainingFrame, quantity: ByLayer): Series {
  const { input, activation, gradient, update, weight } = frame;
  if (quantity === "activation")
    return plainSeries(slot, name, fromInputs(input, activation), "forward", 0);
  if (quantity === "gradient") return plainSeries(slot, name, gradient, "backward");
  // Weights of 0 that do not move have no ratio but 0.
  const ratio = update.map((change, l) => (change === 0 ? 0 : change / (weight[l] ?? NaN)));
  return plainSeries(slot, name, ratio, "backward");
}

function seriesAt(
  shown: Results,
  quantity: ByLayer,
  frameOf: (result: TrainingResult) => TrainingFrame | undefined,
  nameOf: (race: Race) => string = ({ name }) => name,
): Series[] {
  return shown.flatMap((race) => {
    const frame = frameOf(race.result);
    return frame ? [seriesOf(race.slot, nameOf(race), frame, quantity)] : [];
  });
}

function seriesCaption(series: Series, quantity: ByLayer, messages: RaceMessages): string {
  const { signals } = messages.captions;
  if (quantity === "activation") return signalText(series, signals.second_moment, messages);
  if (quantity === "gradient") return gradientText(series, signals.gradient, messages);
  // A step that is 0, or not finite, is no gradient that is.
  return trendText(series, signals.ratio, true, messages);
}

/** What whole runs take. */
export function layerExtent(shown: Results, quantity: ByLayer): Interval {
  return raceExtent(shown, (frame) => seriesOf(0, "", frame, quantity).values);
}

/** Of a net, whose rows all schemes share. */
const rowsOf = (shown: Results) => shown[0]?.result.frames[0]?.rows;

/** The table of what is drawn by layer: each line with its name. */
function namedRows(
  rows: ReturnType<typeof rowsOf>,
  count: number,
  first: number,
  all: readonly { readonly values: ArrayLike<number> }[],
) {
  return Array.from({ length: count }, (_, i) => [
    rowKey(rows, first + i),
    ...all.map(({ values }) => values[i] ?? NaN),
  ]);
}

/** A quantity by layer at one frame. */
export function layerFigure(
  shown: Results,
  quantity: ByLayer,
  place: number,
  extent: Interval,
  messages: RaceMessages,
): FigureContent {
  const { figures, captions } = messages;
  const all = seriesAt(
    shown,
    quantity,
    (result) => frameAt(result, place),
    (race) => nameAt(race, place, messages),
  );
  const rows = rowsOf(shown);
  const first = all[0]?.first ?? 1;
  const count = all[0]?.values.length ?? 1;
  const text = figures.training[quantity];
  const step = Math.max(...shown.map(({ result }) => frameAt(result, place)?.step ?? 0));
  const words = {
    x: figures.layer,
    tick: rowTick(rows),
    y: text.axis,
    overflow: figures.overflow,
    vanished: quantity === "activation" ? figures.vanished : figures.vanishedBackward,
    nothingFinite: figures.nothingFinite,
    label: messages.between.label,
  };
  return {
    title: text.title,
    aspect: 1.6,
    draw: (frame) => magnitudeChart(all, first + count - 1, extent, words, frame),
    caption: [
      captions.shownStep(step),
      ...all.map((series) => seriesCaption(series, quantity, messages)),
      ...endedTexts(shown, place, messages),
    ].join(messages.between.sentences),
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: namedRows(rows, count, first, all),
    },
    describe: (i) =>
      cursorText(rowName(rows, first + i, messages) + messages.between.label, all, i),
    firstLayer: first,
  };
}

/** Share of dead units by hidden layer at one frame, or of saturated activations. */
export function idleFigure(
  shown: Results,
  quantity: "dead" | "saturated",
  place: number,
  messages: RaceMessages,
): FigureContent {
  const { figures, captions } = messages;
  const all = shown.flatMap((race) => {
    const { slot, result } = race;
    const name = nameAt(race, place, messages);
    const frame = frameAt(result, place);
    if (!frame) return [];
    const of = quantity === "dead" ? frame.deadFraction : frame.saturatedFraction;
    const values = of.slice(0, -1); // the output has no activation
    return [{ slot, name, values, shown: values.length }];
  });
  const depth = all[0]?.values.length ?? 1;
  const dead = quantity === "dead";
  const rows = rowsOf(shown);
  const words = {
    x: figures.layer,
    tick: rowTick(rows),
    y: dead ? figures.deadAxis : figures.saturatedAxis,
  };
  return {
    title: dead ? figures.dead : figures.saturated,
    aspect: 1.6,
    draw: (frame) => fractionChart(all, depth, words, frame),
    caption: [
      ...all.map(({ name, values }) =>
        captions[quantity](name, formatShare(values[depth - 1] ?? 0), depth),
      ),
      ...endedTexts(shown, place, messages),
    ].join(messages.between.sentences),
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: namedRows(rows, depth, 1, all),
    },
  };
}

interface TrainingParts {
  readonly request: TrainingRequest;
  readonly frame: number;
  readonly oncePerAnswer: OncePerAnswer;
}

export type TrainingFigure =
  Progress | `training-${ByLayer | "dead" | "saturated"}` | "boundary" | "digits";

/** All figures of the lab by name. */
export function trainingFigures(
  shown: Results,
  { request: { activation, steps }, frame, oncePerAnswer }: TrainingParts,
  messages: RaceMessages,
): Figures<TrainingFigure> {
  const losses = oncePerAnswer("loss", () => lossExtent(shown));
  const byLayer = (quantity: ByLayer) => {
    const extent = oncePerAnswer(quantity, () => layerExtent(shown, quantity));
    return layerFigure(shown, quantity, frame, extent, messages);
  };
  const idle = (quantity: "dead" | "saturated") => idleFigure(shown, quantity, frame, messages);
  const { saturates } = activationOf(activation);
  const samples = shown[0]?.result.frames[0]?.samples;
  return {
    loss: progressFigure(shown, "loss", frame, steps, losses, messages),
    score: progressFigure(shown, "score", frame, steps, { from: 0, to: 1 }, messages),
    "training-activation": byLayer("activation"),
    "training-gradient": byLayer("gradient"),
    "training-ratio": byLayer("ratio"),
    "training-dead": saturates ? undefined : idle("dead"),
    "training-saturated": saturates ? idle("saturated") : undefined,
    boundary: boundaryFigure(shown, frame, messages),
    digits: samples ? digitsFigure(samples, messages) : undefined,
  };
}
