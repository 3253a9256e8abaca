/**
 * What every lab is made of: a state that is a request, kept as a draft while it is edited; the
 * engine's answer to the last good one; and what went wrong, at the field it belongs to.
 */
import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { FigureContent } from "../charts/figure.js";
import { union } from "../charts/plot.js";
import type { Interval } from "../charts/plot.js";
import type { ThemeName } from "../charts/theme.js";
import type { FieldChange } from "../controls/field.js";
import "../controls/field.js";
import "../controls/scheme-field.js";
import type { DraftScheme, SchemesChange, SlottedScheme } from "../controls/schemes.js";
import "../controls/schemes.js";
import { shared, slotColors } from "../controls/styles.js";
import { requestField } from "../engine/catalogue.js";
import type { Field, FieldId } from "../engine/catalogue.js";
import type { Engine, RunOptions } from "../engine/client.js";
import { InitscopeError } from "../engine/errors.js";
import type { Issue } from "../engine/errors.js";
import { Latest } from "../engine/latest.js";
import { checkRequest } from "../engine/request.js";
import type { JobKind, Requests, SchemeRequest } from "../engine/request.js";
import type { Results, SchemeResults } from "../engine/results.js";
import { sharedEngine } from "../engine/shared.js";
import { formatState, parseState } from "../engine/url.js";
import { issueText, localeOf, messagesOf, schemeNames } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import "../charts/figure.js";
import { labStyles } from "./styles.js";
import { onSystemColors, themeShown } from "./theme.js";
import type { ThemeChoice } from "./theme.js";

/** A lab's state has changed. `settled` is false while a control is being dragged. */
export class LabChange extends CustomEvent<{ readonly state: string; readonly settled: boolean }> {
  static is(event: Event): event is LabChange {
    return event instanceof LabChange;
  }

  constructor(text: string, settled: boolean) {
    super("change", { detail: { state: text, settled }, bubbles: true, composed: true });
  }
}

/** One scheme's result as a figure shows it. */
export interface Shown<K extends JobKind> {
  readonly slot: number;
  readonly name: string;
  readonly scheme: SchemeRequest;
  readonly result: Results[K];
}

/** While a control is dragged, a job may go on for this long before a newer one replaces it. */
const DRAG_GRACE = 1000;

/** Narrower labs fold all groups of controls but the first. */
const FOLD_BELOW = 700;

/** Time after which work counts as long and its progress is shown, in milliseconds. */
const SHORT = 100;

/** What the figures are made of: when none of these has changed, they stay. */
const DRAWN_FROM = ["answer", "lang", "dragging", "selected"] as const;

const NO_SUGGESTIONS: readonly { text: string; label: string }[] = [];

/** Kinds of request that have a lab. */
type LabKind = Exclude<JobKind, "matrix" | "meanField">;

/** What a figure is called in `only`: its file's name without the project's. */
function figureName(content: FigureContent | undefined): string {
  return content?.fileName.replace(/^initscope-/, "") ?? "";
}

/** Words of an attribute, between spaces or commas. */
const listed = {
  fromAttribute: (text: string | null): readonly string[] =>
    (text ?? "").split(/[\s,]+/).filter((word) => word !== ""),
};

export abstract class LabElement<K extends LabKind> extends LitElement {
  /** The lab's kind of request. */
  protected abstract readonly kind: K;
  /** States that make a point: key of the translation -> state text. */
  protected abstract readonly presets: Readonly<Record<string, string>>;

  /** The state as text: see engine/url.ts. Setting it loads it; it is kept up to date. */
  @property({ noAccessor: true })
  get state(): string {
    return this.stateText;
  }
  set state(text: string | null) {
    this.load(text ?? "");
  }
  /** "light", "dark" or "system". */
  @property() theme: ThemeChoice = "system";
  /** What is not shown: "presets", "schemes", "controls", "text", "player", or a field by its id. */
  @property({ converter: listed }) hide: readonly string[] = [];
  /** The figures that are shown, by name ("activation gradient"); all unless given. */
  @property({ converter: listed }) only: readonly string[] = [];
  @property({ attribute: "lang" }) override lang = "";

