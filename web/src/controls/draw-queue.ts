/**
 * Figures, and controls when they first appear, are drawn in turn: at once while the present task is
 * young or a print waits, the others each in a task to come, so that a page of many which change
 * together stays responsive.
 */
import { printing } from "./printing.js";

/** How long a task may draw before what is left waits for the next, in milliseconds. */
const BUDGET = 8;

const waiting = new Map<object, () => void>();
const { port1, port2 } = new MessageChannel();
let began = 0;
let pending = false;

port1.onmessage = () => {
  pending = false;
  began = performance.now();
  for (const [owner, draw] of waiting) {
    if (performance.now() - began > BUDGET) break;
    waiting.delete(owner);
    draw();
  }
  if (waiting.size > 0) drawSoon();
};

addEventListener("beforeprint", () => {
  for (const draw of waiting.values()) draw();
  waiting.clear();
});

function drawSoon(): void {
  if (pending) return;
  pending = true;
  port2.postMessage(null);
}

/** Draws now or soon; a newer call of the same owner takes the place of one that waits. */
export function queueDrawing(owner: object, draw: () => void): void {
  // Without a task of ours on its way, this is the first call of the present task.
  if (!pending) began = performance.now();
  drawSoon();
  waiting.delete(owner);
  if (printing() || performance.now() - began <= BUDGET) draw();
  else waiting.set(owner, draw);
}

/**
 * Resolves when the browser has nothing to do, what waits to be drawn included; where it does not tell
 * (Safari), a task later.
 */
export function leisure(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve());
    else setTimeout(resolve);
  });
}
