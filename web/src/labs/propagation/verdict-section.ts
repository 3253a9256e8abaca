/** What is said of the scheme that is looked at, what would mend it, and where a reader may go from there. */
import { css, html, nothing } from "lit";
import type { ReactiveElement } from "lit";
import { schemeTabs } from "../../controls/tabs.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import type { Shown } from "../lab-state.js";
import type { Nets, Verdict } from "./advice.js";
import { LEAST_FOR_BAND } from "./data.js";
import type { Claim, Trial } from "./verdict/index.js";

/** Networks that are drawn where a band has no formula. */
const BAND_NETWORKS = 200;

/** Of tabs and the verdict. */
export const verdictStyles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
  }
  .room > .tabs {
    gap: 0 12px;
    min-height: 28px;
  }
  .verdict {
    margin: 4px 0 0;
    padding-left: 20px;
    max-width: 68em;
  }
  .verdict li {
    margin: 4px 0;
  }
`;

/** Schemes, of which one is looked at. */
interface TabsView {
  readonly shown: readonly Pick<Shown<"propagation">, "slot" | "name">[];
  readonly selected: number;
  readonly locale: Locale;
}

export interface VerdictView extends TabsView {
  readonly shown: readonly Shown<"propagation">[];
  /** Whose verdict it is: told when its terms can be marked. */
  readonly host: ReactiveElement;
  readonly chosen: Shown<"propagation">;
  /** What is answered. */
  readonly request: PropagationRequest;
  /** Words, what was tried, and what knows of nets: undefined until they are there. */
  readonly verdict: Verdict | undefined;
  readonly trials: readonly Trial[] | undefined;
  readonly nets: Nets | undefined;
  /** Whether the state is another by now, so that nothing is to be applied to it. */
  readonly outdated: boolean;
}

/** What a reader may do. */
export interface VerdictActs {
  readonly choose: (position: number) => void;
  readonly apply: (claim: Claim) => void;
  /** Draws so many networks. */
  readonly repeat: (networks: number) => void;
  /** Hands the network on to the training lab, of which a net's note tells; undefined where there is none. */
  readonly training: { readonly begin: () => void; readonly note: () => unknown } | undefined;
}

export function tabs({ shown, selected, locale }: TabsView, choose: VerdictActs["choose"]) {
  if (shown.length < 2) return nothing;
  return html`<div class="tabs" role="group" aria-label=${messagesOf(locale).ui.ridgeScheme}>
    ${schemeTabs(shown, selected, choose)}
  </div>`;
}

function claimItem(
  claim: Claim,
  why: unknown,
  { host, outdated, locale }: VerdictView,
  seen: Seen,
  act: VerdictActs,
) {
  const { ui, between } = messagesOf(locale);
  const button = () =>
    html`<button
      class="link"
      aria-label="${ui.apply}${between.label}${claim.text}"
      ?disabled=${outdated}
      @click=${() => act.apply(claim)}
    >
      ${ui.apply}
    </button>`;
  return html`<li>
    ${explained(host, claim.text, locale, seen)} ${why} ${claim.apply ? button() : nothing}
  </li>`;
}

/** Empty until its words are there. */
export function verdictSection(view: VerdictView, act: VerdictActs) {
  const { shown, chosen, request, verdict, trials, nets, locale } = view;
  const { result, name } = chosen;
  if (!verdict || (result.rows && !nets)) return html`<section class="wide"></section>`;
  const { ui, verdict: said } = messagesOf(locale);
  const net = result.rows ? nets?.netVerdict(result, locale) : undefined;
  const seen: Seen = new Set();
  const whyOf = ({ kind }: Claim) => verdict.whyOf(kind, net !== undefined, locale);
  const bandless =
    request.repeats < LEAST_FOR_BAND &&
    shown.some(({ result: { theory } }) => theory.gap || theory.gradientSpread.length === 0);
  const band = () =>
    html`<button @click=${() => act.repeat(BAND_NETWORKS)}>${ui.simulateBand}</button>`;
  const training = ({ begin, note }: NonNullable<VerdictActs["training"]>) =>
    html`<button ?disabled=${view.outdated} @click=${begin}>${ui.trainThis}</button>
      ${result.rows ? note() : nothing}`;
  return html`<section class="wide">
    <h3>${said.network.title(name)}</h3>
    ${tabs(view, act.choose)}
    <ul class="verdict">
      ${verdict
        .verdictOf(chosen, request, trials, locale, net)
        .map((claim) => claimItem(claim, whyOf(claim), view, seen, act))}
    </ul>
    ${bandless ? band() : nothing} ${act.training ? training(act.training) : nothing}
  </section>`;
}
