/** The mark of a verdict, and a tensor's small drawing, as the table has them. */
import { html, svg } from "lit";
import type { AuditMessages } from "../../i18n/audit.js";
import { formatNumber } from "../../i18n/numbers.js";
import { MINI, miniPaths } from "./tensor-charts.js";
import type { TensorReport, Verdict } from "./types.js";

const SHAPES: Readonly<Record<Verdict, unknown>> = {
  untouched: svg`<circle class="certified filled" cx="6" cy="6" r="4" />`,
  consistent: svg`<circle class="certified" cx="6" cy="6" r="3.5" />`,
  not_at_init: svg`<path class="moved" d="M2,2l8,8m0,-8l-8,8" />`,
  trivial: svg`<path class="plain" d="M2,6h8" />`,
  not_judged: svg`<path class="plain" d="M2,6h8" />`,
};

/** A verdict's mark; the words beside it say the same. */
export const verdictIcon = (verdict: Verdict) =>
  html`<svg class="mark" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    ${SHAPES[verdict]}
  </svg>`;

/** The histogram as an area, the first law that remains as a line. */
export function miniature(report: TensorReport, { audit }: AuditMessages) {
  const { area, law } = miniPaths(report);
  if (area === "") return html`<span aria-hidden="true"></span>`;
  return html`<svg
    class="mini"
    width=${MINI.width}
    height=${MINI.height}
    viewBox="0 0 ${MINI.width} ${MINI.height}"
    role="img"
    aria-label=${audit.table.alt(formatNumber(report.statistics.std))}
  >
    <path class="area" d=${area} />
    ${law === "" ? svg`` : svg`<path class="law" d=${law} />`}
  </svg>`;
}
