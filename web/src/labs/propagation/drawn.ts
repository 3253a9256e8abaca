/** The figures of an answer: made once of each, and in part anew when the code of what is in layers comes. */
import type { Figures } from "../../figures/content.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import type { Shown } from "../lab-state.js";
import type { Nets } from "./advice.js";
import { propagationFigures } from "./figures.js";
import type { PropagationFigure, PropagationParts } from "./figures.js";

/** What draws what is in layers. */
export const loadLayers = () => import("./layers/index.js");
export type Layers = Awaited<ReturnType<typeof loadLayers>>;

/** Figures that networks without residual blocks lack. */
const NO_NET = { branch: undefined, joined: undefined };

/** Figures of what is in layers, which are there once their code is; and those that show it beside. */
export const OF_INSIDES: readonly PropagationFigure[] = [
  "activationHistograms",
  "gradientHistograms",
];
export const WITH_INSIDES: readonly PropagationFigure[] = ["flow", ...OF_INSIDES];

type Made = Partial<Figures<PropagationFigure>> | undefined;

/** Those of them that are there. */
function insidesOf(figures: NonNullable<Made>) {
  return Object.fromEntries(WITH_INSIDES.map((name) => [name, figures[name]]));
}

export interface DrawnView {
  /** The answer and all else that figures are made of, but for the code. */
  readonly of: readonly unknown[];
  readonly parts: Omit<PropagationParts, "layers">;
  readonly locale: Locale;
  readonly nets: Nets | undefined;
  readonly layers: Layers | undefined;
}

export class AnswerFigures {
  /** Undefined before there are any. */
  figures: Made;
  private of: readonly unknown[] = [];
  private layers: Layers | undefined;

  /** Makes them anew where what they are made of is another. */
  update(shown: readonly Shown<"propagation">[], view: DrawnView): Made {
    const of = [...view.of, view.locale, view.nets];
    const stay = this.of.length > 0 && of.every((value, i) => value === this.of[i]);
    if (stay && view.layers === this.layers) return this.figures;
    const made = this.make(shown, view);
    // What the code of layers changes is drawn anew when it comes, and nothing else.
    this.figures = stay && made ? { ...made, ...this.figures, ...insidesOf(made) } : made;
    this.of = of;
    this.layers = view.layers;
    return this.figures;
  }

  private make(shown: readonly Shown<"propagation">[], view: DrawnView): Made {
    const { locale, nets, layers } = view;
    const parts = { ...view.parts, layers: layers?.layerFigures(locale) };
    if (!shown[0]?.result.rows)
      return { ...propagationFigures(shown, parts, messagesOf(locale)), ...NO_NET };
    return nets?.netFigures(shown, parts, locale);
  }
}
