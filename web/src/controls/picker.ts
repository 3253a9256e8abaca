/** Schemes to choose from, grouped by family, with a search: a button that opens a list. */
import { css, html, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { QueuedElement } from "./queued-element.js";
import type { Scheme, SchemeFamily } from "../engine/catalogue.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { findSchemes } from "../i18n/scheme-search.js";
import { lackOf, loadPart, wordsFor } from "./part.js";
import type { Lack } from "./part.js";
import { shared } from "./styles.js";

export class SchemePick extends CustomEvent<{ readonly scheme: Scheme }> {
  constructor(scheme: Scheme) {
    super("scheme-pick", { detail: { scheme }, bubbles: true, composed: true });
  }
}

/** Height of the list, in pixels. */
const LEAST_HEIGHT = 160;
const MOST_HEIGHT = 560;
/** Between what opens and the window's edge. */
const MARGIN = 8;
/** What is no scheme, and yet found by a search among them. */
export interface OtherFound {
  readonly name: string;
  readonly choose: () => void;
}

/** Somebody searches: whoever knows of more than schemes says what is found under which heading. */
export class SchemeSearch extends CustomEvent<{
  readonly search: string;
  readonly offer: (title: string, found: readonly OtherFound[]) => void;
  /** What knows of more did not come. */
  readonly lack: (lack: Lack) => void;
}> {
  static readonly type = "scheme-search";
  constructor(detail: SchemeSearch["detail"]) {
    super(SchemeSearch.type, { detail, bubbles: true, composed: true });
  }
}

@customElement("init-scheme-picker")
export class SchemePickerElement extends QueuedElement {
  @property({ attribute: false }) schemes: readonly Scheme[] = [];
  /** Id of the scheme that is chosen now, if any. */
  @property() selected = "";
  /** What the button says, and what it is called. */
  @property() text = "";
  @property() label = "";
  @property() locale: Locale = "en";
  @state() private open = false;
  @state() private search = "";
  @state() private active = 0;
  /** What others have found for the present search. */
  @state() private others: { readonly title: string; readonly found: readonly OtherFound[] } = {
    title: "",
    found: [],
  };
  /** Why the code that searches did not come, where it did not. */
  @state() private lacking: Lack | undefined;
  @state() private find?: typeof findSchemes;
  @query("#search") private readonly input!: HTMLInputElement | null;
  @query("#panel") private readonly panel!: HTMLDivElement | null;
  @query("#list") private readonly list!: HTMLDivElement | null;
  @query("#opener") private readonly opener!: HTMLButtonElement;

  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        display: inline-block;
        max-width: 100%;
      }
      #opener {
        padding: 2px 8px;
      }
      #panel {
        position: absolute;
        font-size: 14px;
        z-index: 2;
        top: calc(100% + 4px);
        left: 0;
        width: min(320px, 84vw);
        padding: 8px;
        background: var(--init-raised);
        border: 1px solid var(--init-border);
        border-radius: 4px;
      }
      #search {
        width: 100%;
      }
      #list {
        overflow-y: auto;
        margin-top: 8px;
      }
      .family {
        padding: 4px 8px;
        font-size: 12px;
        color: var(--init-secondary);
      }
      #list,
      #panel {
        box-sizing: border-box;
      }
      [role="option"] {
        padding: 4px 8px;
        border-radius: 4px;
        cursor: pointer;
      }
      [role="option"] code {
        float: right;
        color: var(--init-secondary);
        font-size: 12px;
      }
      [role="option"].active {
        background: var(--init-hairline);
      }
      [aria-selected="true"] {
        font-weight: 600;
      }
    `,
  ];

  /** Those that the search finds; all, until the code that searches is there. */
  private get found(): readonly Scheme[] {
    return this.find?.(this.schemes, this.search) ?? this.schemes;
  }

  private async show(): Promise<void> {
    this.open = !this.open;
    if (this.open) void this.loadSearch();
    this.seek("");
    this.active = Math.max(
      0,
      this.schemes.findIndex(({ id }) => id === this.selected),
    );
    await this.updateComplete;
    this.keepInView();
    this.input?.focus();
    this.reveal();
  }

  private async loadSearch(): Promise<void> {
    this.lacking = undefined;
    try {
      this.find = (await loadPart(() => import("../i18n/scheme-search.js"))).findSchemes;
    } catch (error) {
      this.lacking = lackOf(error);
    }
  }

  /** The list is as high as there is room below it; it moves to the left where it would reach beyond the page. */
  private keepInView(): void {
    if (!this.panel || !this.list) return;
    const below = innerHeight - this.list.getBoundingClientRect().top - MARGIN;
    this.list.style.maxHeight = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, below))}px`;
    const { left, right } = this.panel.getBoundingClientRect();
    const beyond = right + MARGIN - document.documentElement.clientWidth;
    if (beyond > 0) this.panel.style.left = `${-Math.min(beyond, left)}px`;
  }

  private close(): void {
    this.open = false;
  }

  private pick(scheme: Scheme | undefined): void {
    if (!scheme) return;
    this.close();
    this.opener.focus();
    this.dispatchEvent(new SchemePick(scheme));
  }

  /** Picks what is at a place of the list: schemes come first. */
  private pickAt(place: number): void {
    const { found, others } = this;
    if (place < found.length) return this.pick(found[place]);
    const other = others.found[place - found.length];
    if (!other) return;
    this.close();
    this.opener.focus();
    other.choose();
  }

  private reveal(): void {
    this.renderRoot.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  private async onKey(event: KeyboardEvent): Promise<void> {
    const last = this.found.length + this.others.found.length - 1;
    const to: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, this.active + 1),
      ArrowUp: Math.max(0, this.active - 1),
    };
    if (event.key === "Escape") {
      this.close();
      this.opener.focus();
    } else if (event.key === "Enter") {
      // Not before the search is there: it would be the first of all.
      if (this.find || this.search === "") this.pickAt(this.active);
      else void this.loadSearch().then(() => this.find && this.pickAt(this.active));
    } else if (to[event.key] !== undefined) {
      this.active = to[event.key] ?? 0;
      await this.updateComplete;
      this.reveal();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private onSearch(event: Event): void {
    this.seek((event.target as HTMLInputElement).value);
    this.active = 0;
  }

  private seek(search: string): void {
    this.search = search;
    this.others = { title: "", found: [] };
    if (search.trim() === "") return;
    const offer = (title: string, found: readonly OtherFound[]) => {
      if (this.find) this.lacking = undefined;
      if (this.search === search) this.others = { title, found };
    };
    const lack = (lacking: Lack) => {
      this.lacking = lacking;
    };
    this.dispatchEvent(new SchemeSearch({ search, offer, lack }));
  }

  private onFocusOut(event: FocusEvent): void {
    const next = event.relatedTarget as Node | null;
    if (!next || !this.renderRoot.contains(next)) this.close();
  }

  private renderPanel() {
    const { families, schemes, ui } = messagesOf(this.locale);
    const { found, others } = this;
    const groups = [...new Set(found.map(({ family }) => family))];
    const count = found.length + others.found.length;
    const activeId = this.active < count ? `option-${this.active}` : nothing;
    const option = (i: number, selected: boolean, content: unknown) =>
      html`<div
        role="option"
        id="option-${i}"
        class=${i === this.active ? "active" : ""}
        aria-selected=${selected ? "true" : "false"}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.pickAt(i)}
      >
        ${content}
      </div>`;
    const group = (title: string, options: unknown) =>
      html`<div role="group" aria-label=${title}>
        <div class="family" aria-hidden="true">${title}</div>
        ${options}
      </div>`;
    return html`<div id="panel" @keydown=${(event: KeyboardEvent) => void this.onKey(event)}>
      <input
        id="search"
        type="search"
        role="combobox"
        autocomplete="off"
        aria-expanded="true"
        aria-controls="list"
        aria-activedescendant=${activeId}
        aria-label=${ui.searchSchemes}
        placeholder=${ui.searchSchemes}
        .value=${this.search}
        @input=${(event: Event) => this.onSearch(event)}
      />
      <div id="list" role="listbox" aria-label=${this.label} tabindex="-1">
        ${groups.map((family: SchemeFamily) =>
          group(
            families[family],
            found.map((scheme, i) =>
              scheme.family === family
                ? option(
                    i,
                    scheme.id === this.selected,
                    html`<code>${scheme.id}</code>${schemes[scheme.id].name}`,
                  )
                : nothing,
            ),
          ),
        )}
        ${
          others.found.length > 0
            ? group(
                others.title,
                others.found.map(({ name }, i) => option(found.length + i, false, name)),
              )
            : nothing
        }
        ${
          this.lacking
            ? html`<div class="family" role="alert">${wordsFor(this.lacking, this.locale)}</div>`
            : nothing
        }
        ${count === 0 ? html`<div class="family">${ui.noSchemes}</div>` : nothing}
      </div>
    </div>`;
  }

  override render() {
    return html`<div @focusout=${(event: FocusEvent) => this.onFocusOut(event)}>
      <button
        id="opener"
        aria-haspopup="listbox"
        aria-expanded=${this.open ? "true" : "false"}
        aria-label=${this.label}
        @click=${() => void this.show()}
      >
        ${this.text} ▾
      </button>
      ${this.open ? this.renderPanel() : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-scheme-picker": SchemePickerElement;
  }
}
