/** <init-propagation>: what a scheme does to signals and gradients, layer by layer. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, state } from "lit/decorators.js";
import { leisure } from "../../controls/draw-queue.js";
import { loadPart } from "../../controls/part.js";
import type { NamedTable, TableChange } from "../../controls/table-field.js";
import "../../controls/table-field.js";
import { schemeTabs } from "../../controls/tabs.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import { LabElement } from "../lab.js";
import type { Shown } from "../lab-state.js";
import { LEAST_FOR_BAND, variesFromZero } from "./data.js";
import { propagationFigures } from "./figures.js";
import type { PropagationFigure } from "./figures.js";
import { propagationPresets } from "./state.js";
import type { Claim, Trial } from "./verdict/index.js";

/** What stands in the group "Data". */
const DATA_FIELDS = [
  "batch",
  "input_width",
  "input",
  "correlation",
  "repeats",
  "generator",
  "seed",
] as const;

/** What words the verdict has and what it tries is loaded after the figures. */
const loadVerdict = () => import("./verdict/index.js");
type Verdict = Awaited<ReturnType<typeof loadVerdict>>;

/** Networks that are drawn where a band has no formula. */
const BAND_NETWORKS = 200;

@customElement("init-propagation")
export class PropagationElement extends LabElement<"propagation", PropagationFigure> {
  protected override readonly kind = "propagation";
  protected override readonly presets = propagationPresets;
  protected override readonly controlled = [
    "activation",
    "negative_slope",
    "omega_0",
    "expression",
    "depth",
    "width",
    "widths",
    "input_width",
    "batch",
    "input",
    "correlation",
    "repeats",
    "quantity",
    "bias",
    "generator",
    "seed",
  ];
  @state() private selected = 0;
  @state() private verdict: Verdict | undefined;
  /** What was tried to mend the network of an answer. */
  @state() private tried: { answer: unknown; trials: readonly Trial[] } | undefined;
  private trial = new AbortController();
  /** The reader's own inputs. */
  @state() private table: NamedTable | undefined;

  static override styles = [
    ...LabElement.styles,
    css`
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
      }
      .verdict {
        margin: 4px 0 0;
        padding-left: 20px;
        max-width: 68em;
      }
      .verdict li {
        margin: 4px 0;
      }
    `,
  ];

  protected override figures(shown: readonly Shown<"propagation">[]) {
    const { steadyAxis } = this;
    const parts = { request: this.shownRequest, chosen: this.chosen(shown), steadyAxis };
    return propagationFigures(shown, parts, messagesOf(this.locale));
  }

  /** Where activations have a mean, their variance is another quantity than the signal. */
  private get offersVariance(): boolean {
    const { request, answer } = this;
    return (
      request.quantity === "variance" ||
      (answer?.results.some(({ result }) => variesFromZero(result)) ?? false)
    );
  }

  private chosen(shown: readonly Shown<"propagation">[]): Shown<"propagation"> | undefined {
    return shown[Math.min(this.selected, shown.length - 1)];
  }

  protected override prepare(request: PropagationRequest): PropagationRequest | undefined {
    if (request.input !== "data") return request;
    return this.table && { ...request, data: this.table.values };
  }

  protected override renderControls() {
    const { ui } = messagesOf(this.locale);
    const { request } = this;
    return html`<details open>
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.activationControls()} ${this.offersVariance ? this.control("quantity") : nothing}
          ${this.control("depth")} ${this.control("width")}
          ${this.control("widths", { placeholder: String(request.width) })}
          ${this.schemeControl("bias")}
        </div>
      </details>
      <details ?open=${this.unfolded(...DATA_FIELDS)}>
        <summary>${ui.groups.data}</summary>
        <div class="group">
          ${this.control("batch")}
          ${this.control("input_width", { placeholder: String(request.width) })}
          ${this.control("input")} ${request.input === "data" ? this.renderFile() : nothing}
          ${this.control("correlation")} ${this.control("repeats")} ${this.control("generator")}
          ${this.control("seed")}
        </div>
      </details>`;
  }

  private renderFile() {
    return html`<init-table-field
      .table=${this.table}
      .locale=${this.locale}
      @table-change=${(event: TableChange) => this.onTable(event)}
    ></init-table-field>`;
  }

