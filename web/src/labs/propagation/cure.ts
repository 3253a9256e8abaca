/**
 * <init-cure>: the one cure of a network in numbers, what applies it and takes it back, and its code
 * beside it. Loaded for networks that ail. Its room is the same while a cure is sought, once it is there,
 * and once it is applied: what is read below stays where it is.
 */
import { LitElement, css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { shared } from "../../controls/styles.js";
import { explained } from "../../controls/terms.js";
import type { Engine } from "../../engine/client.js";
import { sameScheme } from "../../engine/request.js";
import type { PropagationRequest } from "../../engine/request.js";
import { cureWords } from "../../i18n/cure.js";
import type { CureWords } from "../../i18n/cure.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import { formatNumber } from "../../i18n/numbers.js";
import type { Application } from "./applied.js";
import "./net-code.js";
import type { Change } from "./verdict/case.js";
import type { Cure, Cures, Effect } from "./verdict/index.js";

/** What a reader may do. */
export interface CureActs {
  readonly apply: (change: Change, name: string) => void;
  readonly undo: (application: Application) => void;
  /** Trains these schemes in the network; undefined where there is no training lab. */
  readonly train: ((schemes: PropagationRequest["schemes"]) => void) | undefined;
}

function factorText(factor: number, { overflow }: CureWords): string {
  return factor === Infinity ? overflow : formatNumber(factor);
}

@customElement("init-cure")
export class CureElement extends LitElement {
  @property({ attribute: false }) engine!: Engine;
  /** What is answered, and which of its schemes is looked at. */
  @property({ attribute: false }) request!: PropagationRequest;
  @property({ attribute: false }) position = 0;
  @property({ attribute: false }) cures!: Cures;
  /** What made the network what it is. */
  @property({ attribute: false }) applied: Application | undefined;
  /** The link to why. */
  @property({ attribute: false }) why: unknown = nothing;
  /** Whether the state is another by now, so that nothing is to be done to it. */
  @property({ attribute: false }) outdated = false;
  @property({ attribute: false }) acts!: CureActs;
  @property() locale: Locale = "en";
  @query("h4") private readonly heading!: HTMLElement | null;
  /** The request of the code, made anew where it is of others: what shows it asks the engine of each. */
  private coded:
    | {
        readonly of: readonly [request: PropagationRequest, position: number, change: string];
        readonly request: PropagationRequest;
      }
    | undefined;
  /** Whether the reader has just pressed a button that goes with what it did. */
  private pressed = false;

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .cure {
        display: grid;
        gap: 12px 28px;
        grid-template-columns: minmax(0, 1fr);
        padding: 8px 12px 12px;
        border: 1px solid var(--init-hairline);
        border-radius: 4px;
      }
      h4 {
        margin: 0;
        font-size: 14px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .said {
        display: flex;
        flex-direction: column;
        gap: 8px;
        min-height: 400px; /* the longest that is said; it would push the code down else */
      }
      p {
        margin: 0;
      }
      th:first-child,
      td:first-child {
        white-space: normal;
        font-weight: 400;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        min-height: 28px;
      }
      .applied {
        align-items: center;
      }
      .code {
        min-width: 0;
        height: 340px;
      }
      init-net-code {
        min-height: 0;
        --init-program-height: 272px;
      }
      details {
        margin-top: 8px;
      }
      @container (max-width: 480px) {
        thead th {
          min-width: 0;
        }
        .said {
          overflow-x: auto;
          margin: -3px;
          padding: 3px; /* for the outline of the focus */
        }
      }
      .scroll {
        overflow-x: auto;
      }
      @container (min-width: 640px) {
        .cure {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .said {
          min-height: 340px;
        }
      }
      @media print {
        .row,
        .code,
        details {
          display: none;
        }
        .said {
          min-height: 0;
        }
      }
    `,
  ];

  /** The network with the cure, or as it is. */
  private requestOfCode(cure: Cure | undefined): PropagationRequest {
    const { request, position } = this;
    const of = [request, position, JSON.stringify(cure?.change)] as const;
    if (this.coded && of.every((value, i) => value === this.coded?.of[i]))
      return this.coded.request;
    const { scheme = request.schemes[position], ...others } = cure?.change ?? {};
    this.coded = { of, request: { ...request, ...others, schemes: scheme ? [scheme] : [] } };
    return this.coded.request;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.pressed || this.outdated || !changed.has("outdated")) return;
    this.pressed = false;
    // The button that was pressed is gone: whoever goes on by keys goes on from here.
    if (document.activeElement === document.body) this.heading?.focus();
  }

  private apply(cure: Cure): void {
    this.pressed = true;
    this.acts.apply(cure.change, cure.name);
  }

  private undo(applied: Application): void {
    this.pressed = true;
    this.acts.undo(applied);
  }

  /** Both as schemes of one training, where they are of one network with the same biases. */
  private pair(cure: Cure | undefined): PropagationRequest["schemes"] | undefined {
    const { request, applied, position } = this;
    const here = request.schemes[position];
    if (!here) return undefined;
    if (cure) {
      const { scheme, bias, net, omega_0 } = cure.change;
      return net === undefined && omega_0 === undefined && sameScheme(bias, request.bias)
        ? [here, scheme]
        : undefined;
    }
    if (!applied) return undefined;
    const { bias, net, omega_0 } = applied.before;
    return net === request.net && omega_0 === request.omega_0 && sameScheme(bias, request.bias)
      ? [applied.scheme, here]
      : undefined;
  }

  private renderEffects(words: CureWords, from: Effect, to: Effect | undefined, cured: boolean) {
    const { ways } = this.cures;
    const row = (label: string, of: (effect: Effect) => string) =>
      html`<tr>
        <td>${label}</td>
        <td>${of(from)}</td>
        <td>${to ? of(to) : "…"}</td>
      </tr>`;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${words.factor}</th>
          <th scope="col">${cured ? words.before : words.now}</th>
          <th scope="col">${cured ? words.now : words.after}</th>
        </tr>
      </thead>
      <tbody>
        ${row(words.way(...ways.signal), (of) => factorText(of.signal, words))}
        ${row(words.way(...ways.gradient), (of) => factorText(of.gradient, words))}
        ${Number.isNaN(from.loss) ? nothing : row(words.loss, ({ loss }) => formatNumber(loss))}
      </tbody>
    </table>`;
  }

  private renderOthers(words: CureWords) {
    const { ui, between } = messagesOf(this.locale);
    const { others } = this.cures;
    if (others.length === 0) return html`<div class="row"></div>`;
    const button = (cure: Cure) =>
      html`<button
        class="link"
        aria-label="${ui.apply}${between.label}${cure.name}"
        ?disabled=${this.outdated}
        @click=${() => this.apply(cure)}
      >
        ${ui.apply}
      </button>`;
    return html`<details>
      <summary>${words.others(others.length)}</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">${words.setting}</th>
              <th scope="col">${words.signal}</th>
              <th scope="col">${words.gradient}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${others.map(
              (cure) =>
                html`<tr>
                  <td>${cure.name}</td>
                  <td>${factorText(cure.effect.signal, words)}</td>
                  <td>${factorText(cure.effect.gradient, words)}</td>
                  <td>${cure.text === undefined ? nothing : button(cure)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  /** What made the network what it is is shown as before and now, unless another cure is offered or sought. */
  private get cured(): Application | undefined {
    const { first, sought } = this.cures;
    return first || sought ? undefined : this.applied;
  }

  private titleOf(words: CureWords): string {
    const { cures, cured } = this;
    if (cured) return words.applied(cured.name);
    if (cures.first) return words.title;
    return cures.sought ? words.seeking : words.none;
  }

  private renderUndo(applied: Application, words: CureWords) {
    return html`<button ?disabled=${this.outdated} @click=${() => this.undo(applied)}>
      ${words.undo}
    </button>`;
  }

  override render() {
    const { cures, applied, cured, acts, outdated, locale } = this;
    const { first: cure, now, others, sought } = cures;
    const { ui } = messagesOf(locale);
    const words = cureWords(locale);
    const title = this.titleOf(words);
    const pair = sought ? undefined : acts.train && this.pair(cure);
    const texts = [cure?.text ?? "", cures.said].filter(Boolean);
    const said = texts.length > 0 ? texts : [words.noneBetter(others.length)];
    const [from, to] = cured ? [cured.effect, now] : [now, cure?.effect];
    return html`<div class="cure">
        <div class="said" role="group" aria-label=${title}>
          <h4 tabindex="-1">${title}</h4>
          ${this.renderEffects(words, from, to, cured !== undefined)}
          <div class="row">
            ${
              cure
                ? html`<button ?disabled=${outdated} @click=${() => this.apply(cure)}>
                    ${ui.apply}
                  </button>`
                : nothing
            }
            ${cured ? this.renderUndo(cured, words) : nothing}
            ${
              pair
                ? html`<button ?disabled=${outdated} @click=${() => acts.train?.(pair)}>
                    ${words.compare}
                  </button>`
                : nothing
            }
          </div>
          ${
            applied && !cured
              ? html`<div class="applied row">
                  ${words.applied(applied.name)} ${this.renderUndo(applied, words)}
                </div>`
              : nothing
          }
          ${said.map(
            (text, i) =>
              html`<p>${explained(this, text, locale)} ${cure && i === 0 ? this.why : nothing}</p>`,
          )}
        </div>
        <div class="code">
          <h4>${cure ? words.code : words.codeNow}</h4>
          ${
            sought
              ? nothing
              : html`<init-net-code
                  .engine=${this.engine}
                  .request=${this.requestOfCode(cure)}
                  .locale=${locale}
                ></init-net-code>`
          }
        </div>
      </div>
      ${this.renderOthers(words)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-cure": CureElement;
  }
}
