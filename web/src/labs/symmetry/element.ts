/** <init-symmetry>: why constants fail. Units of a layer that stay copies of one another, or part. */
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import { InitscopeError } from "../../engine/errors.js";
import { Latest } from "../../engine/latest.js";
import type { SchemeRequest, TrainingRequest } from "../../engine/request.js";
import type { Section } from "../../generated/terms.js";
import { raceMessagesOf } from "../../i18n/race-messages.js";
import { formatNumber, formatShare } from "../../i18n/numbers.js";
import { runFact } from "../run-facts.js";
import type { Shown } from "../lab-state.js";
import { longestOutcome, outcomeText } from "../outcome-text.js";
import { outcomeWhy, whys } from "../outcome-why.js";
import { RACE_FIELDS, RaceElement } from "../race.js";
import { factsOf } from "./facts.js";
import { symmetryFigures } from "./figures.js";
import type { SymmetryFigure } from "./figures.js";
import { CEILING_RUNS, oneUnit, sameTask, symmetryPresets } from "./state.js";

@customElement("init-symmetry")
export class SymmetryElement extends RaceElement<"symmetry", SymmetryFigure> {
  protected override readonly kind = "symmetry";
  protected override readonly mainField = "width";
  protected override readonly presets = symmetryPresets;
  protected override readonly controlled = [...RACE_FIELDS, "layer"];
  /** Best score of networks of one unit a layer; undefined until it is known. */
  @state() private ceiling: number | undefined;
  /** What the ceiling is of, or is being found of. */
  private ceilingOf: Partial<TrainingRequest> | undefined;
  private oneUnits: Latest<"training"> | undefined;
  private abortCeiling: AbortController | undefined;

  protected override readonly drawnFrom: readonly string[] = ["position", "ceiling"];

  protected override async compute(): Promise<void> {
    await super.compute();
    if (this.busy || this.dragging || !this.answer || !this.isConnected) return;
    await this.findCeiling();
  }

  protected override resume(): void {
    super.resume();
    // Where no newer answer is to come, whose end finds it.
    if (!this.busy && this.answer) void this.findCeiling();
  }

  protected override leave(): void {
    super.leave();
    this.abortCeiling?.abort();
    this.abortCeiling = undefined;
    if (this.ceiling === undefined) this.ceilingOf = undefined;
  }

  /** The ceiling does not depend on the schemes: it is found once for the rest of a request. */
  private async findCeiling(): Promise<void> {
    const request = oneUnit(this.shownRequest);
    if (this.ceilingOf && sameTask(this.ceilingOf, request)) return;
    this.ceiling = undefined;
    this.ceilingOf = request;
    this.oneUnits ??= new Latest(this.engine(), "training");
    const controller = new AbortController();
    this.abortCeiling = controller;
    try {
      const [answer] = await this.oneUnits.run(request, { signal: controller.signal });
      const scores = answer?.result.ranges?.score.greatest;
      if (scores && this.ceilingOf === request) this.ceiling = Math.max(...scores);
    } catch (error) {
      if (this.ceilingOf === request) this.ceilingOf = undefined; // it is asked for again
      // The figure stands without its line; what is wrong with the request was said by its own.
      if (!(error instanceof InitscopeError)) throw error;
    }
  }

  protected override figures(shown: readonly Shown<"symmetry">[]) {
    const { shownRequest: request, frame, ceiling, oncePerAnswer } = this;
    return symmetryFigures(
      shown,
      { request, frame, ceiling, oncePerAnswer },
      raceMessagesOf(this.locale),
    );
  }

  protected override renderControls() {
    const { ui } = raceMessagesOf(this.locale);
    return html`<details open>
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.control("layer")} ${this.activationControls()} ${this.control("depth")}
          ${this.control("width")} ${this.schemeControl("bias")}
        </div>
      </details>
      <details ?open=${this.unfolded("data_set", "samples", "noise")}>
        <summary>${ui.groups.data}</summary>
        <div class="group">${this.renderData()} ${this.control("seed")}</div>
      </details>
      <details ?open=${this.unfolded("optimizer", "learning_rate", "batch", "steps", "loss")}>
        <summary>${ui.groups.learning}</summary>
        <div class="group">${this.renderOptimizer()}</div>
      </details>`;
  }

