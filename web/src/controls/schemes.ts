/** The schemes a figure compares, as chips: each opens its parameters in place. */
import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import { SLOT_MARKS } from "../slots.js";
import { parametersFor, schemeOf, schemesFor } from "../engine/catalogue.js";
import type { Field, SchemeId } from "../engine/catalogue.js";
import type { Issue } from "../engine/errors.js";
import { MOST_SCHEMES, schemeWith } from "../engine/request.js";
import { issueText, messagesOf, schemeNames } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { FieldChange } from "./field.js";
import "./field.js";
import { formula } from "./formula.js";
import { symbolsText } from "./symbols.js";
import { explained } from "./terms.js";
import type { SchemePick } from "./picker.js";
import "./picker.js";
import "./scheme-advice.js";
import { shared, slotColors } from "./styles.js";

/** A scheme as it is being edited: parameters may be wrong until they are checked. */
export interface DraftScheme {
  readonly scheme: SchemeId;
  readonly [parameter: string]: unknown;
}

/** A scheme and the slot whose colour it keeps. */
export interface SlottedScheme {
  readonly slot: number;
  readonly draft: DraftScheme;
}

export class SchemesChange extends CustomEvent<{ readonly schemes: readonly SlottedScheme[] }> {
  constructor(schemes: readonly SlottedScheme[]) {
    super("schemes-change", { detail: { schemes }, bubbles: true, composed: true });
  }
}

@customElement("init-schemes")
export class SchemesElement extends QueuedElement {
  /** The field that the schemes stand in: it says which are allowed. */
  @property({ attribute: false }) field!: Field;
  @property({ attribute: false }) schemes: readonly SlottedScheme[] = [];
  @property({ attribute: false }) issues: readonly Issue[] = [];
  @property() locale: Locale = "en";
  @state() private open = -1;

  static override styles = [
    shared,
    slotColors,
    css`
      :host {
        display: block;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
        font-size: 13px;
      }
      /* It is drawn after the chips: in a line that breaks, its room is there before. */
      .chips init-scheme-picker {
        min-width: 118px;
        min-height: 28px;
      }
      .chip {
        display: inline-flex;
        border: 1px solid var(--slot);
        border-radius: 4px;
        color: var(--slot);
        background: var(--init-raised);
        max-width: 100%;
      }
      .chip.wrong {
        border-color: var(--init-error);
      }
      .chip button {
        border: 0;
        background: none;
        color: inherit;
        font-weight: 600;
        padding: 2px 8px;
      }
      .chip .remove {
        font-weight: 400;
        padding: 0 8px;
        min-width: 28px;
        border-left: 1px solid var(--init-hairline);
        border-radius: 0;
      }
      @media print {
        .chip .remove,
        .chips > :not(.chip) {
          display: none;
        }
      }
      .editor {
        margin-top: 8px;
        padding: 12px;
        border: 1px solid var(--init-hairline);
        border-left: 3px solid var(--slot);
        border-radius: 4px;
      }
      .parameters {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(180px, 100%), 1fr));
        gap: 8px 16px;
      }
      .formula {
        overflow-x: auto;
        padding: 4px 0;
      }
    `,
  ];

  private announce(schemes: readonly SlottedScheme[]): void {
    this.dispatchEvent(new SchemesChange(schemes));
  }

  private add({ detail: { scheme } }: SchemePick): void {
    const used = this.schemes.map(({ slot }) => slot);
    const slot = SLOT_MARKS.findIndex((_, candidate) => !used.includes(candidate));
    this.announce([...this.schemes, { slot, draft: schemeWith(scheme.id) }]);
  }

  private removeAt(position: number): void {
    this.open = -1;
    this.announce(this.schemes.filter((_, i) => i !== position));
  }

  private replace(position: number, draft: DraftScheme): void {
    this.announce(this.schemes.map((item, i) => (i === position ? { ...item, draft } : item)));
  }

  private onField(position: number, event: FieldChange): void {
    event.stopPropagation();
    const { field, value } = event.detail;
    const current = this.schemes[position]?.draft;
    if (current && value !== undefined) this.replace(position, { ...current, [field.id]: value });
  }

