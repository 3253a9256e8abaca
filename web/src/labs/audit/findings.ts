/** Findings as readers see them: the worst first, each with its number, where it is, and what mends it. */
import { html, nothing } from "lit";
import type { AuditMessages } from "../../i18n/audit.js";
import type { Found, Kind } from "./facts.js";
import { repairOf } from "./program.js";
import { findingText } from "./says.js";
import type { Audit } from "./types.js";

/** Of one kind so many are named; the table has all. */
const MOST_NAMED = 4;

/** Findings of one tensor, in its own place. */
export function findingsList(found: readonly Found[], messages: AuditMessages) {
  const { severities } = messages.audit.findings;
  return html`<ul class="found">
    ${found.map(
      (finding) =>
        html`<li>
          <b class=${finding.severity}>${severities[finding.severity]}</b>
          ${findingText(finding, messages)}
        </li>`,
    )}
  </ul>`;
}

/** All kinds of findings of a model; `open` shows a tensor. */
export function renderFindings(
  audit: Audit,
  kinds: readonly Kind[],
  messages: AuditMessages,
  open: (tensor: string) => void,
) {
  const { findings, table } = messages.audit;
  const one = (finding: Found) =>
    html`<li>
      ${
        finding.tensor === ""
          ? nothing
          : html`<button
              class="link"
              aria-label=${table.open(finding.tensor)}
              @click=${() => open(finding.tensor)}
            >
              ${finding.tensor}
            </button>`
      }
      ${findingText(finding, messages)}
    </li>`;
  return html`<section class="wide found">
    <h3>${findings.title}</h3>
    ${kinds.length === 0 ? html`<p>${findings.none}</p>` : nothing}
    <ol>
      ${kinds.map(({ id, found }) => {
        const [first] = found;
        const tensor = audit.tensors.find(({ name }) => name === first?.tensor);
        const code = repairOf(id, tensor);
        return html`<li class="kind">
          <b class=${first?.severity ?? ""}>${first ? findings.severities[first.severity] : ""}</b>
          <ul>
            ${found.slice(0, MOST_NAMED).map(one)}
          </ul>
          ${
            found.length > MOST_NAMED
              ? html`<p class="note">${findings.more(found.length - MOST_NAMED)}</p>`
              : nothing
          }
          ${
            code === ""
              ? nothing
              : html`<details>
                  <summary>${findings.repair}</summary>
                  <pre tabindex="0">${code}</pre>
                </details>`
          }
        </li>`;
      })}
    </ol>
  </section>`;
}
