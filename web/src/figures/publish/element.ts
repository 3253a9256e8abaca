/**
 * <init-publish>: the dialog in which a figure becomes a picture for a paper or a slide, part of another page,
 * or a reference. It shows the picture as it will be, of what the figure showed when the dialog was opened.
 */
import { html, LitElement, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { ThemeName } from "../../charts/theme.js";
import { shared } from "../../controls/styles.js";
import { bibtexOf } from "../../files/bibtex.js";
import { messagesOf } from "../../i18n/index.js";
import { publishWords } from "../../i18n/publish.js";
import { download, downloadsBlocked } from "../export.js";
import { compose } from "./compose.js";
import { svgAddress, svgBlob, svgFile, toPng } from "./raster.js";
import { publishStyles } from "./styles.js";
import { addressOf, schemesOf } from "./taken.js";
import type { Taken } from "./taken.js";

const FORMATS = ["png", "svg"] as const;
const SCALES = [2, 3] as const;
const GROUNDS = ["paper", "none"] as const;
const THEMES = ["light", "dark"] as const;

/** One of several, of which a group of radio buttons has one chosen. */
interface Choice<T extends string | number> {
  readonly title: string;
  readonly name: string;
  readonly all: readonly T[];
  readonly chosen: T;
  readonly text: (one: T) => string;
  readonly choose: (one: T) => void;
  readonly disabled?: boolean;
}

@customElement("init-publish")
export class PublishElement extends LitElement {
  @property({ attribute: false }) taken!: Taken;

  @state() private format: (typeof FORMATS)[number] = "png";
  @state() private scale: (typeof SCALES)[number] = 2;
  @state() private ground: (typeof GROUNDS)[number] = "paper";
  /** The figure's own until another is chosen. */
  @state() private theme: ThemeName | undefined;
  @state() private said = "";
  /** What a frame that lets nothing be downloaded hands out to be copied. */
  @state() private copyText = "";
  @query("dialog") private readonly dialog!: HTMLDialogElement;
  @query(".cite textarea") private readonly citation!: HTMLTextAreaElement | null;

  static override styles = [shared, publishStyles];

  /** The page has gone elsewhere: a dialog in a lab that is hidden would leave nothing to press. */
  private readonly onAway = (): void => this.dialog.close();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("popstate", this.onAway);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("popstate", this.onAway);
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  private get picture(): SVGSVGElement {
    const theme = this.theme ?? this.taken.theme;
    return compose({ ...this.taken, theme }, this.ground === "paper");
  }

  private async save(): Promise<void> {
    const { format, picture } = this;
    const name = `initscope-${this.taken.name}.${format}`;
    if (downloadsBlocked()) this.copyText = svgFile(picture);
    else if (format === "png") download(await toPng(picture, this.scale), name);
    else download(svgBlob(picture), name);
  }

  /** Says whether it went well: browsers refuse it to frames, and to pages that are not asked by a press. */
  private async copy(write: () => Promise<void>, otherwise: string): Promise<void> {
    const { take } = messagesOf(this.taken.locale);
    this.said = "";
    try {
      await write();
      this.said = take.copied;
    } catch {
      this.said = otherwise;
    }
  }

  private copyImage(): Promise<void> {
    // The image is a promise: by the time it is made the press would be too long ago.
    const items = () => [new ClipboardItem({ "image/png": toPng(this.picture, this.scale) })];
    const { notCopied } = publishWords(this.taken.locale);
    return this.copy(() => navigator.clipboard.write(items()), notCopied);
  }

  private copyCitation(): Promise<void> {
    const { citation } = this;
    citation?.select();
    const { ui } = messagesOf(this.taken.locale);
    return this.copy(() => navigator.clipboard.writeText(citation?.value ?? ""), ui.copyThis);
  }

  private embed(): void {
    const { source, home, name, content } = this.taken;
    this.dialog.close();
    if (source) home?.embed?.(source.kind, source.state, name, content.title);
  }

  private renderChoice<T extends string | number>(choice: Choice<T>) {
    const { title, name, all, chosen, text, choose, disabled = false } = choice;
    return html`<fieldset ?disabled=${disabled}>
      <legend>${title}</legend>
      ${all.map(
        (one) =>
          html`<label
            ><input
              type="radio"
              name=${name}
              .checked=${one === chosen}
              @change=${() => choose(one)}
            />
            ${text(one)}</label
          >`,
      )}
    </fieldset>`;
  }

  private renderChoices(words: ReturnType<typeof publishWords>) {
    const { ui } = messagesOf(this.taken.locale);
    return html`<div class="choices">
      ${this.renderChoice({
        title: words.format,
        name: "format",
        all: FORMATS,
        chosen: this.format,
        text: (one) => one.toUpperCase(),
        choose: (one) => (this.format = one),
      })}
      ${this.renderChoice({
        title: words.scale,
        name: "scale",
        all: SCALES,
        chosen: this.scale,
        text: (one) => `${one}×`,
        choose: (one) => (this.scale = one),
        disabled: this.format === "svg",
      })}
      ${this.renderChoice({
        title: words.ground,
        name: "ground",
        all: GROUNDS,
        chosen: this.ground,
        text: (one) => words.grounds[one],
        choose: (one) => (this.ground = one),
      })}
      ${this.renderChoice({
        title: ui.theme,
        name: "theme",
        all: THEMES,
        chosen: this.theme ?? this.taken.theme,
        text: (one) => ui.themes[one],
        choose: (one) => (this.theme = one),
      })}
    </div>`;
  }

  private renderCite(words: ReturnType<typeof publishWords>) {
    const { take } = messagesOf(this.taken.locale);
    const schemes = schemesOf(this.taken).map(({ scheme }) => scheme.scheme);
    return html`<details class="cite">
      <summary>${words.cite}</summary>
      <p class="note" id="cite-note">${words.citeNote}</p>
      <textarea
        readonly
        rows="8"
        aria-labelledby="cite-note"
        .value=${bibtexOf(schemes, addressOf(this.taken))}
      ></textarea>
      <button @click=${() => void this.copyCitation()}>${take.copy}</button>
    </details>`;
  }

  override render() {
    const { locale, content, home } = this.taken;
    const words = publishWords(locale);
    const { share, ui } = messagesOf(locale);
    const { picture } = this;
    const [width, height] = ["width", "height"].map(
      (name) => Number(picture.getAttribute(name)) * (this.format === "png" ? this.scale : 1),
    );
    return html`<dialog aria-labelledby="title" @close=${() => this.remove()}>
      <h2 id="title">${words.title}</h2>
      <img
        class="${this.ground} ${this.theme ?? this.taken.theme}"
        src=${svgAddress(picture)}
        alt=${words.preview(content.title)}
        width=${picture.getAttribute("width") ?? nothing}
        height=${picture.getAttribute("height") ?? nothing}
      />
      <p class="note">${words.pixels(width ?? 0, height ?? 0)}</p>
      ${this.renderChoices(words)}
      <div class="actions">
        <button @click=${() => void this.save()}>${words.download}</button>
        ${
          "ClipboardItem" in globalThis && window.isSecureContext
            ? html`<button @click=${() => void this.copyImage()}>${words.copyImage}</button>`
            : nothing
        }
        ${
          home?.embed ? html`<button @click=${() => this.embed()}>${words.embed}</button>` : nothing
        }
        <button @click=${() => this.dialog.close()}>${share.close}</button>
        <output>${this.said}</output>
      </div>
      ${
        this.copyText
          ? html`<p class="note">${ui.sandboxed}</p>
              <textarea readonly aria-label=${ui.sandboxed} .value=${this.copyText}></textarea>`
          : nothing
      }
      ${this.renderCite(words)}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-publish": PublishElement;
  }
}
