/**
 * How many figures are drawn in a frame: all that are seen, at once, where frames come in time, and one where
 * they come late, each in its turn, so that what is dragged goes on. Figures that nobody sees wait.
 */
import type { AheadDrawing } from "../../../figures/ahead.js";
import type { Drawings } from "./drawings.js";

export interface AheadFigure {
  readonly name: string;
  /** Shows a drawing in place of its content's; undefined for the content's own. */
  showAhead(drawing: AheadDrawing | undefined): void;
}

export interface PaceWorld {
  /** Calls once in the next frame, with its time in milliseconds. */
  readonly frame: (draw: (time: number) => void) => void;
  /** Whether any of a figure is in the window; `changed` is called when that is another. */
  readonly seen: (figure: AheadFigure, changed: () => void) => boolean;
}

/** A frame comes late after so many milliseconds: one was missed. */
const LATE = 25;
/** So many gaps between frames are judged together, by the middle one: a single late frame says nothing. */
const JUDGED = 5;
/** Frames in time after which all figures are drawn at once again; twice as many each time that was too much. */
const PATIENCE = { least: 30, most: 960 };

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export class Pace {
  private readonly waiting = new Map<AheadFigure, AheadDrawing>();
  /** When each was last drawn, as a count of drawings. */
  private readonly turns = new WeakMap<AheadFigure, number>();
  private count = 0;
  /** Whether the next frame is asked for, and whether something was shown since the last. */
  private asked = false;
  private shown = false;
  private before: number | undefined;
  private gaps: number[] = [];
  private slow = false;
  /** Frames in a row that came in time, or did not come late, since the pace is what it is. */
  private timely = 0;
  private patience = PATIENCE.least;

  constructor(private readonly world: PaceWorld) {}

  /** Shows drawings by the names of figures, which are in the order of the page; others show their own. */
  show(drawings: Drawings, figures: readonly AheadFigure[]): void {
    for (const figure of figures) {
      const drawing = drawings.get(figure.name);
      if (drawing) this.waiting.set(figure, drawing);
      else {
        this.waiting.delete(figure);
        figure.showAhead(undefined);
      }
    }
    if (drawings.size === 0) return this.waiting.clear(); // of figures too that are gone
    this.shown = true;
    if (!this.slow) this.draw(Infinity);
    this.ask();
  }

  /** Other figures are seen than before. */
  private readonly look = (): void => {
    if (this.due().length > 0) this.ask();
  };

  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    this.world.frame((time) => this.onFrame(time));
  }

  private onFrame(time: number): void {
    this.asked = false;
    if (this.before !== undefined) this.judge(time - this.before);
    this.draw(this.slow ? 1 : Infinity);
    const goesOn = this.shown || this.due().length > 0;
    this.before = goesOn ? time : undefined;
    this.shown = false;
    if (goesOn) this.ask();
  }

  private judge(gap: number): void {
    this.gaps = [...this.gaps, gap].slice(-JUDGED);
    const late = middle(this.gaps) > LATE && this.gaps.length === JUDGED;
    this.timely = late ? 0 : this.timely + 1;
    if (this.slow) {
      if (this.timely >= this.patience) this.turn(false);
    } else if (late) {
      this.turn(true);
      this.patience = Math.min(PATIENCE.most, 2 * this.patience);
    } else if (this.timely >= 2 * PATIENCE.least) this.patience = PATIENCE.least;
  }

  private turn(slow: boolean): void {
    this.slow = slow;
    this.gaps = [];
    this.timely = 0;
  }

  /** Those that are seen and wait: the one that waits longest first, and of these the first of the page. */
  private due(): readonly AheadFigure[] {
    const turnOf = (figure: AheadFigure) => this.turns.get(figure) ?? 0;
    return [...this.waiting.keys()]
      .filter((figure) => this.world.seen(figure, this.look))
      .sort((a, b) => turnOf(a) - turnOf(b));
  }

  private draw(most: number): void {
    for (const figure of this.due().slice(0, most)) {
      const drawing = this.waiting.get(figure);
      this.waiting.delete(figure);
      this.turns.set(figure, ++this.count);
      figure.showAhead(drawing);
    }
  }
}
