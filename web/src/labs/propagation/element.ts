/** <init-propagation>: what a scheme does to signals and gradients, layer by layer. */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { leisure } from "../../controls/draw-queue.js";
import { Folded } from "../../controls/folded.js";
import { SchemeSearch } from "../../controls/picker.js";
import { areMarked } from "../../controls/terms.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import type { Figures } from "../../figures/content.js";
import type { LabKind, Shown } from "../lab-state.js";
import { Advice } from "./advice.js";
import type { Nets } from "./advice.js";
import { Applied } from "./applied.js";
import type { Application } from "./applied.js";
import { AnswerFigures, loadLayers, OF_INSIDES, WITH_INSIDES } from "./drawn.js";
import type { Layers } from "./drawn.js";
import type { PropagationFigure } from "./figures.js";
import { Lead } from "./lead.js";
import { offerNets } from "./search.js";
import { PropagationSettings } from "./settings.js";
import type { LabFigure } from "./settings.js";
import { SWEEP_NAMES } from "./sweep/names.js";
import { SweepSection } from "./sweep/section.js";
import { tabs, verdictSection, verdictStyles } from "./verdict-section.js";
import type { Change, Cures } from "./verdict/index.js";

const loadCode = () => import("./net-code.js");
/** Figures that show one scheme, which tabs choose. */
const OF_ONE_SCHEME: readonly PropagationFigure[] = ["activations", "quantiles"];

@customElement("init-propagation")
export class PropagationElement extends PropagationSettings {
  protected override readonly drawnFrom = ["nets", "layers", "subjectChanges"];
  protected override readonly laterFigures = [...SWEEP_NAMES, ...OF_INSIDES];
  /** Opens another lab with this state, where the page has others. */
  @property({ attribute: false }) open: ((lab: LabKind, state: string) => void) | undefined;
  @state() private selected = 0;
  /** What draws figures of nets, once it is there. */
  @state() private nets: Nets | undefined;
  /** What draws what is in layers, once it is there. */
  @state() private layers: Layers | undefined;
  private readonly advice = new Advice({
    engine: () => this.engine(),
    changed: () => this.requestUpdate(),
    netsCame: (nets) => (this.nets = nets),
    lack: (error) => this.lack(error),
  });
  private readonly applied = new Applied();
  /** The network as a program. */
  private readonly code = new Folded(
    () => this.requestUpdate(),
    () => void this.bring(loadCode),
  );
  /** Networks of several sizes. */
  private readonly sweep = new SweepSection({
    changed: () => this.requestUpdate(),
    bring: (load) => this.bring(load),
  });
  private readonly drawn = new AnswerFigures();
  private readonly lead = new Lead({
    asked: () => this.asked,
    answer: () => this.answer,
    following: () => this.outdated && this.computing,
    contents: () => this.drawn.figures,
    slots: () => this.answer?.slots ?? [],
    names: ({ schemes }) => this.namesOf(schemes),
    selected: () => this.selected,
    locale: () => this.locale,
    steadyAxis: this.steadyAxis,
    figures: () => [...this.renderRoot.querySelectorAll("init-figure")],
  });
  static override styles = [...PropagationSettings.styles, verdictStyles];

  constructor() {
    super();
    this.addEventListener(SchemeSearch.type, (event) => {
      if (!this.shows("net")) return;
      void offerNets(event, this.locale, (text) => this.chooseState(text));
    });
  }

  /** The network's figure is made anew when another block is picked; those of the answer stay. */
  protected override figures(shown: readonly Shown<"propagation">[]) {
    const { answer, locale, dragging, selected, nets, layers, steadyAxis } = this;
    const parts = { request: this.shownRequest, chosen: this.chosen(shown), steadyAxis };
    const of = [answer, dragging, selected];
    const figures = this.drawn.update(shown, { of, parts, locale, nets, layers });
    const network = this.subject.figure(parts.chosen, parts.request, locale);
    // The strips of the editor are the same network: one drawing of it is enough.
    const flow = this.subject.open && !this.only.includes("flow") ? undefined : figures?.flow;
    return { ...figures, flow, network } as Figures<LabFigure>;
  }

  /** Loads what draws figures that there will be. */
  private bringDrawing(): void {
    const { only, answer } = this;
    if (!answer) return;
    this.sweep.bring(only);
    if (!this.layers && WITH_INSIDES.some((name) => only.length === 0 || only.includes(name))) {
      const later = leisure().then(() => this.bring(loadLayers)); // the answer is drawn first
      void later.then((came) => (this.layers = came));
    }
    if (!this.nets) void this.advice.netsFor(answer.results[0]?.result);
  }

  private readonly choose = (position: number): void => {
    this.selected = position;
  };

  /** A state that is chosen whole begins with its first scheme. */
  protected override chooseState(text: string): void {
    this.selected = 0;
    super.chooseState(text);
  }

  private chosen(shown: readonly Shown<"propagation">[]): Shown<"propagation"> | undefined {
    return shown[Math.min(this.selected, shown.length - 1)];
  }

  protected override compute(): Promise<void> {
    const done = super.compute();
    if (this.answer) this.lead.ask(this.dragging);
    return done;
  }

  protected override worthShowing(): boolean {
    return this.lead.worthShowing();
  }

  protected override firstUpdated(): void {
    for (const name of ["pointerover", "focusin"])
      this.addEventListener(name, () => void this.lead.ready(), { once: true, passive: true });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.lead.update();
    if (changed.has("answer") || changed.has("only")) this.bringDrawing();
    if (changed.has("answer") || changed.has("dragging")) this.advise();
    this.advice.watchCure(this.renderRoot.querySelector("init-cure"), this.answer);
  }

