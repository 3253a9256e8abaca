/** The figure of the network, layer by layer: what flows through it, forward and back. */
import type { FigureContent } from "../../../figures/content.js";
import type { Interval } from "../../../charts/plot.js";
import { numberedRows, together } from "../../../charts/rows.js";
import type { Series } from "../../../charts/series.js";
import { MARKS } from "../../../charts/theme.js";
import { activationOf } from "../../../engine/catalogue.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { Messages } from "../../../i18n/index.js";
import { formatNumber, formatShare } from "../../../i18n/numbers.js";
import type { Shown } from "../../lab-state.js";
import type { LayerFigures } from "../layers/index.js";
import { finiteLayers, SIGNAL_SYMBOLS, signalOf, SIGNALS } from "../data.js";
import { flowCaption } from "./caption.js";
import { BANDS, drawFlow, flowHeight } from "./drawing.js";
import type { FlowData, Way } from "./drawing.js";
import { sizesOf } from "./geometry.js";
import { pulse } from "./pulse.js";

export interface FlowParts {
  readonly request: PropagationRequest;
  readonly forward: Series;
  readonly backward: Series;
  /** What draws what is in a layer, once it is there. */
  readonly layers: LayerFigures | undefined;
  readonly steadyAxis: (axis: string, needed: Interval) => Interval;
}

/** The figure with what it is drawn of, so that theory of another setting can be drawn in its place. */
export interface FlowContent extends FigureContent {
  readonly flow: FlowData;
}

export function flowFigure(
  { slot, name, result }: Shown<"propagation">,
  { request, forward, backward, layers, steadyAxis }: FlowParts,
  messages: Messages,
): FlowContent {
  const { figures, captions, between } = messages;
  const { flow } = figures;
  const { saturates } = activationOf(request.activation);
  const lost = saturates ? result.saturatedFraction : result.deadFraction;
  const depth = lost.length;
  const { histograms, zeroFraction, activation, quantiles, probabilities } = result;
  const at = (values: ArrayLike<number>, layer: number) => values[layer - 1] ?? NaN;
  const finite = (layer: number) => activation.nonfinite[layer - 1] === 0;
  const fault = ({ values, overflow, vanished }: Series, back: boolean): string => {
    if (values.every((value) => isNaN(value))) return `${MARKS.over} ${figures.nothingFinite}`;
    if (overflow !== undefined) return `${MARKS.over} ${figures.overflow(overflow)}`;
    if (vanished === undefined) return "";
    return `${MARKS.under} ${(back ? figures.vanishedBackward : figures.vanished)(vanished)}`;
  };
  const way = (series: Series, back: boolean): Way => ({
    series,
    sizes: steadyAxis(back ? "flow back" : "flow", sizesOf(series, back)),
    name: back ? flow.gradient : flow.signal,
    symbol: back ? "E[(∂E/∂z)²]" : SIGNAL_SYMBOLS[signalOf(request)],
    fault: fault(series, back),
  });
  const insides = layers?.insides(result, messages);
  const data: FlowData = {
    depth,
    slot,
    forward: way(forward, false),
    backward: way(backward, true),
    inside: (layer) => ({
      histogram: finite(layer) ? histograms[layer - 1] : undefined,
      zeroFraction: at(zeroFraction, layer) || 0,
      rms: Math.sqrt(at(activation.secondMoment, layer)),
      lost: at(lost, layer) || 0,
    }),
    detail: insides?.draw,
    shown: Math.max(1, finiteLayers(result)),
    atLayer: figures.atLayer,
    tick: figures.tick,
  };
  const size = SIGNALS[signalOf(request)];
  const signal = (layer: number) =>
    layer === 0 ? result.input[size] : at(activation[size], layer);
  const back = (layer: number) => at(result.gradient.secondMoment, layer);
  const foot = saturates ? flow.saturated : flow.dead;
  const tableOf = (bins: boolean) => ({
    head: [
      figures.layer,
      data.forward.symbol,
      data.backward.symbol,
      foot,
      ...Array.from(probabilities, (p) => `h ${formatShare(p)}`),
      ...(insides?.columns(bins) ?? []),
    ],
    rows: numberedRows(
      depth + 1,
      (layer) => [
        signal(layer),
        back(layer),
        at(lost, layer),
        ...quantiles.map((values) => at(values, layer)),
        ...(insides?.numbers(layer, bins) ?? []),
      ],
      figures.tick,
      0,
    ),
  });
  return {
    title: flow.title(name),
    aspect: (width) => width / flowHeight(width),
    draw: (frame) => drawFlow(data, frame),
    drawn: (drawing, before) => pulse(drawing, before, BANDS),
    caption: flowCaption(name, forward, backward, messages),
    how: [
      captions.flowSizes,
      captions.flowShade,
      captions.flowInside,
      ...(lost.some((share) => share >= 0.005) ? [captions.flowFoot(foot)] : []),
    ].join(between.sentences),
    table: tableOf(false),
    csv: () => tableOf(true),
    describe: (layer) => {
      const parts = [
        `${data.forward.symbol} ${formatNumber(signal(layer))}`,
        ...(layer === 0
          ? []
          : [
              `${data.backward.symbol} ${formatNumber(back(layer))}`,
              `${foot} ${formatShare(at(lost, layer))}`,
              ...(insides?.say(layer) ?? []),
            ]),
      ];
      return figures.atLayer(layer) + between.label + together(parts);
    },
    firstLayer: 0,
    flow: data,
  };
}
