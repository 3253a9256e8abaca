/** The figure of the network: its strips, what each row does to the signal, and the same as a table. */
import type { FigureContent } from "../../../figures/content.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { PlanResult, PropagationResult } from "../../../engine/results.js";
import type { Messages } from "../../../i18n/index.js";
import type { NetWords } from "../../../i18n/net.js";
import { formatCount, formatNumber } from "../../../i18n/numbers.js";
import type { Shown } from "../../lab-state.js";
import { SIGNAL_SYMBOLS, signalOf, SIGNALS } from "../data.js";
import { hasNet } from "../state.js";
import { momentOf } from "./blocks.js";
import { drawStrips } from "./drawing.js";
import { stripsHeight } from "./layout.js";
import type { Measured, StripsData } from "./layout.js";
import type { Range } from "./splice.js";
import type { Line } from "./strips.js";

/** What a request says of the network: requests that agree in it have the same plan. */
export function netKey({ net, depth, width, widths, input_width }: PropagationRequest): string {
  return JSON.stringify([net, depth, width, widths, input_width]);
}

function measuredOf(
  { input, activation, gradient, branch }: PropagationResult,
  request: PropagationRequest,
): Measured {
  const moment = SIGNALS[signalOf(request)];
  return {
    signal: [input[moment], ...momentOf(activation, moment)],
    branch: branch && [NaN, ...momentOf(branch, moment)],
    gradient: [NaN, ...momentOf(gradient, "secondMoment")],
  };
}

/** What is in a row's strip, as the text has it. */
function blocksOf({ items, blocks, text }: PlanResult, row: number): string {
  return blocks
    .filter((block) => block.row === row)
    .map(({ item }) => items[item])
    .flatMap((item) =>
      item ? [item.block === "res" ? "+" : text.slice(item.begin, item.end)] : [],
    )
    .join(", ");
}

export interface NetworkParts {
  readonly plan: PlanResult;
  /** The plan's own, which stay as long as it does. */
  readonly lines: readonly Line[];
  /** The scheme whose numbers are shown, where these are of this network. */
  readonly chosen: Shown<"propagation"> | undefined;
  readonly request: PropagationRequest;
  /** What the reader has hold of. */
  readonly picked: Range | undefined;
}

/** Whether an item is, or stands in, what the reader has hold of. */
function isWithin({ items }: PlanResult, place: number, { first, last }: Range): boolean {
  const begin = items[first]?.begin ?? 0;
  const end = items[last]?.end ?? 0;
  const item = items[place];
  return item !== undefined && item.begin >= begin && item.end <= end;
}

export function networkFigure(
  { plan, lines, chosen, request, picked }: NetworkParts,
  words: NetWords,
  messages: Messages,
): FigureContent {
  const { between, figures } = messages;
  const { rows, blocks, items, weights, multiplications } = plan;
  const measured = chosen && measuredOf(chosen.result, request);
  const residual = items.some(({ block }) => block === "res");
  const units = blocks[0]?.inputs ?? 0;
  // Rows of a network of widths are its layers.
  const names = rows.map(({ label }, i) => (hasNet(request) ? label : figures.atLayer(i + 1)));
  const data: StripsData = {
    lines,
    labels: names,
    inputs: words.inputs(formatCount(units)),
    measured,
    residual,
    isPicked: (place) => picked !== undefined && isWithin(plan, place, picked),
  };
  const { columns } = words;
  const symbols = {
    signal: SIGNAL_SYMBOLS[signalOf(request)],
    gradient: words.gradientSymbol,
    gradientShort: columns.gradient,
  };
  const drawn = { ...columns, ...symbols, more: words.more };
  const at = (list: readonly number[] | null | undefined, i: number) => list?.[i] ?? NaN;
  return {
    title: words.title,
    aspect: (width) => width / stripsHeight(data, width),
    draw: (frame) => drawStrips(data, drawn, frame),
    caption: [
      residual ? words.captionBranches : words.caption,
      ...(chosen ? [words.colours(chosen.name)] : []),
      words.size(rows.length, weights.length, formatNumber(multiplications)),
    ].join(between.sentences),
    table: {
      head: [
        columns.row,
        columns.blocks,
        columns.units,
        ...(residual ? [`${columns.branch}${between.label}${symbols.signal}`] : []),
        symbols.signal,
        symbols.gradient,
      ],
      rows: [words.inputs(String(units)), ...names].map((name, i) => [
        name,
        i === 0 ? "" : blocksOf(plan, i - 1),
        i === 0 ? units : (rows[i - 1]?.units ?? NaN),
        ...(residual ? [at(measured?.branch, i)] : []),
        at(measured?.signal, i),
        at(measured?.gradient, i),
      ]),
    },
    describe: (i) => {
      const name = i === 0 ? data.inputs : (names[i - 1] ?? "");
      const values = [
        [columns.branch, at(measured?.branch, i)],
        [residual ? columns.trunk : symbols.signal, at(measured?.signal, i)],
        [columns.gradient, at(measured?.gradient, i)],
      ] as const;
      const said = values
        .filter(([, value]) => !Number.isNaN(value))
        .map(([what, value]) => `${what} ${formatNumber(value)}`);
      return name + (said.length > 0 ? between.label + said.join(between.items) : "");
    },
    firstLayer: 0,
  };
}
