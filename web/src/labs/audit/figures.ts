/** The audit's figures with their sentences and tables. */
import type { FigureContent, Figures } from "../../figures/content.js";
import type { AuditMessages } from "../../i18n/audit.js";
import { formatCount, formatNumber } from "../../i18n/numbers.js";
import { columnsOf, farthestOf, scaleOf, stretchesOf, verdictsOf } from "./facts.js";
import { ledgerChart, ledgerHeight } from "./ledger-chart.js";
import { modelChart, modelHeight } from "./model-chart.js";
import type { Strip } from "./model-chart.js";
import { lawName, seedCall, shapeText, verdictText } from "./says.js";
import { densities, drawnLaws, expectedNorm, histogramChart, normsChart } from "./tensor-charts.js";
import type { Audit, TensorReport } from "./types.js";

export type AuditFigure = "model" | "ledger";
export type TensorFigure = "values" | "norms";

function stripOf(report: TensorReport): Strip {
  const { name, verdict, laws, fanIn, distance } = report;
  const scale = scaleOf(report);
  const [law] = laws;
  return {
    name,
    verdict,
    scale,
    expected: law && Number.isFinite(scale) ? Math.sqrt(fanIn) * law.std : NaN,
    distance: distance ?? NaN,
  };
}

export function modelFigure(audit: Audit, messages: AuditMessages): FigureContent {
  const { model, columns } = messages.audit;
  const { sentences, label, items } = messages.between;
  const { tensors } = audit;
  const strips = tensors.map(stripOf);
  const counts = verdictsOf(audit);
  const farthest = farthestOf(audit);
  const known = tensors.some(({ distance }) => distance !== null);
  const count = formatCount;
  return {
    title: known ? model.title : model.titleScale,
    aspect: (width) => width / modelHeight(strips.length),
    draw: (frame) => modelChart(strips, model, frame),
    caption: [
      model.caption(
        count(tensors.length),
        count(counts.untouched),
        count(counts.consistent),
        count(counts.not_at_init),
      ),
      ...(counts.trivial + counts.not_judged > 0
        ? [model.rest(count(counts.trivial), count(counts.not_judged))]
        : []),
      ...(farthest ? [model.farthest(farthest.name, formatNumber(farthest.distance ?? NaN))] : []),
      model.marks,
    ].join(sentences),
    how: model.how,
    table: {
      head: [
        columns.name,
        columns.shape,
        model.x,
        ...(known ? [columns.distance] : []),
        columns.verdict,
      ],
      rows: tensors.map((report, i) => [
        report.name,
        shapeText(report.shape),
        strips[i]?.scale ?? NaN,
        ...(known ? [report.distance ?? NaN] : []),
        messages.audit.verdicts[report.verdict],
      ]),
    },
    describe: (i) => {
      const [report, strip] = [tensors[i], strips[i]];
      if (!report || !strip) return "";
      const scale = Number.isFinite(strip.scale) ? [`${model.x} ${formatNumber(strip.scale)}`] : [];
      return report.name + label + [...scale, verdictText(report, messages)].join(items);
    },
  };
}

export function ledgerFigure(audit: Audit, messages: AuditMessages): FigureContent | undefined {
  const { ledger } = messages.audit;
  const { label, sentences } = messages.between;
  const stretches = stretchesOf(audit);
  if (audit.seed === null || stretches.length === 0) return undefined;
  const end = Math.max(...stretches.map(({ offset, words }) => offset + words));
  const gaps = stretches.filter(({ name }) => name === "");
  const missing = gaps.reduce((sum, { words }) => sum + words, 0);
  const nameOf = (name: string) => (name === "" ? ledger.gap : name);
  return {
    title: ledger.title(seedCall(audit.seed)),
    aspect: (width) => width / ledgerHeight(stretches.length),
    draw: (frame) => ledgerChart(stretches, ledger, frame),
    caption: [
      ledger.caption(formatCount(stretches.length - gaps.length), formatCount(end)),
      missing > 0 ? ledger.gaps(formatCount(missing)) : ledger.noGaps,
      ledger.marks,
    ].join(sentences),
    how: ledger.how,
    table: {
      head: [messages.audit.columns.name, ledger.from, ledger.words],
      rows: stretches.map(({ name, offset, words }) => [
        nameOf(name),
        formatCount(offset),
        formatCount(words),
      ]),
    },
    describe: (i) => {
      const stretch = stretches[i];
      if (!stretch) return "";
      const { name, offset, words } = stretch;
      return `${nameOf(name)}${label}${ledger.from} ${formatCount(offset)}, ${ledger.words} ${formatCount(words)}`;
    },
  };
}

export function auditFigures(audit: Audit, messages: AuditMessages): Figures<AuditFigure> {
  return { model: modelFigure(audit, messages), ledger: ledgerFigure(audit, messages) };
}

function valuesFigure(report: TensorReport, messages: AuditMessages): FigureContent | undefined {
  const { name, histogram, statistics, laws, count } = report;
  const { opened } = messages.audit;
  const bins = densities(histogram);
  const step = (histogram.to - histogram.from) / bins.length;
  if (bins.length === 0 || !(step > 0)) return undefined;
  const names = drawnLaws(laws).map((law) => lawName(law, messages));
  const middle = (i: number) => histogram.from + (i + 0.5) * step;
  return {
    title: opened.histogram(name),
    aspect: 1.8,
    draw: (frame) => histogramChart(report, opened, frame),
    caption: [
      opened.histogramCaption(
        formatCount(count),
        formatNumber(statistics.std),
        formatNumber(statistics.excessKurtosis),
      ),
      names.length > 0
        ? opened.lawCaption(names.join(messages.between.items))
        : opened.noLawCaption,
    ].join(messages.between.sentences),
    table: {
      head: [opened.x, opened.y],
      rows: bins.map((density, i) => [middle(i), density]),
    },
    describe: (i) =>
      `${formatNumber(middle(i))}${messages.between.label}${formatNumber(bins[i] ?? NaN)}`,
  };
}

function normsFigure(report: TensorReport, messages: AuditMessages): FigureContent | undefined {
  const { name, shape, rowNorms, rowStep, statistics } = report;
  const { opened } = messages.audit;
  const norms = Array.from(rowNorms);
  if (shape.length < 2 || norms.length < 2) return undefined;
  const width = columnsOf(report);
  const { mean } = expectedNorm(statistics, width);
  return {
    title: opened.norms(name),
    aspect: 1.8,
    draw: (frame) => normsChart(report, width, { x: opened.normsX, y: opened.normsY }, frame),
    caption: [
      opened.normsCaption(
        formatCount(norms.length),
        formatNumber(Math.min(...norms)),
        formatNumber(Math.max(...norms)),
      ),
      opened.normsLaw,
    ].join(messages.between.sentences),
    table: {
      head: [opened.row, opened.normsY, opened.normsRatio],
      rows: norms.map((norm, i) => [i * rowStep, norm, norm / mean]),
    },
    describe: (i) =>
      `${opened.row} ${i * rowStep}${messages.between.label}${formatNumber(norms[i] ?? NaN)}`,
  };
}

export function tensorFigures(
  report: TensorReport,
  messages: AuditMessages,
): Figures<TensorFigure> {
  return { values: valuesFigure(report, messages), norms: normsFigure(report, messages) };
}
