/** A control for one field of the catalogue: label, input, and what is wrong with its value. */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import type { Field } from "../engine/catalogue.js";
import type { Issue } from "../engine/errors.js";
import { SEED_MOST } from "../engine/request.js";
import { parseValue } from "../engine/url.js";
import { fieldName, issueText, messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { fieldLabel, labelStyles } from "./label.js";
import { shared } from "./styles.js";

/** A change of a field. `value` may be wrong: whoever owns the state checks it. */
export class FieldChange extends CustomEvent<{
  readonly field: Field;
  readonly value: unknown;
  readonly dragging: boolean;
}> {
  constructor(field: Field, value: unknown, dragging = false) {
    super("field-change", { detail: { field, value, dragging }, bubbles: true, composed: true });
  }
}

/** A range this wide gets a logarithmic slider; numbers of any sign have none. */
const LOG_RATIO = 500;
const SLIDER_STEPS = 1000;
/** Characters of a text, and of each extent of a list. */
const MOST_TEXT = 64;
const MOST_DIGITS = 8;

@customElement("init-field")
export class FieldElement extends QueuedElement {
  @property({ attribute: false }) field!: Field;
  @property({ attribute: false }) value: unknown;
  /** Shown when the value is left out. */
  @property() placeholder = "";
  @property({ attribute: false }) issue: Issue | undefined;
  @property() locale: Locale = "en";
  /** Without a slider, where there is little room. */
  @property({ type: Boolean }) plain = false;
  /** Values offered as a list, as text. */
  @property({ attribute: false }) suggestions: readonly { text: string; label: string }[] = [];

  static override styles = [
    shared,
    labelStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .row {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .row > button {
        white-space: nowrap;
      }
      .row > input:not([type="range"]) {
        flex: 1 1 auto;
        width: 100%;
      }
      .slider > input:not([type="range"]) {
        flex: 0 0 84px;
        width: 84px;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      select {
        width: 100%;
      }
      [aria-invalid="true"] {
        border-color: var(--init-error) !important;
      }
    `,
  ];

  private get logarithmic(): boolean {
    const { min = 0, max = 0 } = this.field;
    return min > 0 && max / min > LOG_RATIO;
  }

  private toSlider(value: number): number {
    const { min = 0, max = 1 } = this.field;
    if (!this.logarithmic) return value;
    return (SLIDER_STEPS * Math.log(value / min)) / Math.log(max / min);
  }

  private fromSlider(position: number): number {
    const { min = 0, max = 1 } = this.field;
    if (!this.logarithmic) return position;
    return Number(Math.round(min * (max / min) ** (position / SLIDER_STEPS)).toPrecision(3));
  }

  private change(value: unknown, dragging = false): void {
    this.value = value;
    this.dispatchEvent(new FieldChange(this.field, value, dragging));
  }

  private onText(event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const leftOut = text === "" && this.field.follows !== undefined;
    this.change(leftOut ? undefined : parseValue(this.field, text));
  }

  /** The value as the reader types it. */
  private get text(): string {
    // An empty list is none at all; an empty text leaves the field out.
    if (Array.isArray(this.value)) return this.value.length > 0 ? this.value.join(", ") : "[]";
    return typeof this.value === "number" || typeof this.value === "string"
      ? String(this.value)
      : "";
  }

  private renderText() {
    const numeric = this.field.kind === "number" || this.field.kind === "integer";
    return html`<input
      id="input"
      type="text"
      inputmode=${numeric ? "decimal" : "text"}
      autocomplete="off"
      spellcheck="false"
      maxlength=${this.field.kind === "shape" ? MOST_DIGITS * (this.field.mostRank ?? 8) : MOST_TEXT}
      list=${this.suggestions.length > 0 ? "suggestions" : nothing}
      placeholder=${this.placeholder || nothing}
      .value=${this.text}
      aria-invalid=${this.issue ? "true" : "false"}
      aria-describedby=${this.issue ? "issue" : nothing}
      @change=${(event: Event) => this.onText(event)}
    />`;
  }

  private renderInput() {
    const { field, locale } = this;
    const choices: Readonly<Record<string, string | undefined>> = messagesOf(locale).choices;
    switch (field.kind) {
      case "choice":
        return html`<select
          id="input"
          @change=${(event: Event) => this.change((event.target as HTMLSelectElement).value)}
        >
          ${field.choices?.map(
            (id) =>
              html`<option value=${id} ?selected=${id === this.value}>
                ${choices[id] ?? id}
              </option>`,
          )}
        </select>`;
      case "integer":
        if (this.plain) return html`<div class="row">${this.renderText()}</div>`;
        return html`<div class="row slider">${this.renderSlider()} ${this.renderText()}</div>`;
      case "seed":
        return html`<div class="row">
          ${this.renderText()}
          <button @click=${() => this.change(String(BigInt(this.seedNumber()) + 1n))}>
            ${messagesOf(locale).ui.newSeed}
          </button>
        </div>`;
      default:
        return html`<div class="row">${this.renderText()}</div>`;
    }
  }

  private seedNumber(): string {
    const { text } = this;
    return /^\d{1,20}$/.test(text) && BigInt(text) < SEED_MOST ? text : "0";
  }

  private renderSlider() {
    const { field } = this;
    const position = typeof this.value === "number" ? this.value : Number(this.placeholder);
    const read = (event: Event) =>
      this.fromSlider(Number((event.target as HTMLInputElement).value));
    return html`<input
      type="range"
      aria-label=${fieldName(field.id, this.locale)}
      min=${this.logarithmic ? 0 : (field.min ?? 0)}
      max=${this.logarithmic ? SLIDER_STEPS : (field.max ?? 1)}
      step="1"
      .value=${String(this.toSlider(Number.isFinite(position) ? position : (field.min ?? 0)))}
      @input=${(event: Event) => this.change(read(event), true)}
      @change=${(event: Event) => this.change(read(event))}
    />`;
  }

  override render() {
    const { field, locale } = this;
    return html`${fieldLabel(field, locale)} ${this.renderInput()}
    ${
      this.suggestions.length > 0
        ? html`<datalist id="suggestions">
            ${this.suggestions.map(({ text, label }) => html`<option value=${text}>${label}</option>`)}
          </datalist>`
        : nothing
    }
    ${
      this.issue
        ? html`<p class="issue" id="issue" role="alert">${issueText(this.issue, locale)}</p>`
        : nothing
    }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-field": FieldElement;
  }
}
