/**
 * A lab's state and what answers it: the state is a request, kept as a draft while it is edited;
 * the engine answers the last good one; what went wrong is kept by the field it belongs to.
 */
import { property, state } from "lit/decorators.js";
import type { Engine, RunOptions } from "../engine/client.js";
import { InitscopeError } from "../engine/errors.js";
import type { Issue } from "../engine/errors.js";
import { Latest } from "../engine/latest.js";
import { checkRequest } from "../engine/request.js";
import type { JobKind, Requests, SchemeRequest } from "../engine/request.js";
import type { Results, SchemeResults } from "../engine/results.js";
import type { LabKind } from "../figures/source.js";
import { sharedEngine } from "../engine/shared.js";
import { nextTask } from "../engine/task.js";
import { formatState, parseState } from "../engine/url.js";
import { schemeNames } from "../i18n/index.js";
import { Age, SHORT } from "./age.js";
import { failureOf } from "./failure.js";
import { SpokenElement } from "./spoken.js";

export type { LabKind } from "../figures/source.js";

/** A lab's state has changed. `settled` is false while a control is being dragged. */
export class LabChange extends CustomEvent<{ readonly state: string; readonly settled: boolean }> {
  static is(event: Event): event is LabChange {
    return event instanceof LabChange;
  }

  constructor(text: string, settled: boolean) {
    super("change", { detail: { state: text, settled }, bubbles: true, composed: true });
  }
}

/** One scheme's result as a figure shows it. */
export interface Shown<K extends JobKind> {
  readonly slot: number;
  readonly name: string;
  readonly scheme: SchemeRequest;
  readonly result: Results[K];
}

/** While a control is dragged, a job may go on for this long before a newer one replaces it. */
const DRAG_GRACE = 1000;

export abstract class LabState<K extends LabKind> extends SpokenElement {
  /** The lab's kind of request. */
  protected abstract readonly kind: K;

  /** The state as text: see engine/url.ts. Setting it loads it; it is kept up to date. */
  @property({ noAccessor: true })
  get state(): string {
    return this.stateText;
  }
  set state(text: string | null) {
    this.load(text ?? "");
  }
  @state() protected request!: Requests[K];
  /** The last results, with the slots that their schemes had when they were asked for. */
  @state() protected answer:
    { results: SchemeResults<K>; slots: readonly number[]; request: Requests[K] } | undefined;
  /** What is wrong with the draft or the link, and what the core refused of the present state. */
  @state() protected checked: readonly Issue[] = [];
  @state() protected refused: readonly Issue[] = [];
  @state() protected progress: number | undefined;
  @state() protected dragging = false;
  @state() protected busy = false;
  @state() protected draft: Record<string, unknown> = {};
  /** Of each scheme of the request, the slot whose colour it keeps. */
  @state() protected slots: readonly number[] = [];

  /** The request that the engine was last given; undefined where it could not be completed. */
  @state() protected asked: Requests[K] | undefined;
  /** Whether the draft holds what is wrong, so that the state is an older one than is seen. */
  @state() protected faulty = false;

  private stateText = "";
  protected readonly age = new Age(() => this.requestUpdate());
  private latest: Latest<K> | undefined;
  protected abort: AbortController | undefined;
  /** The request whose computation has come to an end, by an answer or without one. */
  private concluded: Requests[K] | undefined;

  /** Which engine computes; the page's shared one. */
  protected engine(): Engine {
    return sharedEngine();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.engine().warmUp();
    if (!this.stateText) this.load("");
    else this.resume();
  }

  /** An element that is moved leaves its place and has another in one task; its job goes on. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void nextTask().then(() => {
      if (!this.isConnected) this.leave();
    });
  }

  /** Takes up in the page what is not done: an element may have been away, and have another state. */
  protected resume(): void {
    if (!this.busy && this.concluded !== this.request) void this.compute();
  }

  /** Ends what is under way for an element that is in no page. */
  protected leave(): void {
    this.abort?.abort(new InitscopeError("superseded", "the element is in no page"));
    this.abort = undefined;
    this.busy = false;
    this.progress = undefined;
    this.age.forget();
  }

  /**
   * Takes a state from outside. What is wrong with it is shown; the rest is used. The state that is
   * there already changes nothing: a draft that is being edited stays as it is. While states come
   * in a row, `dragging`, a figure follows as it does a control that is dragged.
   */
  load(text: string, dragging = false): void {
    const { request, issues } = parseState(this.kind, text);
    this.dragging = dragging;
    if (formatState(this.kind, request) === this.stateText && issues.length === 0) return;
    this.checked = issues;
    this.take(request);
  }

  /** Makes a request the state and the draft. */
  private take(request: Requests[K]): void {
    this.draft = { ...request };
    this.faulty = false;
    this.slots = request.schemes.map((_, i) => i);
    this.request = request;
    this.stateText = formatState(this.kind, request);
    if (this.isConnected) void this.compute();
  }

