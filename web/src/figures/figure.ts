/** A figure: title, drawing, a sentence on it, its table, downloads and a cursor. It is given what draws it. */
import { html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Drawing } from "../charts/plot.js";
import type { ThemeName } from "../charts/theme.js";
import { queueDrawing } from "../controls/draw-queue.js";
import { lackOf, loadPart, wordsFor } from "../controls/part.js";
import { QueuedElement } from "../controls/queued-element.js";
import { shared } from "../controls/styles.js";
import { explainDrawing, explained } from "../controls/terms.js";
import type { Seen } from "../controls/terms.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { AheadDrawing } from "./ahead.js";
import type { FigureContent } from "./content.js";
import { Cursor } from "./cursor.js";
import { drawingOf, fitted, flexible, heightOf } from "./drawing.js";
import { download, downloadsBlocked, toCsv } from "./export.js";
import type { Table } from "./export.js";
import { renderFoot } from "./foot.js";
import type { Foot } from "./foot.js";
import { Grip } from "./handle.js";
import { renderProgress } from "./progress.js";
import type { Source } from "./source.js";
import { RoomChange } from "./room-change.js";
import { figureStyles } from "./styles.js";
import { tableOf } from "./table.js";

/** How far beyond the window's edge figures are drawn. */
const NEAR = "200px";

@customElement("init-figure")
export class FigureElement extends QueuedElement {
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

  /** Whether a control is dragged: what is seen least is made last, and terms are marked later. */
  hurried = false;

  @state() private width = 0;
  /** Pixels of height that the styles leave the drawing. */
  @state() private height = 0;
  /** The width at which it is drawn, which is scaled to its own. */
  private drawnWidth = 0;
  @state() private copyText = "";
  /** Why what was asked for did not come. */
  @state() private missing = "";
  /** A table is made when it is looked at: some have thousands of cells. */
  @state() private tableOpen = false;
  private readonly cursor = new Cursor(this);
  @query(".drawing") private readonly place!: HTMLDivElement;
  private drawing: Drawing | undefined;
  private ahead: AheadDrawing | undefined;
  private readonly grip = new Grip();
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

  static override styles = [shared, figureStyles];

  override connectedCallback(): void {
    super.connectedCallback();
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
  }

  private onLeave(event: PointerEvent): void {
    // A finger leaves when it is lifted: what it tapped stays.
    if (event.pointerType !== "touch") this.cursor.leave();
  }

  /** What is around a drawing is there at once, so that what is below has its place. */
  protected override get takesTurns(): boolean {
    return this.hurried;
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

  /**
   * What is drawn in the content's place while its simulation follows what is set; undefined for the
   * content itself. A frame has no time for more: all else stays as it is.
   */
  showAhead(ahead: AheadDrawing | undefined): void {
    if (ahead === this.ahead) return;
    this.ahead = ahead;
    this.toggleAttribute("data-ahead", ahead !== undefined);
    this.stale = true;
    if (this.cursor.at >= 0) this.requestUpdate(); // what it reads
    if (!this.near || this.isUpdatePending) return;
    this.redraw();
    this.drawCursor();
  }

  /** Draws what has changed since the last time. */
  private redraw(): void {
    if (!this.stale || !this.content || this.width === 0) return;
    this.stale = false;
    const { content, ahead } = this;
    const before = this.drawing;
    const { width } = this;
    const own = heightOf(content, width);
    const height = this.fill || flexible(content) ? this.height || own : own;
    const { drawn, shown } = this.fill
      ? fitted(content, width, height)
      : { drawn: { width, height }, shown: undefined };
    this.drawnWidth = drawn.width;
    const seen = ahead ? { ...content, ...ahead, title: ahead.said, caption: "" } : content;
    this.drawing = drawingOf(seen, drawn.width, this.theme, this.locale, drawn.height);
    const { svg } = this.drawing;
    for (const [name, size] of Object.entries(shown ?? {})) svg.setAttribute(name, String(size));
    if (svg.parentNode !== this.place) this.place.replaceChildren(svg);
    this.cursor.fit(this.drawing);
    if (!ahead) content.drawn?.(this.drawing, before);
  }

  private drawCursor(): void {
    // What is ahead, or still drawn though it is not any more, is changed in place.
    if (!this.ahead && !this.stale) explainDrawing(this.drawing?.svg, this.locale);
    if (this.drawing) this.cursor.draw(this.drawing, this.drawnWidth);
  }

  private onDrag(event: PointerEvent): void {
    const { handle } = this.content ?? {};
    if (handle) this.grip.toPointer(event, handle, this.drawing, this.drawnWidth);
  }

  private onPointer(event: PointerEvent): void {
    if (this.content?.handle) return this.onDrag(event);
    if (this.drawing) this.cursor.toPointer(event, this.drawing, this.drawnWidth);
  }

  private onKey(event: KeyboardEvent): void {
    const { handle } = this.content ?? {};
    if (!handle || !this.grip.toKey(event, handle)) this.cursor.toKey(event, this.drawing);
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
    const position = this.cursor.looked;
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
    const { content, progress } = this;
    if (!content) return nothing;
    const messages = messagesOf(this.locale);
    const { ui, between } = messages;
    const { handle } = content;
    const { describe } = this.ahead ?? content;
    const { at, following } = this.cursor;
    const interactive = handle !== undefined || describe !== undefined;
    const readout = handle?.readout ?? (at >= 0 ? (describe?.(at) ?? "") : "");
    const seen: Seen = new Set();
    const said = (text: string) => (this.hurried ? text : explained(this, text, this.locale, seen));
    return html`<figure>
      <h3>${said(content.title)}</h3>
      ${progress === undefined ? nothing : renderProgress(this, progress, messages)}
      <div
        class="drawing ${flexible(content) ? "plot" : ""} ${handle ? "handle" : ""}"
        tabindex=${interactive ? 0 : nothing}
        role=${interactive ? "group" : nothing}
        aria-label=${interactive ? `${content.title}${between.label}${handle?.help ?? ui.cursorHelp}` : nothing}
        @pointermove=${(event: PointerEvent) => this.onPointer(event)}
        @pointerdown=${(event: PointerEvent) => this.onPointer(event)}
        @pointerup=${(event: PointerEvent) => this.onDrag(event)}
        @pointercancel=${(event: PointerEvent) => this.onDrag(event)}
        @click=${() => this.cursor.keep()}
        @pointerleave=${(event: PointerEvent) => this.onLeave(event)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        @keyup=${(event: KeyboardEvent) => this.onKeyUp(event)}
      ></div>
      ${
        interactive
          ? html`<output class="readout" title=${readout} aria-live=${following ? "off" : "polite"}
              >${readout}</output
            >`
          : nothing
      }
      <figcaption>${said(content.caption)} ${content.more}</figcaption>
      ${renderFoot(this.footOf(content, said), messages)}
    </figure>`;
  }

  private footOf(content: FigureContent, said: (text: string) => unknown): Foot {
    return {
      content,
      how: content.how && said(content.how),
      table: this.tableOpen ? tableOf(this, content.table, this.locale) : nothing,
      missing: this.missing,
      copyText: this.copyText,
      save: () => this.saveTable(content.csv?.() ?? content.table),
      take: (way) => void this.take(way),
      open: (open) => (this.tableOpen = open),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-figure": FigureElement;
  }
}
