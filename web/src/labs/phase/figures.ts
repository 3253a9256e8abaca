/** The phase lab's figures with their sentences and tables, from results. */
import type { FigureContent } from "../../charts/figure.js";
import { positiveExtent } from "../../charts/plot.js";
import type { Interval } from "../../charts/plot.js";
import { catalogue } from "../../engine/catalogue.js";
import type { PhaseRequest } from "../../engine/request.js";
import type { PhaseMap, PhasePoint, Theory } from "../../engine/results.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";
import { phaseText } from "../phase-text.js";
import { theoryChart } from "./charts.js";
import type { TheoryLine } from "./charts.js";
import { planeChart } from "./plane.js";
import type { MapQuantity, Place } from "./plane.js";

type Results = readonly Shown<"phase">[];

/** Schemes that have a place. */
export function placesOf(shown: Results): Place[] {
  return shown
    .filter(({ result }) => result.gap === "")
    .map(({ slot, name, result }) => ({ slot, name, point: result.place }));
}

/** What holds at the reader's point, in a sentence or two, warnings included. */
export function stateText({ state, advice }: Theory, messages: Messages): string {
  const { phase } = messages;
  const parts = [phaseText(state, messages)];
  if (state.fate === "settles")
    parts.push(phase.scales(formatNumber(state.xiC), formatNumber(state.xiQ)));
  if (advice.halfStableQ > 0) parts.push(phase.halfStable(formatNumber(advice.halfStableQ)));
  return parts.join(messages.between.sentences);
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
  const quantity = request.quantity as MapQuantity;
  const most: PhasePoint = { sigmaW2: request.most_sigma_w2, sigmaB2: request.most_sigma_b2 };
  const point: PhasePoint = { sigmaW2: request.sigma_w2, sigmaB2: request.sigma_b2 };
  const cells = catalogue.limits.mapCells;
  const gaps = shown.flatMap(({ name, result }) =>
    result.gap ? [captions.gaps[result.gap](name)] : [],
  );
  const { sigmaW2, sigmaB2 } = theory.advice.critical;
  const edge = Number.isNaN(sigmaW2)
    ? phase.noEdge(formatNumber(point.sigmaB2))
    : phase.edgeAt(formatNumber(sigmaW2, 4), formatNumber(sigmaB2));
  return {
    title: phase.title(request.activation),
    aspect: 1.35,
    draw: (frame) =>
      planeChart(map, image(frame.theme), quantity, most, placesOf(shown), point, phase, frame),
    caption: [phase.explain[quantity], phase.start, edge, ...gaps].join(messages.between.sentences),
    table: {
      head: ["σ_w²", "σ_b²", "χ₁"],
      rows: [...map.chi1].map((chi, i) => [
        (most.sigmaW2 * ((i % cells) + 0.5)) / cells,
        (most.sigmaB2 * (Math.floor(i / cells) + 0.5)) / cells,
        chi,
      ]),
    },
    fileName: "initscope-phase",
    handle: {
      ...handle,
      help: phase.help,
      readout: `σ_w² = ${formatNumber(point.sigmaW2, 4)}, σ_b² = ${formatNumber(point.sigmaB2, 4)}, χ₁ = ${formatNumber(theory.state.chi1, 4)}`,
    },
  };
}

/** How far apart two inputs are: 1 - c. */
const apart = ({ correlation }: Theory) => correlation.map((c) => 1 - c);

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
      `${figures.atLayer(i + 1)}: ${lines.map(({ name, values }) => `${name} ${formatNumber(values[i] ?? NaN)}`).join("   ")}`,
    fileName: "initscope-theory",
  };
}
