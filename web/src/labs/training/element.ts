/** <init-training>: up to four schemes learn the same data; what becomes of them, and why. */
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { FigureContent } from "../../charts/figure.js";
import { SLOT_MARKS } from "../../charts/theme.js";
import { activationOf } from "../../engine/catalogue.js";
import { messagesOf } from "../../i18n/index.js";
import { outcomeText } from "../outcome-text.js";
import { RACE_FIELDS, RaceElement } from "../race.js";
import type { Shown } from "../lab-state.js";
import { boundaryFigure, digitsFigure } from "./boundaries.js";
import {
  BY_LAYER,
  idleFigure,
  layerExtent,
  layerFigure,
  lossExtent,
  progressFigure,
} from "./figures.js";
import { trainingPresets } from "./state.js";

@customElement("init-training")
export class TrainingElement extends RaceElement<"training"> {
  protected override readonly kind = "training";
  protected override readonly presets = trainingPresets;
  protected override readonly controlled = [...RACE_FIELDS, "generator", "repeats"];

  protected override figures(shown: readonly Shown<"training">[]): readonly FigureContent[] {
    const messages = messagesOf(this.locale);
    const { frame } = this;
    const { steps } = this.shownRequest;
    const activation = activationOf(this.shownRequest.activation);
    const losses = this.ofWhole("loss", () => lossExtent(shown));
    const samples = shown[0]?.result.frames[0]?.samples;
    const picture =
      boundaryFigure(shown, frame, messages) ?? (samples && digitsFigure(samples, messages));
    return [
      progressFigure(shown, "loss", frame, steps, losses, messages),
      progressFigure(shown, "score", frame, steps, { from: 0, to: 1 }, messages),
      ...BY_LAYER.map((quantity) => {
        const extent = this.ofWhole(quantity, () => layerExtent(shown, quantity));
        return layerFigure(shown, quantity, frame, extent, messages);
      }),
      idleFigure(shown, activation.saturates ? "saturated" : "dead", frame, messages),
      ...(picture ? [picture] : []),
    ];
  }

  protected override renderControls() {
    const { ui } = messagesOf(this.locale);
    return html`<details open>
        <summary>${ui.groups.data}</summary>
        <div class="group">${this.renderData()}</div>
      </details>
      <details
        ?open=${this.unfolded("activation", "negative_slope", "omega_0", "depth", "width", "bias")}
      >
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.activationControls()} ${this.control("depth")} ${this.control("width")}
          ${this.schemeControl("bias")}
        </div>
      </details>
      <details ?open=${this.unfolded("optimizer", "learning_rate", "batch", "steps", "loss")}>
        <summary>${ui.groups.learning}</summary>
        <div class="group">${this.renderOptimizer()}</div>
      </details>
      <details ?open=${this.unfolded("repeats", "generator", "seed")}>
        <summary>${ui.groups.draw}</summary>
        <div class="group">
          ${this.control("repeats")} ${this.control("generator")} ${this.control("seed")}
        </div>
      </details>`;
  }

  private renderFacts(shown: readonly Shown<"training">[]) {
    if (!this.shows("text")) return nothing;
    const messages = messagesOf(this.locale);
    return html`<section class="wide">
      <h3>${messages.outcome.title}</h3>
      <ul class="facts marked">
        ${shown.map(
          (race) =>
            html`<li>
              <span class="named slot-${race.slot}" aria-hidden="true"
                >${SLOT_MARKS[race.slot]}</span
              >
              ${outcomeText(race, this.frame, this.ended, messages)}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  protected override renderFigures(shown: readonly Shown<"training">[]) {
    return html`<div class="figures pairs">
      ${this.renderPlayer()} ${this.figure(0)} ${this.figure(1)} ${this.renderFacts(shown)}
      <div class="wide">${this.figure(6)}</div>
      ${this.figure(2)} ${this.figure(3)} ${this.figure(4)} ${this.figure(5)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-training": TrainingElement;
  }
}
