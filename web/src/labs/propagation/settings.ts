/** What is set in the propagation lab: the network, the data that it is given, and files of the reader's own. */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import type { FieldChange } from "../../controls/field.js";
import type { NamedTable, TableChange } from "../../controls/table-field.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import { LabElement } from "../lab.js";
import { mayVary, variesFromZero } from "./data.js";
import type { PropagationFigure } from "./figures.js";
import { hasNet, propagationPresets } from "./state.js";
import { netChange, Subject, subjectStyles } from "./subject.js";

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

const loadTableField = () => import("../../controls/table-field.js");

/** The picture of a net's blocks is that of the subject. */
export type LabFigure = PropagationFigure | "network";

export abstract class PropagationSettings extends LabElement<"propagation", LabFigure> {
  protected override readonly kind = "propagation";
  protected override readonly mainField = "depth";
  protected override readonly presets = propagationPresets;
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
  /** How often the subject was to be drawn anew. */
  @state() protected subjectChanges = 0;
  protected readonly subject = new Subject({
    request: () => this.request,
    setNet: (net, widths) => this.edit({ net, widths }, false),
    chooseState: (text) => this.chooseState(text),
    changed: () => ++this.subjectChanges,
    drawn: () => this.only.includes("network"),
    lack: (error) => this.lack(error),
  });
  /** The reader's own inputs. */
  @state() private table: NamedTable | undefined;

  static override styles = [...LabElement.styles, subjectStyles];

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
    if (request.quantity === "variance") return true;
    return answer
      ? answer.results.some(({ result }) => variesFromZero(result))
      : mayVary(request.activation);
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
    void this.bring(loadTableField);
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
}
