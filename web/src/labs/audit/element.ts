/**
 * <init-audit>: a reader's own checkpoint, or an example: whose initialization its tensors are, how far they have
 * moved, and what is wrong. Files are read in a worker, and leave the page nowhere.
 */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../../controls/program.js";
import { Folded } from "../../controls/folded.js";
import { shared } from "../../controls/styles.js";
import type { Figures } from "../../figures/content.js";
import { download, downloadsBlocked } from "../../figures/export.js";
import "../../figures/figure.js";
import { auditMessages } from "../../i18n/audit.js";
import { listed } from "../lab-controls.js";
import { labStyles } from "../styles.js";
import { onThemeChange, themeShown } from "../theme.js";
import type { ThemeChoice } from "../theme.js";
import { FilesGiven } from "./drop-zone.js";
import { inOrderOfHarm } from "./facts.js";
import type { Kind } from "./facts.js";
import { auditFigures } from "./figures.js";
import type { AuditFigure } from "./figures.js";
import { renderFindings } from "./findings.js";
import { modelProgram } from "./program.js";
import { reportFile, REPORTS, reportText, summaryOf } from "./report.js";
import type { ReportKind } from "./report.js";
import { rowsOf } from "./rows.js";
import type { Row } from "./rows.js";
import { AuditSession } from "./session.js";
import { EXAMPLES } from "./state.js";
import { auditStyles } from "./styles.js";
import { TensorOpened } from "./table.js";
import "./tensor.js";
import type { Audit } from "./types.js";

/** What may be shown alone. */
type Part = "model" | "findings" | "tensor" | "table" | "ledger";

const PYTHON = [{ id: "torch", name: "PyTorch" }];

@customElement("init-audit")
export class AuditElement extends AuditSession {
  /** "light", "dark" or "system". */
  @property() theme: ThemeChoice = "system";
  /** What is not shown: "presets", "controls", "text". */
  @property({ converter: listed }) hide: readonly string[] = [];
  /** The parts that are shown, by name: "model ledger"; all unless given. */
  @property({ converter: listed }) only: readonly string[] = [];
  /** Whether its one figure takes the height that is given to the lab. */
  @property({ type: Boolean, reflect: true, attribute: "data-fill" }) fill = false;
  /** Opens a state in another lab; undefined where there is none around. */
  @property({ attribute: false }) open: ((lab: "distribution", state: string) => void) | undefined;

  @state() private copyText = "";
  private connection = new AbortController();
  private contents: Figures<AuditFigure> = { model: undefined, ledger: undefined };
  private rows: readonly Row[] = [];
  private kinds: readonly Kind[] = [];
  private readonly program = new Folded(() => this.requestUpdate());

