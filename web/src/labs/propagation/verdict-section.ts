/** What is said of the scheme that is looked at, what would mend it, and where a reader may go from there. */
import { css, html, nothing } from "lit";
import type { ReactiveElement } from "lit";
import { schemeTabs } from "../../controls/tabs.js";
import { explained } from "../../controls/terms.js";
import type { Seen } from "../../controls/terms.js";
import type { Engine } from "../../engine/client.js";
import type { PropagationRequest } from "../../engine/request.js";
import { messagesOf } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import type { Shown } from "../lab-state.js";
import type { Nets, Verdict } from "./advice.js";
import type { Application } from "./applied.js";
import type { CureActs } from "./cure.js";
import { LEAST_FOR_BAND } from "./data.js";
import type { Change, Claim, Cures, Trial } from "./verdict/index.js";

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
  .cure-room {
    container-type: inline-size;
    margin: 8px 0;
  }
  /* What it takes, before its code is there too. */
  init-cure {
    display: block;
    min-height: 816px;
  }
  @container (min-width: 640px) {
    init-cure {
      min-height: 400px;
    }
  }
  @media print {
    init-cure {
      min-height: 0 !important;
    }
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
  /** What made the network what it is. */
  readonly applied: Application | undefined;
  readonly engine: Engine;
  /** Whether the state is another by now, so that nothing is to be applied to it. */
  readonly outdated: boolean;
}

/** What a reader may do. */
export interface VerdictActs {
  readonly choose: (position: number) => void;
  readonly apply: (change: Change, name: string, cures: Cures) => void;
  readonly undo: CureActs["undo"];
  /** Draws so many networks. */
  readonly repeat: (networks: number) => void;
  /** Hands the network on to the training lab, of which a net's note tells; undefined where there is none. */
  readonly training:
    | {
        readonly begin: (schemes?: PropagationRequest["schemes"]) => void;
        readonly note: () => unknown;
      }
    | undefined;
  /** What stands at the end: the code of what is there. */
  readonly code: () => unknown;
}

export function tabs({ shown, selected, locale }: TabsView, choose: VerdictActs["choose"]) {
  if (shown.length < 2) return nothing;
  return html`<div class="tabs" role="group" aria-label=${messagesOf(locale).ui.ridgeScheme}>
    ${schemeTabs(shown, selected, choose)}
  </div>`;
}

function claimItem(
  { text, apply, name = "" }: Claim,
  why: unknown,
  { host, outdated, locale }: VerdictView,
  seen: Seen,
  act: (change: Change, name: string) => void,
) {
  const { ui, between } = messagesOf(locale);
  const button = (change: Change) =>
    html`<button
      class="link"
      aria-label="${ui.apply}${between.label}${text}"
      ?disabled=${outdated}
      @click=${() => act(change, name)}
    >
      ${ui.apply}
    </button>`;
  return html`<li>
    ${explained(host, text, locale, seen)} ${why} ${apply ? button(apply) : nothing}
  </li>`;
}

/** Claims that the cure says itself, in its own place. */
const OF_CURES: readonly Claim["kind"][] = ["remedy", "trying", "nothing"];

function cureSection(cures: Cures, why: unknown, view: VerdictView, act: VerdictActs) {
  const { training } = act;
  const acts: CureActs = {
    apply: (change, name) => act.apply(change, name, cures),
    undo: act.undo,
    train: training && ((schemes) => training.begin(schemes)),
  };
  return html`<div class="cure-room">
    <init-cure
      .engine=${view.engine}
      .request=${view.request}
      .position=${Math.min(view.selected, view.shown.length - 1)}
      .cures=${cures}
      .applied=${view.applied}
      .why=${why}
      .outdated=${view.outdated}
      .acts=${acts}
      .locale=${view.locale}
    ></init-cure>
  </div>`;
}

/**
 * Empty until its words are there. What comes late, the cure, has its room from the start where a network
 * ails, and all that is read beside it stands above it.
 */
export function verdictSection(view: VerdictView, act: VerdictActs) {
  const { shown, chosen, request, verdict, trials, nets, applied, locale } = view;
  const { result, name } = chosen;
  if (!verdict || (result.rows && !nets)) return html`<section class="wide"></section>`;
  const { ui, verdict: said } = messagesOf(locale);
  const net = result.rows ? nets?.netVerdict(result, locale) : undefined;
  const seen: Seen = new Set();
  const whyOf = (kind: Claim["kind"]) => verdict.whyOf(kind, net !== undefined, locale);
  const cures = verdict.curesOf(chosen, request, trials, locale, net);
  const bandless =
    request.repeats < LEAST_FOR_BAND &&
    shown.some(({ result: { theory } }) => theory.gap || theory.gradientSpread.length === 0);
  const band = () =>
    html`<button @click=${() => act.repeat(BAND_NETWORKS)}>${ui.simulateBand}</button>`;
  const training = ({ begin, note }: NonNullable<VerdictActs["training"]>) =>
    html`<button ?disabled=${view.outdated} @click=${() => begin()}>${ui.trainThis}</button>
      ${result.rows ? note() : nothing}`;
  const lacks = cures.ailing || nets?.lacks(result);
  return html`<section class="wide">
    <h3>${said.network.title(name)}</h3>
    ${tabs(view, act.choose)}
    <ul class="verdict">
      ${verdict
        .verdictOf(chosen, request, trials, locale, net)
        .filter(({ kind }) => !OF_CURES.includes(kind))
        .map((claim) =>
          claimItem(claim, whyOf(claim.kind), view, seen, (change, called) =>
            act.apply(change, called, cures),
          ),
        )}
      ${lacks || applied ? nothing : html`<li>${cures.said}</li>`}
    </ul>
    ${cures.ailing || applied ? cureSection(cures, whyOf("remedy"), view, act) : nothing}
    ${bandless ? band() : nothing} ${act.training ? training(act.training) : nothing} ${act.code()}
  </section>`;
}
