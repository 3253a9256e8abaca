/** <init-distribution>: the numbers a scheme draws, and the law they follow. */
import { css, html } from "lit";
import { customElement } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { FigureContent } from "../../charts/figure.js";
import { SLOT_MARKS } from "../../charts/theme.js";
import { slotColors } from "../../controls/styles.js";
import { formula } from "../../controls/formula.js";
import { schemeOf } from "../../engine/catalogue.js";
import type { DistributionResult } from "../../engine/results.js";
import { messagesOf } from "../../i18n/index.js";
import { formatCount, formatNumber } from "../../i18n/numbers.js";
import { LabElement } from "../lab.js";
import type { Shown } from "../lab.js";
import { cursorValues, densityAt, distributionChart, extentOf } from "./charts.js";
import { distributionPresets, shapePresets } from "./state.js";

type Samples = readonly Shown<"distribution">[];

@customElement("init-distribution")
export class DistributionElement extends LabElement<"distribution"> {
  protected override readonly kind = "distribution";
  protected override readonly presets = distributionPresets;
  protected override readonly controlled = ["shape", "samples", "seed", "bins"];

  static override styles = [
    ...LabElement.styles,
    slotColors,
    css`
      .formulas {
        display: grid;
        gap: 4px;
        overflow-x: auto;
      }
      .formulas div {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      h3 {
        font-size: 15px;
        margin: 0 0 4px;
      }
      .scroll {
        overflow-x: auto;
      }
      [class^="slot-"] {
        color: var(--slot);
      }
    `,
  ];

  private caption({ name, result }: Shown<"distribution">): string {
    const { captions } = messagesOf(this.locale);
    if (result.law.kind === "atom") return captions.atom(name, formatNumber(result.law.mean));
    return captions.distribution(
      name,
      formatNumber(result.moments.std),
      formatNumber(result.law.std),
      formatCount(result.moments.count),
    );
  }

  private content(samples: Samples): FigureContent {
    const { figures } = messagesOf(this.locale);
    const extent = this.hold("value", extentOf(samples));
    const values = cursorValues(extent);
    return {
      title: figures.histogram,
      aspect: 1.9,
      draw: (frame) =>
        distributionChart(
          samples,
          extent,
          { x: figures.value, y: figures.density, mass: figures.mass },
          frame,
        ),
      caption: samples.map((sample) => this.caption(sample)).join(" "),
      table: {
        head: [figures.value, ...samples.map(({ name }) => name)],
        rows: values.map((x) => [x, ...samples.map(({ result }) => densityAt(result, x))]),
      },
      describe: (i) => {
        const x = values[i] ?? 0;
        const parts = samples
          .filter(({ result }) => result.law.kind !== "atom")
          .map(
            ({ slot, name, result }) =>
              `${SLOT_MARKS[slot]} ${name} ${formatNumber(densityAt(result, x))}`,
          );
        return `${figures.around(formatNumber(x))}: ${parts.join("   ")}`;
      },
      fileName: "initscope-distribution",
    };
  }

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
                  html`<th scope="col" class="slot-${slot}">
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
          ({ slot, scheme, result }) =>
            html`<div>
              <span class="slot-${slot}">${SLOT_MARKS[slot]}</span>
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
        ${this.control("shape", { suggestions: shapePresets })} ${this.control("samples")}
        ${this.control("bins")} ${this.control("seed")}
      </div>
    </details>`;
  }

  protected override figures(samples: Samples): readonly FigureContent[] {
    return [this.content(samples)];
  }

  protected override renderFigures(samples: Samples) {
    return html`<div class="figures">
      ${this.figure(0)}
      ${guard([samples.map(({ result }) => result), this.locale].flat(), () => [
        this.statistics(samples),
        this.formulas(samples),
      ])}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-distribution": DistributionElement;
  }
}