  protected override resume(): void {
    super.resume();
    if (this.advice.calledOff) this.advise();
    this.requestUpdate(); // which watches for the cure again
  }

  protected override leave(): void {
    super.leave();
    this.lead.leave();
    this.advice.callOff();
  }

  private advise(): void {
    this.advice.callOff();
    if (this.answer && !this.dragging && this.shows("text")) void this.advice.follow(this.answer);
  }

  /** The network, layer by layer, of the scheme that tabs choose. */
  private renderFlow() {
    const figure = this.figure("flow");
    if (figure === nothing) return nothing;
    const { selected, locale, choose } = this;
    // All from the start, of those too whose results are on their way: nothing moves when these come.
    const { schemes } = this.shownRequest;
    const names = this.namesOf(schemes);
    const all = schemes.map((_, i) => ({ slot: this.answer?.slots[i] ?? i, name: names[i] ?? "" }));
    return html`<div class="wide">
      <div class="room">${tabs({ shown: all, selected, locale }, choose)}</div>
      ${figure}
    </div>`;
  }

  /** The tabs where there is no verdict to have them, and a figure of one scheme. */
  private renderLoneTabs(shown: readonly Shown<"propagation">[]) {
    const needed =
      !this.shows("text") &&
      !this.only.includes("flow") &&
      OF_ONE_SCHEME.some((name) => this.only.includes(name));
    const { selected, locale, choose } = this;
    return needed
      ? html`<div class="wide">${tabs({ shown, selected, locale }, choose)}</div>`
      : nothing;
  }

  /** Puts a cure in place, and keeps what was there. */
  private readonly apply = (change: Change, name: string, { now: effect }: Cures): void => {
    const { request, selected } = this;
    const { schemes, bias, net, widths, omega_0 } = request;
    const position = Math.min(selected, schemes.length - 1);
    const scheme = schemes[position];
    if (!scheme) return;
    const { scheme: cured, ...others } = change;
    this.edit({ ...others, schemes: schemes.with(position, cured) }, false);
    const before = { schemes, bias, net, widths, omega_0 };
    this.applied.add({ state: this.state, position, name, before, scheme, effect });
  };

  private readonly undo = ({ before }: Application): void => this.edit({ ...before }, false);

  /** Hands the network on to the training lab, under other schemes where these are given. */
  private async train(request: PropagationRequest): Promise<void> {
    const part = await this.bring(() => import("./train.js"));
    if (part) this.open?.("training", await part.trainingState(this.engine(), request));
  }

  private renderVerdict(shown: readonly Shown<"propagation">[]) {
    const chosen = this.chosen(shown);
    if (!chosen || !this.shows("text")) return nothing;
    const { answer, advice, nets, selected, outdated, locale, choose, apply, undo } = this;
    const { verdict } = advice;
    const trials = advice.trialsOf(answer);
    const request = this.shownRequest;
    const view = {
      host: this,
      shown,
      chosen,
      selected,
      request,
      verdict,
      trials,
      nets,
      applied: this.applied.of(request, Math.min(selected, shown.length - 1)),
      engine: this.engine(),
      outdated,
      locale,
    };
    const repeat = (repeats: number) => this.edit({ repeats }, false);
    const note =
      chosen.result.rows &&
      nets?.trainingNote(this.engine(), request, locale, () => this.requestUpdate());
    const training = this.open &&
      answer && {
        begin: (schemes = answer.request.schemes) =>
          void this.train({ ...answer.request, schemes }),
        note: () => note,
      };
    const code = () => this.renderCode();
    // A control that is dragged renders the lab in each frame, and most of it says the same.
    const { applied } = view;
    const { open } = this.code;
    const of = [
      answer,
      selected,
      verdict,
      trials,
      nets,
      outdated,
      locale,
      note,
      areMarked(),
      applied,
      open,
    ];
    const acts = { choose, apply, undo, repeat, training, code };
    return guard(of, () => verdictSection(view, acts));
  }

  private renderCode() {
    if (this.only.length > 0) return nothing;
    const body = () =>
      html`<init-net-code
        .engine=${this.engine()}
        .request=${this.shownRequest}
        .position=${this.selected}
        .locale=${this.locale}
      ></init-net-code>`;
    return this.code.render(messagesOf(this.locale).take.code, body);
  }

  private renderSweep() {
    const { asked: request, slots, home, only, fill, dragging, locale, themeName: theme } = this;
    const engine = this.engine();
    const shown = { only, fill, dragging, locale, theme };
    return this.sweep.render({ engine, request, slots, home, ...shown });
  }

  protected override renderFigures(shown: readonly Shown<"propagation">[]) {
    return html`<div class="figures pairs">
      <div class="wide now" @click=${this.subject.onDrawing}>${this.figure("network")}</div>
      ${this.renderFlow()} ${this.figure("activation")} ${this.figure("gradient")}
      ${this.renderVerdict(shown)} ${this.figure("branch")} ${this.figure("joined")}
      ${this.figure("correlation")} ${this.figure("dead", "saturated")}
      ${this.figure("weightGradient")} ${this.figure("ratio")} ${this.renderLoneTabs(shown)}
      ${this.figure("activations")} ${this.figure("quantiles")}
      ${this.figure("activationHistograms")} ${this.figure("gradientHistograms")}
      ${this.renderSweep()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-propagation": PropagationElement;
  }
}
