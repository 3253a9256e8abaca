/** <init-distribution>: the numbers a scheme draws, and the law they follow. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { Folded } from "../../controls/folded.js";
import { areMarked } from "../../controls/terms.js";
import { SLOT_MARKS } from "../../slots.js";
import { InitscopeError } from "../../engine/errors.js";
import type { Issue } from "../../engine/errors.js";
import { Latest } from "../../engine/latest.js";
import type { DistributionRequest, MatrixRequest } from "../../engine/request.js";
import type { SchemeResults } from "../../engine/results.js";
import { issueText, messagesOf } from "../../i18n/index.js";
import { formatCount } from "../../i18n/numbers.js";
import { Age } from "../age.js";
import { LabElement } from "../lab.js";
import type { Shown } from "../lab-state.js";
import { extentOf } from "./charts.js";
import type { Spectrum } from "./comparison.js";
import { distributionFigures } from "./figures.js";
import type { DistributionFigure } from "./figures.js";
import { formulaList, statisticsTable } from "./measured.js";
import { fitsRank, isRankIssue, rankIssues } from "./ranks.js";
import { pan, wholeWindow, zoom } from "./heatmap.js";
import type { Window } from "./heatmap.js";
import type { ParameterPick } from "./library-layer.js";
import "./library-layer.js";
import { schemeTabs } from "../../controls/tabs.js";
import "./take-home.js";
import { distributionPresets, shapePresets } from "./state.js";

/** Most weights of all matrices that are shown at once. */
const MOST_SHOWN = 2 ** 22;

type Samples = readonly Shown<"distribution">[];

@customElement("init-distribution")
export class DistributionElement extends LabElement<"distribution", DistributionFigure> {
  protected override readonly kind = "distribution";
  protected override readonly mainField = "shape";
  protected override readonly presets = distributionPresets;
  protected override readonly controlled = [
    "shape",
    "layout",
    "generator",
    "samples",
    "seed",
    "bins",
  ];
  protected override readonly drawnFrom = ["drawn", "window", "matrixPosition"];

  /** The last tensors, with the request that they answer and its schemes' slots. */
  @state() private drawn:
    | {
        request: MatrixRequest;
        slots: readonly number[];
        results: SchemeResults<"matrix">;
        of: DistributionRequest;
      }
    | undefined;
  /** Which matrix is looked at, and what of it; the whole unless set. */
  @state() private matrixPosition = 0;
  @state() private window: Window | undefined;
  private readonly layers = new Folded(() => this.requestUpdate());
  private readonly matrixAge = new Age(() => this.requestUpdate());
  @state() private drawing = false;
  private abortMatrices: AbortController | undefined;
  private latestMatrix: Latest<"matrix"> | undefined;

  static override styles = [
    ...LabElement.styles,
    css`
      .formulas {
        display: grid;
        gap: 12px;
        overflow-x: auto;
      }
      .formulas div {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
      }
      h3 {
        font-size: 15px;
        margin: 0 0 4px;
      }
      .scroll {
        overflow-x: auto;
      }
      .zoom {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        align-items: center;
        margin-top: 4px;
      }
    `,
  ];

  /** All schemes are shown at once: they come soon, and sentences that grow would move what is below. */
  protected override listeners() {
    return {};
  }

  protected override renderControls() {
    const { ui } = messagesOf(this.locale);
    return html`<details open>
        <summary>${ui.groups.sample}</summary>
        <div class="group">
          ${this.control("shape", { suggestions: shapePresets })} ${this.control("layout")}
          ${this.control("generator")} ${this.control("samples")} ${this.control("bins")}
          ${this.control("seed")}
        </div>
      </details>
      ${this.shows("layers") ? this.renderLayers(ui.groups.layer) : nothing}`;
  }

  private renderLayers(title: string) {
    const body = () =>
      html`<init-library-layer
        .engine=${this.engine()}
        .locale=${this.locale}
        .generator=${this.request.generator}
        @parameter-pick=${(event: ParameterPick) => this.onParameter(event)}
      ></init-library-layer>`;
    return this.layers.render(title, body);
  }

  /** Schemes that have a tensor of this rank are shown; the others say why not. */
  protected override prepare(request: DistributionRequest): DistributionRequest {
    const fitting = request.schemes.filter((scheme) => fitsRank(scheme, request.shape));
    if (fitting.length === 0) return request; // the core says what is wrong
    this.refused = rankIssues(request);
    return { ...request, schemes: fitting };
  }

  /** Why some of the present schemes are not shown. */
  private renderUnfit() {
    const issues = this.refused.filter(isRankIssue);
    if (issues.length === 0) return nothing;
    const names = this.namesOf(this.request.schemes);
    return html`<div class="now">
      ${issues.map((issue) => {
        const position = Number(issue.field.split(".")[1]);
        return this.renderSaid(this.slots[position] ?? position, names[position] ?? "", issue);
      })}
    </div>`;
  }

  /** By what a tensor that is drawn may surprise: that all of it is 0. */
  private renderWarnings(samples: Samples) {
    return samples.flatMap(({ slot, name, result }) =>
      result.warnings.map((warning) => this.renderSaid(slot, name, warning)),
    );
  }

  private renderSaid(slot: number, name: string, issue: Issue) {
    const { captions } = messagesOf(this.locale);
    return html`<p class="note">
      <span class="named slot-${slot}" aria-hidden="true">${SLOT_MARKS[slot]}</span>
      ${captions.said(name, issueText(issue, this.locale))}
    </p>`;
  }

  /** Takes a layer's parameter over: its shape and layout, and its scheme in the first place. */
  private onParameter({ detail: { parameter, layout } }: ParameterPick): void {
    const [, ...others] = this.request.schemes;
    const { shape, in_axis, out_axis } = parameter;
    const axes = { in_axis, out_axis, batch_axis: undefined };
    this.edit({ shape, layout, ...axes, schemes: [parameter.scheme, ...others] }, false);
  }

