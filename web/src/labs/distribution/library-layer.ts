/** A layer of PyTorch or Keras: its arguments, and its parameters, each of which can be looked at. */
import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "../../controls/queued-element.js";
import { requestField } from "../../engine/catalogue.js";
import type { LibraryLayer } from "../../engine/catalogue.js";
import type { Engine } from "../../engine/client.js";
import { InitscopeError } from "../../engine/errors.js";
import type { Issue } from "../../engine/errors.js";
import { libraryLayers, flattenModel } from "../../engine/library-layers.js";
import type { LibraryLayerArguments } from "../../engine/library-layers.js";
import type { LayerParameter } from "../../engine/results.js";
import { messagesOf, valueText } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import { FieldChange } from "../../controls/field.js";
import { shared } from "../../controls/styles.js";

/** What stands in the form for arguments that must be given. */
function shownFor({ fields }: LibraryLayer): Readonly<Record<string, unknown>> {
  const required = fields.filter((field) => field.required);
  return Object.fromEntries(required.map((field) => [field.id, field.default]));
}

/** What is set after drawing, as a slice of the elements. */
function afterwards({ overwritten }: LayerParameter): string {
  if (!overwritten) return "";
  const { first, count, value } = overwritten;
  return `, [${first}:${first + count}] = ${value}`;
}

/** A parameter whose shape, layout and scheme a lab is to take over. */
export class ParameterPick extends CustomEvent<{
  readonly parameter: LayerParameter;
  readonly layout: "torch" | "keras";
}> {
  constructor(parameter: LayerParameter, layout: "torch" | "keras") {
    super("parameter-pick", { detail: { parameter, layout }, bubbles: true, composed: true });
  }
}

/** Schemes that draw nothing. */
const CONSTANTS: readonly string[] = ["zeros", "ones", "constant"];

@customElement("init-library-layer")
export class LibraryLayerElement extends QueuedElement {
  @property({ attribute: false }) engine!: Engine;
  @property() locale: Locale = "en";
  /** Whose numbers the lab draws. */
  @property() generator = "";
  /** The parameter that was last taken over; undefined for another layer. */
  @state() private taken: LayerParameter | undefined;
  @state() private layer: LibraryLayer = libraryLayers[0] as LibraryLayer;
  @state() private given: Readonly<Record<string, unknown>> = {};
  @state() private parameters: readonly LayerParameter[] = [];
  @state() private issues: readonly Issue[] = [];

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
      }
      select {
        width: 100%;
      }
      .arguments {
        display: grid;
        gap: 8px;
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 4px;
      }
      li button {
        text-align: left;
        overflow-wrap: anywhere;
      }
      .note {
        margin: 0;
        font-size: 13px;
        color: var(--init-secondary);
      }
    `,
  ];

  private choose(event: Event): void {
    const [framework, id] = (event.target as HTMLSelectElement).value.split("/");
    this.layer =
      libraryLayers.find((each) => each.id === id && each.framework === framework) ?? this.layer;
    this.given = {};
  }

  private onField(event: FieldChange): void {
    event.stopPropagation();
    const { field, value } = event.detail;
    this.given = { ...this.given, [field.id]: value };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("layer") && !changed.has("given")) return;
    this.taken = undefined;
    void this.describe();
  }

  private async describe(): Promise<void> {
    const { layer, given } = this;
    try {
      const { model, layers } = flattenModel({
        framework: layer.framework,
        layers: [
          { layer: layer.id, args: { ...shownFor(layer), ...given } as LibraryLayerArguments },
        ],
      });
      const parameters = await this.engine.model(model, layers, { draw: false });
      if (layer !== this.layer || given !== this.given) return;
      this.parameters = parameters;
      this.issues = [];
    } catch (error) {
      this.issues = error instanceof InitscopeError ? error.issues : [];
    }
  }

  private renderParameter(parameter: LayerParameter) {
    const { scheme, ...values } = parameter.scheme;
    const shown = Object.entries(values).map(
      ([id, value]) =>
        `${id} = ${typeof value === "number" ? valueText(value, this.locale) : value}`,
    );
    return html`<li>
      <button class="link" @click=${() => this.take(parameter)}>
        ${parameter.name} [${parameter.shape.join(", ")}]
      </button>
      <span class="note"
        >${scheme}${shown.length > 0 ? `(${shown.join(", ")})` : ""}${afterwards(parameter)}</span
      >
    </li>`;
  }

  private take(parameter: LayerParameter): void {
    this.taken = parameter;
    this.dispatchEvent(new ParameterPick(parameter, this.layer.framework));
  }

  /** What a parameter of PyTorch that was taken over has to do with the numbers that torch draws. */
  private renderTaken() {
    const { taken, layer } = this;
    if (!taken || layer.framework !== "torch") return nothing;
    const { libraryLayers: words } = messagesOf(this.locale);
    const first = this.parameters.find(({ scheme: { scheme } }) => !CONSTANTS.includes(scheme));
    const field = requestField("distribution", "generator");
    return html`${
      this.generator === "torch"
        ? nothing
        : html`<p class="note" role="status">
            ${words.ownNumbers}
            <button
              class="link"
              @click=${() => this.dispatchEvent(new FieldChange(field, "torch"))}
            >
              ${words.useTorch}
            </button>
          </p>`
    }
    ${
      first && taken.name !== first.name && !CONSTANTS.includes(taken.scheme.scheme)
        ? html`<p class="note">${words.notFirst(taken.name)}</p>`
        : nothing
    }`;
  }

  private notes() {
    const { libraryLayers: words } = messagesOf(this.locale);
    const wrong = this.parameters.find(
      ({ fanIn, fanOut, trueFanIn, trueFanOut }) => fanIn !== trueFanIn || fanOut !== trueFanOut,
    );
    const sqrt5 = this.parameters.some(
      ({ scheme }) => scheme.scheme === "kaiming_uniform" && scheme["a"] === Math.sqrt(5),
    );
    return html`${
      wrong
        ? html`<p class="note">
            ${words.fans(wrong.fanIn, wrong.fanOut, wrong.trueFanIn, wrong.trueFanOut)}
          </p>`
        : nothing
    }
    ${sqrt5 ? html`<p class="note">${words.sqrt5}</p>` : nothing}`;
  }

  override render() {
    const { libraryLayers: words } = messagesOf(this.locale);
    const issueOf = (id: string) =>
      this.issues.find(({ field }) => field === `layers.0.args.${id}`);
    return html`<select aria-label=${words.title} @change=${(event: Event) => this.choose(event)}>
        ${(["torch", "keras"] as const).map(
          (framework) =>
            html`<optgroup label=${framework === "torch" ? "PyTorch" : "Keras"}>
              ${libraryLayers
                .filter((each) => each.framework === framework && each.fields.length > 0)
                .map(
                  (each) =>
                    html`<option value="${framework}/${each.id}" ?selected=${each === this.layer}>
                      ${each.id}
                    </option>`,
                )}
            </optgroup>`,
        )}
      </select>
      <div class="arguments" @field-change=${(event: FieldChange) => this.onField(event)}>
        ${this.layer.fields.map(
          (field) =>
            html`<init-field
              plain
              .field=${field}
              .value=${this.given[field.id] ?? (field.follows ? undefined : field.default)}
              .placeholder=${field.follows ?? ""}
              .issue=${issueOf(field.id)}
              .locale=${this.locale}
            ></init-field>`,
        )}
      </div>
      <ul>
        ${this.parameters.map((parameter) => this.renderParameter(parameter))}
      </ul>
      ${this.renderTaken()} ${this.notes()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-library-layer": LibraryLayerElement;
  }
}
