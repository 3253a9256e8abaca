/** What draws theory ahead of the simulation: loaded when a reader is about to set something. */
import type { Ahead, AheadHost } from "./ahead/index.js";

/** A lab whose part for this does not come is whole without it. */
const load = () => import("./ahead/index.js").catch(() => undefined);

export class Lead {
  private ahead: Ahead | undefined;
  private begun = false;

  constructor(private readonly host: AheadHost) {}

  /** Brings the part. */
  async ready(): Promise<void> {
    if (this.begun) return;
    this.begun = true;
    const part = await load();
    part?.warmUp();
    this.ahead = part && new part.Ahead(this.host);
    this.ahead?.ask(); // something may have been set meanwhile
  }

  /** Something else is asked for; what a reader drags brings the part, and a state from outside does not. */
  ask(dragging: boolean): void {
    if (this.ahead) this.ahead.ask();
    else if (dragging) void this.ready();
  }

  /** What is shown may be another. */
  update(): void {
    this.ahead?.update();
  }

  leave(): void {
    this.ahead?.leave();
  }
}
