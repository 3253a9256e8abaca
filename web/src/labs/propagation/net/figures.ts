/** What the lab shows of nets, with its words: loaded when an answer has rows. */
import type { Figures } from "../../../figures/content.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { wordsOfNets } from "../../../i18n/net-figures.js";
import type { Shown } from "../../lab-state.js";
import { propagationFigures } from "../figures.js";
import type { PropagationFigure, PropagationParts } from "../figures.js";
import { blocksOf } from "./blocks.js";
import { branchFigure, joinedFigure } from "./branches.js";
import { netCaption } from "./captions.js";
import { netMessages } from "./messages.js";

export { lacks, tryOnNet } from "./remedies.js";
export { trainingNote } from "./training.js";
export { netVerdict } from "./verdict.js";

/** All figures of a net, whose rows all schemes share. */
export function netFigures(
  shown: readonly Shown<"propagation">[],
  { request, chosen, steadyAxis, layers }: PropagationParts,
  locale: Locale,
): Figures<PropagationFigure> {
  const words = wordsOfNets(locale);
  const blocks = blocksOf(shown[0]?.result.rows ?? [], words);
  const of = (name: string) => shown.find((scheme) => scheme.name === name)?.result;
  const messages = netMessages(messagesOf(locale), words, blocks, (name) => of(name)?.theory);
  const figures = propagationFigures(
    shown,
    {
      request: { ...request, widths: undefined },
      chosen,
      steadyAxis,
      layers,
      captionOf: (series, quantity, signal) => {
        const result = of(series.name);
        return result ? netCaption(series, quantity, signal, result, blocks, words) : "";
      },
    },
    messages,
  );
  // Dead units and saturation are an activation's.
  const activated = blocks.rows.some(({ block }) => block === "phi");
  const parts = { blocks, words, messages, steadyAxis };
  return {
    ...figures,
    dead: activated ? figures.dead : undefined,
    saturated: activated ? figures.saturated : undefined,
    branch: branchFigure(shown, parts),
    joined: joinedFigure(chosen, parts),
  };
}
