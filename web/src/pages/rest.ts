/** A page's first rest: what is needed later comes after what is seen now. */
import { leisure } from "../controls/draw-queue.js";
import { sharedEngine } from "../engine/shared.js";

/** What a page does one after the other: an answer, what is drawn of it, and what is tried then. */
const SPELLS = 3;

/** Resolves when all that this visit shows at first is there. */
export async function rested(): Promise<void> {
  if (document.readyState !== "complete")
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  for (let spell = 0; spell < SPELLS; ++spell) {
    await leisure();
    await sharedEngine().rest();
  }
}

/** Has ready what paper says: a print waits for nothing. One that did not come leaves paper without it. */
export function readyForPaper(): void {
  rested()
    .then(() => import("./paper.js"))
    .catch(() => undefined);
}