  /** Constants and constants with noise by their numbers: "0.5", "0.5 ± 0.01". */
  protected override namesOf(schemes: readonly SchemeRequest[]): readonly string[] {
    const names = super.namesOf(schemes);
    return schemes.map((scheme, i) => {
      const { val = "", mean = "", std = "" } = scheme;
      if (scheme.scheme === "constant") return formatNumber(Number(val));
      if (scheme.scheme !== "normal") return names[i] ?? "";
      return `${formatNumber(Number(mean))} ± ${formatNumber(Number(std))}`;
    });
  }

  /** What is so by necessity, and seen in these runs. */
  private factTexts(race: Shown<"symmetry">): string {
    const messages = raceMessagesOf(this.locale);
    const { symmetry } = messages;
    const facts = factsOf(race.result, this.frame);
    if (!facts) return "";
    const { units, distinct, effectiveRank, stillLayers, stillBiases, layers } = facts;
    const parts = [
      distinct === units
        ? symmetry.allDistinct(race.name, units)
        : distinct === 1
          ? symmetry.allSame(race.name, units)
          : symmetry.someSame(race.name, units, distinct),
      symmetry.rank(formatNumber(effectiveRank)),
    ];
    if (stillLayers.length === layers && stillBiases.length === layers - 1)
      parts.push(symmetry.lastBiasAlone);
    else if (stillLayers.length > 0)
      parts.push(symmetry.stillLayers(stillLayers.join(messages.between.items)));
    return parts.join(messages.between.sentences);
  }

  private whyOf(race: Shown<"symmetry">): Section | undefined {
    const facts = factsOf(race.result, this.frame);
    const copies = facts !== undefined && facts.distinct < facts.units;
    return copies ? whys.copies : outcomeWhy(race, this.frame, this.ended);
  }

  private renderFacts(shown: readonly Shown<"symmetry">[]) {
    if (!this.shows("text")) return nothing;
    const messages = raceMessagesOf(this.locale);
    const { symmetry, outcome } = messages;
    const seen: Seen = new Set();
    const said = (text: string) => explained(this, text, this.locale, seen);
    return html`<section class="wide">
      <h3>${outcome.title}</h3>
      <ul class="facts marked">
        ${shown.map((race) => {
          const facts = this.factTexts(race);
          const afterFacts = (outcome: string) => [facts, outcome].join(messages.between.sentences);
          return runFact(this, race, {
            text: afterFacts(outcomeText(race, this.frame, this.ended, messages)),
            most: afterFacts(longestOutcome(race, messages)),
            why: this.whyOf(race),
            seen,
            locale: this.locale,
          });
        })}
        <li>
          ${
            this.ceiling === undefined
              ? symmetry.ceilingUnknown(CEILING_RUNS)
              : symmetry.ceiling(formatShare(this.ceiling), CEILING_RUNS)
          }
        </li>
      </ul>
      <h3>${symmetry.whyTitle}</h3>
      <ul class="facts">
        ${symmetry.why.map((text) => html`<li>${said(text)}</li>`)}
      </ul>
    </section>`;
  }

  protected override renderFigures(shown: readonly Shown<"symmetry">[]) {
    return html`<div class="figures pairs">
      ${this.renderPlayer()}
      <div class="wide">${this.figure("units")}</div>
      ${this.renderFacts(shown)} ${this.figure("distinct")} ${this.figure("score")}
      ${this.figure("effectiveRank")} ${this.figure("unit-gradients")}
      <div class="wide">${this.figure("unit-weights")}</div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-symmetry": SymmetryElement;
  }
}
