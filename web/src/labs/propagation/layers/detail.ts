/** What is in the layer that is picked, beside the drawn network: its three parts side by side. */
import type { Box } from "../../../charts/panels.js";
import { svgElement, svgText } from "../../../charts/plot.js";
import type { Theme } from "../../../charts/theme.js";
import type { PropagationResult } from "../../../engine/results.js";
import type { Messages } from "../../../i18n/index.js";
import type { LayerWords } from "../../../i18n/layer-figures.js";
import { formatNumber, formatShare } from "../../../i18n/numbers.js";
import { drawPanel } from "./panel.js";
import type { Wording } from "./panel.js";
import { PARTS, partOf } from "./parts.js";
import type { Part, PartName } from "./parts.js";

const TITLE = 18;
const GAP = 12;
/** A box that is narrower than this many times its height has the parts one below the other. */
const SIDE_BY_SIDE = 1.5;

export type Said = (part: PartName, layer: number) => readonly Wording[];

/** What is said of each part of a layer, its standard deviation first. */
export function sentences(result: PropagationResult, { said }: LayerWords): Said {
  const depth = result.deadFraction.length;
  const last = partOf(result, "gradient", depth).std;
  return (part, layer) => {
    const { std, zeros, least, most } = partOf(result, part, layer);
    const size: Wording = [said.std(formatNumber(std))];
    if (part === "activation") return [size, [said.activation(formatShare(zeros))]];
    if (part === "weight") {
      const [from, to] = [formatNumber(least, 2), formatNumber(most, 2)];
      return [size, [said.weight(from, to), said.weightShort(from, to)]];
    }
    if (layer === depth) return [size, [said.alone]];
    if (!(last > 0)) return [size];
    const times = formatNumber(std / last, 2);
    return [size, [said.gradient(times), said.gradientShort(times)]];
  };
}

/** The group that is drawn of a layer; layer 0 are the inputs, of which there is no histogram. */
export function drawLayer(
  result: PropagationResult,
  layer: number,
  { x, y, width, height }: Box,
  color: string,
  theme: Theme,
  words: LayerWords,
  messages: Messages,
): SVGElement {
  const group = svgElement("g", { class: "detail" });
  const { figures } = messages;
  const fill = theme.secondary;
  const title = layer === 0 ? words.inputs : figures.atLayer(layer);
  group.append(svgText(title, { x, y: y + 11, "font-weight": 600 }));
  if (layer === 0) {
    group.append(svgText(words.noHistogram, { x, y: y + 11 + TITLE, fill }));
    return group;
  }
  const said = sentences(result, words);
  const stacked = width < SIDE_BY_SIDE * height;
  const room = { width, height: height - TITLE };
  const each = stacked
    ? { width, height: Math.floor(room.height / PARTS.length) }
    : { width: (width - GAP * (PARTS.length - 1)) / PARTS.length, height: room.height };
  const lackOf = (name: PartName, { broken }: Part) =>
    broken ? words.notFinite : name === "weight" ? words.noWeight : words.noHistogram;
  for (const [i, name] of PARTS.entries()) {
    const part = partOf(result, name, layer);
    const text = {
      name: words.parts[name],
      said: said(name, layer),
      stacked,
      lack: lackOf(name, part),
    };
    const box = stacked
      ? { ...each, x, y: y + TITLE + i * each.height }
      : { ...each, x: x + i * (each.width + GAP), y: y + TITLE };
    drawPanel(group, part, text, box, color, theme);
  }
  return group;
}
