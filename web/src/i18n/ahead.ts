/** Words of drawings that are theory's while the simulation follows, loaded with what draws them. */
import type { Locale } from "./locale.js";

interface AheadWords {
  /** Of a figure by layer. */
  readonly follows: string;
  /** Of the network drawn. */
  readonly strips: string;
  /** Before a value that a cursor reads. */
  readonly theory: string;
}

const words: Readonly<Record<Locale, AheadWords>> = {
  en: {
    follows: "simulation follows; pale: the last",
    strips: "theory; simulation follows",
    theory: "theory",
  },
  zh: {
    follows: "模拟随后跟上，淡色为上一次",
    strips: "理论值，模拟随后跟上",
    theory: "理论值",
  },
};

export const aheadWords = (locale: Locale): AheadWords => words[locale];
