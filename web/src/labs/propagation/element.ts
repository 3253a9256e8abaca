/** <init-propagation>: what a scheme does to signals and gradients, layer by layer. */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { FieldChange } from "../../controls/field.js";
import { leisure } from "../../controls/draw-queue.js";
import { Folded } from "../../controls/folded.js";
import { SchemeSearch } from "../../controls/picker.js";
import type { NamedTable, TableChange } from "../../controls/table-field.js";
import { areMarked } from "../../controls/terms.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import type { Figures } from "../../figures/content.js";
import { LabElement } from "../lab.js";
import type { LabKind, Shown } from "../lab-state.js";
import { Advice } from "./advice.js";
import type { Nets } from "./advice.js";
import { Applied } from "./applied.js";
import type { Application } from "./applied.js";
import { mayVary, variesFromZero } from "./data.js";
import { propagationFigures } from "./figures.js";
import type { PropagationFigure, PropagationParts } from "./figures.js";
import { Lead } from "./lead.js";
import { netChange, Subject, subjectStyles } from "./subject.js";
import { offerNets } from "./search.js";
import { hasNet, propagationPresets } from "./state.js";
import { SWEEP_NAMES } from "./sweep/names.js";
import { SweepSection } from "./sweep/section.js";
import { tabs, verdictSection, verdictStyles } from "./verdict-section.js";
import type { Change, Cures } from "./verdict/index.js";

/** What stands in the group "Data". */
const DATA_FIELDS = [
  "batch",
  "input_width",
  "input",
  "correlation",
  "repeats",
  "generator",
  "seed",
] as const;

/** Figures that networks without residual blocks lack. */
const NO_NET = { branch: undefined, joined: undefined };

const loadCode = () => import("./net-code.js");
const loadLayers = () => import("./layers/index.js");
type Layers = Awaited<ReturnType<typeof loadLayers>>;
const loadTableField = () => import("../../controls/table-field.js");

/** Figures of what is in layers, which are there once their code is; and those that show it beside. */
const OF_INSIDES: readonly PropagationFigure[] = ["activationHistograms", "gradientHistograms"];
const WITH_INSIDES: readonly PropagationFigure[] = ["flow", ...OF_INSIDES];

/** Those of them that are there. */
function insidesOf(figures: Partial<Figures<PropagationFigure>>) {
  return Object.fromEntries(WITH_INSIDES.map((name) => [name, figures[name]]));
}

/** Figures that show one scheme, which tabs choose. */
const OF_ONE_SCHEME: readonly PropagationFigure[] = ["activations", "quantiles"];

@customElement("init-propagation")
export class PropagationElement extends LabElement<"propagation", PropagationFigure | "network"> {
  protected override readonly kind = "propagation";
  protected override readonly mainField = "depth";
  protected override readonly presets = propagationPresets;
  protected override readonly drawnFrom = ["nets", "layers", "subjectChanges"];
  protected override readonly laterFigures = [...SWEEP_NAMES, ...OF_INSIDES];
  protected override readonly controlled = [
    "activation",
    "negative_slope",
    "omega_0",
    "expression",
    "net",
    "depth",
    "width",
    "widths",
    "input_width",
    "batch",
    "input",
    "correlation",
    "repeats",
    "quantity",
    "bias",
    "generator",
    "seed",
  ];
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
  /** How often the subject was to be drawn anew. */
  @state() private subjectChanges = 0;
  private readonly subject = new Subject({
    request: () => this.request,
    setNet: (net, widths) => this.edit({ net, widths }, false),
    chooseState: (text) => this.chooseState(text),
    changed: () => ++this.subjectChanges,
    drawn: () => this.only.includes("network"),
    lack: (error) => this.lack(error),
  });
  /** The figures of the answer, and what they were made of. */
  private drawn:
    | {
        readonly of: readonly unknown[];
        readonly layers: Layers | undefined;
        readonly figures: Partial<Figures<PropagationFigure>> | undefined;
      }
    | undefined;
  private readonly lead = new Lead({
    asked: () => this.asked,
    answer: () => this.answer,
    following: () => this.outdated && this.computing,
    contents: () => this.drawn?.figures,
    slots: (request) => this.slotsOf(request),
    names: ({ schemes }) => this.namesOf(schemes),
    selected: () => this.selected,
    locale: () => this.locale,
    steadyAxis: this.steadyAxis,
    show: (drawings) => {
      for (const figure of this.renderRoot.querySelectorAll("init-figure"))
        figure.showAhead(drawings.get(figure.name));
    },
  });
  /** The reader's own inputs. */
  @state() private table: NamedTable | undefined;

  static override styles = [...LabElement.styles, subjectStyles, verdictStyles];

  constructor() {
    super();
    this.addEventListener(SchemeSearch.type, (event) => {
      if (!this.shows("net")) return;
      void offerNets(event, this.locale, (text) => this.chooseState(text));
    });
  }

