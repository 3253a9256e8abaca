/**
 * A figure: title, drawing, one sentence that says what is seen, the data as a table, downloads,
 * and a cursor for pointer and arrow keys. It draws nothing itself: it is given a function.
 */
import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { svgElement } from "../charts/plot.js";
import type { Drawing } from "../charts/plot.js";
import type { ThemeName } from "../charts/theme.js";
import { queueDrawing } from "../controls/draw-queue.js";
import { lackOf, loadPart, wordsFor } from "../controls/part.js";
import { shared } from "../controls/styles.js";
import { explainDrawing, explained } from "../controls/terms.js";
import type { Seen } from "../controls/terms.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { FigureContent } from "./content.js";
import { drawingOf, fitted, flexible, heightOf } from "./drawing.js";
import { download, downloadsBlocked, toCsv } from "./export.js";
import { LayerChange } from "./layer-change.js";
import type { Table } from "./export.js";
import type { Source } from "./source.js";
import { RoomChange } from "./room-change.js";
import { figureStyles } from "./styles.js";
import { tableOf } from "./table.js";

// Its frame is there at once, so that what is below has its place; what is drawn in it comes in turn.
/** How far beyond the window's edge figures are drawn. */
const NEAR = "200px";

@customElement("init-figure")
export class FigureElement extends LitElement {
  @property({ attribute: false }) content: FigureContent | undefined;
  /** What it is called in `only`, and in the names of its files. */
  @property({ attribute: "data-figure" }) name = "";
  @property() locale: Locale = "en";
  @property() theme: ThemeName = "light";
  /** Share done of the work for the next figure; undefined when there is none. */
  @property({ type: Number }) progress: number | undefined;

  /** Whether the drawing takes the height that is left of the element's own, instead of asking for one. */
  @property({ type: Boolean, reflect: true }) fill = false;
  /** What it was computed of; undefined where nobody says. */
  @property({ attribute: false }) source: (() => Source) | undefined;

  @state() private width = 0;
  /** Pixels of height that the styles leave the drawing. */
  @state() private height = 0;
  /** The width at which it is drawn, which is scaled to its own. */
  private drawnWidth = 0;
  @state() private cursor = -1;
  /** Where the reader keeps the cursor; -1 for nowhere. */
  @state() private kept = -1;
  /** Whether the cursor is that of another figure, which says its values aloud itself. */
  @state() private following = false;
  @state() private copyText = "";
  /** Why what was asked for did not come. */
  @state() private missing = "";
  /** A table is made when it is looked at: some have thousands of cells. */
  @state() private tableOpen = false;
  @query(".drawing") private readonly place!: HTMLDivElement;
  private drawing: Drawing | undefined;
  /** Whether the reader has hold of the handle. */
  private dragging = false;
  /** Whether the figure is near the window: others wait, for a page may have dozens. */
  @state() private near = false;
  private stale = false;
  private readonly onPrint = () => (this.near = true);
  private readonly watcher = new IntersectionObserver(
    // A busy page hears of several changes at once: the last is what holds.
    (entries) => (this.near = entries.at(-1)?.isIntersecting ?? false),
    { rootMargin: NEAR },
  );
  private readonly observer = new ResizeObserver((entries) => {
    const own = entries.find(({ target }) => target === this);
    if (own) this.width = Math.floor(own.contentRect.width);
    this.measure();
  });

  private root: Node | undefined;

  static override styles = [shared, figureStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.root = this.getRootNode();
    this.root.addEventListener(LayerChange.type, this.onLayer);
    if (this.hasUpdated) this.watch();
    addEventListener("beforeprint", this.onPrint);
  }

  /** Not before it has its height: empty figures would all be near. */
  protected override firstUpdated(): void {
    if (!this.isConnected) return;
    // What is below does not move when it is drawn.
    const aspect = this.content?.aspect;
    if (typeof aspect === "number") this.place.style.aspectRatio = String(aspect);
    else {
      this.width = this.clientWidth;
      this.keepRoom();
    }
    this.watch();
  }

  private watch(): void {
    this.observer.observe(this);
    if (this.fill) this.observer.observe(this.place);
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.watcher.disconnect();
    removeEventListener("beforeprint", this.onPrint);
    this.root?.removeEventListener(LayerChange.type, this.onLayer);
  }

  /** The reader puts the cursor here, or takes it away: -1. */
  private point(position: number): void {
    const { firstLayer } = this.content ?? {};
    this.cursor = position;
    this.following = false;
    if (firstLayer === undefined) return;
    const layerOf = (place: number) => (place < 0 ? undefined : firstLayer + place);
    const detail = { by: this, layer: layerOf(position), kept: layerOf(this.kept) };
    this.root?.dispatchEvent(new LayerChange(LayerChange.type, { detail }));
  }

  /** Keeps the cursor where it is, or lets it go where it is kept already. */
  private keep(): void {
    if (this.content?.handle || !this.content?.describe || this.cursor < 0) return;
    this.kept = this.kept === this.cursor ? -1 : this.cursor;
    this.point(this.cursor);
  }