  /** After each answer the tensors themselves are drawn, where they are not too large. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("asked") || changed.has("dragging")) void this.drawMatrices();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { drawn } = this;
    const outdated = drawn !== undefined && (this.faulty || drawn.of !== this.asked);
    this.matrixAge.note(outdated, changed.has("drawn"));
  }

  protected override get lastShown() {
    return super.lastShown ?? (this.matrixAge.late ? { ...this.drawn?.request } : undefined);
  }

  protected override get computing(): boolean {
    return super.computing || (this.drawing && !this.faulty);
  }

  protected override resume(): void {
    super.resume();
    if (!this.drawing) void this.drawMatrices();
  }

  protected override leave(): void {
    super.leave();
    this.abortMatrices?.abort();
    this.abortMatrices = undefined;
    this.drawing = false;
    this.matrixAge.forget();
  }

  private async drawMatrices(): Promise<void> {
    const of = this.asked;
    if (this.dragging || !this.isConnected || !of || of === this.drawn?.of) return;
    const { schemes, shape, layout, in_axis, out_axis, batch_axis, generator, seed } = of;
    const request = { schemes, shape, layout, in_axis, out_axis, batch_axis, generator, seed };
    const slots = this.slotsOf(of);
    if (this.tooLarge) {
      this.drawn = undefined;
      return;
    }
    this.latestMatrix ??= new Latest(this.engine(), "matrix");
    const controller = new AbortController();
    this.abortMatrices = controller;
    this.drawing = true;
    try {
      const results = await this.latestMatrix.run(request, { signal: controller.signal });
      this.drawn = { request, slots, results, of };
      this.window = undefined;
    } catch (error) {
      // The distribution's own request says what is wrong, and the last good matrix stays.
      if (!(error instanceof InitscopeError)) throw error;
    }
    if (this.abortMatrices === controller) this.drawing = false;
  }

  /** Matrices with the slots and names under which their schemes are shown. */
  private get spectra(): readonly Spectrum[] {
    const { results = [], slots = [] } = this.drawn ?? {};
    const names = this.namesOf(results.map(({ scheme }) => scheme));
    return results.map(({ result }, i) => ({
      slot: slots[i] ?? i,
      name: names[i] ?? "",
      result,
    }));
  }

  private readonly choose = (position: number): void => {
    this.matrixPosition = position;
  };

  private get selectedMatrix(): number {
    return Math.min(this.matrixPosition, (this.drawn?.results.length ?? 1) - 1);
  }

  protected override figures(samples: Samples) {
    const { spectra, window, locale } = this;
    const extent = this.steadyAxis("value", extentOf(samples));
    const chosen = spectra[this.selectedMatrix];
    return distributionFigures(samples, { extent, spectra, chosen, window }, locale);
  }

  private renderZoom(spectra: readonly Spectrum[]) {
    const { figures } = messagesOf(this.locale);
    const result = spectra[this.selectedMatrix]?.result;
    if (!result) return nothing;
    const window = this.window ?? wholeWindow(result);
    const button = (text: string, label: string, next: Window | undefined) =>
      html`<button aria-label=${label} title=${label} @click=${() => (this.window = next)}>
        ${text}
      </button>`;
    const { up, down, left, right } = figures.directions;
    return html`<div class="zoom">
      ${schemeTabs(spectra, this.selectedMatrix, this.choose)}
      ${button("+", figures.zoomIn, zoom(window, result, 0.5))}
      ${button("−", figures.zoomOut, zoom(window, result, 2))}
      ${button("←", left, pan(window, result, 0, -0.5))}
      ${button("→", right, pan(window, result, 0, 0.5))}
      ${button("↑", up, pan(window, result, -0.5, 0))}
      ${button("↓", down, pan(window, result, 0.5, 0))}
      ${button(figures.whole, figures.whole, undefined)}
    </div>`;
  }

  protected override renderFigures(samples: Samples) {
    const { captions } = messagesOf(this.locale);
    const { spectra, drawn } = this;
    const last = this.matrixAge.late && !this.age.late ? "last" : ""; // dimmed once
    return html`<div class="figures">
      ${this.renderUnfit()} ${this.renderWarnings(samples)} ${this.figure("distribution")}
      ${
        this.shows("text")
          ? guard([samples.map(({ result }) => result), this.locale, areMarked()].flat(), () => [
              statisticsTable(this, samples, this.locale),
              formulaList(samples, this.locale),
            ])
          : nothing
      }
      <div class="figures pairs">${this.figure("quantiles")} ${this.figure("cumulative")}</div>
      ${
        drawn
          ? html`${
              drawn.request.shape.length < 2
                ? nothing
                : html`<div class="figures pairs ${last}">
                    <div>
                      ${this.figure("matrix")}
                      ${this.shows("controls") ? this.renderZoom(spectra) : nothing}
                    </div>
                    ${this.figure("spectrum")}
                  </div>`
            }
            ${
              this.shows("text")
                ? html`<init-take-home
                    class=${last}
                    .matrices=${spectra}
                    .request=${drawn.request}
                    .position=${this.selectedMatrix}
                    .choose=${this.choose}
                    .locale=${this.locale}
                  ></init-take-home>`
                : nothing
            }`
          : this.tooLarge
            ? html`<p class="note">${captions.tooLarge(formatCount(MOST_SHOWN))}</p>`
            : nothing
      }
    </div>`;
  }

  private get tooLarge(): boolean {
    const { shape, schemes } = this.request;
    return shape.reduce((product, extent) => product * extent, 1) * schemes.length > MOST_SHOWN;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-distribution": DistributionElement;
  }
}
