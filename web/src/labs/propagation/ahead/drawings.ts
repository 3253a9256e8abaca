/** Theory of what is set now in the figures of the last answer: contents and theory in, drawings out. */
import { aheadChart } from "../../../charts/ahead.js";
import type { Axis, Line, Measured } from "../../../charts/ahead.js";
import { sharesAxis } from "../../../charts/by-layer.js";
import type { Words } from "../../../charts/by-layer.js";
import type { Tick } from "../../../charts/layer-axis.js";
import { positiveExtent } from "../../../charts/plot.js";
import type { Frame, Interval } from "../../../charts/plot.js";
import { cursorText } from "../../../charts/rows.js";
import { fromInputs } from "../../../charts/series.js";
import type { Fractions, Series } from "../../../charts/series.js";
import type { Sheet } from "../../../charts/sheet.js";
import type { AheadDrawing } from "../../../figures/ahead.js";
import type { FigureContent, Figures } from "../../../figures/content.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { Theory } from "../../../engine/results.js";
import { aheadWords } from "../../../i18n/ahead.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { formulaBand, signalOf, SIGNALS } from "../data.js";
import type { LayerContent, PropagationFigure } from "../figures.js";
import { drawFlow } from "../flow/drawing.js";
import type { FlowData } from "../flow/drawing.js";
import type { FlowContent } from "../flow/figure.js";
import { sizesOf } from "../flow/geometry.js";

/** Theory of one scheme that is set now. */
export interface Now {
  readonly slot: number;
  readonly name: string;
  readonly theory: Theory;
}

export interface Setting {
  readonly now: readonly Now[];
  /** What the rows of a net are called now; undefined for layers. */
  readonly labels: readonly string[] | undefined;
  /** What the contents are of. */
  readonly shown: PropagationRequest;
  /** The scheme of the figures that show one. */
  readonly selected: number;
  readonly steadyAxis: (axis: string, needed: Interval) => Interval;
  readonly locale: Locale;
  /** What a figure is drawn on each time, by its name; a new sheet unless given. */
  readonly sheetOf?: SheetOf;
}

export type SheetOf = (name: string, frame: Frame) => Sheet;

/** The figures by layer of which theory says something. */
const BY_LAYER = ["activation", "gradient", "weightGradient", "correlation"] as const;
type ByLayer = (typeof BY_LAYER)[number];

export type Contents = Partial<Figures<PropagationFigure>>;
export type Drawings = ReadonlyMap<string, AheadDrawing>;

/** Squares of numbers of float32 that are not 0 lie between these: others overflow or vanish. */
const LEAST = 2 ** -298;
const MOST = 2 ** 256;
/** How much is seen of dots of before. */
export const PALE = 0.3;

/** The layer at which a figure begins. */
export const firstOf = (series: Series | Fractions | undefined): number =>
  series && "first" in series ? series.first : 1;

/** What theory says of a quantity, from the layer at which its figure begins. */
function lineOf(quantity: ByLayer, { theory }: Now, shown: PropagationRequest, first: number) {
  if (theory.gap !== "") return undefined;
  if (quantity === "correlation") return { theory: theory.correlation };
  if (quantity === "weightGradient") return { theory: theory.weightGradient };
  if (quantity === "gradient")
    return {
      theory: theory.gradient,
      band: formulaBand(theory, theory.gradient, theory.gradientSpread),
    };
  const of = signalOf(shown);
  const moment = SIGNALS[of];
  // The inputs' variance is measured, and no theory.
  const start = of === "variance" ? NaN : theory.input;
  const from = (here: number, values: Float64Array) =>
    first === 0 ? fromInputs(here, values) : values;
  const line = from(start, theory[moment]);
  const spread = theory[`${moment}Spread`];
  return {
    theory: line,
    band: formulaBand(theory, line, spread.length === 0 ? spread : from(0, spread)),
  };
}

/** The axis that theory needs, as far as float32 has numbers; of shares one that holds all. */
function axisOf(
  name: ByLayer,
  lines: readonly Line[],
  before: readonly Measured[],
  { steadyAxis }: Setting,
): Axis {
  const values = lines.flatMap(({ theory }) => [...(theory ?? [])]);
  if (name !== "correlation") {
    const usable = values.filter((value) => value >= LEAST && value <= MOST);
    return { extent: steadyAxis(name, positiveExtent(usable)), logarithmic: true };
  }
  return {
    extent: sharesAxis([...before.flatMap((one) => [...one.values]), ...values]),
    logarithmic: false,
  };
}

export const isByLayer = (content: FigureContent): content is LayerContent => "byLayer" in content;
const isFlow = (content: FigureContent): content is FlowContent => "flow" in content;

