/** What was measured beside what the law says, as a table, and the laws as formulas. */
import { html } from "lit";
import type { ReactiveElement } from "lit";
import { SLOT_MARKS } from "../../slots.js";
import { formula } from "../../controls/formula.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import { schemeOf } from "../../engine/catalogue.js";
import type { DistributionResult } from "../../engine/results.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import type { Shown } from "../lab-state.js";

type Samples = readonly Shown<"distribution">[];

export function statisticsTable(host: ReactiveElement, samples: Samples, locale: Locale) {
  const seen: Seen = new Set();
  const { figures, between } = messagesOf(locale);
  const { columns, measured, theory, statistic, statistics } = figures;
  const rows: [
    string,
    (r: DistributionResult) => number,
    ((r: DistributionResult) => number) | null,
  ][] = [
    [columns.mean, (r) => r.moments.mean, (r) => r.law.mean],
    [columns.std, (r) => r.moments.std, (r) => r.law.std],
    [columns.min, (r) => r.moments.min, (r) => r.law.min],
    [columns.max, (r) => r.moments.max, (r) => r.law.max],
    [columns.skewness, (r) => r.moments.skewness, null],
    [columns.excessKurtosis, (r) => r.moments.excessKurtosis, null],
    [columns.ks, (r) => r.ks, null],
  ];
  return html`<section>
    <h3>${statistics}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${statistics}>
      <table id="statistics">
        <thead>
          <tr>
            <th scope="col">${statistic}</th>
            ${samples.map(
              ({ slot, name }) =>
                html`<th scope="col" class="named slot-${slot}">
                    ${SLOT_MARKS[slot]} ${name}${between.items}${measured}
                  </th>
                  <th scope="col">${theory}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([label, get, law]) =>
              html`<tr>
                <th scope="row">${explained(host, label, locale, seen)}</th>
                ${samples.map(
                  ({ result }) =>
                    html`<td>${formatNumber(get(result))}</td>
                      <td>${law ? formatNumber(law(result)) : ""}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** Each scheme's formula with its numbers. */
export function formulaList(samples: Samples, locale: Locale) {
  return html`<section>
    <h3>${messagesOf(locale).figures.formula}</h3>
    <div class="formulas">
      ${samples.map(
        ({ slot, name, scheme, result }) =>
          html`<div>
            <span class="named slot-${slot}">${SLOT_MARKS[slot]} ${name}</span>
            <span>${formula(schemeOf(scheme.scheme).substitutedMathml, result.facts)}</span>
          </div>`,
      )}
    </div>
  </section>`;
}
