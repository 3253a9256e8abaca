/** <init-stability>: all activations side by side, and a typed one as Python. Loaded when it is opened. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "../../controls/queued-element.js";
import { shared } from "../../controls/styles.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import type { Engine } from "../../engine/client.js";
import { InitscopeError } from "../../engine/errors.js";
import type { Locale } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import { stabilityWords } from "../../i18n/stability.js";
import type { StabilityWords } from "../../i18n/stability.js";
import { activationText } from "../activation-text.js";
import { askStability, compared } from "./stability.js";
import type { Activated, Stability } from "./stability.js";

/** What says which function an activation is, as a key. */
const keyOf = ({ activation, negative_slope, omega_0, expression }: Activated) =>
  JSON.stringify([activation, negative_slope, omega_0, expression]);

@customElement("init-stability")
export class StabilityElement extends QueuedElement {
  @property({ attribute: false }) activated!: Activated;
  @property({ attribute: false }) engine!: Engine;
  @property() locale: Locale = "en";
  @state() private rows: readonly Stability[] = [];
  private asking = new AbortController();

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .scroll {
        overflow-x: auto;
      }
      th[scope="row"] {
        color: var(--init-text);
        font-weight: 400;
        max-width: 260px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      /* Names stay where a narrow screen shows the columns in turn. */
      th:first-child {
        position: sticky;
        left: 0;
        background: var(--init-ground);
      }
      tr[aria-current="true"] > * {
        font-weight: 600;
        background: var(--init-raised);
      }
      tr[aria-current="true"] > th {
        color: var(--init-accent);
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking.abort();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.ask();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("activated");
    if (changed.has("activated") && (!before || keyOf(before) !== keyOf(this.activated)))
      void this.ask();
  }

  /** Asks for all rows; those of before stay until the new ones are there. */
  private async ask(): Promise<void> {
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    const rows: Stability[] = [];
    try {
      for (const activation of compared(this.activated)) {
        const row = await askStability(this.engine, activation, this.activated, signal);
        if (signal.aborted) return;
        if (row) rows.push(row);
      }
      this.rows = rows;
    } catch (error) {
      // A newer question took its place, or the lab itself says why there is no engine.
      if (!(error instanceof InitscopeError)) throw error;
    }
  }

  private nameOf({ activation }: Stability): string {
    const { omega_0, negative_slope, expression } = this.activated;
    if (activation === "sin" && omega_0 !== 1) return `sin(${formatNumber(omega_0)} z)`;
    if (activation === "leaky_relu") return `leaky_relu, a = ${formatNumber(negative_slope)}`;
    return activationText({ activation, expression });
  }

  private renderRow(row: Stability, words: StabilityWords) {
    const { halfStable: half } = row;
    const critical = Number.isNaN(row.critical) ? "—" : formatNumber(row.critical, 4);
    return html`<tr aria-current=${row.activation === this.activated.activation ? "true" : nothing}>
      <th scope="row" title=${row.activation === "typed" ? this.activated.expression : nothing}>
        ${this.nameOf(row)}
      </th>
      <td>${formatNumber(row.gain, 5)}</td>
      <td>${formatNumber(row.chi1, 4)}</td>
      <td>${formatNumber(row.chiQ, 4)}</td>
      <td>${words.verdicts[row.verdict]}</td>
      <td>${words.tenfold(row.verdict, formatNumber(row.tenfold, 3))}</td>
      <td>${critical}</td>
      <td>${half ? `${formatNumber(half.sigmaW2, 4)}, ${formatNumber(half.sigmaB2, 3)}` : "—"}</td>
    </tr>`;
  }

  override render() {
    const words = stabilityWords(this.locale);
    const seen: Seen = new Set();
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.title}>
        <table>
          <thead>
            <tr>
              ${words.head.map(
                (text) => html`<th scope="col">${explained(this, text, this.locale, seen)}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.rows.map((row) => this.renderRow(row, words))}
          </tbody>
        </table>
      </div>
      <p class="note">${explained(this, words.meaning, this.locale)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-stability": StabilityElement;
  }
}
