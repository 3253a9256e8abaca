/**
 * <init-net>: the network as a text, as blocks that are buttons, and tools for what the reader has hold
 * of. Loaded when it is opened.
 */
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { QueuedElement } from "../../../controls/queued-element.js";
import { shared } from "../../../controls/styles.js";
import "../../../controls/text-field.js";
import { requestField } from "../../../engine/catalogue.js";
import type { Issue } from "../../../engine/errors.js";
import type { NetItem, PlanResult } from "../../../engine/results.js";
import { canonicalState } from "../../../engine/url.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { netWords } from "../../../i18n/net.js";
import { textWords } from "../../../i18n/text-fields.js";
import { blockText, countText, scaleText } from "./boxes.js";
import { netPresets } from "./presets.js";
import type { NetPreset } from "./presets.js";
import { childrenOf, siblingsOf } from "./splice.js";
import type { Edit, Range } from "./splice.js";
import { nameOf } from "./tools.js";

@customElement("init-net")
export class NetElement extends QueuedElement {
  @property({ attribute: false }) value: unknown;
  /** Whether the reader is typing, so that the text is left as it is. */
  @property({ type: Boolean }) typing = false;
  @property({ attribute: false }) issue: Issue | undefined;
  @property({ attribute: false }) plan: PlanResult | undefined;
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
      .inside {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: center;
      }
      .presets {
        gap: 2px 12px;
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
      p {
        margin: 0;
      }
      @media (pointer: coarse) {
        button,
        button.link {
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
      aria-label="${nameOf(item, this.words)}${messagesOf(this.locale).between.label}${text}"
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

  /** Why an edit cannot be, in words: the core names the block, what arrives there, and what it needs. */
  private refusalText(issue: Issue): string {
    const { words, locale } = this;
    const found = /^\d{1,6}: (.*?)(?: \[(\d{1,6})\])?$/s.exec(issue.value);
    if (issue.reason !== "not_in_text" || !found) return textWords(locale).issue(issue);
    const [, block = "", units] = found;
    return words.refused(block + (units ? words.unitsThere(units) : ""), issue.allowed);
  }

  private renderPresets() {
    const { presets } = this.words;
    const all = Object.entries(netPresets) as [NetPreset, string][];
    const now = all.find(([, text]) => canonicalState("propagation", text) === this.current)?.[0];
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
              <init-net-tools
                ?hidden=${!fitting}
                .plan=${plan}
                .picked=${this.picked}
                .locale=${this.locale}
                .onPick=${this.onPick}
                .onEdit=${this.onEdit}
              ></init-net-tools>
              ${fitting ? nothing : html`<p class="note">${words.faulty}</p>`}`
          : nothing
      }
      <p class="issue refused" role="status">
        ${this.refused ? this.refusalText(this.refused) : nothing}
      </p>
      ${
        this.undoable
          ? html`<div><button @click=${() => this.onUndo()}>${words.undo}</button></div>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-net": NetElement;
  }
}
