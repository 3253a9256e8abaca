/** The phase lab's figures with their sentences and tables, from results. */
import type { FigureContent, Figures } from "../../figures/content.js";
import { onGrid } from "../../charts/image.js";
import { positiveExtent } from "../../charts/plot.js";
import type { Interval } from "../../charts/plot.js";
import { together } from "../../charts/rows.js";
import type { PhaseRequest } from "../../engine/request.js";
import type { PhaseMap, PhasePoint, Theory } from "../../engine/results.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import { activationText } from "../activation-text.js";
import type { Shown } from "../lab-state.js";
import { phaseText, repels } from "../phase-text.js";
import { theoryChart } from "./charts.js";
import type { TheoryLine } from "./charts.js";
import { planeChart } from "./plane.js";
import type { Place } from "./plane.js";

type Results = readonly Shown<"phase">[];

/** Schemes that have a place. */
export function placesOf(shown: Results): Place[] {
  return shown
    .filter(({ result }) => result.gap === "")
    .map(({ slot, name, result }) => ({ slot, name, point: result.place }));
}

/** Depth scales beyond this are infinite, but for rounding. */
const MOST_SCALE = 1e9;
export const scaleText = (xi: number) => formatNumber(xi > MOST_SCALE ? Infinity : xi);

/** What holds at the reader's point, in a sentence or two, warnings included. */
export function stateText({ state, advice }: Theory, messages: Messages): string {
  const { phase } = messages;
  const parts = [phaseText(state, messages)];
  if (state.fate === "settles")
    parts.push(phase.scales(scaleText(state.xiC), scaleText(state.xiQ)));
  if (advice.halfStableQ > 0) parts.push(phase.halfStable(formatNumber(advice.halfStableQ)));
  return parts.join(messages.between.sentences);
}

/** What of the edge is to be seen in the plane: a line, a point, or nothing. */
function edgeDrawn(map: PhaseMap, most: PhasePoint, { phase }: Messages): string[] {
  const seen = [...map.criticalSigmaW2.keys()].filter(
    (i) =>
      (map.criticalSigmaW2[i] ?? NaN) <= most.sigmaW2 &&
      (map.criticalSigmaB2[i] ?? NaN) <= most.sigmaB2,
  );
  if (seen.length === 0) return [];
  if (map.criticalSigmaW2.length === 1) return [phase.edgePoint];
  return [phase.edgeLine(seen.some((i) => repels({ chiQ: map.criticalChiQ[i] ?? 0 })))];
}

/** A minimum this many cells away from the edge is another place. */
const NEAR = 3;
/** |ln chi_1| below which the map is white. */
const WHITE = 0.03;

/** Where, on the axis of the map, chi_1 comes to 1 and no edge is; undefined for nowhere. */
export function stripeOf(map: PhaseMap): number | undefined {
  const [first = NaN, second = NaN] = map.sigmaW2;
  const row = map.chi1.subarray(0, map.sigmaW2.length);
  const log = (column: number) => Math.abs(Math.log(row[column] ?? NaN));
  for (const [column, here] of map.sigmaW2.entries()) {
    const least = log(column) < log(column - 1) && log(column) <= log(column + 1);
    if (!least || log(column) > WHITE) continue;
    const near = (sigmaW2: number) => Math.abs(sigmaW2 - here) < NEAR * (second - first);
    if (!map.criticalSigmaW2.some(near)) return here;
  }
  return undefined;
}

interface PlaneParts {
  readonly request: PhaseRequest;
  readonly map: PhaseMap;
  readonly theory: Theory;
  readonly image: (theme: Parameters<FigureContent["draw"]>[0]["theme"]) => string;
  readonly handle: Pick<NonNullable<FigureContent["handle"]>, "move" | "nudge" | "settle">;
}

