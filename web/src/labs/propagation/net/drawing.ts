/** The network as strips with what each row does to the signal. Data in, SVG element out. */
import type { Drawing, Frame, Interval } from "../../../charts/plot.js";
import { FONT_SIZE } from "../../../charts/theme.js";
import { HEAD, LEGEND, STRIP_GAP, MARGIN, layoutOf, heightOf } from "./layout.js";
import type { Layout, StripsData, StripsWords } from "./layout.js";
import { Painter } from "./painter.js";
import { Scale } from "./scale.js";

/** Where each row lies, from the inputs on. */
function drawLines(data: StripsData, painter: Painter, layout: Layout, words: StripsWords) {
  const { measured, labels, residual } = data;
  const { from, box, lane, columns, narrow } = layout;
  const signal = new Scale([...(measured?.signal ?? []), ...(measured?.branch ?? [])]);
  const gradient = new Scale(measured?.gradient ?? []);
  const ys: Interval[] = [];
  let top = HEAD;
  const { cell } = layout;
  const at = (column: number, y: number, height: number) => ({ x: column, y, width: cell, height });
  const value = (list: readonly number[] | null | undefined, row: number) => list?.[row] ?? NaN;
  /** What was measured of a row; its branch lies beside the trunk, or above it. */
  const cells = (row: number, y: number, height: number, folded: boolean) => {
    if (!measured) return;
    const trunk = at(columns.signal, y, height);
    const branch = value(measured.branch, row);
    // Without a column of their own, branches of folded rows have the left half.
    const halved = folded && columns.branch === columns.signal && residual;
    const half = { ...trunk, width: cell / 2 };
    const right = halved ? { ...half, x: trunk.x + cell / 2 } : trunk;
    painter.cell(value(measured.signal, row), signal, right);
    painter.cell(value(measured.gradient, row), gradient, at(columns.gradient, y, height));
    if (residual)
      painter.cell(
        branch,
        signal,
        halved ? half : at(columns.branch, folded ? y : y - lane, height),
      );
  };
  const note = (text: string, y: number) =>
    painter.text(text, { x: narrow ? from : 0, y, "font-weight": 600 });
  note(data.inputs, top + lane / 2 + 4);
  cells(0, top + (lane - box) / 2, box, false);
  ys.push({ from: top - STRIP_GAP / 2, to: top + lane + STRIP_GAP / 2 });
  top += lane + STRIP_GAP;
  for (const line of data.lines) {
    const height = heightOf(line, layout);
    if (line.kind === "fold") {
      const rows = line.to - line.from;
      const each = height / rows;
      for (let i = 0; i < rows; ++i) {
        const y = top + i * each;
        cells(1 + line.from + i, y, each + 0.2, true);
        ys[1 + line.from + i] = { from: y, to: y + each };
      }
      painter.text(`⋮ ${words.more(line.copies)}`, {
        x: from + MARGIN,
        y: top + height / 2 + 4,
        "font-style": "italic",
      });
    } else {
      const y = top + height - lane / 2;
      const label = labels[line.row] ?? "";
      note(label, narrow ? top + FONT_SIZE - 2 : y + 4);
      painter.strip(line.pieces, y);
      cells(1 + line.row, y - box / 2, box, false);
      ys[1 + line.row] = { from: top - STRIP_GAP / 2, to: top + height + STRIP_GAP / 2 };
    }
    top += height + STRIP_GAP;
  }
  if (measured) {
    const middle = top + 6;
    const right = columns.gradient + layout.cell;
    const next = painter.legend(words.gradient, gradient, right, middle);
    painter.legend(
      words.signal,
      signal,
      narrow ? right : next,
      narrow ? middle + LEGEND - 8 : middle,
    );
  }
  return ys;
}

export function drawStrips(data: StripsData, words: StripsWords, frame: Frame): Drawing {
  const layout = layoutOf(data, frame.width);
  const painter = new Painter(frame, layout, data.isPicked);
  painter.heads(words, data.residual);
  const ys = drawLines(data, painter, layout, words);
  return { svg: painter.svg, xs: [], ys, top: 0, bottom: frame.height };
}
