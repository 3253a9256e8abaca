/**
 * What the lab knows of its network beside the request: the plan, what of it the reader has hold of,
 * and edits, each of which the engine judges before it becomes the state.
 */
import { html } from "lit";
import { InitscopeError } from "../../../engine/errors.js";
import type { Issue } from "../../../engine/errors.js";
import { Latest } from "../../../engine/latest.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { PlanResult } from "../../../engine/results.js";
import { quickEngine } from "../../../engine/shared.js";
import type { FigureContent } from "../../../figures/content.js";
import { messagesOf } from "../../../i18n/index.js";
import type { Locale } from "../../../i18n/index.js";
import { netWords } from "../../../i18n/net.js";
import type { Shown } from "../../lab-state.js";
import { planRequest } from "../plan.js";
import "./element.js";
import { netKey, networkFigure } from "./figure.js";
import { rangeOf } from "./splice.js";
import type { Edit, Range } from "./splice.js";
import { linesOf } from "./strips.js";
import type { Line } from "./strips.js";

/** What the panel may do to the lab. */
export interface NetHost {
  /** The state as it is now. */
  readonly request: () => PropagationRequest;
  /** Makes a text the network of the state, or widths where it is a plain one. */
  readonly setNet: (text: string, widths?: PropagationRequest["widths"]) => void;
  readonly chooseState: (state: string) => void;
  /** Something is to be drawn anew. */
  readonly changed: () => void;
}

/** What is wrong with the present text, and what the field holds. */
export interface NetView {
  readonly value: unknown;
  /** Whether the reader is at it. */
  readonly typing: boolean;
  readonly issue: Issue | undefined;
  readonly state: string;
  readonly locale: Locale;
}

export class NetPanel {
  private readonly latest = new Latest(quickEngine(), "plan");
  private asked = "";
  private plan:
    | { readonly key: string; readonly result: PlanResult; readonly lines: readonly Line[] }
    | undefined;
  private picked: Range | undefined;
  private refused: Issue | undefined;
  /** Networks before edits by hand. */
  private readonly before: Pick<PropagationRequest, "net" | "widths">[] = [];

  constructor(private readonly host: NetHost) {}

  /** Asks for the plan of a state that is another network. */
  follow(): void {
    const request = this.host.request();
    const key = netKey(request);
    if (key === this.asked) return;
    this.asked = key;
    this.refused = undefined;
    if (key === this.plan?.key) return;
    void this.ask(planRequest(request)).then(
      (result) => this.take(key, result),
      // What is wrong with the state the lab says itself; the last plan stays.
      () => undefined,
    );
  }

  private async ask(request: object): Promise<PlanResult | undefined> {
    const results = await this.latest.run(request);
    return results[0]?.result;
  }

  private take(key: string, result: PlanResult | undefined): void {
    if (!result || key !== this.asked) return;
    const kept = this.picked && this.plan?.result.text === result.text;
    if (!kept) this.picked = undefined;
    this.plan = { key, result, lines: linesOf(result) };
    this.host.changed();
  }

  private readonly pick = (place: number | undefined, extend: boolean): void => {
    const { plan, picked } = this;
    this.refused = undefined;
    if (!plan || place === undefined) this.picked = undefined;
    else if (extend && picked) this.picked = rangeOf(plan.result, picked.first, place);
    else this.picked = { first: place, last: place };
    this.host.changed();
  };

  /** Tries an edit, and makes it the state where the engine has nothing against it. */
  private readonly apply = async (edit: Edit): Promise<void> => {
    const now = this.host.request();
    try {
      // A text says its widths itself.
      const result = await this.ask({ ...planRequest(now), widths: undefined, net: edit.text });
      if (!result) return;
      this.before.push({ net: now.net, widths: now.widths });
      this.refused = undefined;
      this.host.setNet(result.text);
      this.asked = netKey(this.host.request());
      this.plan = { key: this.asked, result, lines: linesOf(result) };
      this.picked = this.itemAt(edit.begin);
    } catch (error) {
      if (!(error instanceof InitscopeError) || error.issues.length === 0) return;
      [this.refused] = error.issues;
    }
    this.host.changed();
  };

  private itemAt(begin: number): Range | undefined {
    const items = this.plan?.result.items ?? [];
    const exact = items.findIndex((item) => item.begin === begin);
    const before = items.findLastIndex((item) => item.begin <= begin);
    const place = exact >= 0 ? exact : before;
    return place >= 0 ? { first: place, last: place } : undefined;
  }

  private readonly undo = (): void => {
    const before = this.before.pop();
    if (!before) return;
    this.refused = undefined;
    this.host.setNet(before.net, before.widths);
    this.host.changed();
  };

  /** Picks the block in the drawing that an event is about. */
  onDrawing(event: Event): void {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    const place = target.closest("[data-item]")?.getAttribute("data-item");
    if (place === null || place === undefined || !this.fitting) return;
    this.pick(Number(place), event instanceof MouseEvent && event.shiftKey);
  }

  /** Whether the plan is that of the state. */
  private get fitting(): boolean {
    return this.plan?.key === netKey(this.host.request());
  }

  controls({ value, typing, issue, state, locale }: NetView) {
    return html`<init-net
      .value=${value}
      .typing=${typing}
      .issue=${issue}
      .plan=${this.plan?.result}
      .current=${state}
      .picked=${this.picked}
      .refused=${this.refused}
      .fitting=${this.fitting && !issue}
      .undoable=${this.before.length > 0}
      .locale=${locale}
      .onPick=${this.pick}
      .onEdit=${this.apply}
      .onUndo=${this.undo}
      .onState=${this.host.chooseState}
    ></init-net>`;
  }

  /** The figure of the network, with the numbers of a scheme where these are of this network. */
  figure(
    chosen: Shown<"propagation"> | undefined,
    request: PropagationRequest,
    locale: Locale,
  ): FigureContent | undefined {
    const { plan, picked } = this;
    if (!plan) return undefined;
    const measured = plan.key === netKey(request) ? chosen : undefined;
    const parts = { plan: plan.result, lines: plan.lines, chosen: measured, request, picked };
    return networkFigure(parts, netWords(locale), messagesOf(locale));
  }
}
