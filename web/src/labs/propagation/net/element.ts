/**
 * <init-net>: the network as a text, as blocks that are buttons, and what can be done to the one that
 * the reader has hold of. Loaded when it is opened.
 */
import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../../../controls/text-field.js";
import { shared } from "../../../controls/styles.js";
import { blocks } from "../../../engine/blocks.js";
import type { NetBlock } from "../../../engine/blocks.js";
import { catalogue, isActivationId, ownField, requestField } from "../../../engine/catalogue.js";
import type { Issue } from "../../../engine/errors.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { NetItem, PlanResult } from "../../../engine/results.js";
import { formatState, parseState } from "../../../engine/url.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { netWords } from "../../../i18n/net.js";
import { formatCount } from "../../../i18n/numbers.js";
import { textWords } from "../../../i18n/text-fields.js";
import { QueuedElement } from "../../../controls/queued-element.js";
import { blockText, countText, scaleText } from "./boxes.js";
import { netPresets } from "./presets.js";
import type { NetPreset } from "./presets.js";
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

@customElement("init-net")
export class NetElement extends QueuedElement {
  @property({ attribute: false }) value: unknown;
  /** Whether the reader is typing, so that the text is left as it is. */
  @property({ type: Boolean }) typing = false;
  @property({ attribute: false }) issue: Issue | undefined;
  @property({ attribute: false }) plan: PlanResult | undefined;
  @property({ attribute: false }) request!: PropagationRequest;
  /** The lab's state, as a text. */
  @property() current = "";
  @property({ attribute: false }) picked: Range | undefined;
  /** Why the last edit was refused. */
  @property({ attribute: false }) refused: Issue | undefined;
  /** Whether the plan is that of the text. */
  @property({ type: Boolean }) fitting = false;
  @property({ type: Boolean }) undoable = false;
  @property() locale: Locale = "en";
  @property({ attribute: false }) onPick: (place: number | undefined, extend: boolean) => void =
    () => undefined;
  @property({ attribute: false }) onEdit: (edit: Edit) => Promise<void> = () => Promise.resolve();
  @property({ attribute: false }) onUndo: () => void = () => undefined;
  @property({ attribute: false }) onState: (state: string) => void = () => undefined;
  /** The block that would be inserted. */
  @state() private chosen = "dense";

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
        padding: 8px 0;
      }
      .presets,
      .blocks,
      .inside,
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: center;
      }
      .presets {
        gap: 2px 12px;
      }
      .row {
        align-items: end;
      }
      .blocks {
        row-gap: 6px;
      }
      .chip {
        font-variant-numeric: tabular-nums;
        padding: 2px 8px;
        border-color: var(--init-border);
      }
      .chip.phi {
        border-radius: 14px;
      }
      .chip.bracket {
        font-weight: 600;
      }
      .chip[aria-pressed="true"] {
        border-color: var(--init-accent);
        box-shadow: inset 0 0 0 1px var(--init-accent);
      }
      .inside {
        border: 1px solid var(--init-hairline);
        border-radius: 4px;
        padding: 3px;
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
        button.link,
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

  private get net(): PlanResult {
    if (!this.plan) throw new Error("blocks are edited before there is a plan");
    return this.plan;
  }

  private nameOf({ block }: NetItem): string {
    const names: Readonly<Record<string, string>> = this.words.blocks;
    return names[block || "repeat"] ?? block;
  }

  /** What a chip says: the block, and what of its options stands out. */
  private chipText(item: NetItem): string {
    if (item.block === "") return item.byDepth ? "depth×" : countText(item);
    const out = String(item.options["out"] ?? "");
    const scale = item.block === "res" ? scaleText(item) : "";
    return [blockText(item), out, scale].filter(Boolean).join(" ");
  }

  private renderChip(place: number): unknown {
    const { picked, net } = this;
    const item = net.items[place];
    if (!item) return nothing;
    const inside = childrenOf(net, place);
    const shortcut = childrenOf(net, place, true);
    const among = picked ? siblingsOf(net, picked.first) : [];
    const held =
      picked !== undefined &&
      among.includes(place) &&
      place >= picked.first &&
      (place <= picked.last || place === picked.first);
    const text = this.chipText(item);
    const chip = html`<button
      class="chip ${item.block} ${inside.length > 0 ? "bracket" : ""}"
      data-place=${place}
      aria-pressed=${held ? "true" : "false"}
      aria-label="${this.nameOf(item)}${messagesOf(this.locale).between.label}${text}"
      ?disabled=${!this.fitting}
      @click=${(event: MouseEvent) => this.onPick(held && !event.shiftKey ? undefined : place, event.shiftKey)}
    >
      ${text}
    </button>`;
    if (inside.length === 0) return chip;
    return html`<span class="inside"
      >${chip} ${inside.map((child) => this.renderChip(child))}
      ${shortcut.length > 0 ? html`<span>|</span> ${shortcut.map((child) => this.renderChip(child))}` : nothing}</span
    >`;
  }

  private renderInput(field: NetBlock["fields"][number], item: NetItem, place: number) {
    const names: Readonly<Record<string, string>> = this.words.options;
    const choices: Readonly<Record<string, string | undefined>> = messagesOf(this.locale).choices;
    const value = String(item.options[field.id] ?? "");
    const set = (event: Event) => {
      const { value: text } = event.target as HTMLInputElement | HTMLSelectElement;
      void this.onEdit(setOption(this.net, place, field.id, text));
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
          @change=${(event: Event) => void this.onEdit(setCount(this.net, place, (event.target as HTMLInputElement).value))}
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

  private renderTools() {
    const { words, picked, net: plan } = this;
    const item = picked && plan.items[picked.first];
    if (!item) return html`<p class="note">${words.pickOne}</p>`;
    const alone = picked.first === picked.last;
    const among = siblingsOf(plan, picked.last);
    const next = among[among.indexOf(picked.last) + 1];
    const placed = plan.blocks.find((block) => block.item === picked.first);
    const text = plan.text.slice(item.begin, plan.items[picked.last]?.end);
    const name = alone ? this.nameOf(item) : text;
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
        ${this.button(words.before, () => insert(this.net, picked, "before", by))}
        ${this.button(words.after, () => insert(this.net, picked, "after", by))}
      </div>
      <div class="row">
        ${this.button(words.remove, () => remove(this.net, picked))}
        ${this.button(words.wrap, () => wrap(this.net, picked, "res"))}
        ${this.button(words.repeat, () => wrap(this.net, picked, REPETITION))}
        ${
          alone && childrenOf(plan, picked.first).length > 0
            ? this.button(words.unwrap, () => unwrap(this.net, picked.first))
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

  /** Why an edit cannot be, in words: the core names the block, what arrives there, and what it needs. */
  private refusalText(issue: Issue): string {
    const { words, locale } = this;
    const found = /^\d{1,6}: (.*?)(?: \[(\d{1,6})\])?$/s.exec(issue.value);
    if (issue.reason !== "not_in_text" || !found) return textWords(locale).issue(issue);
    const [, block = "", units] = found;
    return words.refused(block + (units ? words.unitsThere(units) : ""), issue.allowed);
  }

  private isPreset(text: string): boolean {
    return formatState("propagation", parseState("propagation", text).request) === this.current;
  }

  private renderPresets() {
    const { presets } = this.words;
    const all = Object.entries(netPresets) as [NetPreset, string][];
    const now = all.find(([, text]) => this.isPreset(text))?.[0];
    return html`<div>
      <div class="presets" role="group" aria-label=${presets.title}>
        ${all.map(
          ([id, text]) =>
            html`<button
              class="link"
              aria-pressed=${id === now ? "true" : "false"}
              title=${presets[id].point}
              @click=${() => this.onState(text)}
            >
              ${presets[id].name}
            </button>`,
        )}
      </div>
      <p class="note point">${now ? presets[now].point : nothing}</p>
    </div>`;
  }

  override render() {
    const { words, plan, fitting } = this;
    const field = requestField("propagation", "net");
    const text = String((this.value === field.default && fitting && plan?.text) || this.value);
    // Columns of issues are those of the text itself; otherwise lines break behind commas.
    const shown = this.typing || this.issue ? text : text.replaceAll(",", ", ");
    return html`${this.renderPresets()}
      <init-text-field
        .field=${field}
        .value=${shown}
        .issue=${this.issue}
        .locale=${this.locale}
      ></init-text-field>
      ${
        plan
          ? html`<div class="blocks" role="group" aria-label=${words.structure}>
                ${childrenOf(plan, -1).map((place) => this.renderChip(place))}
              </div>
              ${fitting ? this.renderTools() : html`<p class="note">${words.faulty}</p>`}`
          : nothing
      }
      <p class="issue refused" role="status">
        ${this.refused ? this.refusalText(this.refused) : nothing}
      </p>
      ${
        this.undoable
          ? html`<div class="row">
              <button @click=${() => this.onUndo()}>${words.undo}</button>
            </div>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-net": NetElement;
  }
}
