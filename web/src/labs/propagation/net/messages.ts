/** The lab's words as they are for a net: what says "layer" of layers calls a net's blocks by their labels. */
import type { Theory } from "../../../engine/results.js";
import type { Messages } from "../../../i18n/index.js";
import type { NetWords } from "../../../i18n/net-figures.en.js";
import type { Blocks } from "./blocks.js";

/** Why theory is silent, and of which block. */
export function gapText(name: string, theory: Theory, { at }: Blocks, words: NetWords): string {
  return theory.gap ? words.gaps[theory.gap](name, theory.gapBlock, at(theory.gapRow + 1)) : "";
}

/** `theoryOf`: theory of the scheme of this name. */
export function netMessages(
  messages: Messages,
  words: NetWords,
  blocks: Blocks,
  theoryOf: (name: string) => Theory | undefined,
): Messages {
  const { at } = blocks;
  const { figures, captions } = messages;
  const { magnitudes } = figures;
  const { captions: said, flow } = words;
  const gap = (name: string) => {
    const theory = theoryOf(name);
    return theory ? gapText(name, theory, blocks, words) : "";
  };
  return {
    ...messages,
    figures: {
      ...figures,
      layer: words.figures.block,
      tick: blocks.tick,
      magnitudes: {
        second_moment: { title: words.figures.signal, axis: words.figures.signalAxis },
        variance: { title: words.figures.variance, axis: words.figures.varianceAxis },
        gradient: { ...magnitudes.gradient, title: words.figures.gradient },
        weightGradient: { ...magnitudes.weightGradient, title: words.figures.weightGradient },
        ratio: { ...magnitudes.ratio, title: words.figures.ratio },
      },
      correlation: words.figures.correlation,
      correlationAxis: words.figures.correlationAxis,
      layerQuantiles: words.figures.layerQuantiles,
      activationAxis: words.figures.activationAxis,
      ridge: words.figures.ridge,
      dead: words.figures.dead,
      saturated: words.figures.saturated,
      overflow: (layer) => words.figures.overflow(at(layer)),
      vanished: (layer) => words.figures.vanished(at(layer)),
      vanishedBackward: (layer) => words.figures.vanishedBackward(at(layer)),
      nothingFinite: words.figures.nothingFinite,
      happenings: {
        faint: (layer) => words.figures.faint(at(layer)),
        faintBackward: (layer) => words.figures.faintBackward(at(layer)),
        dead: (layer) => words.figures.allDead(at(layer)),
        saturated: (layer) => words.figures.allSaturated(at(layer)),
        alike: (layer) => words.figures.alike(at(layer)),
      },
      atLayer: blocks.tick,
    },
    captions: {
      ...captions,
      gaps: {
        structured: gap,
        measured: gap,
        biased: gap,
        shaped: gap,
        coherent: gap,
        batch: gap,
      },
      // Weights of a branch may play no part in it and yet in the sum.
      coincide: (names) => captions.coincide(names, ""),
      flowWay: {
        ...captions.flowWay,
        runs: (what, how, backward, last, layer, left) =>
          flow.runs(what, how, backward, last, at(layer), left),
        ends: (what, first, from, last, to, between) =>
          flow.ends(what, first, at(from), last, at(to), between),
        overflow: (what, layer, backward) => flow.overflow(what, at(layer), backward),
        vanished: (what, layer, backward) => flow.vanished(what, at(layer), backward),
        nowhere: flow.nowhere,
      },
      flowInside: flow.inside,
      correlation: (name, first, last, layer) =>
        said.correlation(name, first, at(1), last, at(layer)),
      ridge: (zero, layer) => said.ridge(zero, at(layer)),
      dead: (name, share, layer) => said.dead(name, share, at(layer)),
      saturated: (name, share, layer) => said.saturated(name, share, at(layer)),
    },
  };
}
