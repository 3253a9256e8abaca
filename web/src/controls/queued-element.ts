/**
 * What controls and figures have in common: they appear in turn, since a lab has dozens, which
 * together would hold a slow phone for a fifth of a second. What changes later changes at once.
 */
import { LitElement } from "lit";
import { queueDrawing } from "./draw-queue.js";

export class QueuedElement extends LitElement {
  /** Whether it waits for its turn now. */
  protected get takesTurns(): boolean {
    return !this.hasUpdated;
  }

  protected override scheduleUpdate(): ReturnType<LitElement["scheduleUpdate"]> {
    if (!this.takesTurns) return super.scheduleUpdate();
    return new Promise<void>((resolve, reject) =>
      queueDrawing(this, () => {
        try {
          void super.scheduleUpdate();
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      }),
    );
  }
}
