/**
 * How many figures are drawn in a frame: all that are seen, at once, where frames come in time, and fewer where
 * they come late, down to one, each in its turn, so that what is dragged goes on. Figures that nobody sees wait.
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
/** Frames in time after which one figure more is drawn in each; twice as many each time that was too much. */
const PATIENCE = { least: 30, most: 960 };

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export class Pace {
  private readonly waiting = new Map<AheadFigure, AheadDrawing>();
  /** When each was last drawn, as a count of drawings. */
  private readonly turns = new WeakMap<AheadFigure, number>();
  private drawn = 0;
  /** Figures that are drawn ahead and seen. */
  private count = 0;
  /** Whether the next frame is asked for, and whether something was shown since the last. */
  private asked = false;
  private shown = false;
  private before: number | undefined;
  private gaps: number[] = [];
  /** Figures in a frame; all where they are drawn at once. */
  private most = Infinity;
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
    this.count = figures.filter((figure) => this.waiting.has(figure) && this.isSeen(figure)).length;
    if (this.most === Infinity) this.draw();
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
    this.draw();
    const goesOn = this.shown || this.due().length > 0;
    this.before = goesOn ? time : undefined;
    this.shown = false;
    if (goesOn) this.ask();
  }

  private judge(gap: number): void {
    this.gaps = [...this.gaps, gap].slice(-JUDGED);
    const late = this.gaps.length === JUDGED && middle(this.gaps) > LATE;
    if (!late) ++this.timely;
    else if (this.most > 1) {
      this.turn(Math.max(1, Math.min(this.most, this.count) - 1));
      this.patience = Math.min(PATIENCE.most, 2 * this.patience);
    } else this.timely = 0;
    if (this.timely < this.patience) return;
    if (this.most === Infinity) this.patience = PATIENCE.least;
    else this.turn(this.most + 1 < this.count ? this.most + 1 : Infinity);
  }

  /** Goes on with so many figures in a frame. */
  private turn(most: number): void {
    this.most = most;
    this.gaps = [];
    this.timely = 0;
  }

  private isSeen(figure: AheadFigure): boolean {
    return this.world.seen(figure, this.look);
  }

  /** Those that are seen and wait: the one that waits longest first, and of these the first of the page. */
  private due(): readonly AheadFigure[] {
    const turnOf = (figure: AheadFigure) => this.turns.get(figure) ?? 0;
    return [...this.waiting.keys()]
      .filter((figure) => this.isSeen(figure))
      .sort((a, b) => turnOf(a) - turnOf(b));
  }

  private draw(): void {
    for (const figure of this.due().slice(0, this.most)) {
      const drawing = this.waiting.get(figure);
      this.waiting.delete(figure);
      this.turns.set(figure, ++this.drawn);
      figure.showAhead(drawing);
    }
  }
}