  /** The network's figure is made anew when another block is picked; those of the answer stay. */
  protected override figures(shown: readonly Shown<"propagation">[]) {
    const { answer, locale, dragging, selected, nets, steadyAxis } = this;
    const layers = this.layers?.layerFigures(locale);
    const parts = { request: this.shownRequest, chosen: this.chosen(shown), steadyAxis, layers };
    const of = [answer, locale, dragging, selected, nets];
    const stay = this.drawn !== undefined && of.every((value, i) => value === this.drawn?.of[i]);
    if (!stay || this.layers !== this.drawn?.layers) {
      const made = this.figuresOf(shown, parts);
      // What the code of layers changes is drawn anew when it comes, and nothing else.
      const figures = stay && made ? { ...made, ...this.drawn?.figures, ...insidesOf(made) } : made;
      this.drawn = { of, layers: this.layers, figures };
    }
    const network = this.subject.figure(parts.chosen, parts.request, locale);
    // The strips of the editor are the same network: one drawing of it is enough.
    const flow =
      this.subject.open && !this.only.includes("flow") ? undefined : this.drawn?.figures?.flow;
    return { ...this.drawn?.figures, flow, network } as Figures<PropagationFigure | "network">;
  }

  private figuresOf(shown: readonly Shown<"propagation">[], parts: PropagationParts) {
    const { nets, locale, only } = this;
    const asked = WITH_INSIDES.some((name) => only.length === 0 || only.includes(name));
    if (!parts.layers && asked) {
      const later = leisure().then(() => this.bring(loadLayers)); // the answer is drawn first
      void later.then((came) => (this.layers = came));
    }
    if (!shown[0]?.result.rows)
      return { ...propagationFigures(shown, parts, messagesOf(locale)), ...NO_NET };
    if (nets) return nets.netFigures(shown, parts, locale);
    void this.advice.netsFor(shown[0].result);
    return undefined;
  }

  protected override onField(event: FieldChange): void {
    const { field, dragging } = event.detail;
    if (field.id === "net") this.edit(netChange(event.detail), dragging);
    else super.onField(event);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.subject.follow();
  }

  /** Where activations have a mean, their variance is another quantity than the signal. */
  private get offersVariance(): boolean {
    const { request, answer } = this;
    if (request.quantity === "variance") return true;
    return answer
      ? answer.results.some(({ result }) => variesFromZero(result))
      : mayVary(request.activation);
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

  protected override prepare(request: PropagationRequest): PropagationRequest | undefined {
    if (request.input !== "data") return request;
    return this.table && { ...request, data: this.table.values };
  }

  protected override renderControls() {
    const { ui } = messagesOf(this.locale);
    const { request } = this;
    return html`<details open>
        <summary>${ui.groups.network}</summary>
        <div class="group">
          ${this.activationControls()} ${this.offersVariance ? this.control("quantity") : nothing}
          ${this.control("depth")} ${this.control("width")}
          ${hasNet(request) ? nothing : this.control("widths", { placeholder: String(request.width) })}
          ${this.schemeControl("bias")}
        </div>
      </details>
      <details ?open=${this.unfolded(...DATA_FIELDS)}>
        <summary>${ui.groups.data}</summary>
        <div class="group">
          ${this.control("batch")}
          ${this.control("input_width", { placeholder: String(request.width) })}
          ${this.control("input")} ${request.input === "data" ? this.renderFile() : nothing}
          ${this.control("correlation")} ${this.control("repeats")} ${this.control("generator")}
          ${this.control("seed")}
        </div>
      </details>`;
  }

  protected override renderSubject() {
    const { draft, dragging, issues, state, locale } = this;
    if (!this.shows("net") || !this.shows("controls")) return nothing;
    const issue = issues.find(({ field }) => field === "net");
    const view = { value: draft["net"], typing: dragging, issue, state, locale };
    return this.subject.render(view, (event) => this.onField(event));
  }

  /** A control for the reader's own inputs, which few have. */
  private renderFile() {
    void this.bring(loadTableField);
    return html`<init-table-field
      .table=${this.table}
      .locale=${this.locale}
      @table-change=${(event: TableChange) => this.onTable(event)}
    ></init-table-field>`;
  }

  private onTable({ detail: table }: TableChange): void {
    this.table = table;
    const before = this.state;
    const { rows: batch, columns: input_width } = table;
    this.edit({ input: "data", batch, input_width, correlation: 0 }, false);
    if (this.state === before) void this.compute();
  }

  protected override compute(): Promise<void> {
    const done = super.compute();
    if (this.answer) this.lead.ask(this.dragging);
    return done;
  }

  protected override firstUpdated(): void {
    for (const name of ["pointerover", "focusin"])
      this.addEventListener(name, () => void this.lead.ready(), { once: true, passive: true });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.lead.update();
    if (changed.has("answer") || changed.has("dragging")) this.advise();
    this.advice.watchCure(this.renderRoot.querySelector("init-cure"), this.answer);
  }

  protected override resume(): void {
    super.resume();
    if (this.advice.calledOff) this.advise();
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
    const { asked: request, slots, home, only, locale, themeName: theme } = this;
    const engine = this.engine();
    return this.sweep.render({ engine, request, slots, home, only, locale, theme });
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