  private readonly onLayer = (event: Event): void => {
    const { firstLayer } = this.content ?? {};
    if (!(event instanceof LayerChange) || event.detail.by === this || firstLayer === undefined)
      return;
    const { layer, kept } = event.detail;
    const placeOf = (one: number | undefined) =>
      one === undefined ? -1 : Math.max(-1, one - firstLayer);
    this.following = true;
    this.cursor = placeOf(layer);
    this.kept = placeOf(kept);
  };

  private onLeave(event: PointerEvent): void {
    // A finger leaves when it is lifted: what it tapped stays.
    if (event.pointerType !== "touch") this.point(this.kept);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const redraw = ["content", "width", "height", "theme", "locale"].some((name) =>
      changed.has(name as keyof FigureElement),
    );
    if (redraw) this.stale = true;
    if (redraw) this.keepRoom();
    if (this.near && this.stale)
      queueDrawing(this, () => {
        this.redraw();
        this.drawCursor();
      });
    else this.drawCursor();
  }

  /** A drawing has its room before there is one. */
  private keepRoom(): void {
    if (!this.content || this.width === 0 || this.fill) return;
    const height = `${heightOf(this.content, this.width)}px`;
    if (this.place.style.height === height) return;
    this.place.style.height = height;
    this.measure();
  }

  private measure(): void {
    const { content, width } = this;
    if (!this.hasUpdated || !content || (!this.fill && !flexible(content))) return;
    this.height = this.place.clientHeight;
    if (this.fill && width > 0)
      this.dispatchEvent(new RoomChange(heightOf(content, width) - this.height));
  }

  /** Draws what has changed since the last time. */
  private redraw(): void {
    if (!this.stale || !this.content || this.width === 0) return;
    this.stale = false;
    const before = this.drawing;
    const { content, width } = this;
    const own = heightOf(content, width);
    const height = this.fill || flexible(content) ? this.height || own : own;
    const { drawn, shown } = this.fill
      ? fitted(content, width, height)
      : { drawn: { width, height }, shown: undefined };
    this.drawnWidth = drawn.width;
    this.drawing = drawingOf(content, drawn.width, this.theme, this.locale, drawn.height);
    const { svg } = this.drawing;
    for (const [name, size] of Object.entries(shown ?? {})) svg.setAttribute(name, String(size));
    this.place.replaceChildren(this.drawing.svg);
    const count = this.positions.length;
    if (this.cursor >= count) this.cursor = -1;
    if (this.kept >= count) this.kept = -1;
    this.content.drawn?.(this.drawing, before);
  }

  /** The middles of what the cursor moves through. */
  private get positions(): readonly number[] {
    const { xs = [], ys } = this.drawing ?? {};
    return ys?.map(({ from, to }) => (from + to) / 2) ?? xs;
  }

  private drawCursor(): void {
    explainDrawing(this.drawing?.svg, this.locale);
    if (!this.drawing) return;
    const { svg, xs, ys, top, bottom, detail } = this.drawing;
    for (const old of svg.querySelectorAll(".cursor")) old.remove();
    for (const place of new Set([this.kept, this.cursor])) {
      const x = xs[place];
      const y = ys?.[place];
      if (x === undefined && !y) continue;
      const around = y && `M0,${y.from}h${this.drawnWidth}V${y.to}h${-this.drawnWidth}Z`;
      const d = around ?? `M${x},${top}V${bottom}`;
      svgElement("path", { d, class: place === this.kept ? "cursor kept" : "cursor" }, svg);
    }
    if (detail) svg.querySelector(".detail")?.replaceWith(detail(this.cursor));
  }

  /** A press takes hold of the handle, which follows until it is let go. */
  private onDrag(event: PointerEvent): void {
    const { handle } = this.content ?? {};
    const { drawing } = this;
    if (!handle || !drawing?.invert) return;
    if (event.type === "pointerdown") {
      this.place.setPointerCapture(event.pointerId);
      this.dragging = true;
    }
    if (!this.dragging) return;
    const settled = event.type === "pointerup" || event.type === "pointercancel";
    const box = drawing.svg.getBoundingClientRect();
    const scale = this.drawnWidth / box.width;
    const { x, y } = drawing.invert(
      (event.clientX - box.left) * scale,
      (event.clientY - box.top) * scale,
    );
    if (settled) this.dragging = false;
    handle.move(x, y, settled);
  }

  private onPointer(event: PointerEvent): void {
    if (this.content?.handle) return this.onDrag(event);
    const { drawing, positions } = this;
    if (!drawing || positions.length === 0) return;
    const box = drawing.svg.getBoundingClientRect();
    const from = drawing.ys ? event.clientY - box.top : event.clientX - box.left;
    const at = (from / box.width) * this.drawnWidth;
    let best = 0;
    positions.forEach((x, i) => {
      if (Math.abs(x - at) < Math.abs((positions[best] ?? 0) - at)) best = i;
    });
    this.point(best);
  }

