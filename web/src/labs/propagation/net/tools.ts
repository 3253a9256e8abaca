/**
 * <init-net-tools>: what can be done to the blocks of a network that the reader has hold of. An edit is a
 * text; whether it becomes the network is for others to say.
 */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shared } from "../../../controls/styles.js";
import { blocks } from "../../../engine/blocks.js";
import type { NetBlock } from "../../../engine/blocks.js";
import { catalogue, isActivationId, ownField } from "../../../engine/catalogue.js";
import type { NetItem, PlanResult } from "../../../engine/results.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { netWords } from "../../../i18n/net.js";
import type { NetWords } from "../../../i18n/net.js";
import { formatCount } from "../../../i18n/numbers.js";
import {
  childrenOf,
  insert,
  remove,
  setCount,
  setOption,
  siblingsOf,
  unwrap,
  wrap,
} from "./splice.js";
import type { Edit, Range } from "./splice.js";

/** What is inserted, where it needs more than its name. */
const TEMPLATES: Readonly<Record<string, string>> = {
  res: "res(phi,dense)",
  repeat: "2*(dense,phi)",
};
const REPETITION = "2*";

/** Fields that one activation has to itself. */
const OWN: ReadonlySet<string | undefined> = new Set(
  catalogue.activations.map(({ id }) => ownField(id)),
);

/** What an item is called. */
export function nameOf({ block }: NetItem, words: NetWords): string {
  const names: Readonly<Record<string, string>> = words.blocks;
  return names[block || "repeat"] ?? block;
}

@customElement("init-net-tools")
export class NetToolsElement extends LitElement {
  @property({ attribute: false }) plan!: PlanResult;
  @property({ attribute: false }) picked: Range | undefined;
  @property() locale: Locale = "en";
  @property({ attribute: false }) onPick: (place: number | undefined, extend: boolean) => void =
    () => undefined;
  @property({ attribute: false }) onEdit: (edit: Edit) => Promise<void> = () => Promise.resolve();
  /** The block that would be inserted. */
  @state() private chosen = "dense";

  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      :host([hidden]) {
        display: none;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: end;
      }
      .tools {
        display: grid;
        gap: 8px;
        border-left: 3px solid var(--init-accent);
        padding: 2px 0 2px 12px;
      }
      .tools h3 {
        margin: 0;
        font-size: 14px;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(110px, 1fr));
        gap: 8px;
      }
      .fields label,
      .row label {
        display: grid;
        gap: 2px;
        font-size: 13px;
      }
      .fields input,
      .fields select {
        width: 100%;
      }
      p {
        margin: 0;
      }
      @media (pointer: coarse) {
        button,
        input:not([type="range"]),
        select {
          min-height: 44px;
          min-width: 44px;
        }
      }
    `,
  ];

  private get words() {
    return netWords(this.locale);
  }

  private renderInput(field: NetBlock["fields"][number], item: NetItem, place: number) {
    const names: Readonly<Record<string, string>> = this.words.options;
    const choices: Readonly<Record<string, string | undefined>> = messagesOf(this.locale).choices;
    const value = String(item.options[field.id] ?? "");
    const set = (event: Event) => {
      const { value: text } = event.target as HTMLInputElement | HTMLSelectElement;
      void this.onEdit(setOption(this.plan, place, field.id, text));
    };
    return html`<label
      >${names[field.id] ?? field.id}
      ${
        field.kind === "choice"
          ? html`<select @change=${set}>
              ${field.choices?.map(
                (id) =>
                  html`<option value=${id} ?selected=${id === value}>
                    ${id === "request" ? this.words.request : (choices[id] ?? id)}
                  </option>`,
              )}
            </select>`
          : html`<input autocomplete="off" spellcheck="false" .value=${value} @change=${set} />`
      }
    </label>`;
  }

  /** What an item's own options are set by. */
  private renderFields(item: NetItem, place: number) {
    if (item.block === "")
      return html`<label
        >${this.words.options.count}
        <input
          autocomplete="off"
          spellcheck="false"
          .value=${item.byDepth ? "depth" : String(item.count)}
          @change=${(event: Event) => void this.onEdit(setCount(this.plan, place, (event.target as HTMLInputElement).value))}
        />
      </label>`;
    const { activation } = item.options;
    const own = isActivationId(activation) ? ownField(activation) : undefined;
    return blocks
      .find(({ id }) => id === item.block)
      ?.fields.filter(({ id, kind }) => kind !== "scheme" && (id === own || !OWN.has(id)))
      .map((field) => this.renderInput(field, item, place));
  }

  private button(text: string, edit: () => Edit) {
    return html`<button @click=${() => void this.onEdit(edit())}>${text}</button>`;
  }

  override render() {
    const { words, picked, plan } = this;
    const item = picked && plan.items[picked.first];
    if (!item) return html`<p class="note">${words.pickOne}</p>`;
    const alone = picked.first === picked.last;
    const among = siblingsOf(plan, picked.last);
    const next = among[among.indexOf(picked.last) + 1];
    const placed = plan.blocks.find((block) => block.item === picked.first);
    const text = plan.text.slice(item.begin, plan.items[picked.last]?.end);
    const name = alone ? nameOf(item, words) : text;
    const by = TEMPLATES[this.chosen] ?? this.chosen;
    return html`<div class="tools" role="group" aria-label=${words.picked(name)}>
      <h3>${name}</h3>
      ${
        alone && placed
          ? html`<p class="note">
              ${words.units(formatCount(placed.inputs), formatCount(placed.outputs))}
            </p>`
          : nothing
      }
      ${alone ? html`<div class="fields">${this.renderFields(item, picked.first)}</div>` : nothing}
      <div class="row">
        <label
          >${words.newBlock}
          <select
            @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}
          >
            ${Object.entries(words.blocks).map(
              ([id, said]) =>
                html`<option value=${id} ?selected=${id === this.chosen}>${said}</option>`,
            )}
          </select>
        </label>
        ${this.button(words.before, () => insert(this.plan, picked, "before", by))}
        ${this.button(words.after, () => insert(this.plan, picked, "after", by))}
      </div>
      <div class="row">
        ${this.button(words.remove, () => remove(this.plan, picked))}
        ${this.button(words.wrap, () => wrap(this.plan, picked, "res"))}
        ${this.button(words.repeat, () => wrap(this.plan, picked, REPETITION))}
        ${
          alone && childrenOf(plan, picked.first).length > 0
            ? this.button(words.unwrap, () => unwrap(this.plan, picked.first))
            : nothing
        }
        <button
          ?disabled=${next === undefined}
          @click=${() => next !== undefined && this.onPick(next, true)}
        >
          ${words.extend}
        </button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-net-tools": NetToolsElement;
  }
}
