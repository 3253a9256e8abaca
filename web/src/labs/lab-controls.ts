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
import { LabState } from "./lab-state.js";
import type { LabKind } from "./lab-state.js";

/** Narrower labs fold all groups of controls but the first. */
const FOLD_BELOW = 700;

const loadTextField = () => import("../controls/text-field.js");

const NO_SUGGESTIONS: readonly { text: string; label: string }[] = [];

/** Words of an attribute, between spaces or commas. */
export const listed = {
  fromAttribute: (text: string | null): readonly string[] =>
    (text ?? "").split(/[\s,]+/).filter((word) => word !== ""),
};

export abstract class LabControls<K extends LabKind> extends LabState<K> {
  /** Fields that have a control of their own, where their issues appear. */
  protected abstract readonly controlled: readonly string[];

  /** What is not shown: "presets", "schemes", "controls", "layers", "text", "player", or a field by its id. */
  @property({ converter: listed }) hide: readonly string[] = [];

  // Derived in willUpdate, so that what depends on them changes only when they do.
  protected issues: readonly Issue[] = [];
  /** Whether there is room for all groups of controls. */
  @state() private roomy = false;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.roomy = (entry?.contentRect.width ?? 0) >= FOLD_BELOW;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
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
  protected control(
    id: FieldId,
    options: {
      placeholder?: string;
      suggestions?: readonly { text: string; label: string }[];
    } = {},
  ) {
    if (!this.shows(id)) return nothing;
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
}
