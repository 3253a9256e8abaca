/** A point in a drawing that the reader moves: by pointer, held until it is let go, and by arrow keys. */
import type { Drawing } from "../charts/plot.js";
import type { FigureContent } from "./content.js";

/** To the right and up, by a step. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

type Handle = NonNullable<FigureContent["handle"]>;

export class Grip {
  /** Whether the reader has hold of the handle. */
  private held = false;

  /** A press takes hold of the handle, which follows until it is let go. The drawing is `width` pixels of its own wide. */
  toPointer(
    event: PointerEvent,
    handle: Handle,
    drawing: Drawing | undefined,
    width: number,
  ): void {
    if (!drawing?.invert) return;
    if (event.type === "pointerdown") {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.held = true;
    }
    if (!this.held) return;
    const settled = event.type === "pointerup" || event.type === "pointercancel";
    const box = drawing.svg.getBoundingClientRect();
    const scale = width / box.width;
    const { x, y } = drawing.invert(
      (event.clientX - box.left) * scale,
      (event.clientY - box.top) * scale,
    );
    if (settled) this.held = false;
    handle.move(x, y, settled);
  }

  /** Whether the key moved it. */
  toKey(event: KeyboardEvent, handle: Handle): boolean {
    const step = STEPS[event.key];
    if (!step) return false;
    event.preventDefault();
    handle.nudge(...step);
    return true;
  }
}