  static override styles = [shared, labStyles, auditStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection = new AbortController();
    onThemeChange(() => this.requestUpdate(), this.connection.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.connection.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.dataset["theme"] = themeShown(this.theme);
    this.ariaBusy = String(this.progress !== undefined || (!this.audit && !this.said));
    if (!this.audit || !(changed.has("audit") || changed.has("locale"))) return;
    this.contents = auditFigures(this.audit, auditMessages.of(this.locale));
    this.rows = rowsOf(this.audit);
    this.kinds = inOrderOfHarm(this.audit);
    this.copyText = "";
  }

  private shows(part: string): boolean {
    return !this.hide.includes(part);
  }

  private has(part: Part): boolean {
    if (this.only.length > 0) return this.only.includes(part);
    return part !== "findings" || this.shows("text");
  }

  private readonly openTensor = async (tensor: string): Promise<void> => {
    this.take({ tensor });
    await this.updateComplete;
    const opened = this.renderRoot.querySelector("init-audit-tensor");
    await opened?.updateComplete;
    opened?.show();
  };

  private save(kind: ReportKind, audit: Audit): void {
    const messages = auditMessages.of(this.locale);
    if (downloadsBlocked()) {
      this.copyText = reportText(kind, audit, messages);
      return;
    }
    const { blob, name } = reportFile(kind, audit, messages);
    download(blob, name);
  }

  private renderPresets() {
    const { ui, audit, between } = auditMessages.of(this.locale);
    return html`<nav class="presets" aria-label="${ui.audit}${between.label}${ui.presets}">
      <span aria-hidden="true">${ui.presets}</span>
      ${EXAMPLES.map(
        (example) =>
          html`<button
            aria-pressed=${this.current.example === example ? "true" : "false"}
            @click=${() => this.choose(example)}
          >
            ${audit.presets[example]}
          </button>`,
      )}
    </nav>`;
  }

  /** How far a reading is, or why there is no audit. Its room is kept. */
  private renderState() {
    const { drop } = auditMessages.of(this.locale).audit;
    const { progress, said } = this;
    const percent = Math.round(100 * (progress?.share ?? 0));
    return html`<div class="state">
      ${
        progress
          ? html`<progress max="100" .value=${percent} aria-label=${drop.reading}></progress>
              <span class="note">${drop.progress(percent, progress.tensors)}</span>
              <button class="link" @click=${() => this.cancel()}>${drop.cancel}</button>`
          : nothing
      }
      <p role="alert" class=${said ? "message" : nothing}>${said ? said(this.locale) : nothing}</p>
    </div>`;
  }

  private renderReports(audit: Audit) {
    const messages = auditMessages.of(this.locale);
    const { report } = messages.audit;
    return html`<div class="reports" role="group" aria-label=${report.title}>
        <span>${report.title}</span>
        ${REPORTS.map(
          (kind) => html`<button @click=${() => this.save(kind, audit)}>${report[kind]}</button>`,
        )}
      </div>
      ${
        this.copyText
          ? html`<p class="note">${messages.ui.sandboxed}</p>
              <textarea
                readonly
                aria-label=${messages.ui.sandboxed}
                .value=${this.copyText}
              ></textarea>`
          : nothing
      }`;
  }

  private renderSummary(audit: Audit) {
    const messages = auditMessages.of(this.locale);
    const { summary } = messages.audit;
    const { items, sentences } = messages.between;
    const [first = "", ...more] = audit.files;
    const names = more.length > 2 ? [first, `+${more.length}`] : audit.files;
    const files = names.join(items);
    return html`<div>
      <p><b>${audit.format === "" ? files : summary.files(files, audit.format)}</b></p>
      <p class="note">${summaryOf(audit, messages).join(sentences)}</p>
    </div>`;
  }

  private renderSide() {
    const { audit } = this;
    return html`<div class="controls">
      <div class="side">
        <init-audit-drop
          .locale=${this.locale}
          @audit-files=${(event: Event) => {
            if (event instanceof FilesGiven) this.takeFiles(event.detail);
          }}
        ></init-audit-drop>
        ${this.renderState()}
        ${
          audit
            ? html`<div class="about">
                ${this.renderSummary(audit)} ${this.renderReports(audit)}
              </div>`
            : nothing
        }
      </div>
    </div>`;
  }

  private figure(name: AuditFigure) {
    const content = this.contents[name];
    if (!content || !this.has(name)) return nothing;
    return html`<init-figure
      class="wide"
      data-figure=${name}
      .content=${content}
      .locale=${this.locale}
      .theme=${this.dataset["theme"]}
      .fill=${this.fill}
    ></init-figure>`;
  }

  private renderOpened({ tensors }: Audit) {
    const report = tensors.find(({ name }) => name === this.current.tensor);
    if (!report || !this.has("tensor")) return nothing;
    const { open } = this;
    return html`<init-audit-tensor
      class="wide"
      .report=${report}
      .locale=${this.locale}
      .theme=${this.dataset["theme"]}
      .distribution=${open && ((state: string) => open("distribution", state))}
    ></init-audit-tensor>`;
  }

  /** The stream, and the program that builds the model from it. */
  private renderLedger(audit: Audit) {
    const messages = auditMessages.of(this.locale);
    const text = modelProgram(audit, messages);
    if (text === "" || !this.has("ledger")) return nothing;
    const body = () =>
      html`<init-program .languages=${PYTHON} language="torch" .text=${text} .locale=${this.locale}>
      </init-program>`;
    return html`${this.figure("ledger")}
    ${this.only.length > 0 ? nothing : this.program.render(messages.audit.ledger.program, body, "wide")}`;
  }

  private renderAudit(audit: Audit) {
    const messages = auditMessages.of(this.locale);
    return html`<div
      class="figures"
      @audit-open=${(event: Event) => {
        if (event instanceof TensorOpened) void this.openTensor(event.detail);
      }}
    >
      ${this.figure("model")}
      ${
        this.has("findings")
          ? renderFindings(audit, this.kinds, messages, (tensor) => void this.openTensor(tensor))
          : nothing
      }
      ${this.renderOpened(audit)}
      ${
        this.has("table")
          ? html`<init-audit-table
              class="wide"
              .rows=${this.rows}
              .open=${this.current.tensor}
              .locale=${this.locale}
            ></init-audit-table>`
          : nothing
      }
      ${this.renderLedger(audit)}
    </div>`;
  }

  override render() {
    const beside = this.shows("controls") && this.only.length === 0;
    return html`<div class="top">${this.shows("presets") ? this.renderPresets() : nothing}</div>
      <div class="lab ${beside ? "" : "bare"}">
        ${beside ? this.renderSide() : nothing}
        <div class="shown ${this.older ? "last" : ""} ${this.only.length > 0 ? "alone" : ""}">
          ${beside ? nothing : this.renderState()}
          ${this.audit ? this.renderAudit(this.audit) : html`<div class="figures"></div>`}
        </div>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-audit": AuditElement;
  }
}
