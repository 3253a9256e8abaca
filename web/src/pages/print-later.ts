/** Has ready what paper says of a lab: a print waits for nothing, but somebody asks for it. */

import type { Labs } from "./paper.js";

/** What a reader does on the way to a print. */
const SIGNS = ["pointermove", "pointerdown", "keydown"];

/** Takes what `keepOnPaper` does. What did not come is not on paper. */
export function readyForPaper(playground: string, labs: Labs): void {
  const signs = new AbortController();
  const load = () => {
    signs.abort();
    import("./paper.js")
      .then(({ keepOnPaper }) => keepOnPaper(playground, labs))
      .catch(() => undefined);
  };
  for (const sign of SIGNS) addEventListener(sign, load, { passive: true, signal: signs.signal });
}
