/** <init-program>: a program, in one of several languages, to be read and copied. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { shared } from "./styles.js";

/** How long the button says that it has copied, in milliseconds. */
const SAID = 1500;

/** A program, or numbers as one prints them, and what is chosen above. */
export const programStyles = css`
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    margin: 0 0 8px;
  }
  pre {
    margin: 0;
    padding: 12px;
    overflow: auto;
    max-height: var(--init-program-height, 320px);
    border: 1px solid var(--init-hairline);
    border-radius: 4px;
    font:
      12px/1.5 ui-monospace,
      monospace;
  }
`;

@customElement("init-program")
export class ProgramElement extends LitElement {
  @property({ attribute: false }) languages: readonly { id: string; name: string }[] = [];
  @property() language = "";
  @property({ attribute: false }) choose: (language: string) => void = () => undefined;
  /** The program; where there is none, `note` says why. */
  @property() text = "";
  @property() note = "";
  @property() locale: Locale = "en";
  @state() private copied = false;
  @state() private toCopy = "";

  static override styles = [
    shared,
    programStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      textarea {
        width: 100%;
        height: 120px;
        margin-top: 8px;
      }
    `,
  ];

  private async copy(): Promise<void> {
    const { text } = this;
    try {
      await navigator.clipboard.writeText(text);
      this.copied = true;
      setTimeout(() => (this.copied = false), SAID);
    } catch {
      this.toCopy = text; // no clipboard here: to be selected by hand
    }
  }

  override render() {
    const { take } = messagesOf(this.locale);
    return html`<div class="row">
        ${this.languages.map(
          ({ id, name }) =>
            html`<button
              class="link"
              aria-pressed=${id === this.language ? "true" : "false"}
              @click=${() => this.choose(id)}
            >
              ${name}
            </button>`,
        )}
        ${
          this.text
            ? html`<button @click=${() => void this.copy()}>
                ${this.copied ? take.copied : take.copy}
              </button>`
            : nothing
        }
      </div>
      ${
        this.text
          ? html`<pre id="code" tabindex="0" aria-label=${take.code}>${this.text}</pre>`
          : nothing
      }
      ${this.note ? html`<p class="note" role="status">${this.note}</p>` : nothing}
      ${
        this.toCopy
          ? html`<textarea readonly aria-label=${take.copy} .value=${this.toCopy}></textarea>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-program": ProgramElement;
  }
}
