/** <init-sweep>: networks of several widths or depths, side by side. Loaded when it is opened. */
import { LitElement, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ThemeName } from "../../../charts/theme.js";
import { shared } from "../../../controls/styles.js";
import type { Engine } from "../../../engine/client.js";
import { InitscopeError } from "../../../engine/errors.js";
import type { Issue } from "../../../engine/errors.js";
import type { PropagationRequest } from "../../../engine/request.js";
import { nextTask } from "../../../engine/task.js";
import { formatState } from "../../../engine/url.js";
import "../../../figures/figure.js";
import type { FigureContent } from "../../../figures/content.js";
import type { Home, Source } from "../../../figures/source.js";
import { issueText, messagesOf, schemeNames } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { sweepWords } from "../../../i18n/sweep.js";
import { failureOf } from "../../failure.js";
import {
  choiceOf,
  MOST_WORK,
  NETWORKS,
  placesOf,
  REACHES,
  requestOf,
  sameRequest,
} from "./choice.js";
import type { Along, Choice } from "./choice.js";
import { sweepFigure } from "./figure.js";
import type { Sweep } from "./figure.js";
import { sweepNames } from "./names.js";
import type { SweepPart } from "./names.js";
import { runSweep, workOf } from "./run.js";
import type { Point } from "./run.js";
import { sweepStyles } from "./styles.js";

@customElement("init-sweep")
export class SweepElement extends LitElement {
  @property({ attribute: false }) engine!: Engine;
  /** What the lab is set to. */
  @property({ attribute: false }) request!: PropagationRequest;
  @property({ attribute: false }) slots: readonly number[] = [];
  @property({ attribute: false }) home: (() => Promise<Home>) | undefined;
  /** The figures that are shown alone, and computed at once; all unless given. */
  @property({ attribute: false }) only: readonly string[] = [];
  /** Whether the one figure that is shown takes the height that is given to the element. */
  @property({ type: Boolean, reflect: true }) fill = false;
  /** Whether what the lab is set to is on its way to something else. */
  @property({ attribute: false }) dragging = false;
  @property() locale: Locale = "en";
  @property() theme: ThemeName = "light";

  @state() private along: Along = "width";
  /** What the reader chose; else the request says it. */
  @state() private reach: number | undefined;
  @state() private networks: number | undefined;
  /** Of each size of what is chosen; undefined until it is known. */
  @state() private work: readonly number[] | undefined;
  @state() private issues: readonly Issue[] = [];
  @state() private sweep: Sweep | undefined;
  @state() private progress: number | undefined;
  /** Why a sweep came to no end. */
  @state() private failed: ((locale: Locale) => string) | undefined;
  /** Whether what is chosen has neither its work yet nor what is wrong with it. */
  private uncounted = false;
  private counting: AbortController | undefined;
  private running = new AbortController();
  /** Whether networks were under way when the element left the page. */
  private unfinished = false;
  /** The figures of a sweep in a language, by name: they stay while these do. */
  private readonly contents = new Map<string, FigureContent>();

  static override styles = [shared, sweepStyles];

  private get choice(): Choice {
    const said = choiceOf(this.request, this.along);
    return { ...said, reach: this.reach ?? said.reach, networks: this.networks ?? said.networks };
  }

  private get total(): number {
    return (this.work ?? []).reduce((sum, one) => sum + one, 0);
  }

