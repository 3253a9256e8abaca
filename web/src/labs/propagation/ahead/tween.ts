/** From the dots of the last answer to those of the new one. */
import { aheadChart } from "../../../charts/ahead.js";
import type { Measured } from "../../../charts/ahead.js";
import { sharesAxis } from "../../../charts/by-layer.js";
import type { AheadDrawing } from "../../../figures/ahead.js";
import type { LayerContent } from "../figures.js";
import { firstOf, measuredOf, notesOf, PALE } from "./drawings.js";
import type { SheetOf } from "./drawings.js";

/** Between two sizes; on a logarithmic axis where both are positive. */
export function between(from: number, to: number, share: number, logarithmic: boolean): number {
  if (!logarithmic) return from + share * (to - from);
  return from > 0 && to > 0 ? from ** (1 - share) * to ** share : to;
}

/** Dots on their way; those of a layer or a scheme that was not there before are where they belong. */
export function onTheWay(
  before: readonly Measured[],
  after: readonly Measured[],
  share: number,
  logarithmic: boolean,
): Measured[] {
  return after.map(({ slot, values }) => {
    const old = before.find((one) => one.slot === slot)?.values;
    const at = (value: number, i: number) => {
      const from = old?.[i] ?? NaN;
      return Number.isFinite(from) ? between(from, value, share, logarithmic) : value;
    };
    return { slot, values: values.map(at) };
  });
}

/** A figure by layer while its dots go where the new answer has them: 0 .. 1 is done. */
export function arriving(
  name: string,
  content: LayerContent,
  before: readonly Measured[],
  share: number,
  sheetOf: SheetOf,
): AheadDrawing {
  const { all, extent, words } = content.byLayer;
  const logarithmic = extent !== undefined;
  const first = firstOf(all[0]);
  const depth = Math.max(...all.map(({ values }) => values.length)) + first - 1;
  const after = measuredOf(content);
  return {
    said: content.title,
    ...(content.describe && { describe: content.describe }),
    draw: (frame) =>
      aheadChart(
        {
          lines: all.map(({ slot, name: scheme, theory, ...rest }) => ({
            slot,
            name: scheme,
            theory,
            band: "band" in rest ? rest.band : undefined,
          })),
          before: onTheWay(before, after, share, logarithmic),
          strength: PALE + (1 - PALE) * share,
          first,
          depth,
          axis: {
            extent: extent ?? sharesAxis(after.flatMap((one) => [...one.values])),
            logarithmic,
          },
          notes: notesOf(all),
          words: { ...words, follows: "" },
        },
        frame,
        sheetOf(name, frame),
      ),
  };
}
