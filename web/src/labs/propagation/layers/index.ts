/** What is in layers, with its words: loaded with the first answer, after what shows that at once. */
import type { Box } from "../../../charts/panels.js";
import type { Theme } from "../../../charts/theme.js";
import { catalogue } from "../../../engine/catalogue.js";
import type { PropagationResult } from "../../../engine/results.js";
import type { Table } from "../../../figures/export.js";
import type { FigureContent } from "../../../figures/content.js";
import type { Locale, Messages } from "../../../i18n/index.js";
import { wordsOfLayers } from "../../../i18n/layer-figures.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Shown } from "../../lab-state.js";
import { drawLayer, sentences } from "./detail.js";
import { drawMultiples, multiplesHeight } from "./multiples.js";
import { binColumns, binNumbers, columnsOf, numbersOf, partOf, PARTS } from "./parts.js";
import type { PartName } from "./parts.js";

/** What a layer of one answer has in it. */
export interface Insides {
  /** What is drawn of a layer, in a group of the class "detail". */
  readonly draw: (layer: number, box: Box, color: string, theme: Theme) => SVGElement;
  /** What a cursor says of it. */
  readonly say: (layer: number) => readonly string[];
  /** Columns of the table, and a layer's numbers in them, with the bins or without. */
  readonly columns: (bins: boolean) => readonly string[];
  readonly numbers: (layer: number, bins: boolean) => readonly number[];
}

export interface LayerFigures {
  readonly insides: (result: PropagationResult, messages: Messages) => Insides;
  /** Every scheme's histograms of this part. */
  readonly multiples: (
    shown: readonly Shown<"propagation">[],
    part: "activation" | "gradient",
    messages: Messages,
  ) => FigureContent;
}

const BINS = catalogue.limits.layerBins;

export function layerFigures(locale: Locale): LayerFigures {
  const words = wordsOfLayers(locale);
  return {
    insides: (result, messages) => {
      const said = sentences(result, words);
      return {
        draw: (layer, box, color, theme) =>
          drawLayer(result, layer, box, color, theme, words, messages),
        say: (layer) =>
          PARTS.filter((part) => partOf(result, part, layer).histogram).map(
            (part) =>
              words.parts[part] +
              messages.between.label +
              said(part, layer)
                .map(([whole]) => whole)
                .join(messages.between.items),
          ),
        columns: (bins) =>
          PARTS.flatMap((part) => [
            ...columnsOf(words, part),
            ...(bins ? binColumns(words, part, BINS) : []),
          ]),
        numbers: (layer, bins) =>
          PARTS.flatMap((part) => [
            ...numbersOf(result, part, layer),
            ...(bins ? binNumbers(result, part, layer, BINS) : []),
          ]),
      };
    },
    multiples: (shown, part, messages) => {
      const { figures, between } = messages;
      const depth = shown[0]?.result.deadFraction.length ?? 1;
      const text = part === "activation" ? words.signals : words.gradients;
      // Inputs are the same for all schemes, and the gradient that is given has the deviation 1.
      const inputs = Math.sqrt(shown[0]?.result.input.secondMoment ?? 1);
      const data = {
        rows: shown.map(({ slot, name, result }) => ({
          slot,
          name,
          part: (layer: number) => partOf(result, part, layer),
        })),
        depth,
        unit: part === "activation" && inputs > 0 ? inputs : 1,
        axis: text.axis,
        label: (layer: number) =>
          layer === 1 ? figures.atLayer(1) : (figures.tick ?? String)(layer),
      };
      const ran = ({ name, result }: Shown<"propagation">) => {
        const [first, last] = part === "activation" ? [1, depth] : [depth, 1];
        const at = (layer: number) => partOf(result, part, layer);
        if (at(last).broken) return words.ranOut(name, figures.atLayer(last));
        const [from, to] = [first, last].map((layer) => formatNumber(at(layer).std));
        return words.ran(name, from ?? "", figures.atLayer(first), to ?? "", figures.atLayer(last));
      };
      return {
        title: text.title,
        aspect: (width) => width / multiplesHeight(shown.length),
        draw: (frame) => drawMultiples(data, words, frame),
        caption: shown.map(ran).join(between.sentences),
        how: words.multiples,
        table: tableOf(shown, part, false, messages),
        csv: () => tableOf(shown, part, true, messages),
      };
    },
  };

  /** A row a layer of each scheme. */
  function tableOf(
    shown: readonly Shown<"propagation">[],
    part: PartName,
    bins: boolean,
    { figures }: Messages,
  ): Table {
    return {
      head: [
        words.scheme,
        figures.layer,
        ...columnsOf(words, part),
        ...(bins ? binColumns(words, part, BINS) : []),
      ],
      rows: shown.flatMap(({ name, result }) =>
        Array.from(result.deadFraction, (_, i) => [
          name,
          figures.tick?.(i + 1) ?? i + 1,
          ...numbersOf(result, part, i + 1),
          ...(bins ? binNumbers(result, part, i + 1, BINS) : []),
        ]),
      ),
    };
  }
}
