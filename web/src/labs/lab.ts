/**
 * What every lab looks like: presets, schemes, what is wrong where it has no control, controls for
 * the fields, and figures of the last answer, of which any may be left out.
 */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import type { Figures } from "../figures/content.js";
import type { Home, Source } from "../figures/source.js";
import { union } from "../charts/plot.js";
import type { Interval } from "../charts/plot.js";
import type { ThemeName } from "../charts/theme.js";
import type { FieldChange } from "../controls/field.js";
import type { DraftScheme, SchemesChange, SlottedScheme } from "../controls/schemes.js";
import "../controls/schemes.js";
import { shared, slotColors } from "../controls/styles.js";
import { requestField } from "../engine/catalogue.js";
import type { Field } from "../engine/catalogue.js";
import type { Issue } from "../engine/errors.js";
import { canonicalState, formatState } from "../engine/url.js";
import { issueText, messagesOf } from "../i18n/index.js";
import { lacks } from "../i18n/lacks.js";
import "../figures/figure.js";
import { LabControls, listed } from "./lab-controls.js";
import { changedSince } from "./last-answer.js";
import type { LabKind, Shown } from "./lab-state.js";
import { labStyles } from "./styles.js";
import { onThemeChange, themeShown } from "./theme.js";
import type { ThemeChoice } from "./theme.js";

