/** What theory predicts by layer: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import { layerAxis, layerDomain } from "../../charts/layer-axis.js";
import {
  axes,
  axisTitles,
  decadeLabel,
  decades,
  draw,
  MARGINS,
  pixels,
} from "../../charts/plot.js";
import { labelEnds, rightMargin } from "../../charts/labels.js";
import type { Drawing, Frame, Interval } from "../../charts/plot.js";
import { SLOT_DASHES } from "../../slots.js";

export interface TheoryLine {
  readonly name: string;
  readonly slot: number;
  readonly values: Float64Array;
}

/** Predictions by layer on a logarithmic axis that holds `extent`. */
export function theoryChart(
  lines: readonly TheoryLine[],
  extent: Interval,
  words: { readonly x: string; readonly y: string },
  frame: Frame,
): Drawing {
  const depth = lines[0]?.values.length ?? 1;
  const { domain, ticks } = decades(extent);
  const marginRight = rightMargin(
    lines.map(({ name }) => name),
    frame,
  );
  const svg = draw(frame, {
    marginRight,
    x: { domain: layerDomain(depth) },
    y: { type: "log", domain },
    marks: [
      ...axes(frame, layerAxis(depth, frame.width - marginRight), { ticks, format: decadeLabel }),
      ...lines.map(({ values, slot }) =>
        Plot.line(
          [...values].map((value, i) => ({ layer: i + 1, value: value > 0 ? value : NaN })),
          {
            x: "layer",
            y: "value",
            stroke: frame.theme.slots[slot] ?? frame.theme.text,
            strokeWidth: 1.4,
            strokeDasharray: SLOT_DASHES[slot] ?? "none",
          },
        ),
      ),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  labelEnds(
    svg,
    lines.flatMap(({ name, slot, values }) => {
      const last = values.at(-1) ?? NaN;
      return last > 0
        ? [{ text: name, color: frame.theme.slots[slot] ?? frame.theme.text, y: y(last) }]
        : [];
    }),
    frame,
    marginRight,
    { from: MARGINS.top, to: frame.height - MARGINS.bottom },
  );
  axisTitles(svg, frame, words);
  return {
    svg,
    xs: Array.from({ length: depth }, (_, i) => x(i + 1)),
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
  };
}
