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
  readonly fill: boolean;
  readonly dragging: boolean;
  readonly locale: Locale;
  readonly theme: ThemeName;
}

export class SweepSection {
  private readonly folded: Folded;
  /** The code, which came or is on its way. */
  private part: Promise<object | undefined> | undefined;
  /** Of the names that are given, those of a sweep: the same list while it is the same that is given. */
  private asked: readonly string[] = [];
  private askedOf: readonly string[] = [];

  constructor(private readonly host: SweepHost) {
    this.folded = new Folded(host.changed, () => void this.load());
  }

  /** Loads the code where it is needed: once, and once more with each answer where it did not come. */
  bring(only: readonly string[]): void {
    if (this.folded.open || this.namesIn(only).length > 0) void this.load();
  }

  private async load(): Promise<void> {
    if (this.part) return;
    this.part = this.host.bring(loadSweep);
    if (!(await this.part)) this.part = undefined;
  }

  private namesIn(only: readonly string[]): readonly string[] {
    if (only !== this.askedOf) {
      this.askedOf = only;
      this.asked = only.filter((name) => SWEEP_NAMES.includes(name));
    }
    return this.asked;
  }

  render(view: SweepView) {
    const { request, only, locale } = view;
    const asked = this.namesIn(only);
    if (!request || (only.length > 0 && asked.length === 0)) return nothing;
    const body = () =>
      html`<init-sweep
        class="wide"
        .engine=${view.engine}
        .request=${request}
        .slots=${view.slots}
        .home=${view.home}
        .only=${asked}
        .fill=${view.fill}
        .dragging=${view.dragging}
        .locale=${locale}
        .theme=${view.theme}
      ></init-sweep>`;
    if (asked.length === 0)
      return this.folded.render(messagesOf(locale).ui.groups.sweep, body, "wide");
    return body();
  }
}
