/** <init-propagation>: what a scheme does to signals and gradients, layer by layer. */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { FigureContent } from "../../charts/figure.js";
import { union } from "../../charts/plot.js";
import type { Interval } from "../../charts/plot.js";
import { SLOT_MARKS } from "../../charts/theme.js";
import { catalogue, schemesFor, requestField } from "../../engine/catalogue.js";
import type { PropagationResult } from "../../engine/results.js";
import { messagesOf } from "../../i18n/index.js";
import type { Messages } from "../../i18n/index.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import { LabElement } from "../lab.js";
import { extentOf, fractionChart, ridgeChart, varianceChart } from "./charts.js";
import { drawable, factorPerLayer, finiteLayers, varianceSeries } from "./data.js";
import type { Fractions, Series } from "./data.js";
import { propagationPresets } from "./state.js";

/** A change per layer of less than this share counts as steady. */
const STEADY = 0.06;

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
    "seed",
  ];
  @state() private selected = 0;
  private readonly held = new Map<string, Interval>();

  static override styles = [
    ...LabElement.styles,
    css`
      .wide {
        grid-column: 1 / -1;
      }
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

  private get depth(): number {
    return this.results?.[0]?.result.deadFraction.length ?? 1;
  }

  private series(signal: "activation" | "gradient"): Series[] {
    return (this.results ?? []).map(({ result }, i) =>
      varianceSeries(this.slotOf(i), this.nameOf(i), result[signal]),
    );
  }

  /** While a control is dragged an axis grows but does not shrink. */
  private extent(figure: string, all: readonly Series[]): Interval {
    const needed = extentOf(all);
    const extent = this.dragging ? union(this.held.get(figure), needed) : needed;
    this.held.set(figure, extent);
    return extent;
  }

  private forwardCaption(series: Series, { captions }: Messages): string {
    if (series.overflow) return captions.overflow(series.name, series.overflow);
    if (series.vanished) return captions.vanished(series.name, series.vanished);
    const last = formatNumber(series.values[this.depth - 1] ?? NaN);
    const factor = factorPerLayer(series);
    return Math.abs(factor - 1) < STEADY
      ? captions.steady(series.name, last, this.depth)
      : captions.factor(series.name, formatNumber(factor), last, this.depth);
  }

  private backwardCaption(series: Series, { captions }: Messages): string {
    if (drawable(series).length === 0) return captions.gradientOverflow(series.name);
    const first = formatNumber(series.values[0] ?? NaN);
    const factor = 1 / factorPerLayer(series);
    return Math.abs(factor - 1) < STEADY
      ? captions.gradientSteady(series.name, first)
      : captions.gradientFactor(series.name, formatNumber(factor), first);
  }

  /** One column for each scheme, one row for each layer. */
  private describe(
    all: readonly { slot: number; name: string; values: Float64Array }[],
    i: number,
  ) {
    const { figures } = messagesOf(this.locale);
    const parts = all.map(
      ({ slot, name, values }) => `${SLOT_MARKS[slot]} ${name} ${formatNumber(values[i] ?? NaN)}`,
    );
    return `${figures.atLayer(i + 1)}: ${parts.join("   ")}`;
  }

  private variance(signal: "activation" | "gradient"): FigureContent {
    const messages = messagesOf(this.locale);
    const { figures } = messages;
    const all = this.series(signal);
    const extent = this.extent(signal, all);
    const forward = signal === "activation";
    const { columns } = figures;
    return {
      title: forward ? figures.activationVariance : figures.gradientVariance,
      aspect: 1.6,
      draw: (frame) =>
        varianceChart(
          all,
          this.depth,
          extent,
          {
            x: figures.layer,
            y: forward ? figures.activationVarianceAxis : figures.gradientVarianceAxis,
            overflow: figures.overflow,
            vanished: figures.vanished,
            nothingFinite: figures.nothingFinite,
          },
          frame,
        ),
      caption: all
        .map((s) =>
          forward ? this.forwardCaption(s, messages) : this.backwardCaption(s, messages),
        )
        .join(" "),
      table: {
        head: [
          figures.layer,
          ...all.flatMap(({ name }) => [
            `${name}: ${columns.variance}`,
            `${name}: ${columns.mean}`,
            `${name}: ${columns.secondMoment}`,
            `${name}: ${columns.nonfinite}`,
          ]),
        ],
        rows: Array.from({ length: this.depth }, (_, i) => [
          i + 1,
          ...(this.results ?? []).flatMap(({ result }) => {
            const { variance, mean, secondMoment, nonfinite } = result[signal];
            return [variance, mean, secondMoment, nonfinite].map((column) => column[i] ?? NaN);
          }),
        ]),
      },
      describe: (i) => this.describe(all, i),
      fileName: `initscope-${signal}-variance`,
    };
  }

  private fractions(get: (result: PropagationResult) => Float64Array): Fractions[] {
    return (this.results ?? []).map(({ result }, i) => ({
      slot: this.slotOf(i),
      name: this.nameOf(i),
      values: get(result),
      shown: finiteLayers(result),
    }));
  }

  private share(quantity: "dead" | "saturated"): FigureContent {
    const { figures, captions } = messagesOf(this.locale);
    const dead = quantity === "dead";
    const all = this.fractions((r) => (dead ? r.deadFraction : r.saturatedFraction));
    const caption = dead ? captions.dead : captions.saturated;
    return {
      title: dead ? figures.dead : figures.saturated,
      aspect: 1.6,
      draw: (frame) =>
        fractionChart(
          all,
          this.depth,
          { x: figures.layer, y: dead ? figures.deadAxis : figures.saturatedAxis },
          frame,
        ),
      caption: all
        .filter(({ shown }) => shown > 0)
        .map(({ name, values, shown }) => caption(name, formatShare(values[shown - 1] ?? 0), shown))
        .join(" "),
      table: {
        head: [figures.layer, ...all.map(({ name }) => name)],
        rows: Array.from({ length: this.depth }, (_, i) => [
          i + 1,
          ...all.map(({ values }) => values[i] ?? NaN),
        ]),
      },
      describe: (i) => this.describe(all, i),
      fileName: `initscope-${quantity}`,
    };
  }

  private ridge(): FigureContent | undefined {
    const index = Math.min(this.selected, (this.results?.length ?? 1) - 1);
    const result = this.results?.[index]?.result;
    if (!result) return undefined;
    const { figures, captions } = messagesOf(this.locale);
    const bins = catalogue.limits.layerBins;
    const last = Math.max(1, finiteLayers(result));
    return {
      title: figures.ridge(this.nameOf(index)),
      aspect: 1.15,
      draw: (frame) =>
        ridgeChart(
          result,
          this.slotOf(index),
          this.depth,
          { x: figures.value, y: figures.layer },
          frame,
        ),
      caption: captions.ridge(formatShare(result.zeroFraction[last - 1] ?? 0), last),
      table: {
        head: [
          figures.layer,
          figures.columns.min,
          figures.columns.max,
          ...Array.from({ length: bins }, (_, i) => String(i + 1)),
        ],
        rows: result.activation.histograms.map(({ from, to, counts }, i) => [
          i + 1,
          from,
          to,
          ...counts,
        ]),
      },
      fileName: "initscope-activations",
    };
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
      <details ?open=${this.clientWidth >= 700}>
        <summary>${ui.groups.data}</summary>
        <div class="group">
          ${this.control("batch")}
          ${this.control("input_width", { placeholder: String(request.width) })}
          ${this.control("input")} ${this.control("seed")}
        </div>
      </details>`;
  }

  private renderBias() {
    const { fields, schemes } = messagesOf(this.locale);
    const field = requestField("propagation", "bias");
    return html`<div>
      <label for="bias">${fields.bias}</label>
      <select id="bias" @change=${(event: Event) => this.onBias(event)}>
        ${schemesFor(field).map(
          ({ id }) =>
            html`<option value=${id} ?selected=${id === this.request.bias.scheme}>
              ${schemes[id].name}
            </option>`,
        )}
      </select>
    </div>`;
  }

  private onBias(event: Event): void {
    const scheme = (event.target as HTMLSelectElement).value;
    this.edit({ bias: { scheme } }, false);
  }

  private renderPick() {
    const { ui } = messagesOf(this.locale);
    if ((this.results?.length ?? 0) < 2) return nothing;
    return html`<label class="pick">
      ${ui.ridgeScheme}
      <select
        id="ridge-scheme"
        @change=${(event: Event) => (this.selected = Number((event.target as HTMLSelectElement).value))}
      >
        ${this.results?.map(
          (_, i) =>
            html`<option value=${i} ?selected=${i === this.selected}>
              ${SLOT_MARKS[this.slotOf(i)]} ${this.nameOf(i)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private figure(content: FigureContent | undefined) {
    if (!content) return nothing;
    return html`<init-figure
      .content=${content}
      .locale=${this.locale}
      .theme=${this.themeName}
      .progress=${this.progress}
    ></init-figure>`;
  }

  protected override renderFigures() {
    if (!this.results) return html`<div class="figures"></div>`;
    const saturates = catalogue.activations.find(
      ({ id }) => id === this.request.activation,
    )?.saturates;
    return html`<div class="figures pairs">
      ${this.figure(this.variance("activation"))} ${this.figure(this.variance("gradient"))}
      <div>${this.renderPick()} ${this.figure(this.ridge())}</div>
      ${this.figure(this.share(saturates ? "saturated" : "dead"))}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-propagation": PropagationElement;
  }
}
