/** <init-training>: schemes learn the same data; what becomes of them, and why. */
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Seen } from "../../controls/terms.js";
import { raceMessagesOf } from "../../i18n/race-messages.js";
import { longestOutcome, outcomeText } from "../outcome-text.js";
import { outcomeWhy } from "../outcome-why.js";
import { RACE_FIELDS, RaceElement } from "../race.js";
import { runFact } from "../run-facts.js";
import type { Shown } from "../lab-state.js";
import { trainingFigures } from "./figures.js";
import type { TrainingFigure } from "./figures.js";
import { trainingPresets } from "./state.js";

@customElement("init-training")
export class TrainingElement extends RaceElement<"training", TrainingFigure> {
  protected override readonly kind = "training";
  protected override readonly mainField = "data_set";
  protected override readonly presets = trainingPresets;
  protected override readonly controlled = [...RACE_FIELDS, "net", "generator", "repeats"];

  /** Goes back to the network at its start, where the reader comes from it. */
  @property({ attribute: false }) back: (() => void) | undefined;

  protected override figures(shown: readonly Shown<"training">[]) {
    const { shownRequest: request, frame, oncePerAnswer } = this;
    return trainingFigures(shown, { request, frame, oncePerAnswer }, raceMessagesOf(this.locale));
  }

  protected override renderControls() {
    const { ui } = raceMessagesOf(this.locale);
    return html`<details open>
        <summary>${ui.groups.data}</summary>
        <div class="group">${this.renderData()}</div>
      </details>
      <details
        ?open=${this.unfolded("activation", "negative_slope", "omega_0", "expression", "net", "depth", "width", "bias")}
      >
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.activationControls()} ${this.control("net")} ${this.control("depth")}
          ${this.control("width")} ${this.schemeControl("bias")}
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

  protected override renderSubject() {
    const { back } = this;
    if (!back) return nothing;
    return html`<p class="back">
      <button class="link" @click=${back}>← ${raceMessagesOf(this.locale).player.back}</button>
    </p>`;
  }

  private renderFacts(shown: readonly Shown<"training">[]) {
    if (!this.shows("text")) return nothing;
    const messages = raceMessagesOf(this.locale);
    const seen: Seen = new Set();
    return html`<section class="wide">
      <h3>${messages.outcome.title}</h3>
      <ul class="facts marked">
        ${shown.map((race) =>
          runFact(this, race, {
            text: outcomeText(race, this.frame, this.ended, messages),
            most: longestOutcome(race, messages),
            why: outcomeWhy(race, this.frame, this.ended),
            seen,
            locale: this.locale,
          }),
        )}
      </ul>
    </section>`;
  }

  protected override renderFigures(shown: readonly Shown<"training">[]) {
    return html`<div class="figures pairs">
      ${this.renderPlayer()}
      <div class="wide">${this.figure("boundary", "digits")}</div>
      ${this.figure("loss")} ${this.figure("score")} ${this.renderFacts(shown)}
      ${this.figure("training-activation")} ${this.figure("training-gradient")}
      ${this.figure("training-ratio")} ${this.figure("training-dead", "training-saturated")}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-training": TrainingElement;
  }
}
