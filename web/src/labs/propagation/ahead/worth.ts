/**
 * Whether an answer that is not the newest is shown while a reader drags on: all figures are made of it, which
 * takes the time of several frames. Such answers have a share of the time, measured by what the last one took.
 */

/** For each millisecond that an answer took so many have none. */
const REST = 9;

export interface WorthWorld {
  readonly frame: (draw: (time: number) => void) => void;
  /** Milliseconds. */
  readonly clock: () => number;
}

export class Worth {
  /** Another answer may be shown from then on; none while it is not known what the last one takes. */
  private from = -Infinity;

  constructor(private readonly world: WorthWorld) {}

  /** Whether one is shown now. */
  take(): boolean {
    const { frame, clock } = this.world;
    const began = clock();
    if (began < this.from) return false;
    this.from = Infinity;
    // It is made before the next frame, and what is drawn of it before the one behind.
    frame(() => frame(() => (this.from = clock() + REST * (clock() - began))));
    return true;
  }
}
