/** <init-propagation>: what a scheme does to signals and gradients, layer by layer. */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { FigureContent } from "../../charts/figure.js";
import { SLOT_MARKS } from "../../charts/theme.js";
import type { FieldChange } from "../../controls/field.js";
import { freshScheme } from "../../controls/schemes.js";
import { catalogue, requestField, schemeOf, schemesFor } from "../../engine/catalogue.js";
import { issueText, messagesOf } from "../../i18n/index.js";
import { LabElement } from "../lab.js";
import type { Shown } from "../lab.js";
import { extentOf } from "./charts.js";
import { ridgeFigure, seriesOf, shareFigure, varianceFigure } from "./figures.js";
import { propagationPresets } from "./state.js";

/** Narrower labs fold the second group of controls. */
const FOLD_BELOW = 700;

@customElement("init-propagation")
export class PropagationElement extends LabElement<"propagation"> {
  protected override readonly kind = "propagation";
  protected override readonly presets = propagationPresets;
  protected override readonly controlled = [
    "activation",
    "negative_slope",
    "depth",
    "width",
    "input_width",
    "batch",
    "input",
    "bias",
    "generator",
    "seed",
  ];
  @state() private selected = 0;

  static override styles = [
    ...LabElement.styles,
    css`
      label.pick {
        display: block;
        margin-bottom: 4px;
      }
      #bias {
        display: block;
        width: 100%;
      }
    `,
  ];

  protected override figures(shown: readonly Shown<"propagation">[]): readonly FigureContent[] {
    const messages = messagesOf(this.locale);
    const activation = catalogue.activations.find(({ id }) => id === this.request.activation);
    const ridge = shown[Math.min(this.selected, shown.length - 1)];
    const variance = (signal: "activation" | "gradient") =>
      varianceFigure(shown, signal, this.hold(signal, extentOf(seriesOf(shown, signal))), messages);
    return [
      variance("activation"),
      variance("gradient"),
      ...(ridge ? [ridgeFigure(ridge, messages)] : []),
      shareFigure(shown, activation?.saturates ? "saturated" : "dead", messages),
    ];
  }

  protected override renderControls() {
    const { ui } = messagesOf(this.locale);
    const { request } = this;
    return html`<details open>
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.control("activation")}
          ${request.activation === "leaky_relu" ? this.control("negative_slope") : nothing}
          ${this.control("depth")} ${this.control("width")} ${this.renderBias()}
        </div>
      </details>
      <details ?open=${this.clientWidth >= FOLD_BELOW}>
        <summary>${ui.groups.data}</summary>
        <div class="group">
          ${this.control("batch")}
          ${this.control("input_width", { placeholder: String(request.width) })}
          ${this.control("input")} ${this.control("generator")} ${this.control("seed")}
        </div>
      </details>`;
  }

  private renderBias() {
    const { fields, schemes } = messagesOf(this.locale);
    const draft = this.draftScheme("bias");
    const parameters = schemeOf(this.request.bias.scheme).fields;
    const known = parameters.map(({ id }) => `bias.${id}`);
    const others = this.issues.filter(
      ({ field }) => field.split(".")[0] === "bias" && !known.includes(field),
    );
    return html`<div>
      <label for="bias">${fields.bias}</label>
      <select id="bias" @change=${(event: Event) => this.onBias(event)}>
        ${schemesFor(requestField("propagation", "bias")).map(
          ({ id }) =>
            html`<option value=${id} ?selected=${id === this.request.bias.scheme}>
              ${schemes[id].name}
            </option>`,
        )}
      </select>
      ${parameters.map(
        (field) =>
          html`<init-field
            .field=${field}
            .value=${draft[field.id]}
            .issue=${this.issues.find((issue) => issue.field === `bias.${field.id}`)}
            .locale=${this.locale}
            @field-change=${(event: FieldChange) => this.onBiasField(event)}
          ></init-field>`,
      )}
      ${others.map(
        (issue) => html`<p class="issue" role="alert">${issueText(issue, this.locale)}</p>`,
      )}
    </div>`;
  }

  private onBias(event: Event): void {
    const id = (event.target as HTMLSelectElement).value;
    const scheme = schemesFor(requestField("propagation", "bias")).find((s) => s.id === id);
    if (scheme) this.edit({ bias: freshScheme(scheme) }, false);
  }

  private onBiasField(event: FieldChange): void {
    event.stopPropagation(); // it is no field of the request itself
    const { field, value } = event.detail;
    this.edit({ bias: { ...this.draftScheme("bias"), [field.id]: value } }, false);
  }

  private renderPick(shown: readonly Shown<"propagation">[]) {
    if (shown.length < 2) return nothing;
    return html`<label class="pick">
      ${messagesOf(this.locale).ui.ridgeScheme}
      <select
        id="ridge-scheme"
        @change=${(event: Event) =>
          (this.selected = Number((event.target as HTMLSelectElement).value))}
      >
        ${shown.map(
          ({ slot, name }, i) =>
            html`<option value=${i} ?selected=${i === this.selected}>
              ${SLOT_MARKS[slot]} ${name}
            </option>`,
        )}
      </select>
    </label>`;
  }

  protected override renderFigures(shown: readonly Shown<"propagation">[]) {
    return html`<div class="figures pairs">
      ${this.figure(0)} ${this.figure(1)}
      <div>${this.renderPick(shown)} ${this.figure(2)}</div>
      ${this.figure(3)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-propagation": PropagationElement;
  }
}
