/** What stands above the input of a field, whose id is "input": its name, and its symbol. */
import { css, html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import type { ReactiveElement } from "lit";
import type { Field } from "../engine/catalogue.js";
import { fieldName } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { formula } from "./formula.js";
import { explained, PASSED_BY } from "./terms.js";

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

export function fieldLabel(host: ReactiveElement, { id, symbolMathml }: Field, locale: Locale) {
  return html`<div class="label">
    <label for="input">${explained(host, fieldName(id, locale), locale, new Set(PASSED_BY))}</label>
    ${
      symbolMathml
        ? html`<span class="symbol" aria-hidden="true"
            >${guard([symbolMathml], () => formula(symbolMathml))}</span
          >`
        : nothing
    }
  </div>`;
}