  private onTable({ detail: table }: TableChange): void {
    this.table = table;
    const before = this.state;
    const { rows: batch, columns: input_width } = table;
    this.edit({ input: "data", batch, input_width, correlation: 0 }, false);
    if (this.state === before) void this.compute();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("answer") || changed.has("dragging")) void this.tryRemedies();
  }

  protected override resume(): void {
    super.resume();
    if (this.trial.signal.aborted) void this.tryRemedies();
  }

  protected override leave(): void {
    super.leave();
    this.trial.abort();
  }

  /** Loads the verdict, and tries what might mend the network where one of the schemes ails. */
  private async tryRemedies(): Promise<void> {
    this.trial.abort();
    const { answer } = this;
    if (!answer || this.dragging || !this.shows("text")) return;
    const trial = new AbortController();
    this.trial = trial;
    const replaced = () => trial.signal.aborted;
    const verdict = await loadPart(loadVerdict).catch((error: unknown) => this.lack(error));
    if (!verdict) return;
    this.verdict = verdict;
    const [first] = answer.results;
    if (!first || replaced() || this.tried?.answer === answer) return;
    const { request, results } = answer;
    if (!results.some(({ result }) => verdict.ails(result))) return;
    await leisure(); // the answer is drawn first, on machines of two processors faster by a third
    if (replaced()) return;
    try {
      const trials = await verdict.tryRemedies(
        this.engine(),
        request,
        first.result.theory,
        trial.signal,
      );
      if (!replaced()) this.tried = { answer, trials };
    } catch {
      // A newer request took its place, or the engine is gone, which the lab itself will tell.
    }
  }

  private renderTabs(shown: readonly Shown<"propagation">[]) {
    if (shown.length < 2) return nothing;
    return html`<div class="tabs" role="group" aria-label=${messagesOf(this.locale).ui.ridgeScheme}>
      ${schemeTabs(shown, this.selected, (position) => (this.selected = position))}
    </div>`;
  }

  private apply({ apply }: Claim): void {
    if (!apply) return;
    const schemes = this.request.schemes.map((scheme, i) =>
      i === this.selected ? apply.scheme : scheme,
    );
    this.edit({ schemes, bias: apply.bias }, false);
  }

  private renderVerdict(shown: readonly Shown<"propagation">[]) {
    const messages = messagesOf(this.locale);
    const chosen = this.chosen(shown);
    if (!chosen || !this.shows("text")) return nothing;
    const { verdict, answer, tried } = this;
    if (!verdict) return html`<section class="wide"></section>`;
    const trials = tried?.answer === answer ? tried?.trials : undefined;
    const bandless =
      this.shownRequest.repeats < LEAST_FOR_BAND &&
      shown.some(({ result: { theory } }) => !theory.gap && theory.gradientSpread.length === 0);
    return html`<section class="wide">
      <h3>${verdict.wordsOf(this.locale).title(chosen.name)}</h3>
      ${this.renderTabs(shown)}
      <ul class="verdict">
        ${verdict
          .verdictOf(chosen, this.shownRequest, trials, this.locale)
          .map(
            (claim) =>
              html`<li>
                ${claim.text}
                ${
                  claim.apply
                    ? html`<button
                        class="link"
                        aria-label="${messages.ui.apply}${messages.between.label}${claim.text}"
                        ?disabled=${this.outdated}
                        @click=${() => this.apply(claim)}
                      >
                        ${messages.ui.apply}
                      </button>`
                    : nothing
                }
              </li>`,
          )}
      </ul>
      ${
        bandless
          ? html`<button @click=${() => this.edit({ repeats: BAND_NETWORKS }, false)}>
              ${messages.ui.simulateBand}
            </button>`
          : nothing
      }
    </section>`;
  }

  protected override renderFigures(shown: readonly Shown<"propagation">[]) {
    return html`<div class="figures pairs">
      ${this.figure("activation")} ${this.figure("gradient")} ${this.renderVerdict(shown)}
      ${this.figure("correlation")} ${this.figure("dead", "saturated")}
      ${this.figure("weightGradient")} ${this.figure("ratio")} ${this.figure("activations")}
      ${this.figure("quantiles")}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-propagation": PropagationElement;
  }
}
