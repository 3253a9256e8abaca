/** What is said of a run that is played: a sentence beside its mark, and the link to why. */
import { css, html } from "lit";
import type { LitElement } from "lit";
import { explained } from "../controls/terms.js";
import type { Seen } from "../controls/terms.js";
import { whyLink } from "../controls/why.js";
import type { Section } from "../generated/terms.js";
import type { Locale } from "../i18n/locale.js";
import { SLOT_MARKS } from "../slots.js";

export const factStyles = css`
  .facts {
    margin: 4px 0 0;
    padding-left: 20px;
    max-width: 68em;
  }
  .facts li {
    margin: 4px 0;
  }
  .facts.marked {
    padding-left: 0;
    list-style: none;
  }
  /* Sentences of a run that is played grow and shrink: what is beside and below them stays. */
  .facts .of-run {
    display: grid;
    grid-template-columns: 1em minmax(0, 1fr) minmax(4.2em, auto);
    gap: 0 6px;
    align-items: start;
    min-height: 84px;
    margin: 2px 0;
    font-variant-numeric: tabular-nums;
  }
  .facts .of-run > [data-most] {
    display: grid;
  }
  .facts .of-run > [data-most]::after {
    content: attr(data-most);
    grid-area: 1 / 1;
    visibility: hidden;
  }
  .facts .of-run > [data-most] > span {
    grid-area: 1 / 1;
  }
  @container (min-width: 480px) {
    .facts .of-run {
      min-height: 63px;
    }
  }
  @container (min-width: 850px) {
    .facts .of-run {
      min-height: 42px;
    }
  }
  .facts + h3 {
    margin-top: 16px;
  }
`;

/** What a run is seen by. */
interface Shown {
  readonly slot: number;
}

interface Said {
  readonly text: string;
  /** The most that it may come to say: its room is kept. */
  readonly most: string;
  readonly why: Section | undefined;
  /** Terms that were explained in the sentences before. */
  readonly seen: Seen;
  readonly locale: Locale;
}

/** The sentence changes with the frame, and the link stays where it is. */
export function runFact(lab: LitElement, { slot }: Shown, { text, most, why, seen, locale }: Said) {
  return html`<li class="of-run">
    <span class="named slot-${slot}" aria-hidden="true">${SLOT_MARKS[slot]}</span>
    <span data-most=${most}><span>${explained(lab, text, locale, seen)}</span></span>
    <span>${whyLink(why, locale)}</span>
  </li>`;
}
