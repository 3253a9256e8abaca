/** Text set in lines of a width, all of it. */
import { labelWidth, PARTS } from "../../charts/labels.js";
import { FONT_SIZE } from "../../charts/theme.js";

/** Pieces of a part that is wider than a line by itself, such as an address. */
function pieces(part: string, fits: (text: string) => boolean): readonly string[] {
  const found: string[] = [];
  let piece = "";
  for (const character of Array.from(part)) {
    if (piece !== "" && !fits(piece + character)) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}

/** The lines of a text; its widths are those of bold type, which are the larger ones. */
export function linesOf(text: string, width: number, size = FONT_SIZE): readonly string[] {
  const fits = (line: string) => labelWidth(line.trimEnd()) * (size / FONT_SIZE) <= width;
  const lines: string[] = [];
  let line = "";
  for (const part of text.match(PARTS) ?? []) {
    for (const piece of fits(part) ? [part] : pieces(part, fits)) {
      if (line !== "" && !fits(line + piece)) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += piece;
    }
  }
  return line.trim() === "" ? lines : [...lines, line.trimEnd()];
}
