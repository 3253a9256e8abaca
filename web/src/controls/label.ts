/** What stands above the input of a field, whose id is "input": its name, and its symbol. */
import { css, html, nothing } from "lit";
import type { Field } from "../engine/catalogue.js";
import { fieldName } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { formula } from "./formula.js";

export const labelStyles = css`
  .label {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: 8px;
  }
  .symbol {
    color: var(--init-secondary);
  }
`;

export function fieldLabel({ id, symbolMathml }: Field, locale: Locale) {
  return html`<div class="label">
    <label for="input">${fieldName(id, locale)}</label>
    ${
      symbolMathml
        ? html`<span class="symbol" aria-hidden="true">${formula(symbolMathml)}</span>`
        : nothing
    }
  </div>`;
}
