/** Where networks of several sizes stand in the lab: folded, or at once where their figures are asked for. */
import { html, nothing } from "lit";
import type { ThemeName } from "../../../charts/theme.js";
import { Folded } from "../../../controls/folded.js";
import type { Engine } from "../../../engine/client.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { Home } from "../../../figures/source.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { SWEEP_NAMES } from "./names.js";

const loadSweep = () => import("./element.js");

interface SweepHost {
  readonly changed: () => void;
  readonly bring: (load: () => Promise<object>) => Promise<object | undefined>;
}

interface SweepView {
  readonly engine: Engine;
  /** What is set; undefined where it cannot be computed. */
  readonly request: PropagationRequest | undefined;
  readonly slots: readonly number[];
  readonly home: (() => Promise<Home>) | undefined;
  readonly only: readonly string[];
  readonly locale: Locale;
  readonly theme: ThemeName;
}

export class SweepSection {
  private readonly folded: Folded;

  constructor(private readonly host: SweepHost) {
    this.folded = new Folded(host.changed, () => void host.bring(loadSweep));
  }

  render(view: SweepView) {
    const { request, only, locale } = view;
    const asked = only.filter((name) => SWEEP_NAMES.includes(name));
    if (!request || (only.length > 0 && asked.length === 0)) return nothing;
    const body = () =>
      html`<init-sweep
        class="wide"
        .engine=${view.engine}
        .request=${request}
        .slots=${view.slots}
        .home=${view.home}
        .only=${asked}
        .locale=${locale}
        .theme=${view.theme}
      ></init-sweep>`;
    if (asked.length === 0)
      return this.folded.render(messagesOf(locale).ui.groups.sweep, body, "wide");
    void this.host.bring(loadSweep);
    return body();
  }
}
