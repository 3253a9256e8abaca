/**
 * A figure as a picture of its own: what is found above the drawing, and below it what else it says, the
 * schemes with their marks, the settings and the source. Nothing of it is cut.
 */
import { labelWidth } from "../../charts/labels.js";
import { svgElement, svgText } from "../../charts/plot.js";
import { FONT_FAMILY, FONT_SIZE } from "../../charts/theme.js";
import type { Theme } from "../../charts/theme.js";
import { frameOf } from "../drawing.js";
import { linesOf } from "./lines.js";
import {
  addressOf,
  headlineOfTaken,
  legendOf,
  MAKER,
  paperOf,
  schemesOf,
  settingsText,
} from "./taken.js";
import type { Taken } from "./taken.js";

/** Width of the drawing in pixels: letters of 12 px are read on a slide, and in a column of a journal. */
const WIDTH = 640;
const PAD = 24;
/** Sizes of letters, and lines of the headline, of which a longer one is cut between sentences. */
const HEADLINE = 16;
const MOST_LINES = 3;
const SMALL = 11;
const LEADING = 1.4;
const GAP = 10;

const SVG = "http://www.w3.org/2000/svg";

interface Look {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
}

/** Sets paragraphs one below the other. */
class Column {
  y = PAD;
  constructor(
    private readonly svg: SVGSVGElement,
    private readonly theme: Theme,
  ) {}

  /** Nothing for no text. */
  text(text: string, look: Look = {}): void {
    const { size = FONT_SIZE, weight = 400, fill = this.theme.text } = look;
    for (const line of linesOf(text, WIDTH, size)) {
      this.y += size * LEADING;
      this.line(line, PAD, { size, weight, fill });
    }
  }

  /** A text in the line that was begun last. */
  private line(text: string, x: number, look: Required<Look>): void {
    const { size, weight, fill } = look;
    const y = Math.round(this.y - size * (LEADING - 1));
    this.svg.append(svgText(text, { x, y, fill, "font-size": size, "font-weight": weight }));
  }

  /** Short texts side by side, as many as fit into a line. */
  row(texts: readonly { readonly text: string; readonly fill: string }[]): void {
    let x = Infinity;
    for (const { text, fill } of texts) {
      const width = labelWidth(text) * (SMALL / FONT_SIZE);
      if (x + width > WIDTH) {
        this.text(text, { size: SMALL, fill });
        x = width > WIDTH ? Infinity : width + 2 * GAP;
      } else {
        this.line(text, PAD + x, { size: SMALL, weight: 400, fill });
        x += width + 2 * GAP;
      }
    }
  }

  drawing(drawing: SVGSVGElement): void {
    const height = Number(drawing.getAttribute("height"));
    for (const [name, value] of Object.entries({
      x: PAD,
      y: Math.round(this.y),
      overflow: "visible",
    }))
      drawing.setAttribute(name, String(value));
    for (const name of ["role", "aria-label"]) drawing.removeAttribute(name);
    this.svg.append(drawing);
    this.y += height;
  }

  gap(): void {
    this.y += GAP;
  }
}

/** The picture; without a ground it is on whatever lies below. */
export function compose(taken: Taken, ground: boolean): SVGSVGElement {
  const { content, locale, source } = taken;
  const theme = paperOf(taken.theme);
  const svg = svgElement("svg", { xmlns: SVG }) as SVGSVGElement;
  const column = new Column(svg, theme);
  const fits = (text: string) => linesOf(text, WIDTH, HEADLINE).length <= MOST_LINES;
  const { headline, subject, rest } = headlineOfTaken(taken, fits);
  column.text(headline, { size: HEADLINE, weight: 600 });
  column.text(subject, { fill: theme.secondary });
  column.gap();
  column.gap(); // a name of two lines may rise above its panel
  const { svg: drawn, detail } = content.draw({ ...frameOf(content, WIDTH, theme), wrap: linesOf });
  if (detail) drawn.querySelector(".detail")?.replaceWith(detail(taken.position ?? -1));
  column.drawing(drawn);
  column.gap();
  column.text(rest);
  column.gap();
  column.row(
    legendOf(schemesOf(taken), locale).map(({ slot, text }) => ({
      text,
      fill: theme.slots[slot] ?? theme.text,
    })),
  );
  const small = { size: SMALL, fill: theme.secondary };
  if (source) column.text(settingsText(source, locale), small);
  column.text(MAKER, small);
  column.text(addressOf(taken) ?? "", small);
  const [width, height] = [WIDTH + 2 * PAD, Math.ceil(column.y + PAD)];
  for (const [name, value] of Object.entries({
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": headline,
    color: theme.text,
    fill: theme.text,
    "font-family": FONT_FAMILY,
    "font-variant-numeric": "tabular-nums",
  }))
    svg.setAttribute(name, String(value));
  if (ground)
    svg.prepend(svgElement("rect", { width: "100%", height: "100%", fill: theme.ground }));
  return svg;
}
