/** <init-propagation>: what a scheme does to signals and gradients, layer by layer. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { loadPart } from "../../controls/part.js";
import type { FieldChange } from "../../controls/field.js";
import type { NamedTable, TableChange } from "../../controls/table-field.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import { schemeTabs } from "../../controls/tabs.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import type { Figures } from "../../figures/content.js";
import { LabElement } from "../lab.js";
import type { LabKind, Shown } from "../lab-state.js";
import { Advice } from "./advice.js";
import type { Nets } from "./advice.js";
import { LEAST_FOR_BAND, variesFromZero } from "./data.js";
import { propagationFigures } from "./figures.js";
import type { PropagationFigure } from "./figures.js";
import { netChange, Subject } from "./subject.js";
import { hasNet, propagationPresets } from "./state.js";
import type { Claim } from "./verdict/index.js";

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

/** Figures that networks without residual blocks lack. */
const NO_NET = { branch: undefined, joined: undefined };

const loadCode = () => import("./net-code.js");
const loadTableField = () => import("../../controls/table-field.js");

/** Figures that show one scheme, which tabs choose. */
const OF_ONE_SCHEME: readonly PropagationFigure[] = ["activations", "quantiles"];

/** Networks that are drawn where a band has no formula. */
const BAND_NETWORKS = 200;

