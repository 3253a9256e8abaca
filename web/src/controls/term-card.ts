/** <init-term-card>: what the glossary says of one term, beside it. Loaded when one is first pointed at. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { terms } from "../generated/terms.js";
import type { TermId } from "../generated/terms.js";
import { loadGlossary } from "../i18n/glossary.js";
import type { Entry } from "../i18n/glossary.js";
import type { Locale } from "../i18n/index.js";
import { tagOf } from "../i18n/index.js";
import { termWords } from "../i18n/term-words.js";
import { formula } from "./formula.js";
import { shared } from "./styles.js";
import { sectionLink } from "./why.js";

/** Pixels between a card and its term, and the window's edges. */
const GAP = 6;

const isTerm = (id: string | undefined): id is TermId =>
  id !== undefined && Object.hasOwn(terms, id);

@customElement("init-term-card")
export class TermCard extends LitElement {
  @state() private term: TermId | undefined;
  @state() private entry: Entry | undefined;
  @state() private locale: Locale = "en";
  @query("a") private readonly link!: HTMLAnchorElement | null;

  static override styles = [
    shared,
    css`
      :host {
        position: fixed;
        inset: auto;
        margin: 0;
        width: max-content;
        max-width: min(320px, 100vw - 12px);
        max-height: calc(100vh - 12px);
        overflow: auto;
        padding: 8px 12px;
        border: 1px solid var(--init-border);
        border-radius: 4px;
        background: var(--init-raised);
        font-weight: 400;
        text-align: left;
        white-space: normal;
      }
      p {
        margin: 0;
      }
      .name {
        font-weight: 600;
      }
      .formula {
        overflow-x: auto;
      }
      a {
        display: inline-block;
        min-height: 24px;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  /** Takes in a term; whether there is something to say of it. */
  async explain(id: string | undefined, locale: Locale): Promise<boolean> {
    if (!isTerm(id)) return false;
    const glossary = await loadGlossary(locale).catch(() => undefined);
    if (!glossary) return false;
    this.term = id;
    this.locale = locale;
    this.entry = glossary[id];
    this.lang = tagOf(locale);
    this.setAttribute("aria-label", this.entry.name);
    await this.updateComplete;
    return true;
  }

  /** Below the term, or above it where there is more room. */
  place(term: Element): void {
    const at = term.getClientRects()[0] ?? term.getBoundingClientRect();
    const { width, height } = this.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = at.bottom + GAP + height <= clientHeight || at.top < clientHeight - at.bottom;
    const left = Math.max(GAP, Math.min(at.left, clientWidth - width - GAP));
    this.style.left = `${left}px`;
    this.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
  }

  /** Takes the focus: to the link, or itself. */
  enter(): void {
    (this.link ?? this).focus();
  }

  override render() {
    const { term, entry, locale } = this;
    if (!term || !entry) return nothing;
    const { formula: mathml, section, chapter } = terms[term];
    return html`<p class="name">${entry.name}</p>
      <p>${entry.text}</p>
      ${mathml ? html`<div class="formula">${formula(mathml)}</div>` : nothing}
      ${section ? sectionLink(section, locale, termWords[locale].chapter(chapter ?? 0)) : nothing}`;
  }
}

/** The one card of a page, and what it tells of the pointer and the focus. */
export function makeCard(on: { readonly enter: () => void; readonly leave: () => void }): TermCard {
  const card = new TermCard();
  card.id = "init-term-card";
  card.popover = "manual";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.addEventListener("pointerenter", on.enter);
  card.addEventListener("pointerleave", on.leave);
  card.addEventListener("focusout", on.leave);
  return card;
}

declare global {
  interface HTMLElementTagNameMap {
    "init-term-card": TermCard;
  }
}
