/** The symmetry lab's figures with their sentences and tables, from the frames up to one. */
import { magnitudeChart } from "../../charts/by-layer.js";
import { curveChart } from "../../charts/curves.js";
import type { Level } from "../../charts/curves.js";
import type { FigureContent, Figures } from "../../figures/content.js";
import { panelsAspect } from "../../charts/panels.js";
import type { Interval } from "../../charts/plot.js";
import { cursorText, numberedRows } from "../../charts/rows.js";
import { plainSeries } from "../../charts/series.js";
import type { SymmetryRequest } from "../../engine/request.js";
import type { TrainingFrame } from "../../engine/results.js";
import type { RaceMessages } from "../../i18n/race-messages.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import { frameAt } from "../outcome.js";
import { endedTexts, nameAt } from "../outcome-text.js";
import type { OncePerAnswer, Race } from "../race.js";
import { raceExtent } from "../race-extent.js";
import { unitGradients } from "./facts.js";
import {
  LINES_HEIGHT,
  linesExtent,
  unitLinesChart,
  unitWeightsChart,
  weightsHeight,
} from "./units.js";

type Results = readonly Race[];

const unitNames = (count: number, { figures }: RaceMessages) =>
  Array.from({ length: count }, (_, i) => figures.unit(i + 1));

/**
 * What the units of all schemes take over whole runs: axes stay while runs are played, and the panels
 * of a figure can be compared.
 */
export interface UnitExtents {
  readonly lines: Interval;
  /** Largest weight. */
  readonly weights: number;
  readonly gradients: Interval;
}