  private onKey(event: KeyboardEvent): void {
    const { handle } = this.content ?? {};
    const step = (
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as const
    )[event.key];
    if (handle && step) {
      event.preventDefault();
      return handle.nudge(step[0], step[1]);
    }
    if (event.key === "Enter") return this.keep();
    if (event.key === "Escape") this.kept = -1;
    const count = this.positions.length;
    const [back, on] = [Math.max(0, this.cursor - 1), Math.min(count - 1, this.cursor + 1)];
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: back,
      ArrowRight: on,
      ...(this.drawing?.ys && { ArrowUp: back, ArrowDown: on }),
      Home: 0,
      End: count - 1,
      Escape: -1,
    };
    const target = to[event.key];
    if (target === undefined || count === 0) return;
    event.preventDefault();
    this.point(target);
  }

  private onKeyUp(event: KeyboardEvent): void {
    if (event.key.startsWith("Arrow")) this.content?.handle?.settle();
  }

  /** As a text, which can be copied, where nothing can be downloaded. */
  private saveTable(table: Table): void {
    const text = toCsv(table);
    if (downloadsBlocked()) this.copyText = text;
    else download(new Blob([text], { type: "text/csv" }), `initscope-${this.name}.csv`);
  }

  private async take(way: "svg" | "png" | "publish"): Promise<void> {
    const { content, name, locale, theme } = this;
    if (!content) return;
    const position = this.kept >= 0 ? this.kept : this.cursor;
    const wanted = { content, name, locale, theme, position, source: this.source?.() };
    try {
      const part = await loadPart(() => import("./publish/index.js"));
      this.missing = "";
      this.copyText = await part.take(way, this.renderRoot, wanted);
    } catch (error) {
      this.missing = wordsFor(lackOf(error), locale);
    }
  }

  override render() {
    const { content } = this;
    if (!content) return nothing;
    const ui = messagesOf(this.locale).ui;
    const busy = this.progress !== undefined;
    const { handle, describe } = content;
    const interactive = handle !== undefined || describe !== undefined;
    const readout = handle?.readout ?? (this.cursor >= 0 ? (describe?.(this.cursor) ?? "") : "");
    const seen: Seen = new Set();
    return html`<figure>
      <h3>${explained(this, content.title, this.locale, seen)}</h3>
      ${busy ? this.renderProgress(ui) : nothing}
      <div
        class="drawing ${flexible(content) ? "plot" : ""} ${content.handle ? "handle" : ""}"
        tabindex=${interactive ? 0 : nothing}
        role=${interactive ? "group" : nothing}
        aria-label=${interactive ? `${content.title}${messagesOf(this.locale).between.label}${content.handle?.help ?? ui.cursorHelp}` : nothing}
        @pointermove=${(event: PointerEvent) => this.onPointer(event)}
        @pointerdown=${(event: PointerEvent) => this.onPointer(event)}
        @pointerup=${(event: PointerEvent) => this.onDrag(event)}
        @pointercancel=${(event: PointerEvent) => this.onDrag(event)}
        @click=${() => this.keep()}
        @pointerleave=${(event: PointerEvent) => this.onLeave(event)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        @keyup=${(event: KeyboardEvent) => this.onKeyUp(event)}
      ></div>
      ${
        interactive
          ? html`<output
              class="readout"
              title=${readout}
              aria-live=${this.following ? "off" : "polite"}
              >${readout}</output
            >`
          : nothing
      }
      <figcaption>
        ${explained(this, content.caption, this.locale, seen)} ${content.more}
      </figcaption>
      <div class="foot">
        <div class="actions">
          <button class="link" @click=${() => this.saveTable(content.table)}>CSV</button>
          <button class="link" @click=${() => void this.take("svg")}>SVG</button>
          <button class="link" @click=${() => void this.take("png")}>PNG</button>
          <button class="link" @click=${() => void this.take("publish")}>${ui.publish}</button>
        </div>
        <details
          @toggle=${(event: Event) =>
            (this.tableOpen = (event.currentTarget as HTMLDetailsElement).open)}
        >
          <summary>${ui.table}</summary>
          ${this.tableOpen ? tableOf(this, content.table, this.locale) : nothing}
        </details>
      </div>
      ${this.missing ? html`<p class="issue" role="alert">${this.missing}</p>` : nothing}
      ${
        this.copyText
          ? html`<p class="note">${ui.sandboxed}</p>
              <textarea readonly aria-label=${ui.sandboxed} .value=${this.copyText}></textarea>`
          : nothing
      }
    </figure>`;
  }

  private renderProgress(ui: ReturnType<typeof messagesOf>["ui"]) {
    const percent = Math.round(100 * (this.progress ?? 0));
    return html`<div class="bar">
      <progress max="100" .value=${percent} aria-label=${ui.working(percent)}></progress>
      <span>${percent}&#8239;%</span>
      <button
        class="link"
        @click=${() => this.dispatchEvent(new CustomEvent("init-cancel", { bubbles: true, composed: true }))}
      >
        ${ui.cancel}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-figure": FigureElement;
  }
}