  private issuesAt(position: number): readonly Issue[] {
    const path = `schemes.${position}`;
    return this.issues.filter(({ field }) => field === path || field.startsWith(`${path}.`));
  }

  private renderEditor(position: number, { slot, draft }: SlottedScheme) {
    const { fields, schemes } = messagesOf(this.locale);
    const scheme = schemeOf(draft.scheme);
    const text = schemes[draft.scheme];
    const symbols = symbolsText(scheme, messagesOf(this.locale));
    const issues = this.issuesAt(position);
    const ofField = (id: string) =>
      issues.find(({ field }) => field === `schemes.${position}.${id}`);
    const parameters = parametersFor(scheme, this.field);
    const known = parameters.map(({ id }) => `schemes.${position}.${id}`);
    return html`<div class="editor slot-${slot}" id="editor">
      <div class="parameters">
        <div>
          <div>${fields.scheme}</div>
          <init-scheme-picker
            .schemes=${schemesFor(this.field)}
            .selected=${draft.scheme}
            .text=${text.name}
            .label=${fields.scheme}
            .locale=${this.locale}
            @scheme-pick=${({ detail }: SchemePick) => this.replace(position, schemeWith(detail.scheme.id))}
          ></init-scheme-picker>
        </div>
        ${parameters.map(
          (field) =>
            html`<init-field
              .field=${field}
              .value=${draft[field.id]}
              .issue=${ofField(field.id)}
              .locale=${this.locale}
              @field-change=${(event: FieldChange) => this.onField(position, event)}
            ></init-field>`,
        )}
      </div>
      ${issues
        .filter(({ field }) => !known.includes(field))
        .map((issue) => html`<p class="issue" role="alert">${issueText(issue, this.locale)}</p>`)}
      <div class="formula">${formula(scheme.formulaMathml)}</div>
      ${symbols ? html`<p class="note">${explained(this, symbols, this.locale)}</p>` : nothing}
      <init-scheme-advice .scheme=${scheme} .locale=${this.locale}></init-scheme-advice>
    </div>`;
  }

  /** Escape shuts the parameters, and the chip that opened them has the focus again. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || this.open < 0) return;
    event.preventDefault();
    this.renderRoot.querySelectorAll<HTMLButtonElement>(".chip .opener")[this.open]?.focus();
    this.open = -1;
  }

  private renderAdd() {
    const { ui } = messagesOf(this.locale);
    if (this.schemes.length >= MOST_SCHEMES)
      return html`<button disabled aria-describedby="full">+ ${ui.addScheme}</button>
        <span class="note" id="full">${ui.mostSchemes(MOST_SCHEMES)}</span>`;
    return html`<init-scheme-picker
      .schemes=${schemesFor(this.field)}
      .text=${`+ ${ui.addScheme}`}
      .label=${ui.addScheme}
      .locale=${this.locale}
      @scheme-pick=${(event: SchemePick) => this.add(event)}
    ></init-scheme-picker>`;
  }

  override render() {
    const { ui } = messagesOf(this.locale);
    const opened = this.schemes[this.open];
    const names = schemeNames(
      this.schemes.map(({ draft }) => draft),
      this.locale,
    );
    return html`<div @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
      <div class="chips">
        ${this.schemes.map(({ slot, draft }, i) => {
          const name = names[i] ?? draft.scheme;
          const wrong = this.issuesAt(i).length > 0 ? "wrong" : "";
          return html`<span class="chip slot-${slot} ${wrong}">
            <button
              class="opener"
              aria-expanded=${this.open === i ? "true" : "false"}
              aria-label=${ui.editScheme(name)}
              @click=${() => (this.open = this.open === i ? -1 : i)}
            >
              <span aria-hidden="true">${SLOT_MARKS[slot]}</span> ${name}
            </button>
            ${
              this.schemes.length > 1
                ? html`<button
                    class="remove"
                    aria-label=${ui.removeScheme(name)}
                    @click=${() => this.removeAt(i)}
                  >
                    ×
                  </button>`
                : nothing
            }
          </span>`;
        })}
        ${this.renderAdd()}
      </div>
      ${opened ? this.renderEditor(this.open, opened) : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-schemes": SchemesElement;
  }
}
