/**
 * Theory ahead of the simulation: while an answer to what is set is on its way, the figures show what
 * theory says of it in the next frame, and what was measured before, paler. Loaded when a reader sets something.
 */
import type { Measured } from "../../../charts/ahead.js";
import type { Frame, Interval } from "../../../charts/plot.js";
import { Sheet } from "../../../charts/sheet.js";
import type { PropagationRequest } from "../../../engine/request.js";
import { Newest } from "../../../engine/newest.js";
import type { AheadDrawing } from "../../../figures/ahead.js";
import type { Locale } from "../../../i18n/index.js";
import { hasNet } from "../state.js";
import { drawingsOf, isByLayer, measuredOf } from "./drawings.js";
import type { Contents, Drawings } from "./drawings.js";
import { Pace } from "./pace.js";
import type { AheadFigure, PaceWorld } from "./pace.js";
import { inWindow } from "./seen.js";
import { PageTheories } from "./theories.js";
import type { Theories, TheorySource } from "./theories.js";
import { arriving } from "./tween.js";
import { Worth } from "./worth.js";
import type { WorthWorld } from "./worth.js";

/** An answer, as far as it is looked at here. */
interface Answer {
  readonly request: PropagationRequest;
}

export interface AheadHost {
  /** What was last asked for, and what is shown. */
  readonly asked: () => PropagationRequest | undefined;
  readonly answer: () => Answer | undefined;
  /** Whether an answer to what is asked for is on its way. */
  readonly following: () => boolean;
  readonly contents: () => Contents | undefined;
  /** The slots of the schemes that are shown, which are those that are asked for. */
  readonly slots: () => readonly number[];
  readonly names: (request: PropagationRequest) => readonly string[];
  readonly selected: () => number;
  readonly locale: () => Locale;
  readonly steadyAxis: (axis: string, needed: Interval) => Interval;
  /** Those that are on the page, in its order. */
  readonly figures: () => readonly AheadFigure[];
}

/** What is drawn, and what else than theory it depends on. */
interface Drawn {
  readonly answer: Answer;
  readonly selected: number;
  readonly locale: Locale;
  /** The answer's dots, by figure. */
  readonly dots: ReadonlyMap<string, readonly Measured[]>;
}

/** What a page gives: answers of theory, what is seen, and when a frame is drawn. */
export interface AheadWorld extends TheorySource, PaceWorld, WorthWorld {
  /** Whether what moves is wanted. */
  readonly moves: () => boolean;
}

const theories = new PageTheories();

/** Starts what answers, so that the first question finds it ready. */
export function warmUp(): void {
  void theories.ready();
}

export const page: AheadWorld = {
  now: theories.now,
  later: theories.later,
  frame: (draw) => void requestAnimationFrame(draw),
  clock: () => performance.now(),
  seen: (figure, changed) => !(figure instanceof Element) || inWindow(figure, changed),
  moves: () => !matchMedia("(prefers-reduced-motion: reduce)").matches,
};

/** Milliseconds in which dots go where the new answer has them. */
const ARRIVES = 140;
/** More numbers of the reader's own are not handed on with every frame. */
const MOST_DATA = 2 ** 16;
const NOTHING: Drawings = new Map<string, AheadDrawing>();

/**
 * Whether figures of the one show the same of the same schemes as those of the other, of the same net or of
 * layers both: a colour would mean another scheme else, and a title another quantity.
 */
export function comparable(now: PropagationRequest, shown: PropagationRequest): boolean {
  if ((now.data?.length ?? 0) > MOST_DATA || now.quantity !== shown.quantity) return false;
  const ids = ({ schemes }: PropagationRequest) => schemes.map(({ scheme }) => scheme).join();
  if (ids(now) !== ids(shown)) return false;
  return hasNet(now) ? now.net === shown.net : !hasNet(shown);
}

export class Ahead {
  private readonly newest: Newest<PropagationRequest, Theories>;
  private theory: (Theories & { readonly of: PropagationRequest }) | undefined;
  private drawn: Drawn | undefined;
  /** Another one ends those that are under way. */
  private arrival = {};
  private readonly pace: Pace;
  private readonly worth: Worth;
  /** What each figure is drawn on, by its name. */
  private readonly sheets = new Map<string, Sheet>();

