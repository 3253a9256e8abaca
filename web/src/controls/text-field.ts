/**
 * A control for a field that holds a text with a grammar: a formula, a network. What the core refuses
 * is marked where it stands, and said below while the reader types. Loaded when a lab has such a field.
 */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Field } from "../engine/catalogue.js";
import type { Issue } from "../engine/errors.js";
import { textWords } from "../i18n/text-fields.js";
import type { Locale } from "../i18n/index.js";
import { FieldChange } from "./field.js";
import { fieldLabel, labelStyles } from "./label.js";
import { QueuedElement } from "./queued-element.js";
import { shared } from "./styles.js";
import { cutAt } from "./text-fault.js";

/** Of what is pasted more is cut off: it is refused as too long anyway. */
const MOST_PASTED = 5000;
/** Signs that are not seen: a space that is kept, and one of no width. */
const NARROW = "\u00a0";
const NOTHING_SEEN = "\u200b";

@customElement("init-text-field")
export class TextFieldElement extends QueuedElement {
  @property({ attribute: false }) field!: Field;
  @property({ attribute: false }) value: unknown;
  @property({ attribute: false }) issue: Issue | undefined;
  @property() locale: Locale = "en";

  /** Whether what was typed last was said as a change that is still under way. */
  private typing = false;

  static override styles = [
    shared,
    labelStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      /* Both lie in one cell, which is as high as the text is. */
      .paper,
      .said {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
      }
      .paper > *,
      .said > * {
        grid-area: 1 / 1;
      }
      textarea,
      .mirror {
        font:
          13px/1.6 ui-monospace,
          monospace;
        margin: 0;
        padding: 4px 6px;
        border: 1px solid var(--init-border);
        border-radius: 4px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        word-break: normal;
        letter-spacing: normal;
        tab-size: 4;
      }
      textarea {
        resize: none;
        overflow: hidden;
        color: inherit;
        background: var(--init-raised);
      }
      textarea[aria-invalid="true"] {
        border-color: var(--init-error);
      }
      .mirror {
        min-height: 30px;
        border-color: transparent;
        color: transparent;
        pointer-events: none;
        z-index: 1;
      }
      mark {
        color: transparent;
        background: none;
        border-radius: 2px;
        text-decoration: underline wavy var(--init-error);
        text-underline-offset: 3px;
        text-decoration-skip-ink: none;
      }
      mark.end {
        border-bottom: 2px solid var(--init-error);
        text-decoration: none;
      }
      .unsaid {
        visibility: hidden;
      }
      .examples {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
        align-items: baseline;
        font-size: 13px;
        color: var(--init-secondary);
      }
    `,
  ];

  private get text(): string {
    return typeof this.value === "string" ? this.value : "";
  }

  private change(value: string, dragging: boolean): void {
    this.value = value;
    this.typing = dragging;
    this.dispatchEvent(new FieldChange(this.field, value, dragging));
  }

  private onInput(event: Event): void {
    this.change((event.target as HTMLTextAreaElement).value, true);
  }

  /** The text is as the reader wants it. */
  private settle(): void {
    if (this.typing) this.change(this.text, false);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // white space means nothing in these texts
    this.settle();
  }

  /** The same text, unseen, of which what is wrong is underlined. Between its parts stands no white space. */
  private renderMirror() {
    const cut = this.issue && cutAt(this.issue, this.text);
    const missing = cut?.wrong === "";
    const parts = cut
      ? [
          cut.before,
          html`<mark class=${missing ? "end" : nothing}>${missing ? NARROW : cut.wrong}</mark>`,
          cut.after,
        ]
      : [this.text];
    // A last line that is empty would have no height.
    return html`<div class="mirror" aria-hidden="true">${parts}${NOTHING_SEEN}</div>`;
  }

  override render() {
    const { field, locale, issue } = this;
    const words = textWords(locale);
    const { note, examples } = words.fields[field.id] ?? { note: "", examples: [] };
    return html`${fieldLabel(field, locale)}
      <div class="paper">
        <textarea
          id="input"
          rows="1"
          maxlength=${MOST_PASTED}
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          spellcheck="false"
          .value=${this.text}
          aria-invalid=${issue ? "true" : "false"}
          aria-describedby=${issue ? "issue" : "note"}
          @input=${(event: Event) => this.onInput(event)}
          @blur=${() => this.settle()}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        ></textarea>
        ${this.renderMirror()}
      </div>
      <div class="said">
        <p class="note ${issue ? "unsaid" : ""}" id="note">${note}</p>
        <p class="issue" id="issue" role="status">${issue ? words.issue(issue) : nothing}</p>
      </div>
      ${
        examples.length > 0
          ? html`<div class="examples" role="group" aria-label=${words.examples}>
              ${examples.map(
                ({ name, text }) =>
                  html`<button class="link" title=${text} @click=${() => this.change(text, false)}>
                    ${name}
                  </button>`,
              )}
            </div>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-text-field": TextFieldElement;
  }
}
