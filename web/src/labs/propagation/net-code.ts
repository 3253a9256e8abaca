/** <init-net-code>: the network of a request as a program of other libraries. Loaded when it is opened. */
import { LitElement, css, html } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../../controls/program.js";
import { shared } from "../../controls/styles.js";
import type { Engine } from "../../engine/client.js";
import { InitscopeError } from "../../engine/errors.js";
import { Latest } from "../../engine/latest.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { SchemeResults } from "../../engine/results.js";
import { NET_LIBRARIES, netProgram } from "../../files/net-code.js";
import type { NetLibrary } from "../../files/net-code.js";
import type { Locale } from "../../i18n/index.js";
import { planRequest } from "./plan.js";

@customElement("init-net-code")
export class NetCodeElement extends LitElement {
  @property({ attribute: false }) engine!: Engine;
  /** What the lab shows, and which of its schemes is looked at. */
  @property({ attribute: false }) request!: PropagationRequest;
  @property({ attribute: false }) position = 0;
  @property() locale: Locale = "en";
  @state() private library: NetLibrary = "torch";
  @state() private planned:
    { readonly of: PropagationRequest; readonly plans: SchemeResults<"plan"> } | undefined;
  private latest: Latest<"plan"> | undefined;

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
        min-height: 560px;
        --init-program-height: 512px;
      }
    `,
  ];

  private readonly choose = (library: string): void => {
    this.library = library as NetLibrary;
  };

  protected override updated(changed: PropertyValues): void {
    if (changed.has("request")) void this.plan(this.request);
  }

  /** Every scheme's, for each draws the weights by its own rule. */
  private async plan(of: PropagationRequest): Promise<void> {
    this.latest ??= new Latest(this.engine, "plan");
    try {
      const plans = await this.latest.run({ ...planRequest(of), schemes: of.schemes });
      this.planned = { of, plans };
    } catch (error) {
      // A newer request took its place; of what is wrong with a request, the lab itself tells.
      if (!(error instanceof InitscopeError)) throw error;
    }
  }

  override render() {
    const { of, plans = [] } = this.planned ?? {};
    const plan = plans[Math.min(this.position, plans.length - 1)];
    if (!of || !plan) return html`<init-program .locale=${this.locale}></init-program>`;
    const source = { ...of, plan: plan.result, weight: plan.scheme };
    const program = netProgram(this.library, source, this.locale);
    return html`<init-program
      .languages=${NET_LIBRARIES}
      .language=${this.library}
      .choose=${this.choose}
      .text=${"text" in program ? program.text : ""}
      .note=${"refusal" in program ? program.refusal : ""}
      .locale=${this.locale}
    ></init-program>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-net-code": NetCodeElement;
  }
}