  /** Puts an edit into the draft; a draft without fault becomes the state. */
  protected edit(changes: Readonly<Record<string, unknown>>, dragging: boolean): void {
    const draft = { ...this.draft, ...changes };
    this.draft = draft;
    this.dragging = dragging;
    const { request, issues } = checkRequest(this.kind, draft);
    this.checked = issues;
    this.faulty = issues.length > 0;
    if (this.faulty) return;
    const before = this.stateText;
    this.request = request;
    this.stateText = formatState(this.kind, request);
    this.dispatchEvent(new LabChange(this.stateText, !dragging));
    // Letting go of a slider says its last value once more.
    if (this.stateText !== before || this.failure) void this.compute();
  }

  /** Takes a state that the reader chose, whole. */
  protected chooseState(text: string): void {
    const { request, issues } = parseState(this.kind, text);
    this.checked = issues;
    this.dragging = false;
    this.take(request);
    this.dispatchEvent(new LabChange(this.stateText, true));
  }

  /**
   * What a state alone does not hold is added here; undefined where it is missing. Schemes that
   * cannot be asked for may be left out, but not made anew: they keep their slots.
   */
  protected prepare(request: Requests[K]): Requests[K] | undefined {
    return request;
  }

  /** What a request's results, and what is new of a race, do before its end. */
  protected listeners(
    request: Requests[K],
    slots: readonly number[],
  ): Pick<RunOptions<K>, "onFrames" | "onResult"> {
    // A page that shows nothing yet shows each scheme as soon as it is there.
    const first = this.answer === undefined;
    return {
      onResult: (results) => {
        if (first) this.answer = { results, slots, request };
      },
    };
  }

  protected async compute(): Promise<void> {
    this.latest ??= new Latest(this.engine(), this.kind);
    // While a text is typed, what was wrong with it stands until the core has judged it anew.
    const stood = this.refused;
    if (!this.dragging) this.refused = [];
    const request = this.prepare(this.request);
    this.asked = request;
    if (!request) return this.accept(stood);
    const { request: whole } = this;
    const slots = this.slotsOf(request);
    const controller = new AbortController();
    this.abort = controller;
    this.busy = true;
    const started = performance.now();
    try {
      const results = await this.latest.run(request, {
        signal: controller.signal,
        grace: this.dragging ? DRAG_GRACE : 0,
        onProgress: (progress) => {
          this.accept(stood);
          // A bar that grows would be all that frames of a drag have time for.
          if (!this.dragging && performance.now() - started > SHORT) this.progress = progress;
        },
        ...this.listeners(request, slots),
      });
      if (!this.dragging || request === this.asked || this.worthShowing())
        this.answer = { results, slots, request };
      this.accept(stood);
      this.failure = undefined;
    } catch (error) {
      this.onError(error, request);
    }
    if (this.abort !== controller) return; // a newer request is under way
    this.concluded = whole;
    this.progress = undefined;
    this.busy = false;
  }

  /** Whether an answer that is not the newest is shown while a control is dragged. */
  protected worthShowing(): boolean {
    return true;
  }

  /** The core has nothing against the present state: what stood of an older one goes. */
  private accept(stood: readonly Issue[]): void {
    if (this.refused === stood && stood.length > 0) this.refused = [];
  }

  private onError(error: unknown, { schemes }: Requests[K]): void {
    const known = error instanceof InitscopeError ? error : undefined;
    if (known?.reason === "superseded") return;
    if (known && known.issues.length > 0) {
      // The core counts the schemes that it was given.
      const all: readonly SchemeRequest[] = this.request.schemes;
      const place = (_: string, i: string) =>
        `schemes.${all.indexOf(schemes[Number(i)] as SchemeRequest)}`;
      this.refused = known.issues.map((issue) => ({
        ...issue,
        field: issue.field.replace(/^schemes\.(\d+)/, place),
      }));
      return;
    }
    this.again = known?.reason !== "no_simd";
    this.failure = failureOf(error);
  }

  /** The last results, with the slot and the name under which each is shown. */
  protected get shown(): readonly Shown<K>[] {
    const { results = [], slots = [] } = this.answer ?? {};
    const names = this.namesOf(results.map(({ scheme }) => scheme));
    return results.map(({ scheme, result }, i) => ({
      slot: slots[i] ?? i,
      name: names[i] ?? "",
      scheme,
      result,
    }));
  }

  /** The slots of a request's schemes, which are some of the present ones. */
  protected slotsOf({ schemes }: Requests[K]): readonly number[] {
    const all: readonly SchemeRequest[] = this.request.schemes;
    return schemes.map((scheme) => this.slots[all.indexOf(scheme)] ?? 0);
  }

  /** What schemes are called in the figures. */
  protected namesOf(schemes: readonly SchemeRequest[]): readonly string[] {
    return schemeNames(schemes, this.locale);
  }

  /** Whether what is shown answers an older state than the one that is set. */
  protected get outdated(): boolean {
    return this.answer !== undefined && (this.faulty || this.answer.request !== this.asked);
  }

  /** Whether an answer to what is set is on its way. */
  protected get computing(): boolean {
    return this.busy && !this.faulty;
  }

  /** The request that the last results answer; the present one may be newer. */
  protected get shownRequest(): Requests[K] {
    return this.answer?.request ?? this.request;
  }
}
