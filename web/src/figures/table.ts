/** The table beneath a figure. */
import { html, nothing } from "lit";
import type { ReactiveElement } from "lit";
import { explained } from "../controls/terms.js";
import type { Seen } from "../controls/terms.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { formatNumber } from "../i18n/numbers.js";
import type { Table } from "./export.js";

const MOST_ROWS = 64;

/** A figure's numbers, in as many rows as one reads; the CSV has all. */
export function tableOf(host: ReactiveElement, table: Table, locale: Locale) {
  const seen: Seen = new Set();
  const ui = messagesOf(locale).ui;
  const step = Math.max(1, Math.ceil(table.rows.length / MOST_ROWS));
  const rows = table.rows.filter((_, i) => i % step === 0 || i === table.rows.length - 1);
  const cell = (value: string | number) =>
    typeof value === "number" ? formatNumber(value) : value;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${ui.table}>
      <table>
        <thead>
          <tr>
            ${table.head.map((name) => html`<th scope="col">${explained(host, name, locale, seen)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((value) => html`<td>${cell(value)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${step > 1 ? html`<p class="note">${ui.rowsShown(rows.length, table.rows.length)}</p>` : nothing}`;
}
