/** A control for a field that holds a scheme: which one, its parameters, and what is wrong. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import { isSchemeId, parametersFor, schemeOf, schemesFor } from "../engine/catalogue.js";
import type { Field } from "../engine/catalogue.js";
import type { Issue } from "../engine/errors.js";
import { schemeWith } from "../engine/request.js";
import { fieldName, issueText, messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { FieldChange } from "./field.js";
import type { DraftScheme } from "./schemes.js";
import { shared } from "./styles.js";
import { explained, PASSED_BY } from "./terms.js";

@customElement("init-scheme-field")
export class SchemeFieldElement extends QueuedElement {
  @property({ attribute: false }) field!: Field;
  /** Its parameters may be wrong. */
  @property({ attribute: false }) value!: DraftScheme;
  /** Those of the whole request: what concerns the field is shown here. */
  @property({ attribute: false }) issues: readonly Issue[] = [];
  @property() locale: Locale = "en";

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      select {
        display: block;
        width: 100%;
      }
      init-field {
        margin-top: 8px;
      }
    `,
  ];

  private onScheme(event: Event): void {
    const id = (event.target as HTMLSelectElement).value;
    if (isSchemeId(id)) this.dispatchEvent(new FieldChange(this.field, schemeWith(id)));
  }

  private onParameter(event: FieldChange): void {
    event.stopPropagation(); // it is no field of the request itself
    const { field, value } = event.detail;
    this.dispatchEvent(new FieldChange(this.field, { ...this.value, [field.id]: value }));
  }

  override render() {
    const { field, value, locale } = this;
    const { schemes } = messagesOf(locale);
    const parameters = isSchemeId(value.scheme) ? parametersFor(schemeOf(value.scheme), field) : [];
    const nameOf = (parameter: Field) => `${field.id}.${parameter.id}`;
    const known = parameters.map(nameOf);
    const others = this.issues.filter(
      (issue) => issue.field.split(".")[0] === field.id && !known.includes(issue.field),
    );
    return html`<label for="scheme"
        >${explained(this, fieldName(field.id, locale), locale, new Set(PASSED_BY))}</label
      >
      <select id="scheme" @change=${(event: Event) => this.onScheme(event)}>
        ${schemesFor(field).map(
          ({ id }) =>
            html`<option value=${id} ?selected=${id === value.scheme}>${schemes[id].name}</option>`,
        )}
      </select>
      ${parameters.map(
        (parameter) =>
          html`<init-field
            .field=${parameter}
            .value=${value[parameter.id]}
            .issue=${this.issues.find((issue) => issue.field === nameOf(parameter))}
            .locale=${locale}
            @field-change=${(event: FieldChange) => this.onParameter(event)}
          ></init-field>`,
      )}
      ${others.map((issue) => html`<p class="issue" role="alert">${issueText(issue, locale)}</p>`)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-scheme-field": SchemeFieldElement;
  }
}
