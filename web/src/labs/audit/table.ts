/** <init-audit-table>: all tensors, sorted, filtered and grouped by module; as many rows as are looked at. */
import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { shared } from "../../controls/styles.js";
import { auditMessages } from "../../i18n/audit.js";
import type { Locale } from "../../i18n/locale.js";
import { formatCount, formatNumber } from "../../i18n/numbers.js";
import { miniature, verdictIcon } from "./mark.js";
import { groupsOf, ORDERS, ownName, selected, wholeTable } from "./rows.js";
import type { Order, Row, Selection, Shown } from "./rows.js";
import { findingText, shapeText, verdictText } from "./says.js";
import { markStyles, tableStyles } from "./table-styles.js";

/** A reader opens a tensor, by its name. */
export class TensorOpened extends CustomEvent<string> {
  static readonly type = "audit-open";

  constructor(name: string) {
    super(TensorOpened.type, { detail: name, bubbles: true, composed: true });
  }
}

/** Rows that are made at once, and more of them where the end comes near, in pixels. */
const AT_ONCE = 120;
const NEAR = 800;

const SHOWN: readonly Shown[] = [
  "all",
  "findings",
  "untouched",
  "consistent",
  "not_at_init",
  "trivial",
  "not_judged",
];

/** Columns, what each is sorted by, and whether it has numbers. */
const COLUMNS = [
  ["name", "name", false],
  ["shape", "count", false],
  ["histogram", undefined, false],
  ["scale", "scale", true],
  ["distance", "distance", true],
  ["verdict", undefined, false],
  ["findings", "harm", false],
] as const;

@customElement("init-audit-table")
export class AuditTableElement extends LitElement {
  @property({ attribute: false }) rows: readonly Row[] = [];
  /** Name of the tensor that is open; "" for none. */
  @property() open = "";
  @property() locale: Locale = "en";
  @state() private selection: Selection = wholeTable;
  @state() private most = AT_ONCE;
  private chosen: readonly Row[] = [];