function layerDrawing(
  name: ByLayer,
  content: LayerContent,
  setting: Setting,
): AheadDrawing | undefined {
  const { now, shown, labels, locale, sheetOf } = setting;
  const { all } = content.byLayer;
  const words = labels ? calledBy(labels, content.byLayer.words) : content.byLayer.words;
  const first = firstOf(all[0]);
  const lines = now.map(({ slot, name: scheme, theory }) => ({
    slot,
    name: scheme,
    theory: undefined,
    ...lineOf(name, { slot, name: scheme, theory }, shown, first),
  }));
  if (lines.every(({ theory }) => theory === undefined)) return undefined;
  const before = labels ? ofRows(content, words.tick) : measuredOf(content);
  const depth = Math.max(...lines.map(({ theory }) => (theory?.length ?? 0) + first - 1));
  const axis = axisOf(name, lines, before, setting);
  const said = aheadWords(locale);
  return {
    said: `${content.title} ${said.strips}`,
    draw: (frame) =>
      aheadChart(
        {
          lines,
          before,
          strength: PALE,
          first,
          depth,
          axis,
          notes: notesOf(all),
          words: { ...words, follows: said.follows },
        },
        frame,
        sheetOf?.(name, frame),
      ),
    describe: (i) => describeTheory(lines, first, i, setting),
  };
}

/** What a figure by layer has measured, without what lies beyond the finite. */
export function measuredOf({ byLayer: { all } }: LayerContent): Measured[] {
  return all.map((series) => ({
    slot: series.slot,
    values: "shown" in series ? series.values.slice(0, series.shown) : series.values,
  }));
}

/** Words by which rows are called what they are now; the inputs keep their name. */
function calledBy(labels: readonly string[], words: Words): Words {
  const inputs = words.tick?.(0) ?? "";
  return { ...words, tick: (row) => (row === 0 ? inputs : (labels[row - 1] ?? "")) };
}

/** What was measured in rows that are now what they were: behind blocks that are repeated stand others. */
function ofRows(content: LayerContent, now: Tick): Measured[] {
  const { all, words } = content.byLayer;
  const first = firstOf(all[0]);
  return measuredOf(content).map(({ slot, values }) => ({
    slot,
    values: values.map((value, i) => (words.tick?.(first + i) === now?.(first + i) ? value : NaN)),
  }));
}

/** How many notes the drawing of the last answer has above what is drawn, and below. */
export function notesOf(all: LayerContent["byLayer"]["all"]) {
  const of = (fault: "overflow" | "vanished") =>
    all.filter((series) => fault in series && (series as Series)[fault] !== undefined).length;
  return { above: of("overflow"), below: of("vanished") };
}

/** What the cursor reads where theory alone is of now. */
function describeTheory(
  lines: readonly Line[],
  first: number,
  i: number,
  { labels, locale }: Setting,
) {
  const { figures, between } = messagesOf(locale);
  const values = lines.map(({ theory = new Float64Array(), ...rest }) => ({
    ...rest,
    values: theory,
  }));
  const where = `${labels?.[first + i - 1] ?? figures.atLayer(first + i)} (${aheadWords(locale).theory})${between.label}`;
  return cursorText(where, values, i);
}

/** The network drawn, as large as theory says its signals are; what is in its layers is of before. */
function flowDrawing(content: FlowContent, setting: Setting): AheadDrawing | undefined {
  const { now, selected, shown, steadyAxis, locale, sheetOf } = setting;
  const chosen = now[Math.min(selected, now.length - 1)];
  const { flow } = content;
  const { first } = flow.forward.series;
  const forward = chosen && lineOf("activation", chosen, shown, first);
  const backward = chosen && lineOf("gradient", chosen, shown, 1);
  if (!chosen || !forward || !backward) return undefined;
  const way = (of: typeof flow.forward, values: Float64Array, axis: string, back: boolean) => {
    const series = { ...of.series, values, overflow: undefined, vanished: undefined };
    return { ...of, series, sizes: steadyAxis(axis, sizesOf(series, back)), fault: "" };
  };
  const said = aheadWords(locale);
  const data = {
    ...flow,
    slot: chosen.slot,
    depth: backward.theory.length,
    ...(setting.labels && flowNames(setting.labels, flow)),
    forward: way(flow.forward, forward.theory, "flow", false),
    backward: way(flow.backward, backward.theory, "flow back", true),
    follows: said.strips,
  };
  return {
    said: `${content.title} ${said.strips}`,
    draw: (frame) => drawFlow(data, frame, sheetOf?.("flow", frame)),
    describe: (i) => describeTheory([{ ...chosen, theory: forward.theory }], first, i, setting),
  };
}

function flowNames(labels: readonly string[], { tick }: FlowData) {
  const called = (row: number) => labels[row - 1] ?? tick?.(0) ?? "";
  return { tick: called, atLayer: called };
}

/** Drawings by the names of their figures; figures of which theory says nothing have none. */
export function drawingsOf(contents: Contents, setting: Setting): Drawings {
  const drawings = new Map<string, AheadDrawing>();
  const put = (name: string, drawing: AheadDrawing | undefined) =>
    drawing && drawings.set(name, drawing);
  for (const name of BY_LAYER) {
    const content = contents[name];
    if (content && isByLayer(content)) put(name, layerDrawing(name, content, setting));
  }
  const { flow } = contents;
  if (flow && isFlow(flow)) put("flow", flowDrawing(flow, setting));
  return drawings;
}