  /** Whether what is shown are networks of settings before. */
  private get older(): boolean {
    return this.sweep !== undefined && !sameRequest(this.sweep.request, this.request);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("only")) this.along = sweepNames(this.only)[0]?.along ?? this.along;
    // The lab's own answer comes first: networks of settings that are no more are not waited for.
    if (changed.has("request")) this.cancel();
    if (["request", "along", "reach", "networks"].some((name) => changed.has(name))) this.recount();
    if (changed.has("sweep") || changed.has("locale")) this.contents.clear();
    const due = this.uncounted && !this.counting && !this.dragging;
    if (due && this.isConnected) void this.count();
  }

  /** Takes up in the page what is not done. */
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.unfinished && !this.uncounted) void this.compute();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is moved leaves its place and has another in one task.
    void nextTask().then(() => {
      if (!this.isConnected) this.leave();
    });
  }

  private leave(): void {
    this.counting?.abort();
    this.counting = undefined;
    const unfinished = this.unfinished || this.progress !== undefined;
    this.cancel();
    this.unfinished = unfinished;
  }

  private readonly cancel = (): void => {
    this.running.abort();
    this.progress = undefined;
    this.unfinished = false;
  };

  /** Forgets what was found out of what was chosen before. */
  private recount(): void {
    this.counting?.abort();
    this.counting = undefined;
    this.uncounted = true;
    this.work = undefined;
    this.issues = [];
    this.failed = undefined;
  }

  /** Finds out what the chosen networks cost, and what is wrong with them. */
  private async count(): Promise<void> {
    const { signal } = (this.counting = new AbortController());
    try {
      const work = await workOf(this.engine, this.request, this.choice, signal);
      if (signal.aborted) return;
      this.work = work;
      // What is asked for by name, as in a page of others, does not wait to be asked again.
      const asked = this.only.length > 0 || this.unfinished;
      if (asked && this.total <= MOST_WORK) void this.compute();
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
    if (signal.aborted) return;
    this.uncounted = false;
    this.counting = undefined;
  }

  private async compute(): Promise<void> {
    this.cancel();
    const { work, request, choice, slots } = this;
    if (!work) return;
    const { signal } = (this.running = new AbortController());
    const points: Point[] = [];
    this.failed = undefined;
    this.progress = 0;
    try {
      await runSweep(this.engine, request, choice, work, {
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) this.progress = progress;
        },
        onPoint: (point) => {
          points.push(point);
          if (!signal.aborted) this.sweep = { request, choice, points: [...points], slots };
        },
      });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
    if (this.running.signal === signal) this.progress = undefined;
  }

  private fail(error: unknown): void {
    if (!(error instanceof InitscopeError)) throw error;
    this.issues = error.issues;
    if (error.issues.length === 0) this.failed = failureOf(error);
  }

  private choose<T extends string | number>(
    label: string,
    options: readonly (readonly [T, string])[],
    value: T,
    take: (chosen: T) => void,
  ) {
    return html`<label
      >${label}
      <select
        @change=${(event: Event) => {
          const found = options[(event.currentTarget as HTMLSelectElement).selectedIndex];
          if (found) take(found[0]);
        }}
      >
        ${options.map(([id, text]) => html`<option ?selected=${id === value}>${text}</option>`)}
      </select></label
    >`;
  }

  private renderChoices() {
    const words = sweepWords(this.locale);
    const { along, reach, networks } = this.choice;
    const numbers = (list: readonly number[]) => list.map((n) => [n, String(n)] as const);
    const counts = NETWORKS.includes(networks) ? NETWORKS : [networks, ...NETWORKS];
    return html`<p class="note">${words.about}</p>
      <div class="choices">
        ${this.choose(
          words.along,
          [
            ["width", words.alongs.width],
            ["depth", words.alongs.depth],
          ] as const,
          along,
          (chosen) => {
            this.along = chosen;
            this.reach = undefined;
          },
        )}
        ${this.choose(words.reach, numbers(REACHES[along]), reach, (n) => (this.reach = n))}
        ${this.choose(words.networks, numbers(counts), networks, (n) => (this.networks = n))}
        <button
          ?disabled=${!this.work || this.total > MOST_WORK || this.progress !== undefined}
          @click=${() => void this.compute()}
        >
          ${words.compute}
        </button>
      </div>`;
  }

  private renderWork() {
    const words = sweepWords(this.locale);
    const { networks } = this.choice;
    const { schemes } = this.request;
    // A frame has no room for what its figure says too.
    const said = !(this.fill && this.sweep);
    const text =
      this.work && said
        ? words.work(
            placesOf(this.choice).length,
            networks,
            schemes.length,
            formatNumber(this.total, 2),
          )
        : "";
    const limit = this.total > MOST_WORK ? words.tooMuch(formatNumber(MOST_WORK)) : "";
    return html`<div class="work" role="status">
      ${text || limit ? html`<p class="note">${text} ${limit}</p>` : nothing}
      ${this.issues.map((issue) => html`<p class="issue">${issueText(issue, this.locale)}</p>`)}
      ${this.failed ? html`<p class="issue">${this.failed(this.locale)}</p>` : nothing}
      ${this.older ? html`<p class="note">${words.older}</p>` : nothing}
    </div>`;
  }

  private contentOf(sweep: Sweep, part: SweepPart): FigureContent {
    const { locale, contents } = this;
    const before = contents.get(part.name);
    if (before) return before;
    const names = schemeNames(sweep.request.schemes, locale);
    const content = sweepFigure(sweep, part, names, sweepWords(locale), messagesOf(locale));
    contents.set(part.name, content);
    return content;
  }

  /** What the figures were computed of; there are none without a sweep. */
  private readonly source = (): Source | undefined => this.sweep && this.sourceOf(this.sweep);

  private sourceOf({ request, choice, slots }: Sweep): Source {
    const whole = requestOf(request, choice);
    const [from = NaN] = placesOf(choice);
    return {
      kind: "propagation",
      request: whole,
      state: formatState("propagation", whole),
      slots,
      swept: { field: choice.along, from },
      home: this.home,
    };
  }

  private renderFigure(sweep: Sweep, part: SweepPart, progress: number | undefined) {
    return html`<init-figure
      data-figure=${part.name}
      .content=${this.contentOf(sweep, part)}
      .locale=${this.locale}
      .theme=${this.theme}
      .fill=${this.fill}
      .progress=${progress}
      .source=${this.source}
    ></init-figure>`;
  }

  private renderFigures() {
    const { sweep, progress } = this;
    const words = sweepWords(this.locale);
    if (!sweep)
      return progress === undefined
        ? nothing
        : html`<progress max="1" .value=${progress} aria-label=${words.compute}></progress>
            <button class="link" @click=${this.cancel}>
              ${messagesOf(this.locale).ui.cancel}
            </button>`;
    const asked = sweepNames(this.only);
    const all = sweepNames().filter(({ along }) => along === sweep.choice.along);
    const shown =
      asked.length > 0 ? asked.filter(({ along }) => along === sweep.choice.along) : all;
    return html`<div
      class="figures ${shown.length > 1 ? "pair" : ""}"
      @init-cancel=${(event: Event) => {
        event.stopPropagation(); // what the lab itself computes goes on
        this.cancel();
      }}
    >
      ${/* One run makes all of them: its bar is the first's. */ shown.map((part, i) => this.renderFigure(sweep, part, i === 0 ? progress : undefined))}
    </div>`;
  }

  override render() {
    return html`${this.only.length > 0 ? nothing : this.renderChoices()} ${this.renderWork()}
    ${this.renderFigures()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "init-sweep": SweepElement;
  }
}
