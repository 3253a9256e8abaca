/** <init-audit-tensor>: one tensor in full: what it is, what agrees with it, its figures, and the program that draws it. */
import { css, html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ThemeName } from "../../charts/theme.js";
import "../../controls/program.js";
import { shared } from "../../controls/styles.js";
import { formatState } from "../../engine/url.js";
import { checkRequest } from "../../engine/request.js";
import { LANGUAGES } from "../../files/code.js";
import type { Language } from "../../files/code.js";
import "../../figures/figure.js";
import type { Figures } from "../../figures/content.js";
import { auditMessages } from "../../i18n/audit.js";
import type { Locale } from "../../i18n/locale.js";
import { formatCount, formatNumber } from "../../i18n/numbers.js";
import { tensorFigures } from "./figures.js";
import type { TensorFigure } from "./figures.js";
import { findingsList } from "./findings.js";
import { verdictIcon } from "./mark.js";
import { programOf, schemeOfLaw } from "./program.js";
import { lawName, seedCall, shapeText, verdictText } from "./says.js";
import { markStyles } from "./table-styles.js";
import { TensorOpened } from "./table.js";
import type { TensorReport } from "./types.js";

@customElement("init-audit-tensor")
export class AuditTensorElement extends LitElement {
  @property({ attribute: false }) report!: TensorReport;
  @property() locale: Locale = "en";
  @property() theme: ThemeName = "light";
  /** Shows a state in the distribution lab; undefined where there is none around. */
  @property({ attribute: false }) distribution: ((state: string) => void) | undefined;
  @state() private language: Language = "torch";
  private contents: Figures<TensorFigure> = { values: undefined, norms: undefined };

  static override styles = [
    shared,
    markStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
        padding: 12px;
        border: 1px solid var(--init-border);
        border-radius: 4px;
      }
      header {
        display: flex;
        gap: 12px;
        justify-content: space-between;
        align-items: start;
      }
      h3,
      h4 {
        font-weight: 600;
        margin: 0;
        overflow-wrap: anywhere;
      }
      h3 {
        font-size: 15px;
      }
      h4 {
        font-size: 14px;
        margin-top: 12px;
      }
      .verdict {
        display: flex;
        gap: 6px;
        margin: 4px 0;
        overflow-wrap: anywhere;
      }
      .columns {
        display: grid;
        gap: 16px 32px;
        grid-template-columns: minmax(0, 1fr);
        margin-top: 8px;
      }
      .scroll {
        overflow-x: auto;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 12px;
        margin: 4px 0;
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      dt {
        color: var(--init-secondary);
      }
      dd {
        margin: 0;
      }
      ul {
        margin: 4px 0;
        padding-left: 18px;
        font-size: 13px;
      }
      td:first-child {
        white-space: normal;
      }
      @container (min-width: 720px) {
        .columns {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("report") || changed.has("locale"))
      this.contents = tensorFigures(this.report, auditMessages.of(this.locale));
  }

  /** Where the reader is taken when a tensor is opened. */
  show(): void {
    this.renderRoot.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "nearest" });
  }

  private figure(name: TensorFigure) {
    const content = this.contents[name];
    if (!content) return nothing;
    return html`<init-figure
      data-figure=${name}
      .content=${content}
      .locale=${this.locale}
      .theme=${this.theme}
    ></init-figure>`;
  }

  private renderFacts() {
    const { opened } = auditMessages.of(this.locale).audit;
    const { statistics, fanIn, fanOut, distance } = this.report;
    const facts: readonly (readonly [string, string])[] = [
      [opened.mean, formatNumber(statistics.mean)],
      [opened.std, formatNumber(statistics.std)],
      [opened.min, formatNumber(statistics.min)],
      [opened.max, formatNumber(statistics.max)],
      [opened.kurtosis, formatNumber(statistics.excessKurtosis)],
      [opened.zeros, formatCount(statistics.zeros)],
      [opened.fans, `${formatCount(fanIn)}, ${formatCount(fanOut)}`],
      ...(distance === null ? [] : [[opened.distance, formatNumber(distance)] as const]),
    ];
    return html`<div>
      <h4>${opened.facts}</h4>
      <dl>
        ${facts.map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
    </div>`;
  }

  private renderLaws() {
    const messages = auditMessages.of(this.locale);
    const { opened, shapes } = messages.audit;
    const { laws } = this.report;
    if (laws.length === 0)
      return html`<div>
        <h4>${opened.laws}</h4>
        <p class="note">${opened.noLaws}</p>
      </div>`;
    return html`<div>
      <h4>${opened.laws}</h4>
      <p class="note">${opened.lawsNote}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${opened.laws}>
        <table>
          <tbody>
            ${laws.map(
              (law) =>
                html`<tr>
                  <td>
                    ${law.names.length > 0 ? law.names.join(messages.between.items) : lawName(law, messages)}
                  </td>
                  <td>${shapes[law.shape]}</td>
                  <td>${formatNumber(law.std)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>`;
  }

  private openDistribution(): void {
    const { laws, shape, layout, seed } = this.report;
    const [law] = laws;
    if (!law) return;
    const { request } = checkRequest("distribution", {
      schemes: [schemeOfLaw(law, this.report)],
      shape: [...shape],
      layout,
      ...(seed && { generator: "torch", seed: String(seed.seed) }),
    });
    this.distribution?.(formatState("distribution", request));
  }

  private renderProgram() {
    const messages = auditMessages.of(this.locale);
    const { opened } = messages.audit;
    const { report, language, locale } = this;
    const text = programOf(language, report, messages, locale);
    const drawn = report.verdict === "untouched" ? opened.programSeed : opened.programInitial;
    const known = report.seed !== null && language === "torch";
    const note = text === "" ? opened.noProgram : known ? drawn : opened.programLaw;
    return html`<h4>${opened.program}</h4>
      <init-program
        .languages=${text === "" ? [] : LANGUAGES}
        .language=${language}
        .choose=${(chosen: string) => (this.language = chosen as Language)}
        .text=${text}
        .note=${note}
        .locale=${locale}
      ></init-program>
      ${
        text !== "" && this.distribution && report.shape.length >= 1
          ? html`<button @click=${() => this.openDistribution()}>${opened.distribution}</button>`
          : nothing
      }`;
  }

  override render() {
    const messages = auditMessages.of(this.locale);
    const { opened } = messages.audit;
    const { name, shape, dtype, verdict, seed, findings } = this.report;
    return html`<header>
        <h3 tabindex="-1">${opened.title(name)}</h3>
        <button @click=${() => this.dispatchEvent(new TensorOpened(""))}>${opened.close}</button>
      </header>
      <p class="note">${shapeText(shape)} ${dtype}</p>
      <p class="verdict">
        ${verdictIcon(verdict)} <span>${verdictText(this.report, messages)}</span>
      </p>
      ${
        verdict !== "untouched" && seed
          ? html`<p class="note">
              ${messages.audit.said.drawnAt(seedCall(seed.seed), formatCount(seed.offset))}
            </p>`
          : nothing
      }
      ${
        findings.length > 0
          ? findingsList(
              findings.map((finding) => ({ ...finding, tensor: name })),
              messages,
            )
          : nothing
      }
      <div class="columns">
        ${this.figure("values")} ${this.figure("norms")} ${this.renderLaws()} ${this.renderFacts()}
      </div>
      ${this.renderProgram()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-audit-tensor": AuditTensorElement;
  }
}
