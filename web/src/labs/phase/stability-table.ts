/** <init-stability>: all activations side by side, and a typed one as Python. Loaded when it is opened. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "../../controls/queued-element.js";
import { shared } from "../../controls/styles.js";
import type { Engine } from "../../engine/client.js";
import { InitscopeError } from "../../engine/errors.js";
import type { Locale } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import { stabilityWords } from "../../i18n/stability.js";
import type { StabilityWords } from "../../i18n/stability.js";
import { calledWith } from "../activation-text.js";
import { StabilityRows } from "./stability.js";
import type { Activated, Stability } from "./stability.js";

@customElement("init-stability")
export class StabilityElement extends QueuedElement {
  @property({ attribute: false }) activated!: Activated;
  @property({ attribute: false }) engine!: Engine;
  @property() locale: Locale = "en";
  @state() private rows: readonly Stability[] = [];
  private readonly table = new StabilityRows();
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
    if (changed.has("activated")) void this.ask();
  }

  /** Asks for the rows that are others now; those of before stay until all are there. */
  private async ask(): Promise<void> {
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    try {
      const rows = await this.table.of(this.engine, this.activated, signal);
      if (!signal.aborted) this.rows = rows;
    } catch (error) {
      // A newer question took its place, or the lab itself says why there is no engine.
      if (!(error instanceof InitscopeError)) throw error;
    }
  }

  private nameOf({ activation }: Stability): string {
    if (activation === "leaky_relu")
      return `leaky_relu, a = ${formatNumber(this.activated.negative_slope)}`;
    return calledWith({ ...this.activated, activation });
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
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.title}>
        <table>
          <thead>
            <tr>
              ${words.head.map((text) => html`<th scope="col">${text}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.rows.map((row) => this.renderRow(row, words))}
          </tbody>
        </table>
      </div>
      <p class="note">${words.meaning}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-stability": StabilityElement;
  }
}