function mostWeight(frames: readonly TrainingFrame[]): number {
  let most = 0;
  for (const { units } of frames)
    for (const value of units?.weight ?? [])
      if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

export function unitExtents(shown: Results): UnitExtents {
  const frames = shown.map(({ result }) => result.frames);
  return {
    lines: linesExtent(frames.flat()),
    weights: mostWeight(frames.flat()),
    gradients: raceExtent(shown, unitGradients),
  };
}

export function linesFigure(
  shown: Results,
  place: number,
  steps: number,
  layer: number,
  { lines }: UnitExtents,
  messages: RaceMessages,
): FigureContent {
  const { figures, captions } = messages;
  const items = shown.map(({ slot, name, result }) => ({
    slot,
    name,
    frames: result.frames.slice(0, place + 1),
  }));
  const count = (frames: readonly TrainingFrame[]) => frames[0]?.units?.bias.length ?? 0;
  return {
    title: figures.unitLines(layer),
    aspect: panelsAspect(
      items.map(({ name }) => name),
      LINES_HEIGHT,
    ),
    draw: (frame) => unitLinesChart(items, lines, steps, frame),
    caption: captions.unitLines,
    table: {
      head: [
        figures.step,
        ...items.flatMap(({ name, frames }) =>
          unitNames(count(frames), messages).map((unit) => name + messages.between.label + unit),
        ),
      ],
      rows: (items[0]?.frames ?? []).map(({ step }, i) => [
        step,
        ...items.flatMap(({ frames }) => [
          ...(frames[i]?.units?.preactivation ?? new Float32Array(count(frames)).fill(NaN)),
        ]),
      ]),
    },
  };
}

export function weightsFigure(
  shown: Results,
  place: number,
  layer: number,
  { weights }: UnitExtents,
  messages: RaceMessages,
): FigureContent {
  const { figures, captions } = messages;
  const items = shown.flatMap((race) => {
    const { slot, result } = race;
    const name = nameAt(race, place, messages);
    const units = frameAt(result, place)?.units;
    if (!units) return [];
    const rows = units.bias.length;
    return [{ slot, name, weight: units.weight, rows, columns: units.weight.length / rows }];
  });
  const [first] = items;
  return {
    title: figures.unitWeights(layer),
    aspect: panelsAspect(
      items.map(({ name }) => name),
      first ? weightsHeight(first) : 1,
    ),
    draw: (frame) => unitWeightsChart(items, weights, frame),
    caption: [
      captions.unitWeights,
      captions.palette(formatNumber(weights)),
      ...endedTexts(shown, place, messages),
    ].join(messages.between.sentences),
    table: {
      head: [figures.unitHead, figures.inputHead, ...items.map(({ name }) => name)],
      rows: Array.from({ length: first?.weight.length ?? 0 }, (_, i) => [
        Math.floor(i / (first?.columns ?? 1)) + 1,
        (i % (first?.columns ?? 1)) + 1,
        ...items.map(({ weight }) => weight[i] ?? NaN),
      ]),
    },
  };
}

/** Of each unit: dots on a logarithmic axis; what is exactly 0 is said. */
export function gradientsFigure(
  shown: Results,
  place: number,
  layer: number,
  { gradients: extent }: UnitExtents,
  messages: RaceMessages,
): FigureContent {
  const { figures, captions } = messages;
  const all = shown.flatMap((race) => {
    const { slot, result } = race;
    const frame = frameAt(result, place);
    return frame
      ? [plainSeries(slot, nameAt(race, place, messages), unitGradients(frame), "forward")]
      : [];
  });
  const count = all[0]?.values.length ?? 1;
  const words = {
    x: figures.unitHead,
    y: figures.unitGradientAxis,
    overflow: figures.notFiniteUnit,
    vanished: () => figures.exactlyZero,
    nothingFinite: figures.nothingFinite,
    label: messages.between.label,
  };
  return {
    title: figures.unitGradients(layer),
    aspect: 1.6,
    draw: (frame) => magnitudeChart(all, count, extent, words, frame),
    caption: [
      ...all.map(({ name, values }) => {
        const finite = [...values].filter(Number.isFinite);
        const least = Math.min(...finite);
        const most = Math.max(...finite);
        if (most === 0) return captions.gradientsZero(name);
        return least === most
          ? captions.gradientsSame(name, formatNumber(most))
          : captions.gradientsDiffer(name, formatNumber(least), formatNumber(most));
      }),
      ...endedTexts(shown, place, messages),
    ].join(messages.between.sentences),
    table: {
      head: [figures.unitHead, ...all.map(({ name }) => name)],
      rows: numberedRows(count, (i) => all.map(({ values }) => values[i] ?? NaN)),
    },
  };
}

export type Count = "distinct" | "effectiveRank" | "score";

/** The count at each frame so far; undefined where a frame has no units. */
function valueOf(frame: TrainingFrame, quantity: Count): number {
  return quantity === "score" ? frame.score : (frame.units?.[quantity] ?? NaN);
}

export function countFigure(
  shown: Results,
  quantity: Count,
  place: number,
  steps: number,
  messages: RaceMessages,
  level?: Level,
): FigureContent {
  const { figures, captions } = messages;
  const all = shown.map(({ slot, name, result }) => {
    const frames = result.frames.slice(0, place + 1);
    return {
      slot,
      name,
      steps: frames.map(({ step }) => step),
      values: frames.map((frame) => valueOf(frame, quantity)),
    };
  });
  const units = shown[0]?.result.frames[0]?.units?.bias.length ?? 1;
  const samples = shown[0]?.result.frames[0]?.samples;
  const share = quantity === "score" && samples?.classes !== 1;
  const words =
    quantity !== "score"
      ? figures.counts[quantity]
      : figures.progress[share ? "accuracy" : "variance"];
  const say = (value: number) => (share ? formatShare(value) : formatNumber(value));
  const extent = { from: 0, to: quantity === "score" ? 1 : units + 0.5 };
  return {
    title: words.title,
    aspect: 1.6,
    draw: (frame) =>
      curveChart(
        all,
        steps,
        { type: "linear", extent },
        { x: figures.step, y: words.axis },
        frame,
        level,
      ),
    caption: [
      ...all.map(({ name, values, steps: seen }) =>
        captions.atStep(name, say(values.at(-1) ?? NaN), seen.at(-1) ?? 0),
      ),
      ...(level ? [captions.oneUnit(say(level.value))] : []),
    ].join(messages.between.sentences),
    table: {
      head: [figures.step, ...all.map(({ name }) => name)],
      rows: (all[0]?.steps ?? []).map((step, i) => [
        step,
        ...all.map(({ values }) => values[i] ?? NaN),
      ]),
    },
    describe: (i) =>
      cursorText(figures.atStep(all[0]?.steps[i] ?? 0) + messages.between.label, all, i, say),
  };
}

interface SymmetryParts {
  readonly request: SymmetryRequest;
  readonly frame: number;
  /** Best score of networks of one unit a layer, where it is known. */
  readonly ceiling: number | undefined;
  readonly oncePerAnswer: OncePerAnswer;
}

export type SymmetryFigure = Count | "units" | "unit-weights" | "unit-gradients";

/** All figures of the lab by name. */
export function symmetryFigures(
  shown: Results,
  { request: { steps, layer }, frame, ceiling, oncePerAnswer }: SymmetryParts,
  messages: RaceMessages,
): Figures<SymmetryFigure> {
  const extents = oncePerAnswer("units", () => unitExtents(shown));
  const count = (quantity: Count, level?: Level) =>
    countFigure(shown, quantity, frame, steps, messages, level);
  const level =
    ceiling === undefined ? undefined : { value: ceiling, text: messages.figures.oneUnit };
  return {
    units: linesFigure(shown, frame, steps, layer, extents, messages),
    distinct: count("distinct"),
    score: count("score", level),
    effectiveRank: count("effectiveRank"),
    "unit-gradients": gradientsFigure(shown, frame, layer, extents, messages),
    "unit-weights": weightsFigure(shown, frame, layer, extents, messages),
  };
}