/** Where a row is scrolled, browsers leave what has the focus half seen. */
function seeWhole({ target }: FocusEvent): void {
  (target as Element).scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** What a lab of a figure or two is called in its styles. */
const COUNTED: Readonly<Record<number, string>> = { 1: "single few", 2: "few" };

/** What the figures are made of: when none of these has changed, they stay. */
const DRAWN_FROM = ["answer", "locale", "dragging", "selected"] as const;

/** `Name` is what the lab calls its figures. */
export abstract class LabElement<K extends LabKind, Name extends string> extends LabControls<K> {
  /** States that make a point: key of the translation -> state text. */
  protected abstract readonly presets: Readonly<Record<string, string>>;

  /** "light", "dark" or "system". */
  @property() theme: ThemeChoice = "system";
  /** The figures that are shown, by name ("activation gradient"); all unless given. */
  @property({ converter: listed }) only: readonly string[] = [];
  /** Whether its one figure takes the height that is given to the lab, instead of its own. */
  @property({ type: Boolean, reflect: true, attribute: "data-fill" }) fill = false;
  /** The page that the lab stands in, where that is one of ours. */
  home: (() => Promise<Home>) | undefined = undefined;

  // Derived in willUpdate, so that what depends on it changes only when it does.
  private slotted: readonly SlottedScheme[] = [];
  private contents: Partial<Figures<Name>> = {};
  /** The axes that figures have, by name: see steadyAxis. */
  private readonly axes = new Map<string, Interval>();

  private connection = new AbortController();

  static override styles = [shared, slotColors, labStyles];

  protected get themeName(): ThemeName {
    return themeShown(this.theme);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection = new AbortController();
    onThemeChange(() => this.requestUpdate(), this.connection.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.connection.abort();
  }

  protected onSchemes(event: SchemesChange): void {
    const { schemes } = event.detail;
    this.slots = schemes.map(({ slot }) => slot);
    this.edit({ schemes: schemes.map(({ draft }) => draft) }, false);
  }

  /** The axis that a figure needs; while a control is dragged it grows but does not shrink. */
  protected readonly steadyAxis = (axis: string, needed: Interval): Interval => {
    const extent = this.dragging ? union(this.axes.get(axis), needed) : needed;
    this.axes.set(axis, extent);
    return extent;
  };

  /** Share done of the work for the figures; undefined while there is none. */
  protected get figureProgress(): number | undefined {
    return this.progress;
  }

  /** The figure of the first of these names that there is, where it is to be shown. */
  protected figure(...names: readonly Name[]) {
    const name = names.find((one) => this.contents[one]);
    if (!name || (this.only.length > 0 && !this.only.includes(name))) return nothing;
    return html`<init-figure
      data-figure=${name}
      .content=${this.contents[name]}
      .locale=${this.locale}
      .theme=${this.dataset["theme"]}
      .hurried=${this.dragging}
      .progress=${this.figureProgress}
      .fill=${this.fill}
      .source=${this.source}
    ></init-figure>`;
  }

  /** What is shown was computed of this. */
  readonly source = (): Source => ({
    kind: this.kind,
    request: this.shownRequest,
    state: formatState(this.kind, this.shownRequest),
    slots: this.answer?.slots ?? this.slots,
    step: this.stepShown,
    home: this.home,
  });

  /** The step that is shown of an answer with many. */
  protected get stepShown(): number | undefined {
    return undefined;
  }

  private shownAtControl(issue: Issue): boolean {
    const [owner = "", place] = issue.field.split(".");
    if (issue.reason === "unknown_field" && place === undefined) return false;
    if (owner === "schemes") return this.shows("schemes") && Number(place) < this.slotted.length;
    return this.shows("controls") && this.shows(owner) && this.controlled.includes(owner);
  }

  /** Names in `only` that no figure has, as issues. */
  private unknownFigures(): readonly Issue[] {
    const names = Object.keys(this.contents).filter((name) => this.contents[name as Name]);
    const known = [...names, ...this.laterFigures];
    return this.only
      .filter((name) => names.length > 0 && !known.includes(name))
      .map((value) => ({
        field: "only",
        value,
        reason: "not_a_choice",
        allowed: known.join(", "),
      }));
  }

  /** What else the lab's figures are made of: names of its own properties. */
  protected readonly drawnFrom: readonly string[] = [];
  /** Figures that a part of the lab has, by name: it comes when it is asked for. */
  protected readonly laterFigures: readonly string[] = [];
  /** What stands above the figures, with an answer or without one. */
  protected renderSubject(): unknown {
    return nothing;
  }
  /** The figures of at least one result. */
  protected abstract figures(shown: readonly Shown<K>[]): Figures<Name>;
  /** Where the figures stand on the page. */
  protected abstract renderFigures(shown: readonly Shown<K>[]): unknown;

  /** Whether a preset is what is set now. */
  private isPreset(text: string): boolean {
    return !this.faulty && canonicalState(this.kind, text) === this.state;
  }

  /** The request of what is shown, where that is to be named as the last answer. */
  protected get lastShown(): Readonly<Record<string, unknown>> | undefined {
    return this.age.late ? { ...this.shownRequest } : undefined;
  }

  /** Says politely what is shown while the present state has no answer. */
  private renderStanding() {
    const { ui, between } = messagesOf(this.locale);
    const of = this.lastShown;
    const text =
      of &&
      [
        ui.lastAnswer(changedSince(this.kind, of, this.draft, this.locale).join(between.items)),
        this.computing ? ui.newOneComing : ui.noNewOne,
      ].join(between.sentences);
    return html`<div class="standing" role="status">
      ${text ? html`<span>${text}</span>` : nothing}
    </div>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.age.note(this.outdated, changed.has("answer"));
    if (changed.has("draft") || changed.has("slots")) {
      const drafts = (this.draft["schemes"] ?? []) as readonly DraftScheme[];
      this.slotted = drafts.map((draft, i) => ({ slot: this.slots[i] ?? i, draft }));
    }
    const drawnFrom: readonly string[] = [...DRAWN_FROM, ...this.drawnFrom];
    if (this.answer && drawnFrom.some((name) => changed.has(name)))
      this.contents = this.figures(this.shown);
    this.dataset["theme"] = this.themeName;
    this.toggleAttribute("data-low", this.low);
    this.toggleAttribute("data-squeezed", this.squeezed);
    this.ariaBusy = String(this.busy);
  }

  override render() {
    const { ui, presets, between } = this.words.of(this.locale);
    const all: Partial<Record<string, Readonly<Record<string, string>>>> = presets;
    const names = all[this.kind] ?? {};
    const loose = [
      ...this.issues.filter((issue) => !this.shownAtControl(issue)),
      ...this.unknownFigures(),
    ];
    const field: Field = requestField(this.kind, "scheme");
    return html`<div class="top">
        ${
          this.shows("presets")
            ? html`<nav
                class="presets"
                aria-label="${ui[this.kind]}${between.label}${ui.presets}"
                @focusin=${seeWhole}
              >
                <span aria-hidden="true">${ui.presets}</span>
                ${Object.entries(this.presets).map(
                  ([key, text]) =>
                    html`<button
                      aria-pressed=${this.isPreset(text) ? "true" : "false"}
                      @click=${() => this.chooseState(text)}
                    >
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
        ${
          this.failure
            ? html`<div class="message" role="alert">
                <p>${this.failure(this.locale)}</p>
                ${
                  this.again
                    ? html`<button @click=${() => void this.compute()}>
                        ${lacks[this.locale].tryAgain}
                      </button>`
                    : nothing
                }
              </div>`
            : nothing
        }
      </div>
      <div
        class="lab ${this.shows("controls") ? "" : "bare"} ${this.sheetClasses} ${COUNTED[this.only.length] ?? ""}"
        @init-cancel=${() => this.abort?.abort()}
      >
        ${
          this.shows("controls")
            ? html`<div
                class="controls"
                @field-change=${(event: FieldChange) => this.onField(event)}
              >
                ${this.renderPanel()}
              </div>`
            : nothing
        }
        <div class="shown ${this.age.late ? "last" : ""}">
          ${this.renderSubject()}
          ${this.answer ? this.renderFigures(this.shown) : html`<div class="figures"></div>`}
          ${this.renderStanding()}
        </div>
      </div>`;
  }
}
