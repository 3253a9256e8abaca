/** <init-audit-drop>: where a reader's own files are dropped or chosen, by pointer or keys. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shared } from "../../controls/styles.js";
import { auditWordsOf } from "../../i18n/audit.js";
import type { Locale } from "../../i18n/locale.js";
import { chosen, dropped } from "./files.js";

/** Files were given; the list may be empty. */
export class FilesGiven extends CustomEvent<readonly File[]> {
  static readonly type = "audit-files";

  constructor(files: readonly File[]) {
    super(FilesGiven.type, { detail: files });
  }
}

@customElement("init-audit-drop")
export class AuditDropElement extends LitElement {
  @property() locale: Locale = "en";
  @state() private over = false;

  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        gap: 8px;
        padding: 12px;
        border: 1px dashed var(--init-border);
        border-radius: 4px;
      }
      section.over {
        border-color: var(--init-accent);
        background: var(--init-raised);
      }
      h3,
      p {
        margin: 0;
      }
      h3 {
        font-size: 15px;
        font-weight: 600;
      }
      .choose {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      input {
        display: none;
      }
      /* Where there is no room beside the figures: nobody drops anything on a phone. */
      @container (max-width: 849px) {
        section {
          gap: 4px 12px;
          padding: 8px 12px;
        }
        .how {
          display: none;
        }
      }
    `,
  ];

  private give(files: readonly File[]): void {
    this.dispatchEvent(new FilesGiven(files));
  }

  private async onDrop(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.over = false;
    if (event.dataTransfer) this.give(await dropped(event.dataTransfer));
  }

  private onDrag(event: DragEvent): void {
    event.preventDefault(); // else the browser would open what is dropped
    this.over = event.type !== "dragleave";
  }

  private chooser(name: string, folder: boolean) {
    const pick = ({ currentTarget }: Event) => {
      const button = currentTarget as HTMLElement;
      (button.nextElementSibling as HTMLInputElement).click();
    };
    const take = ({ currentTarget }: Event) => {
      const input = currentTarget as HTMLInputElement;
      this.give(chosen(input.files));
      input.value = ""; // the same file may be chosen again
    };
    return html`<button @click=${pick}>${name}</button>
      <input
        type="file"
        multiple
        aria-label=${name}
        ?webkitdirectory=${folder}
        tabindex="-1"
        @change=${take}
      />`;
  }

  override render() {
    const { drop } = auditWordsOf(this.locale);
    return html`<section
      class=${this.over ? "over" : nothing}
      aria-label=${drop.title}
      @dragenter=${(event: DragEvent) => this.onDrag(event)}
      @dragover=${(event: DragEvent) => this.onDrag(event)}
      @dragleave=${(event: DragEvent) => this.onDrag(event)}
      @drop=${(event: DragEvent) => void this.onDrop(event)}
    >
      <h3>${drop.title}</h3>
      <p class="how">${drop.how}</p>
      <div class="choose">
        ${this.chooser(drop.files, false)} ${this.chooser(drop.folder, true)}
      </div>
      <p class="note">${drop.privacy}</p>
      <details>
        <summary>${drop.kinds}</summary>
        <p class="note">${drop.formats}</p>
      </details>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-audit-drop": AuditDropElement;
  }
}
