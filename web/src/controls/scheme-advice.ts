/** When to use a scheme, when not, and where it is from; its sentences come with the first one. */
import { css, html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import type { Scheme } from "../engine/catalogue.js";
import { loadAdvice } from "../i18n/advice.js";
import type { Advice } from "../i18n/advice.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { lackOf, loadPart, wordsFor } from "./part.js";
import type { Lack } from "./part.js";
import { shared } from "./styles.js";
import { explained } from "./terms.js";
import type { Seen } from "./terms.js";

@customElement("init-scheme-advice")
export class SchemeAdviceElement extends QueuedElement {
  @property({ attribute: false }) scheme!: Scheme;
  @property() locale: Locale = "en";
  @state() private loaded?: { readonly locale: Locale; readonly advice: Advice };

  /** Where a language's sentences did not come: another's are asked for all the same. */
  @state() private lacking?: { readonly locale: Locale; readonly lack: Lack } | undefined;

  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      dl {
        margin: 8px 0 0;
        font-size: 13px;
        color: var(--init-secondary);
      }
      dt {
        font-weight: 600;
        float: left;
        margin-right: 8px;
      }
      dd {
        margin: 0 0 4px;
        min-height: 1.5em; /* a line, before the words are there */
      }
    `,
  ];

  private async load(locale: Locale): Promise<void> {
    try {
      this.loaded = { locale, advice: await loadPart(() => loadAdvice(locale)) };
      this.lacking = undefined;
    } catch (error) {
      this.lacking = { locale, lack: lackOf(error) }; // opened again, it is asked for again
    }
  }

  protected override willUpdate(): void {
    const { locale, lacking, loaded } = this;
    if (loaded?.locale !== locale && lacking?.locale !== locale) void this.load(locale);
  }

  override render() {
    const { ui } = messagesOf(this.locale);
    const { lacking, loaded, locale } = this;
    const { use = "", avoid = "" } = loaded?.advice[this.scheme.id] ?? {};
    const seen: Seen = new Set();
    return html`<dl>
      <dt>${ui.use}</dt>
      <dd>
        ${lacking?.locale === locale ? wordsFor(lacking.lack, locale) : explained(this, use, locale, seen)}
      </dd>
      <dt>${ui.avoid}</dt>
      <dd>${explained(this, avoid, locale, seen)}</dd>
      <dt>${ui.source}</dt>
      <dd>${this.scheme.source}</dd>
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-scheme-advice": SchemeAdviceElement;
  }
}