@customElement("init-propagation")
export class PropagationElement extends LabElement<"propagation", PropagationFigure | "network"> {
  protected override readonly kind = "propagation";
  protected override readonly presets = propagationPresets;
  protected override readonly drawnFrom = ["nets", "subjectChanges"];
  protected override readonly controlled = [
    "activation",
    "negative_slope",
    "omega_0",
    "expression",
    "net",
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
  /** Opens another lab with this state, where the page has others. */
  @property({ attribute: false }) open: ((lab: LabKind, state: string) => void) | undefined;
  @state() private selected = 0;
  /** What draws figures of nets, once it is there. */
  @state() private nets: Nets | undefined;
  private readonly advice = new Advice({
    engine: () => this.engine(),
    changed: () => this.requestUpdate(),
    netsCame: (nets) => (this.nets = nets),
    lack: (error) => this.lack(error),
  });
  @state() private codeOpen = false;
  /** How often the subject was to be drawn anew. */
  @state() private subjectChanges = 0;
  private readonly subject = new Subject({
    request: () => this.request,
    setNet: (net) => this.edit({ net, widths: undefined }, false),
    chooseState: (text) => this.chooseState(text),
    changed: () => ++this.subjectChanges,
    drawn: () => this.only.includes("network"),
    lack: (error) => this.lack(error),
  });
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
      .net {
        margin-bottom: 16px;
      }
      /* What the editor takes before a block is picked: figures stay where they are when it comes. */
      .net[open] {
        min-height: 470px;
      }
      @container (min-width: 700px) {
        .net[open] {
          min-height: 296px;
        }
      }
      @media print {
        .net {
          display: none;
        }
      }
      .net > summary {
        font-weight: 600;
        color: var(--init-text);
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
    const network = this.subject.figure(parts.chosen, parts.request, this.locale);
    if (!shown[0]?.result.rows)
      return { ...propagationFigures(shown, parts, messagesOf(this.locale)), ...NO_NET, network };
    if (this.nets) return { ...this.nets.netFigures(shown, parts, this.locale), network };
    void this.advice.netsFor(shown[0].result);
    return { network } as Figures<PropagationFigure | "network">;
  }

  protected override onField(event: FieldChange): void {
    const { field, dragging } = event.detail;
    if (field.id === "net") this.edit(netChange(event.detail), dragging);
    else super.onField(event);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.subject.follow();
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
          ${hasNet(request) ? nothing : this.control("widths", { placeholder: String(request.width) })}
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

  protected override renderSubject() {
    const { draft, dragging, issues, state, locale } = this;
    if (!this.shows("net") || !this.shows("controls")) return nothing;
    const issue = issues.find(({ field }) => field === "net");
    const view = { value: draft["net"], typing: dragging, issue, state, locale };
    return this.subject.render(view, (event) => this.onField(event));
  }

  /** A control for the reader's own inputs, which few have. */
  private renderFile() {
    void loadPart(loadTableField).catch((error: unknown) => this.lack(error));
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
    if (changed.has("answer") || changed.has("dragging")) this.advise();
  }

  protected override resume(): void {
    super.resume();
    if (this.advice.calledOff) this.advise();
  }

  protected override leave(): void {
    super.leave();
    this.advice.callOff();
  }

  private advise(): void {
    this.advice.callOff();
    if (this.answer && !this.dragging && this.shows("text")) void this.advice.follow(this.answer);
  }

  private renderTabs(shown: readonly Shown<"propagation">[]) {
    if (shown.length < 2) return nothing;
    return html`<div class="tabs" role="group" aria-label=${messagesOf(this.locale).ui.ridgeScheme}>
      ${schemeTabs(shown, this.selected, (position) => (this.selected = position))}
    </div>`;
  }

  /** The tabs where there is no verdict to have them, and a figure of one scheme. */
  private renderLoneTabs(shown: readonly Shown<"propagation">[]) {
    const needed = !this.shows("text") && OF_ONE_SCHEME.some((name) => this.only.includes(name));
    return needed ? html`<div class="wide">${this.renderTabs(shown)}</div>` : nothing;
  }

  private apply({ apply }: Claim): void {
    if (!apply) return;
    const schemes = this.request.schemes.map((scheme, i) =>
      i === this.selected ? apply.scheme : scheme,
    );
    this.edit({ schemes, bias: apply.bias, ...(apply.net && { net: apply.net }) }, false);
  }

  /** Hands the network on to the training lab. */
  private async train({ request }: { readonly request: PropagationRequest }): Promise<void> {
    const part = await loadPart(() => import("./train.js")).catch((error: unknown) =>
      this.lack(error),
    );
    if (part) this.open?.("training", await part.trainingState(this.engine(), request));
  }

  private renderVerdict(shown: readonly Shown<"propagation">[]) {
    const messages = messagesOf(this.locale);
    const chosen = this.chosen(shown);
    if (!chosen || !this.shows("text")) return nothing;
    const { nets, answer } = this;
    const { verdict } = this.advice;
    const { result } = chosen;
    if (!verdict || (result.rows && !nets)) return html`<section class="wide"></section>`;
    const net = result.rows ? nets?.netVerdict(result, this.locale) : undefined;
    const trials = this.advice.trialsOf(answer);
    const seen: Seen = new Set();
    const bandless =
      this.shownRequest.repeats < LEAST_FOR_BAND &&
      shown.some(({ result: { theory } }) => theory.gap || theory.gradientSpread.length === 0);
    return html`<section class="wide">
      <h3>${verdict.wordsOf(this.locale).title(chosen.name)}</h3>
      ${this.renderTabs(shown)}
      <ul class="verdict">
        ${verdict
          .verdictOf(chosen, this.shownRequest, trials, this.locale, net)
          .map(
            (claim) =>
              html`<li>
                ${explained(this, claim.text, this.locale, seen)}
                ${verdict.whyOf(claim.kind, net !== undefined, this.locale)}
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
      ${
        this.open && answer
          ? html`<button ?disabled=${this.outdated} @click=${() => void this.train(answer)}>
                ${messages.ui.trainThis}
              </button>
              ${
                result.rows
                  ? nets?.trainingNote(this.engine(), answer.request, this.locale, () =>
                      this.requestUpdate(),
                    )
                  : nothing
              }`
          : nothing
      }
    </section>`;
  }

  /** The network as a program: a group that is loaded when it is opened. */
  private renderCode() {
    if (!this.shows("text") || this.only.length > 0) return nothing;
    return html`<details class="wide" @toggle=${(event: Event) => this.onCode(event)}>
      <summary>${messagesOf(this.locale).take.code}</summary>
      ${
        this.codeOpen
          ? html`<init-net-code
              .engine=${this.engine()}
              .request=${this.shownRequest}
              .position=${this.selected}
              .locale=${this.locale}
            ></init-net-code>`
          : nothing
      }
    </details>`;
  }

  private onCode(event: Event): void {
    this.codeOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.codeOpen) void loadPart(loadCode).catch((error: unknown) => this.lack(error));
  }

  protected override renderFigures(shown: readonly Shown<"propagation">[]) {
    return html`<div class="figures pairs">
      <div class="wide now" @click=${this.subject.onDrawing}>${this.figure("network")}</div>
      ${this.figure("activation")} ${this.figure("gradient")} ${this.renderVerdict(shown)}
      ${this.figure("branch")} ${this.figure("joined")} ${this.figure("correlation")}
      ${this.figure("dead", "saturated")} ${this.figure("weightGradient")} ${this.figure("ratio")}
      ${this.renderLoneTabs(shown)} ${this.figure("activations")} ${this.figure("quantiles")}
      ${this.renderCode()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-propagation": PropagationElement;
  }
}