  @state() protected request!: Requests[K];
  /** The last results, with the slots that their schemes had when they were asked for. */
  @state() protected answer:
    { results: SchemeResults<K>; slots: readonly number[]; request: Requests[K] } | undefined;
  /** What is wrong with the draft or the link, and what the core refused of the present state. */
  @state() private checked: readonly Issue[] = [];
  @state() private refused: readonly Issue[] = [];
  @state() protected progress: number | undefined;
  @state() protected dragging = false;
  @state() private failure = "";
  @state() protected busy = false;
  @state() private draft: Record<string, unknown> = {};
  /** Of each scheme of the request, the slot whose colour it keeps. */
  @state() protected slots: readonly number[] = [];

  // Derived in willUpdate, so that what depends on them changes only when they do.
  protected issues: readonly Issue[] = [];
  private slotted: readonly SlottedScheme[] = [];
  private contents: readonly FigureContent[] = [];
  private readonly held = new Map<string, Interval>();

  private stateText = "";
  private latest: Latest<K> | undefined;
  protected abort: AbortController | undefined;
  private forgetColors: (() => void) | undefined;
  /** Whether there is room for all groups of controls. */
  @state() private roomy = false;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.roomy = (entry?.contentRect.width ?? 0) >= FOLD_BELOW;
  });

  static override styles = [shared, slotColors, labStyles];

  /** Which engine computes; the page's shared one. */
  protected engine(): Engine {
    return sharedEngine();
  }

  protected get locale(): Locale {
    const tag =
      this.lang || this.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang;
    return localeOf(tag);
  }

  protected get themeName(): ThemeName {
    return themeShown(this.theme);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetColors = onSystemColors(() => this.requestUpdate());
    this.sizes.observe(this);
    this.engine().warmUp();
    if (!this.stateText) this.load("");
    else if (!this.answer) void this.compute();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetColors?.();
    this.sizes.disconnect();
    this.abort?.abort();
  }

  /**
   * Takes a state from outside. What is wrong with it is shown; the rest is used. The state that is
   * there already changes nothing: a draft that is being edited stays as it is. While states come
   * in a row, `dragging`, a figure follows as it does a control that is dragged.
   */
  load(text: string, dragging = false): void {
    const { request, issues } = parseState(this.kind, text);
    this.dragging = dragging;
    if (formatState(this.kind, request) === this.stateText && issues.length === 0) return;
    this.checked = issues;
    this.take(request);
  }

  /** Makes a request the state and the draft. */
  private take(request: Requests[K]): void {
    this.draft = { ...request };
    this.slots = request.schemes.map((_, i) => i);
    this.request = request;
    this.stateText = formatState(this.kind, request);
    if (this.isConnected) void this.compute();
  }

  /** Puts an edit into the draft; a draft without fault becomes the state. */
  protected edit(changes: Readonly<Record<string, unknown>>, dragging: boolean): void {
    const draft = { ...this.draft, ...changes };
    this.draft = draft;
    this.dragging = dragging;
    const { request, issues } = checkRequest(this.kind, draft);
    this.checked = issues;
    if (issues.length > 0) return;
    const before = this.stateText;
    this.request = request;
    this.stateText = formatState(this.kind, request);
    this.dispatchEvent(new LabChange(this.stateText, !dragging));
    // Letting go of a slider says its last value once more.
    if (this.stateText !== before || this.failure) void this.compute();
  }

  protected onField(event: FieldChange): void {
    const { field, value, dragging } = event.detail;
    this.edit({ [field.id]: value }, dragging);
  }

  protected onSchemes(event: SchemesChange): void {
    const { schemes } = event.detail;
    this.slots = schemes.map(({ slot }) => slot);
    this.edit({ schemes: schemes.map(({ draft }) => draft) }, false);
  }

  /** What a state alone does not hold is added here; undefined where it is missing. */
  protected prepare(request: Requests[K]): Requests[K] | undefined {
    return request;
  }

  /** What a request's results, and what is new of a race, do before its end. */
  protected listeners(
    request: Requests[K],
    slots: readonly number[],
  ): Pick<RunOptions<K>, "onFrames" | "onResult"> {
    // A page that shows nothing yet shows each scheme as soon as it is there.
    const first = this.answer === undefined;
    return {
      onResult: (results) => {
        if (first) this.answer = { results, slots, request };
      },
    };
  }

  protected async compute(): Promise<void> {
    this.latest ??= new Latest(this.engine(), this.kind);
    const { slots } = this;
    this.refused = [];
    const request = this.prepare(this.request);
    if (!request) return;
    const controller = new AbortController();
    this.abort = controller;
    this.busy = true;
    const started = performance.now();
    try {
      const results = await this.latest.run(request, {
        signal: controller.signal,
        grace: this.dragging ? DRAG_GRACE : 0,
        onProgress: (progress) => {
          if (performance.now() - started > SHORT) this.progress = progress;
        },
        ...this.listeners(request, slots),
      });
      this.answer = { results, slots, request };
      this.failure = "";
    } catch (error) {
      this.onError(error);
    }
    if (this.abort !== controller) return; // a newer request is under way
    this.progress = undefined;
    this.busy = false;
  }

  private onError(error: unknown): void {
    const known = error instanceof InitscopeError ? error : undefined;
    if (known?.reason === "superseded") return;
    if (known && known.issues.length > 0) {
      this.refused = known.issues;
      return;
    }
    const { failures, ui } = messagesOf(this.locale);
    if (known?.reason === "cancelled") this.failure = this.isConnected ? ui.cancelled : "";
    else if (known?.reason === "aborted") this.failure = failures.aborted;
    else if (known?.message.includes("SIMD")) this.failure = failures.noSimd;
    else {
      const message = error instanceof Error ? error.message : String(error);
      this.failure = failures.unavailable.replace("{message}", message);
    }
  }

  /** The last results, with the slot and the name under which each is shown. */
  protected get shown(): readonly Shown<K>[] {
    const { results = [], slots = [] } = this.answer ?? {};
    const names = this.namesOf(results.map(({ scheme }) => scheme));
    return results.map(({ scheme, result }, i) => ({
      slot: slots[i] ?? i,
      name: names[i] ?? "",
      scheme,
      result,
    }));
  }

  /** What schemes are called in the figures. */
  protected namesOf(schemes: readonly SchemeRequest[]): readonly string[] {
    return schemeNames(schemes, this.locale);
  }

  /** The request that the last results answer; the present one may be newer. */
  protected get shownRequest(): Requests[K] {
    return this.answer?.request ?? this.request;
  }

  /** The axis that a figure needs; while a control is dragged it grows but does not shrink. */
  protected hold(axis: string, needed: Interval): Interval {
    const extent = this.dragging ? union(this.held.get(axis), needed) : needed;
    this.held.set(axis, extent);
    return extent;
  }

  /** Share done of the work for the figures; undefined while there is none. */
  protected get figureProgress(): number | undefined {
    return this.progress;
  }

  /** The figure at this place among those that `figures` gave, where it is to be shown. */
  protected figure(index: number) {
    const name = figureName(this.contents[index]);
    if (this.only.length > 0 && !this.only.includes(name)) return nothing;
    return html`<init-figure
      data-figure=${name}
      .content=${this.contents[index]}
      .locale=${this.locale}
      .theme=${this.themeName}
      .progress=${this.figureProgress}
    ></init-figure>`;
  }

  protected shows(part: string): boolean {
    return !this.hide.includes(part);
  }

  /** A control for a field that holds a scheme; its parameters may be wrong. */
  protected schemeControl(id: FieldId) {
    if (!this.shows(id)) return nothing;
    return html`<init-scheme-field
      .field=${requestField(this.kind, id)}
      .value=${this.draft[id]}
      .issues=${this.issues}
      .locale=${this.locale}
    ></init-scheme-field>`;
  }

  /** A control for a field of the request. */
  protected control(
    id: FieldId,
    options: {
      placeholder?: string;
      suggestions?: readonly { text: string; label: string }[];
    } = {},
  ) {
    if (!this.shows(id)) return nothing;
    const field = requestField(this.kind, id);
    return html`<init-field
      .field=${field}
      .value=${this.draft[id]}
      .issue=${this.issues.find((issue) => issue.field === id)}
      .locale=${this.locale}
      .placeholder=${options.placeholder ?? ""}
      .suggestions=${options.suggestions ?? NO_SUGGESTIONS}
    ></init-field>`;
  }

  /** Whether a group of controls begins unfolded: where there is room, or something wrong in it. */
  protected unfolded(...fields: readonly FieldId[]): boolean {
    const wrong = this.issues.some(({ field }) => fields.some((id) => field === id));
    return wrong || this.roomy;
  }

  private shownAtControl(issue: Issue): boolean {
    const [owner = ""] = issue.field.split(".");
    if (owner === "schemes") return this.shows("schemes");
    return this.shows("controls") && this.shows(owner) && this.controlled.includes(owner);
  }

  /** Names in `only` that no figure has, as issues. */
  private unknownFigures(): readonly Issue[] {
    const names = this.contents.map(figureName);
    return this.only
      .filter((name) => names.length > 0 && !names.includes(name))
      .map((value) => ({
        field: "only",
        value,
        reason: "not_a_choice",
        allowed: names.join(", "),
      }));
  }

  /** What else the lab's figures are made of: names of its own properties. */
  protected readonly drawnFrom: readonly string[] = [];
  /** Fields that have a control of their own, where their issues appear. */
  protected abstract readonly controlled: readonly string[];
  protected abstract renderControls(): unknown;
  /** The figures of at least one result. */
  protected abstract figures(shown: readonly Shown<K>[]): readonly FigureContent[];
  /** Where the figures stand on the page. */
  protected abstract renderFigures(shown: readonly Shown<K>[]): unknown;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("checked") || changed.has("refused"))
      this.issues = [...this.checked, ...this.refused];
    if (changed.has("draft") || changed.has("slots")) {
      const drafts = (this.draft["schemes"] ?? []) as readonly DraftScheme[];
      this.slotted = drafts.map((draft, i) => ({ slot: this.slots[i] ?? i, draft }));
    }
    const drawnFrom: readonly string[] = [...DRAWN_FROM, ...this.drawnFrom];
    if (this.answer && drawnFrom.some((name) => changed.has(name)))
      this.contents = this.figures(this.shown);
    this.dataset["theme"] = this.themeName;
    this.ariaBusy = String(this.busy);
  }

  override render() {
    const { ui, presets } = messagesOf(this.locale);
    const names: Readonly<Record<string, string>> = presets[this.kind];
    const loose = [
      ...this.issues.filter((issue) => !this.shownAtControl(issue)),
      ...this.unknownFigures(),
    ];
    const field: Field = requestField(this.kind, "scheme");
    return html`<div class="top">
        ${
          this.shows("presets")
            ? html`<nav class="presets" aria-label="${ui[this.kind]}: ${ui.presets}">
                ${Object.entries(this.presets).map(
                  ([key, text]) =>
                    html`<button class="link" @click=${() => this.onPreset(text)}>
                      ${names[key]}
                    </button>`,
                )}
              </nav>`
            : nothing
        }
        ${
          this.shows("schemes")
            ? html`<init-schemes
                .field=${field}
                .schemes=${this.slotted}
                .issues=${this.issues}
                .locale=${this.locale}
                @schemes-change=${(event: SchemesChange) => this.onSchemes(event)}
              ></init-schemes>`
            : nothing
        }
        ${
          loose.length > 0
            ? html`<div class="message" role="alert">
                <p>${ui.stateIssues}</p>
                ${loose.map((issue) => html`<p class="issue">${issueText(issue, this.locale)}</p>`)}
              </div>`
            : nothing
        }
        ${this.failure ? html`<div class="message" role="alert"><p>${this.failure}</p></div>` : nothing}
      </div>
      <div
        class="lab ${this.shows("controls") ? "" : "bare"} ${this.only.length === 1 ? "single" : ""}"
        @init-cancel=${() => this.abort?.abort()}
      >
        ${
          this.shows("controls")
            ? html`<div
                class="controls"
                @field-change=${(event: FieldChange) => this.onField(event)}
              >
                ${this.renderControls()}
              </div>`
            : nothing
        }
        ${this.answer ? this.renderFigures(this.shown) : html`<div class="figures"></div>`}
      </div>`;
  }

  private onPreset(text: string): void {
    const { request, issues } = parseState(this.kind, text);
    this.checked = issues;
    this.dragging = false;
    this.take(request);
    this.dispatchEvent(new LabChange(this.stateText, true));
  }
}
