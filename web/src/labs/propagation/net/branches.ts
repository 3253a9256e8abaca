/** Trunk and branch of a net's residual blocks: one over the other, and beside each other. */
import { extentOf, magnitudeChart } from "../../../charts/by-layer.js";
import type { Interval } from "../../../charts/plot.js";
import { cursorText } from "../../../charts/rows.js";
import { drawable, plainSeries } from "../../../charts/series.js";
import type { Series } from "../../../charts/series.js";
import type { FigureContent } from "../../../figures/content.js";
import type { Messages } from "../../../i18n/index.js";
import type { NetWords } from "../../../i18n/net-figures.en.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Shown } from "../../lab-state.js";
import { handsOn, joinedOf, trunkPasses } from "./blocks.js";
import type { Blocks } from "./blocks.js";

type One = Shown<"propagation">;

interface Parts {
  readonly blocks: Blocks;
  readonly words: NetWords;
  /** Those that `netMessages` has made. */
  readonly messages: Messages;
  readonly steadyAxis: (axis: string, needed: Interval) => Interval;
}

/** Values at some of the rows, with their faults; other rows have none. */
function seriesAt(
  slot: number,
  name: string,
  values: Float64Array,
  places: readonly number[],
): Series {
  const at = plainSeries(
    slot,
    name,
    places.map((i) => values[i] ?? NaN),
    "forward",
    0,
  );
  const layerOf = (k: number | undefined) => (k === undefined ? undefined : (places[k] ?? 0) + 1);
  return {
    ...at,
    first: 1,
    values: values.map((_, i) => at.values[places.indexOf(i)] ?? NaN),
    overflow: layerOf(at.overflow),
    vanished: layerOf(at.vanished),
  };
}

function figureOf(
  title: string,
  axis: string,
  all: readonly Series[],
  extent: Interval,
  caption: string,
  { blocks, messages }: Parts,
): FigureContent {
  const { figures, between } = messages;
  const depth = blocks.rows.length;
  const words = {
    x: figures.layer,
    tick: figures.tick,
    y: axis,
    overflow: figures.overflow,
    vanished: figures.vanished,
    nothingFinite: figures.nothingFinite,
    label: between.label,
  };
  return {
    title,
    aspect: 1.6,
    draw: (frame) => magnitudeChart(all, depth, extent, words, frame),
    caption,
    table: {
      head: [figures.layer, ...all.map(({ name }) => name)],
      rows: blocks.rows.flatMap(({ label, block }, i) =>
        block === "res" ? [[label, ...all.map(({ values }) => values[i] ?? NaN)]] : [],
      ),
    },
    describe: (i) => cursorText(blocks.at(i + 1) + between.label, all, i),
    firstLayer: 1,
  };
}

/** A branch that is 0 adds nothing to a trunk of 0 either; over one that is not finite nothing is told. */
function shareOf(branch: number, trunk: number): number {
  if (!Number.isFinite(trunk)) return NaN;
  return branch === 0 ? 0 : branch / trunk;
}

/** E[h²] of the branch over that of the trunk, as each block adds them. */
export function branchFigure(shown: readonly One[], parts: Parts): FigureContent | undefined {
  const { blocks, words, messages } = parts;
  const all = shown.flatMap(({ slot, name, result }) => {
    const joined = joinedOf(result);
    if (!joined) return [];
    const { trunk, branch, places } = joined;
    // Where the trunk is 0 there is nothing to compare with, but for a branch that is 0 as well.
    const compared = places.filter((i) => trunk[i] !== 0 || branch[i] === 0);
    if (compared.length === 0) return [];
    const ratio = branch.map((value, i) => shareOf(value, trunk[i] ?? NaN));
    return [seriesAt(slot, name, ratio, compared)];
  });
  if (all.length === 0) return undefined;
  const { captions } = words;
  const sentences = all.map((series) => {
    const layers = drawable(series);
    const value = (layer: number | undefined) =>
      formatNumber(series.values[(layer ?? 1) - 1] ?? NaN);
    const [from, to] = [layers[0], layers.at(-1)];
    if (series.overflow !== undefined)
      return captions.overflow(series.name, blocks.at(series.overflow));
    if (from === undefined || to === undefined) {
      const passes = shown.some(({ name, result }) => name === series.name && trunkPasses(result));
      return captions.branchZero(series.name, passes);
    }
    return captions.branch(series.name, value(from), blocks.at(from), value(to), blocks.at(to));
  });
  const drawn =
    all.some((series) => drawable(series).length > 1) &&
    shown.every(({ result }) => handsOn(result));
  return figureOf(
    words.figures.branch,
    words.figures.branchAxis,
    all,
    parts.steadyAxis("branch", extentOf(all)),
    [...sentences, ...(drawn ? [captions.branchMeans] : [])].join(messages.between.sentences),
    parts,
  );
}

/** Trunk and branch of one scheme beside each other, the branch hollow. */
export function joinedFigure(chosen: One | undefined, parts: Parts): FigureContent | undefined {
  const joined = chosen && joinedOf(chosen.result);
  if (!joined) return undefined;
  const { blocks, words, messages } = parts;
  const { trunk, branch, places } = joined;
  const all = [
    seriesAt(chosen.slot, words.figures.trunk, trunk, places),
    { ...seriesAt(chosen.slot, words.figures.branchName, branch, places), hollow: true },
  ];
  const scaled = blocks.rows.some(({ scale }) => scale !== 1);
  const { captions } = words;
  return figureOf(
    words.figures.joined(chosen.name),
    words.figures.joinedAxis,
    all,
    parts.steadyAxis("joined", extentOf(all)),
    [
      handsOn(chosen.result) ? captions.joined : captions.changed,
      ...(scaled ? [captions.scaled] : []),
    ].join(messages.between.sentences),
    parts,
  );
}