export function planeFigure(
  shown: Results,
  { request, map, theory, image, handle }: PlaneParts,
  messages: Messages,
): FigureContent {
  const { phase, captions } = messages;
  const quantity = request.quantity;
  const most: PhasePoint = { sigmaW2: request.most_sigma_w2, sigmaB2: request.most_sigma_b2 };
  const point: PhasePoint = { sigmaW2: request.sigma_w2, sigmaB2: request.sigma_b2 };
  const gaps = shown.flatMap(({ name, result }) =>
    result.gap ? [captions.gaps[result.gap](name)] : [],
  );
  const { sigmaW2, sigmaB2 } = theory.advice.critical;
  const edge = Number.isNaN(sigmaW2)
    ? phase.noEdge(formatNumber(point.sigmaB2))
    : phase.edgeAt(formatNumber(sigmaW2, 4), formatNumber(sigmaB2));
  const stripe = stripeOf(map);
  return {
    title: phase.title(activationText(request)),
    aspect: 1.35,
    draw: (frame) =>
      planeChart(map, image(frame.theme), quantity, most, placesOf(shown), point, phase, frame),
    caption: [
      phase.explain[quantity],
      phase.start,
      ...edgeDrawn(map, most, messages),
      edge,
      ...(stripe === undefined ? [] : [phase.stripe(formatNumber(stripe, 2))]),
      ...gaps,
    ].join(messages.between.sentences),
    table: {
      head: ["σ_w²", "σ_b²", "χ₁"],
      rows: onGrid(map.sigmaW2, map.sigmaB2, (sigmaW2, sigmaB2, i) => [
        sigmaW2,
        sigmaB2,
        map.chi1[i] ?? NaN,
      ]),
    },
    handle: {
      ...handle,
      help: phase.help,
      readout: `σ_w² = ${formatNumber(point.sigmaW2, 4)}, σ_b² = ${formatNumber(point.sigmaB2, 4)}, χ₁ = ${formatNumber(theory.state.chi1, 4)}`,
    },
  };
}

/** Below this 1 - c is what rounding leaves of 0. */
const ROUNDING = 1e-12;

/** How far apart two inputs are: 1 - c. */
export const apart = ({ correlation }: Pick<Theory, "correlation">) =>
  correlation.map((c) => (1 - c < ROUNDING ? 0 : 1 - c));

/** What its lines span. */
export function theoryExtent(theory: Theory): Interval {
  return positiveExtent([...theory.preactivation, ...theory.gradient, ...apart(theory)]);
}

/** What theory predicts at the point, on an axis that holds `extent`. */
export function theoryFigure(theory: Theory, extent: Interval, messages: Messages): FigureContent {
  const { figures, phase } = messages;
  const lines: readonly TheoryLine[] = [
    { name: phase.lines.signal, slot: 0, values: theory.preactivation },
    { name: phase.lines.gradient, slot: 1, values: theory.gradient },
    { name: phase.lines.apart, slot: 2, values: apart(theory) },
  ];
  return {
    title: phase.theoryTitle,
    aspect: 1.6,
    draw: (frame) => theoryChart(lines, extent, { x: figures.layer, y: phase.theoryAxis }, frame),
    caption: stateText(theory, messages),
    table: {
      head: [figures.layer, ...lines.map(({ name }) => name)],
      rows: [...theory.preactivation].map((_, i) => [
        i + 1,
        ...lines.map(({ values }) => values[i] ?? NaN),
      ]),
    },
    describe: (i) =>
      `${figures.atLayer(i + 1)}${messages.between.label}${together(lines.map(({ name, values }) => `${name} ${formatNumber(values[i] ?? NaN)}`))}`,
    firstLayer: 1,
  };
}

export type PhaseFigure = "phase" | "theory";

/** Both figures of the lab by name; `steadyAxis` gives the axis that needs an interval. */
export function phaseFigures(
  shown: Results,
  parts: PlaneParts,
  steadyAxis: (axis: PhaseFigure, needed: Interval) => Interval,
  messages: Messages,
): Figures<PhaseFigure> {
  const { theory } = parts;
  return {
    phase: planeFigure(shown, parts, messages),
    theory: theoryFigure(theory, steadyAxis("theory", theoryExtent(theory)), messages),
  };
}
