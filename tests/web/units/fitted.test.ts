/** Figures that fill a box: within it, as large as they can be, and never distorted. */
import { describe, expect, it } from "vitest";
import { fitted, heightOf } from "../../../web/src/figures/drawing.js";
import type { FigureContent } from "../../../web/src/figures/content.js";
import { flowHeight } from "../../../web/src/labs/propagation/flow/drawing.js";
import { panelsAspect } from "../../../web/src/charts/panels.js";

const content = (aspect: FigureContent["aspect"]): FigureContent => ({
  title: "A figure",
  aspect,
  draw: () => {
    throw new Error("not drawn here");
  },
  caption: "",
  table: { head: [], rows: [] },
});

const OWN = {
  flow: content((width) => width / flowHeight(width)),
  boundary: content(panelsAspect(["He normal", "Xavier normal", "Normal", "Zeros"], 1)),
};

describe("a figure in a box", () => {
  it("of any height takes all of it", () => {
    for (const width of [300, 700, 1200])
      for (const height of [160, 300, 600])
        expect(fitted(content(1.6), width, height)).toEqual({
          drawn: { width, height },
          shown: { width, height },
        });
  });

  it("that knows its own height is drawn at another width and scaled to it", () => {
    for (const [name, figure] of Object.entries(OWN))
      for (const width of [300, 480, 700, 960, 1200])
        for (const height of [200, 260, 320, 400]) {
          const { drawn, shown } = fitted(figure, width, height);
          const at = `${name} in ${width} x ${height}`;
          expect(shown.width, at).toBeLessThanOrEqual(width + 1e-9);
          expect(shown.height, at).toBeLessThanOrEqual(height + 1e-9);
          expect(drawn.height, at).toBe(heightOf(figure, drawn.width));
          expect(shown.width / shown.height, at).toBeCloseTo(drawn.width / drawn.height, 6);
          // One side fills the box, and the other most of it.
          const [across, down] = [shown.width / width, shown.height / height];
          expect(Math.max(across, down), at).toBeGreaterThan(0.95);
          expect(Math.min(across, down), at).toBeGreaterThan(0.5);
        }
  });
});
