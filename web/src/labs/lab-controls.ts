/** A lab's controls: one for each field of its request, and which of them are shown. */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { FieldChange } from "../controls/field.js";
import "../controls/field.js";
import "../controls/scheme-field.js";
import { ownField, requestField } from "../engine/catalogue.js";
import type { ActivationId, Field, FieldId } from "../engine/catalogue.js";
import type { Issue } from "../engine/errors.js";
import { messagesOf } from "../i18n/index.js";
import { LabState } from "./lab-state.js";
import type { LabKind } from "./lab-state.js";

/** Narrower labs fold all groups of controls but the first. */
const FOLD_BELOW = 700;
/** Wider labs have their controls beside the figures: see styles.ts. */
const BESIDE_FROM = 850;
/** A window so low, such as a phone's on its side, has no room for a sheet: a lab has them beside from here on. */
export const LOW_WINDOW = { height: 420, besideFrom: 600 };

const loadTextField = () => import("../controls/text-field.js");

const NO_SUGGESTIONS: readonly { text: string; label: string }[] = [];

interface ControlOptions {
  readonly placeholder?: string;
  readonly suggestions?: readonly { text: string; label: string }[];
}

/** Words of an attribute, between spaces or commas. */
export const listed = {
  fromAttribute: (text: string | null): readonly string[] =>
    (text ?? "").split(/[\s,]+/).filter((word) => word !== ""),
};

export abstract class LabControls<K extends LabKind> extends LabState<K> {
  /** Fields that have a control of their own, where their issues appear. */
  protected abstract readonly controlled: readonly string[];
  /** The field that is first to be changed: a sheet that is down shows it alone. */
  protected abstract readonly mainField: FieldId;
  protected abstract renderControls(): unknown;

  /** What is not shown: "presets", "schemes", "controls", "layers", "text", "player", or a field by its id. */
  @property({ converter: listed }) hide: readonly string[] = [];
  /** Whether a narrow lab has its controls in a sheet at the foot of the window, as the playground's have. */
  @property({ attribute: false }) sheet = false;

  // Derived in willUpdate, so that what depends on them changes only when they do.
  protected issues: readonly Issue[] = [];
  /** Whether there is room for all groups of controls. */
  @state() private roomy = false;
  /** Whether there is none for controls beside the figures. */
  @state() private narrow = false;
  /** Whether a low window has them there all the same. */
  @state() private flat = false;
  /** Whether the sheet is raised, so that all controls are seen. */
  @state() private raised = false;
  private readonly sizes = new ResizeObserver(([entry]) => this.fit(entry?.contentRect.width ?? 0));

  override connectedCallback(): void {
    super.connectedCallback();
    this.fit(this.clientWidth); // before anything is drawn, so that nothing moves
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  private fit(width: number): void {
    this.roomy = width >= FOLD_BELOW;
    this.narrow = width > 0 && width < BESIDE_FROM;
    this.flat = this.narrow && innerHeight <= LOW_WINDOW.height && width >= LOW_WINDOW.besideFrom;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("checked") || changed.has("refused"))
      this.issues = [...this.checked, ...this.refused];
  }

  protected onField(event: FieldChange): void {
    const { field, value, dragging } = event.detail;
    this.edit({ [field.id]: value }, dragging);
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

  /** The choice of the activation, and the field that this one has to itself. */
  protected activationControls() {
    const { activation } = this.request as { activation?: ActivationId };
    const own = activation && ownField(activation);
    return html`${this.control("activation")} ${own ? this.control(own) : nothing}`;
  }

  /** A control for a field of the request. */
  protected control(id: FieldId, options: ControlOptions = {}) {
    const above = (this.low || this.squeezed) && id === this.mainField;
    if (!this.shows(id) || above) return nothing;
    return this.fieldControl(id, options);
  }

  private fieldControl(id: FieldId, options: ControlOptions) {
    const field = requestField(this.kind, id);
    const issue = this.issues.find((one) => one.field === id);
    if (field.kind === "text") return this.textControl(field, issue);
    return html`<init-field
      .field=${field}
      .value=${this.draft[id]}
      .issue=${issue}
      .locale=${this.locale}
      .placeholder=${options.placeholder ?? ""}
      .suggestions=${options.suggestions ?? NO_SUGGESTIONS}
    ></init-field>`;
  }

  /** A control for a text with a grammar, whose code comes when a lab has one. */
  private textControl(field: Field, issue: Issue | undefined) {
    void this.bring(loadTextField);
    return html`<init-text-field
      class=${field.id}
      .field=${field}
      .value=${this.draft[field.id]}
      .issue=${issue}
      .locale=${this.locale}
    ></init-text-field>`;
  }

  /** Whether a group of controls begins unfolded: where there is room, or something wrong in it. */
  protected unfolded(...fields: readonly FieldId[]): boolean {
    const wrong = this.issues.some(({ field }) => fields.some((id) => field === id));
    return wrong || this.roomy;
  }

  /** Whether the controls are in a sheet. */
  protected get low(): boolean {
    return this.sheet && this.narrow && !this.flat;
  }

  /** Whether a narrow lab has its controls beside the figures, as wide ones have. */
  protected get squeezed(): boolean {
    return this.sheet && this.flat;
  }

  /** Whether a control that a lowered sheet hides has something to say. */
  private wrongBelow(): boolean {
    const has = (field: string) => field !== this.mainField && this.controlled.includes(field);
    return this.issues.some(({ field }) => has(field.split(".")[0] ?? ""));
  }

  /** Classes of the lab by which its controls stand where they do. */
  protected get sheetClasses(): string {
    if (!this.low) return "";
    return this.raised || this.wrongBelow() ? "low raised" : "low";
  }

  /** All controls, in low windows the main one first; a sheet that is down has it alone, and how to raise it. */
  protected renderPanel() {
    const rest = () => html`<div class="rest">${this.renderControls()}</div>`;
    if (!this.low && !this.squeezed) return rest();
    const main = this.shows(this.mainField) ? this.fieldControl(this.mainField, {}) : nothing;
    if (!this.low) return html`${main} ${rest()}`;
    const raised = this.raised || this.wrongBelow();
    return html`<div class="bar">
        ${main}
        <button
          aria-expanded=${raised ? "true" : "false"}
          aria-controls="rest"
          @click=${() => (this.raised = !this.raised)}
        >
          ${messagesOf(this.locale).ui.allControls} ${raised ? "▾" : "▴"}
        </button>
      </div>
      <div class="rest" id="rest" ?hidden=${!raised}>${this.renderControls()}</div>`;
  }
}
