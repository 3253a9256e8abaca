/** What a reader takes home: the first numbers, programs, and the weights as files. */
import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { QueuedElement } from "../../controls/queued-element.js";
import { download, downloadsBlocked } from "../../figures/export.js";
import { shared, slotColors } from "../../controls/styles.js";
import type { MatrixRequest } from "../../engine/request.js";
import { codeFor, LANGUAGES } from "../../files/code.js";
import type { CodeSource, Language } from "../../files/code.js";
import { toMatrixCsv, toNpy, toNpz, toSafetensors } from "../../files/tensors.js";
import type { NamedTensor } from "../../files/tensors.js";
import { torchText } from "../../files/torch-text.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import type { Spectrum } from "./comparison.js";
import { programStyles } from "../../controls/program.js";
import { schemeTabs } from "../../controls/tabs.js";

@customElement("init-take-home")
export class TakeHomeElement extends QueuedElement {
  /** The matrices that are shown, and the request that they answer. */
  @property({ attribute: false }) matrices: readonly Spectrum[] = [];
  @property({ attribute: false }) request!: MatrixRequest;
  @property() locale: Locale = "en";
  /** Which of them is looked at, and what chooses another. */
  @property({ attribute: false }) position = 0;
  @property({ attribute: false }) choose: (position: number) => void = () => undefined;
  @state() private language: Language = "torch";
  @state() private copyText = "";

  static override styles = [
    shared,
    slotColors,
    programStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        min-width: 0;
      }
      h3 {
        font-size: 15px;
        margin: 0 0 4px;
      }
      .note {
        margin: 4px 0 0;
        font-size: 13px;
        color: var(--init-secondary);
      }
      textarea {
        width: 100%;
        height: 120px;
      }
    `,
  ];

  private get matrix(): Spectrum | undefined {
    return this.matrices[this.position];
  }

  private source(matrix: Spectrum): CodeSource | undefined {
    const scheme = this.request.schemes[this.position];
    return scheme && { ...this.request, scheme, facts: matrix.result.facts };
  }

  private readonly chooseLanguage = (language: string): void => {
    this.language = language as Language;
  };

  private save(extension: string): void {
    const all: NamedTensor[] = this.matrices.map(({ result }, i) => ({
      name: `${this.request.schemes[i]?.scheme}_${i}`,
      shape: result.shape,
      values: result.values,
    }));
    const matrix = this.matrix;
    if (!matrix) return;
    const { shape, values, columns } = matrix.result;
    if (extension === "csv" && downloadsBlocked()) {
      this.copyText = toMatrixCsv(values, columns);
      return;
    }
    const files: Readonly<Record<string, () => BlobPart>> = {
      npy: () => toNpy({ shape, values }),
      npz: () => toNpz(all),
      safetensors: () => toSafetensors(all),
      csv: () => toMatrixCsv(values, columns),
    };
    const content = files[extension]?.();
    if (content) download(new Blob([content]), `initscope.${extension}`);
  }

  override render() {
    const { take, ui } = messagesOf(this.locale);
    const matrix = this.matrix;
    const source = matrix && this.source(matrix);
    if (!matrix || !source) return nothing;
    const code = codeFor(this.language, source, this.locale);
    const torch = this.request.generator === "torch";
    const blocked = downloadsBlocked();
    const extensions = blocked ? ["csv"] : ["npy", "npz", "safetensors", "csv"];
    return html`<section>
        <h3>${torch ? take.torchNumbers : take.numbers}</h3>
        <div class="row">${schemeTabs(this.matrices, this.position, this.choose)}</div>
        <pre id="numbers" tabindex="0" aria-label=${take.numbers}>
${torchText(matrix.result.values, matrix.result.shape)}</pre>
        <p class="note">${torch ? take.torchNote : take.ownNote}</p>
      </section>
      <section>
        <h3>${take.code}</h3>
        <init-program
          .languages=${LANGUAGES}
          .language=${this.language}
          .choose=${this.chooseLanguage}
          .text=${code}
          .locale=${this.locale}
        ></init-program>
      </section>
      <section>
        <h3>${take.weights}</h3>
        <div class="row">
          ${extensions.map(
            (extension) =>
              html`<button class="link" @click=${() => this.save(extension)}>
                .${extension}
              </button>`,
          )}
        </div>
        ${blocked ? html`<p class="note">${ui.sandboxed}</p>` : nothing}
        ${
          this.copyText
            ? html`<textarea readonly aria-label=${take.copy} .value=${this.copyText}></textarea>`
            : nothing
        }
      </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-take-home": TakeHomeElement;
  }
}
