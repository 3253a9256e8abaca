/** <init-phase>: the phase plane of an activation, schemes in it, and a point to move. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { Folded } from "../../controls/folded.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import { whyLink } from "../../controls/why.js";
import { SLOT_MARKS } from "../../slots.js";
import type { Theme } from "../../charts/theme.js";
import type { Engine } from "../../engine/client.js";
import type { PhaseMap } from "../../engine/results.js";
import { quickEngine } from "../../engine/shared.js";
import { messagesOf } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import { LabElement } from "../lab.js";
import type { Shown } from "../lab-state.js";
import { phaseFigures, scaleText } from "./figures.js";
import type { PhaseFigure } from "./figures.js";
import { mapImage } from "./plane.js";
import { phasePresets, WHY } from "./state.js";

/** Digits of a point that is set by hand: finer than a pixel. */
const DIGITS = 4;
/** An arrow key moves the point by this share of the plane. */
const NUDGE = 1 / 100;

const loadStability = () => import("./stability-table.js");

/** What the libraries are called. */
const LIBRARIES = [
  { id: "torch", name: "PyTorch" },
  { id: "keras", name: "Keras" },
  { id: "jax", name: "JAX" },
] as const;

const rounded = (value: number) => Number(value.toPrecision(DIGITS));

@customElement("init-phase")
export class PhaseElement extends LabElement<"phase", PhaseFigure> {
  protected override readonly kind = "phase";
  protected override readonly mainField = "sigma_w2";
  protected override readonly presets = phasePresets;
  protected override readonly controlled = [
    "activation",
    "negative_slope",
    "omega_0",
    "expression",
    "width",
    "depth",
    "bias",
    "sigma_w2",
    "sigma_b2",
    "most_sigma_w2",
    "most_sigma_b2",
    "quantity",
  ];
  /** The table of all activations. */
  private readonly stability = new Folded(
    () => this.requestUpdate(),
    () => void this.bring(loadStability),
  );
  private image: { key: string; address: string } | undefined;

  static override styles = [
    ...LabElement.styles,
    css`
      .wide {
        overflow-x: auto;
      }
      pre {
        margin: 0 0 8px;
        padding: 8px;
        overflow-x: auto;
        border: 1px solid var(--init-hairline);
        border-radius: 4px;
        font:
          12px/1.5 ui-monospace,
          monospace;
      }
      @container (max-width: 420px) {
        th,
        td {
          padding-inline: 0 6px;
        }
        thead th {
          min-width: 0;
        }
      }
    `,
  ];

  /** The point is dragged while networks are simulated. */
  protected override engine(): Engine {
    return quickEngine();
  }

  /** The map as an image: made anew only for another map or theme, not while the point moves. */
  private imageOf(map: PhaseMap, theme: Theme): string {
    const { activation, negative_slope, omega_0, expression, ...rest } = this.shownRequest;
    const { most_sigma_w2, most_sigma_b2, quantity } = rest;
    const key = [
      activation,
      negative_slope,
      omega_0,
      expression,
      most_sigma_w2,
      most_sigma_b2,
      quantity,
      theme.name,
    ].join();
    if (this.image?.key !== key) {
      const address = mapImage(map, quantity, theme);
      this.image = { key, address };
    }
    return this.image.address;
  }

  private moveTo(sigmaW2: number, sigmaB2: number, settled: boolean): void {
    this.edit({ sigma_w2: rounded(sigmaW2), sigma_b2: rounded(sigmaB2) }, !settled);
  }

  private nudge(right: number, up: number): void {
    const { sigma_w2, sigma_b2, most_sigma_w2, most_sigma_b2 } = this.request;
    const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
    this.moveTo(
      within(sigma_w2 + right * NUDGE * most_sigma_w2, most_sigma_w2),
      within(sigma_b2 + up * NUDGE * most_sigma_b2, most_sigma_b2),
      false,
    );
  }

  protected override figures(shown: readonly Shown<"phase">[]) {
    const { map, theory } = shown[0]?.result ?? {};
    if (!map || !theory) return { phase: undefined, theory: undefined };
    const parts = {
      request: this.shownRequest,
      map,
      theory,
      image: (theme: Theme) => this.imageOf(map, theme),
      handle: {
        move: (x: number, y: number, settled: boolean) => this.moveTo(x, y, settled),
        nudge: (right: number, up: number) => this.nudge(right, up),
        settle: () => this.edit({}, false),
      },
    };
    const figures = phaseFigures(shown, parts, this.steadyAxis, messagesOf(this.locale));
    const more = whyLink(WHY, this.locale);
    return { ...figures, theory: figures.theory && { ...figures.theory, more } };
  }

  protected override renderControls() {
    const { ui } = messagesOf(this.locale);
    return html`<details open>
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.activationControls()} ${this.control("sigma_w2")} ${this.control("sigma_b2")}
          ${this.control("width")} ${this.control("depth")} ${this.schemeControl("bias")}
        </div>
      </details>
      <details ?open=${this.unfolded("quantity", "most_sigma_w2", "most_sigma_b2")}>
        <summary>${ui.groups.plane}</summary>
        <div class="group">
          ${this.control("quantity")} ${this.control("most_sigma_w2")}
          ${this.control("most_sigma_b2")}
        </div>
      </details>`;
  }

  private renderPlaces(shown: readonly Shown<"phase">[]) {
    if (!this.shows("text")) return nothing;
    const { phase } = messagesOf(this.locale);
    const placed = shown.filter(({ result }) => result.gap === "");
    const seen: Seen = new Set();
    const head = [phase.scheme, "σ_w²", "σ_b²", "q*", "χ₁", "ξ_c"];
    return html`<section class="wide" tabindex="0" aria-label=${phase.places}>
      <h3>${phase.places}</h3>
      <table>
        <thead>
          <tr>
            ${head.map(
              (text) => html`<th scope="col">${explained(this, text, this.locale, seen)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${placed.map(
            ({ name, slot, result: { place, placeState } }) =>
              html`<tr>
                <td class="named slot-${slot}">${SLOT_MARKS[slot]} ${name}</td>
                <td>${formatNumber(place.sigmaW2, 4)}</td>
                <td>${formatNumber(place.sigmaB2)}</td>
                <td>${formatNumber(placeState.q)}</td>
                <td>${formatNumber(placeState.chi1, 4)}</td>
                <td>${scaleText(placeState.xiC)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private renderStability() {
    if (!this.shows("text")) return nothing;
    const body = () =>
      html`<init-stability
        .activated=${this.shownRequest}
        .engine=${this.engine()}
        .locale=${this.locale}
      ></init-stability>`;
    return this.stability.render(messagesOf(this.locale).phase.stability, body, "wide");
  }

  /** A typed activation as other libraries write it. */
  private renderPython(shown: readonly Shown<"phase">[]) {
    const { python } = shown[0]?.result ?? {};
    if (!python || !this.shows("text")) return nothing;
    return html`<details class="wide">
      <summary>${messagesOf(this.locale).phase.python}</summary>
      ${LIBRARIES.map(
        ({ id, name }) =>
          html`<p class="note">${name}</p>
            <pre tabindex="0" aria-label=${name}>${python[id]}</pre>`,
      )}
    </details>`;
  }

  protected override renderFigures(shown: readonly Shown<"phase">[]) {
    return html`<div class="figures pairs">
      ${this.figure("phase")} ${this.figure("theory")} ${this.renderPlaces(shown)}
      ${this.renderPython(shown)} ${this.renderStability()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-phase": PhaseElement;
  }
}
