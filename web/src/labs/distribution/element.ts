/** <init-distribution>: the numbers a scheme draws, and the law they follow. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { FigureContent } from "../../charts/figure.js";
import { SLOT_MARKS } from "../../charts/theme.js";
import { formula } from "../../controls/formula.js";
import { schemeOf } from "../../engine/catalogue.js";
import { InitscopeError } from "../../engine/errors.js";
import { Latest } from "../../engine/latest.js";
import type { MatrixRequest } from "../../engine/request.js";
import type { DistributionResult, SchemeResults } from "../../engine/results.js";
import { messagesOf } from "../../i18n/index.js";
import { formatCount, formatNumber } from "../../i18n/numbers.js";
import { LabElement } from "../lab.js";
import type { Shown } from "../lab-state.js";
import { extentOf } from "./charts.js";
import type { Spectrum } from "./comparison.js";
import {
  cumulativeFigure,
  histogramFigure,
  matrixFigure,
  quantileFigure,
  spectrumFigure,
} from "./figures.js";
import { pan, wholeWindow, zoom } from "./heatmap.js";
import type { Window } from "./heatmap.js";
import type { ParameterPick } from "./layers.js";
import "./layers.js";
import { schemeTabs } from "../../controls/tabs.js";
import "./take-home.js";
import { distributionPresets, shapePresets } from "./state.js";

/** Most weights of all matrices that are shown at once. */
const MOST_SHOWN = 2 ** 22;

type Samples = readonly Shown<"distribution">[];

@customElement("init-distribution")
export class DistributionElement extends LabElement<"distribution"> {
  protected override readonly kind = "distribution";
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
    | { request: MatrixRequest; slots: readonly number[]; results: SchemeResults<"matrix"> }
    | undefined;
  /** Which matrix is looked at, and what of it; the whole unless set. */
  @state() private matrixPosition = 0;
  @state() private window: Window | undefined;
  @state() private layersOpen = false;
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

  private statistics(samples: Samples) {
    const { columns, measured, theory, statistic, statistics } = messagesOf(this.locale).figures;
    const rows: [
      string,
      (r: DistributionResult) => number,
      ((r: DistributionResult) => number) | null,
    ][] = [
      [columns.mean, (r) => r.moments.mean, (r) => r.law.mean],
      [columns.std, (r) => r.moments.std, (r) => r.law.std],
      [columns.min, (r) => r.moments.min, (r) => r.law.min],
      [columns.max, (r) => r.moments.max, (r) => r.law.max],
      [columns.skewness, (r) => r.moments.skewness, null],
      [columns.excessKurtosis, (r) => r.moments.excessKurtosis, null],
      [columns.ks, (r) => r.ks, null],
    ];
    return html`<section>
      <h3>${statistics}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${statistics}>
        <table id="statistics">
          <thead>
            <tr>
              <th scope="col">${statistic}</th>
              ${samples.map(
                ({ slot, name }) =>
                  html`<th scope="col" class="named slot-${slot}">
                      ${SLOT_MARKS[slot]} ${name}, ${measured}
                    </th>
                    <th scope="col">${theory}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ([label, get, law]) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  ${samples.map(
                    ({ result }) =>
                      html`<td>${formatNumber(get(result))}</td>
                        <td>${law ? formatNumber(law(result)) : ""}</td>`,
                  )}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private formulas(samples: Samples) {
    return html`<section>
      <h3>${messagesOf(this.locale).figures.formula}</h3>
      <div class="formulas">
        ${samples.map(
          ({ slot, name, scheme, result }) =>
            html`<div>
              <span class="named slot-${slot}">${SLOT_MARKS[slot]} ${name}</span>
              <span>${formula(schemeOf(scheme.scheme).substitutedMathml, result.facts)}</span>
            </div>`,
        )}
      </div>
    </section>`;
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
      <details ?open=${this.layersOpen} @toggle=${(event: Event) => this.onLayers(event)}>
        <summary>${ui.groups.layer}</summary>
        ${
          this.layersOpen
            ? html`<init-layers
                .engine=${this.engine()}
                .locale=${this.locale}
                @parameter-pick=${(event: ParameterPick) => this.onParameter(event)}
              ></init-layers>`
            : nothing
        }
      </details>`;
  }

  private onLayers(event: Event): void {
    this.layersOpen = (event.currentTarget as HTMLDetailsElement).open;
  }

  /** Takes a layer's parameter over: its shape and layout, and its scheme in the first place. */
  private onParameter({ detail: { parameter, layout } }: ParameterPick): void {
    const [, ...others] = this.request.schemes;
    this.edit({ shape: parameter.shape, layout, schemes: [parameter.scheme, ...others] }, false);
  }

  /** After each answer the tensors themselves are drawn, where they are not too large. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("request") || changed.has("dragging")) void this.drawMatrices();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abortMatrices?.abort();
  }

  private async drawMatrices(): Promise<void> {
    if (this.dragging || !this.isConnected) return;
    const { schemes, shape, layout, in_axis, out_axis, batch_axis, generator, seed } = this.request;
    const request = { schemes, shape, layout, in_axis, out_axis, batch_axis, generator, seed };
    const { slots } = this;
    if (this.tooLarge) {
      this.drawn = undefined;
      return;
    }
    this.latestMatrix ??= new Latest(this.engine(), "matrix");
    try {
      this.abortMatrices = new AbortController();
      const { signal } = this.abortMatrices;
      const results = await this.latestMatrix.run(request, { signal });
      this.drawn = { request, slots, results };
      this.window = undefined;
    } catch (error) {
      // The distribution's own request says what is wrong, and the last good matrix stays.
      if (!(error instanceof InitscopeError)) throw error;
    }
  }

  /** Matrices with the slots and names under which their schemes are shown. */
  private get spectra(): readonly Spectrum[] {
    const { schemes } = messagesOf(this.locale);
    const { results = [], slots = [] } = this.drawn ?? {};
    return results.map(({ scheme, result }, i) => ({
      slot: slots[i] ?? i,
      name: schemes[scheme.scheme].name,
      result,
    }));
  }

  private readonly choose = (position: number): void => {
    this.matrixPosition = position;
  };

  private get selectedMatrix(): number {
    return Math.min(this.matrixPosition, (this.drawn?.results.length ?? 1) - 1);
  }

  protected override figures(samples: Samples): readonly FigureContent[] {
    const { locale } = this;
    const extent = this.hold("value", extentOf(samples));
    const { spectra } = this;
    const chosen = spectra[this.selectedMatrix];
    return [
      histogramFigure(samples, extent, locale),
      quantileFigure(samples, locale),
      cumulativeFigure(samples, extent, locale),
      ...(chosen
        ? [
            matrixFigure(chosen, this.window ?? wholeWindow(chosen.result), locale),
            spectrumFigure(spectra, locale),
          ]
        : []),
    ];
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
    const { spectra } = this;
    const { drawn } = this;
    return html`<div class="figures">
      ${this.figure(0)}
      ${
        this.shows("text")
          ? guard([samples.map(({ result }) => result), this.locale].flat(), () => [
              this.statistics(samples),
              this.formulas(samples),
            ])
          : nothing
      }
      <div class="figures pairs">${this.figure(1)} ${this.figure(2)}</div>
      ${
        drawn
          ? html`<div class="figures pairs">
                <div>
                  ${this.figure(3)} ${this.shows("controls") ? this.renderZoom(spectra) : nothing}
                </div>
                ${this.figure(4)}
              </div>
              ${
                this.shows("text")
                  ? html`<init-take-home
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
