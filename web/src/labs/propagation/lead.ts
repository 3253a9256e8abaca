/** What draws theory ahead of the simulation: loaded when a reader is about to set something. */
import { lackOf, loadPart } from "../../controls/part.js";
import type { Ahead, AheadHost } from "./ahead/index.js";

const loadAhead = () => import("./ahead/index.js");

export class Lead {
  private ahead: Ahead | undefined;
  /** Nothing is loaded again: it is there or under way, or the page will not have it. */
  private begun = false;
  private dragging = false;

  constructor(
    private readonly host: AheadHost,
    private readonly load: typeof loadAhead = loadAhead,
  ) {}

  /** Brings the part. A lab to which it does not come is whole without it, and says nothing. */
  async ready(): Promise<void> {
    if (this.begun) return;
    this.begun = true;
    const part = await loadPart(this.load).catch((error: unknown) => {
      this.begun = lackOf(error) !== "network";
      return undefined;
    });
    if (!part) return;
    part.warmUp();
    this.ahead = new part.Ahead(this.host);
    this.ahead.ask(); // something may have been set meanwhile
  }

  /**
   * Something else is asked for. What a reader drags brings the part, and a state from outside does not:
   * it is asked for as a control is taken up, and not in each frame of a network that fails.
   */
  ask(dragging: boolean): void {
    if (this.ahead) this.ahead.ask();
    else if (dragging && !this.dragging) void this.ready();
    this.dragging = dragging;
  }

  /** What is shown may be another. */
  update(): void {
    this.ahead?.update();
  }

  /** Whether an answer that is not the newest is shown while a control is dragged. */
  worthShowing(): boolean {
    return this.ahead?.worthShowing() ?? true;
  }

  leave(): void {
    this.ahead?.leave();
  }
}