  constructor(
    private readonly host: AheadHost,
    private readonly world: AheadWorld = page,
  ) {
    this.newest = new Newest(world.later, (said, of) => this.told(said, of));
    this.pace = new Pace(world);
    this.worth = new Worth(world);
  }

  /** What is asked for is another. */
  ask(): void {
    const { host } = this;
    const [asked, answer] = [host.asked(), host.answer()];
    if (!asked || !answer || !host.following() || !comparable(asked, answer.request))
      return this.leave();
    const said = this.world.now(asked);
    if (!said) return this.newest.put(asked);
    this.newest.drop();
    this.told(said, asked);
  }

  /** Whether an answer that is not the newest is shown, where theory of the newest is. */
  worthShowing(): boolean {
    return !this.drawn || this.worth.take();
  }

  /** What is shown may be another, or nothing be on its way any more. */
  update(): void {
    const { theory, drawn, host } = this;
    if (host.following()) {
      if (theory && !(drawn && this.isOfNow(drawn))) this.draw();
      return;
    }
    this.newest.drop();
    if (!theory) return;
    this.theory = undefined;
    const answered = host.answer()?.request === host.asked();
    if (answered && drawn && this.world.moves()) this.arrive(drawn.dots);
    else this.leave();
  }

  /** Nothing is ahead any more. */
  leave(): void {
    this.newest.drop();
    this.theory = undefined;
    this.drawn = undefined;
    this.arrival = {};
    this.show(NOTHING);
  }

  private show(drawings: Drawings): void {
    this.pace.show(drawings, this.host.figures());
  }

  private readonly sheetOf = (name: string, frame: Frame): Sheet => {
    const sheet = this.sheets.get(name) ?? new Sheet(frame);
    this.sheets.set(name, sheet);
    return sheet;
  };

  private told(said: Theories | undefined, of: PropagationRequest): void {
    if (!this.host.following()) return;
    if (!said) return this.leave();
    this.theory = { ...said, of };
    this.draw();
  }

  /** Whether the answer, the scheme that is chosen and the language are still those that were drawn. */
  private isOfNow({ answer, selected, locale }: Drawn): boolean {
    const { host } = this;
    return answer === host.answer() && selected === host.selected() && locale === host.locale();
  }

  private draw(): void {
    const { host, theory } = this;
    const [answer, contents] = [host.answer(), host.contents()];
    if (!theory || !answer || !contents) return;
    const [slots, names] = [host.slots(), host.names(theory.of)];
    const [selected, locale] = [host.selected(), host.locale()];
    const now = theory.results.map(({ result }, i) => ({
      slot: slots[i] ?? i,
      name: names[i] ?? "",
      theory: result,
    }));
    const drawings = drawingsOf(contents, {
      now,
      labels: theory.labels,
      shown: answer.request,
      selected,
      steadyAxis: host.steadyAxis,
      locale,
      sheetOf: this.sheetOf,
    });
    this.arrival = {};
    this.drawn = { answer, selected, locale, dots: dotsOf(contents, drawings) };
    this.show(drawings);
  }

  /** Lets the dots go where the new answer has them, frame by frame; then its figures are as they are. */
  private arrive(from: ReadonlyMap<string, readonly Measured[]>): void {
    const { host, world } = this;
    const arrival = {};
    this.arrival = arrival;
    this.drawn = undefined;
    let began: number | undefined;
    const step = (time: number): void => {
      if (this.arrival !== arrival) return;
      began ??= time;
      const share = (time - began) / ARRIVES;
      const contents = host.contents();
      if (share >= 1 || !contents) return this.leave();
      const drawings = new Map<string, AheadDrawing>();
      for (const [name, dots] of from) {
        const content = contents[name as keyof Contents];
        if (content && isByLayer(content))
          drawings.set(name, arriving(name, content, dots, share, this.sheetOf));
      }
      this.show(drawings);
      world.frame(step);
    };
    world.frame(step);
  }
}

/** The dots of the figures that have drawings. */
function dotsOf(contents: Contents, drawings: Drawings): Map<string, readonly Measured[]> {
  const dots = new Map<string, readonly Measured[]>();
  for (const name of drawings.keys()) {
    const content = contents[name as keyof Contents];
    if (content && isByLayer(content)) dots.set(name, measuredOf(content));
  }
  return dots;
}