  static override styles = [shared, tableStyles, markStyles];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("rows") || changed.has("selection"))
      this.chosen = selected(this.rows, this.selection);
    if (changed.has("selection")) this.most = AT_ONCE;
  }

  private select(change: Partial<Selection>): void {
    this.selection = { ...this.selection, ...change };
  }

  /** The same order again turns it around; what is large or bad stands first. */
  private sortBy(order: Order): void {
    const { selection } = this;
    const descending =
      selection.order === order ? !selection.descending : order !== "name" && order !== "file";
    this.select({ order, descending });
  }

  private onScroll({ currentTarget }: Event): void {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget as HTMLElement;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    if (near && this.most < this.chosen.length) this.most += AT_ONCE;
  }

  private renderTools() {
    const { table, verdicts } = auditMessages.of(this.locale).audit;
    const { filter, show, order } = this.selection;
    const showName = (one: Shown) =>
      one === "all" ? table.all : one === "findings" ? table.withFindings : verdicts[one];
    const pick =
      <T>(all: readonly T[], take: (one: T) => void) =>
      (event: Event) => {
        const one = all[(event.currentTarget as HTMLSelectElement).selectedIndex];
        if (one !== undefined) take(one);
      };
    return html`<div class="tools">
      <label
        >${table.filter}
        <input
          type="search"
          .value=${filter}
          @input=${(event: Event) =>
            this.select({ filter: (event.currentTarget as HTMLInputElement).value })}
        />
      </label>
      <label
        >${table.show}
        <select @change=${pick(SHOWN, (one) => this.select({ show: one }))}>
          ${SHOWN.map((one) => html`<option ?selected=${one === show}>${showName(one)}</option>`)}
        </select>
      </label>
      <label
        >${table.order}
        <select
          @change=${pick(ORDERS, (one) =>
            this.select({ order: one, descending: one !== "name" && one !== "file" }),
          )}
        >
          ${ORDERS.map(
            (one) => html`<option ?selected=${one === order}>${table.orders[one]}</option>`,
          )}
        </select>
      </label>
    </div>`;
  }

  private renderHead() {
    const { columns, table } = auditMessages.of(this.locale).audit;
    const { order, descending } = this.selection;
    return html`<div role="rowgroup">
      <div role="row" class="head">
        ${COLUMNS.map(([column, by, number]) => {
          const sorted = by === order ? (descending ? "descending" : "ascending") : nothing;
          return html`<div role="columnheader" class=${number ? "number" : ""} aria-sort=${sorted}>
            ${
              by
                ? html`<button
                    title=${table.sortBy(columns[column])}
                    @click=${() => this.sortBy(by)}
                  >
                    ${columns[column]} ${by === order ? (descending ? "↓" : "↑") : nothing}
                  </button>`
                : columns[column]
            }
          </div>`;
        })}
      </div>
    </div>`;
  }

  private renderRow({ report }: Row, grouped: boolean) {
    const messages = auditMessages.of(this.locale);
    const { audit } = messages;
    const { name, shape, dtype, statistics, distance, verdict, findings, tiedTo } = report;
    const [worst] = findings;
    return html`<div role="row" class=${name === this.open ? "open" : ""}>
      <div role="cell" class="name">
        <button
          class="link"
          aria-label=${audit.table.open(name)}
          aria-expanded=${name === this.open ? "true" : "false"}
          @click=${() => this.dispatchEvent(new TensorOpened(name === this.open ? "" : name))}
        >
          ${grouped ? ownName(name) : name}
        </button>
      </div>
      <div role="cell" class="shape">${shapeText(shape)} ${dtype}</div>
      <div role="cell" class="histogram">${miniature(report, messages)}</div>
      <div class="facts" role="presentation">
        <div role="cell" class="scale" data-label=${audit.columns.scale}>
          ${formatNumber(statistics.std)}
        </div>
        <div
          role="cell"
          class="distance"
          data-label=${distance === null ? nothing : audit.columns.distance}
        >
          ${distance === null ? nothing : formatNumber(distance)}
        </div>
      </div>
      <div role="cell" class="verdict">
        ${verdictIcon(verdict)}
        <span>${tiedTo === null ? verdictText(report, messages) : audit.table.tied(tiedTo)}</span>
      </div>
      <div role="cell" class="findings ${worst?.severity ?? ""}">
        ${worst ? findingText(worst, messages) : nothing}
        ${findings.length > 1 ? `(+${findings.length - 1})` : nothing}
      </div>
    </div>`;
  }

  /** Rows by module while they stand in an order that keeps modules together. */
  private renderRows(rows: readonly Row[]) {
    const { table } = auditMessages.of(this.locale).audit;
    const key = ({ place }: Row) => place;
    const { order } = this.selection;
    if (order !== "file" && order !== "name")
      return html`<div role="rowgroup">
        ${repeat(rows, key, (row) => this.renderRow(row, false))}
      </div>`;
    return groupsOf(rows).map(
      (group) =>
        html`<div role="rowgroup">
          <div role="row" class="module">
            <div role="rowheader">${group.module === "" ? table.top : group.module}</div>
          </div>
          ${repeat(group.rows, key, (row) => this.renderRow(row, true))}
        </div>`,
    );
  }

  override render() {
    const { table } = auditMessages.of(this.locale).audit;
    const { chosen, rows } = this;
    return html`<h3>${table.title}</h3>
      ${this.renderTools()}
      <p class="note" role="status">
        ${
          chosen.length === 0 && rows.length > 0
            ? table.none
            : table.shown(formatCount(chosen.length), formatCount(rows.length))
        }
      </p>
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label=${table.title}
        @scroll=${(event: Event) => this.onScroll(event)}
      >
        <div
          role="table"
          class=${rows.some(({ report }) => report.distance !== null) ? "" : "unmoved"}
          aria-label=${table.title}
          aria-rowcount=${chosen.length + 1}
        >
          ${this.renderHead()} ${this.renderRows(chosen.slice(0, this.most))}
        </div>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-audit-table": AuditTableElement;
  }
}
