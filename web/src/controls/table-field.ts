/** A control for a table of the reader's own numbers: a file, and what is wrong with it. */
import { css, html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import type { NumberTable } from "../files/table.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { lackOf, loadPart, wordsFor } from "./part.js";
import type { Lack } from "./part.js";
import { shared } from "./styles.js";

export interface NamedTable extends NumberTable {
  readonly name: string;
}

export class TableChange extends CustomEvent<NamedTable> {
  constructor(table: NamedTable) {
    super("table-change", { detail: table, bubbles: true, composed: true });
  }
}

@customElement("init-table-field")
export class TableFieldElement extends QueuedElement {
  /** The table in use. */
  @property({ attribute: false }) table: NamedTable | undefined;
  @property() locale: Locale = "en";
  /** What the table must hold, in words. */
  @property() help = "";
  /** Whether the last column is what is to be learned, and no input. */
  @property({ type: Boolean }) target = false;
  /** Why the code that reads files did not come, where it did not. */
  @state() private lacking: Lack | undefined;
  /** Says what is wrong with the last file; its words come with the reader. */
  @state() private fault: ((locale: Locale) => string) | undefined;

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      input {
        display: block;
        width: 100%;
      }
    `,
  ];

  private async onFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    const loading = loadPart(() => import("../files/read-table.js"));
    const reader = await loading.catch((error: unknown) => {
      this.lacking = lackOf(error);
      input.value = ""; // the same file may be chosen again
    });
    if (!reader) return;
    this.lacking = undefined;
    const { readTable, TableError, faultText } = reader;
    try {
      const table = { ...(await readTable(file)), name: file.name };
      this.fault = undefined;
      this.dispatchEvent(new TableChange(table));
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      this.fault = (locale) => faultText(error, locale); // the file before it stays in use
    }
  }

  override render() {
    const { ui } = messagesOf(this.locale);
    const { table, fault } = this;
    return html`<label for="file">${ui.chooseData}</label>
      <input
        id="file"
        type="file"
        accept=".npy,.csv,.txt"
        aria-describedby="file-note"
        @change=${(event: Event) => void this.onFile(event)}
      />
      <p id="file-note" class=${fault || this.lacking ? "issue" : "note"} role="status">
        ${
          this.lacking
            ? wordsFor(this.lacking, this.locale)
            : fault
              ? fault(this.locale)
              : table
                ? this.target
                  ? ui.samplesLoaded(table.name, table.rows, table.columns - 1)
                  : ui.dataLoaded(table.name, table.rows, table.columns)
                : ui.dataMissing
        }
      </p>
      ${this.help ? html`<p class="note">${this.help}</p>` : ""}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-table-field": TableFieldElement;
  }
}
