/** Boxes, lines and cells of the strips, drawn into an SVG element. */
import { addImage } from "../../../charts/image.js";
import { labelWidth } from "../../../charts/labels.js";
import { svgElement, svgRoot, svgText } from "../../../charts/plot.js";
import type { Attributes, Frame } from "../../../charts/plot.js";
import { FONT_SIZE } from "../../../charts/theme.js";
import { formatNumber, powerOfTen } from "../../../i18n/numbers.js";
import {
  boxText,
  countRoom,
  countText,
  FORK,
  FRAME,
  gapOf,
  JOIN,
  lanesOf,
  scaleText,
  widthOf,
  widthOfAll,
} from "./boxes.js";
import { MARGIN } from "./layout.js";
import type { Layout, StripsWords } from "./layout.js";
import { inkOn } from "./scale.js";
import type { Scale } from "./scale.js";
import type { Piece } from "./strips.js";

const ARROW = 5;
const SUM = 7;

export class Painter {
  readonly svg: SVGSVGElement;
  /** What is drawn into. */
  private target: Element;

  constructor(
    private readonly frame: Frame,
    private readonly layout: Layout,
    private readonly isPicked: (place: number) => boolean,
  ) {
    this.svg = svgRoot(frame);
    this.target = this.svg;
  }

  add(name: string, attributes: Attributes, into: Element = this.target): SVGElement {
    return svgElement(name, attributes, into);
  }

  text(text: string, attributes: Attributes, into: Element = this.target): void {
    into.append(svgText(text, attributes));
  }

  path(d: string, attributes: Attributes = {}): void {
    const { secondary } = this.frame.theme;
    this.add("path", { d, fill: "none", stroke: secondary, "stroke-width": 1.25, ...attributes });
  }

  /** How an item's outline is drawn; what the reader has hold of stands out. */
  private outline(place: number): Attributes {
    const { theme } = this.frame;
    return this.isPicked(place)
      ? { stroke: theme.slots[0] ?? theme.text, "stroke-width": 2.5 }
      : { stroke: theme.text, "stroke-width": 1 };
  }

  private group(place: number): SVGElement {
    return this.add("g", { "data-item": place, cursor: "pointer" });
  }

  private block(piece: Extract<Piece, { kind: "block" }>, x: number, y: number): void {
    const { level, box } = this.layout;
    const { theme } = this.frame;
    const width = widthOf(piece, level);
    const group = this.group(piece.place);
    const { block } = piece.item;
    const round = block === "phi" ? Math.min(box, width) / 2 : 3;
    const plain = ["scale", "dropout"].includes(block);
    this.add(
      "rect",
      {
        x,
        y: y - box / 2,
        width,
        height: box,
        rx: round,
        fill: block === "dense" || level === "bare" ? theme.hairline : theme.ground,
        ...this.outline(piece.place),
        ...(plain && { "stroke-dasharray": "3 2" }),
      },
      group,
    );
    const said = boxText(piece, level);
    said.forEach((text, i) => {
      const at = y + 4 + (i - (said.length - 1) / 2) * 14;
      this.text(text, { x: x + width / 2, y: at, "text-anchor": "middle" }, group);
    });
  }

  private sum(piece: Extract<Piece, { kind: "res" }>, x: number, y: number): void {
    const group = this.group(piece.place);
    const { ground } = this.frame.theme;
    this.add("circle", { cx: x, cy: y, r: SUM, fill: ground, ...this.outline(piece.place) }, group);
    const d = `M${x - 4},${y}h8M${x},${y - 4}v8`;
    this.add("path", { d, fill: "none", stroke: this.frame.theme.text }, group);
  }

  private residual(piece: Extract<Piece, { kind: "res" }>, x: number, y: number): void {
    const { level, lane } = this.layout;
    const inner = widthOf(piece, level) - FORK - JOIN;
    const above = y - lane * lanesOf(piece.shortcut);
    const end = x + FORK + inner + JOIN - SUM;
    this.path(`M${x},${y}V${above + 6}q0,-6 6,-6H${end - 6}q6,0 6,6V${y - SUM}`);
    this.add("circle", { cx: x, cy: y, r: 2, fill: this.frame.theme.secondary });
    this.pieces(piece.shortcut, x + FORK, y);
    this.pieces(piece.branch, x + FORK, above);
    const scale = scaleText(piece.item);
    if (scale && level !== "bare") {
      const at = { x: end - 10, y: above + 4, "text-anchor": "end" };
      const halo = { stroke: this.frame.theme.ground, "stroke-width": 5, "paint-order": "stroke" };
      this.text(scale, { ...at, ...halo });
    }
    this.sum(piece, end, y);
  }

  private repeat(piece: Extract<Piece, { kind: "repeat" }>, x: number, y: number): void {
    const { level, lane, box } = this.layout;
    const room = countRoom(piece);
    const lanes = lanesOf(piece.inside);
    const top = y - (lanes - 1) * lane - box / 2 - 3;
    const group = this.group(piece.place);
    const { hairline, ground, secondary } = this.frame.theme;
    const picked = this.isPicked(piece.place);
    this.add(
      "rect",
      {
        x,
        y: top,
        width: widthOf(piece, level),
        height: y + box / 2 + 3 - top,
        rx: 4,
        fill: "none",
        ...(picked ? this.outline(piece.place) : { stroke: hairline }),
      },
      group,
    );
    const halo = { stroke: ground, "stroke-width": 4, "paint-order": "stroke" };
    this.text(countText(piece.item), { x: x + 4, y: y + 4, fill: secondary, ...halo }, group);
    this.pieces(piece.inside, x + room + FRAME, y);
  }

  /** Pieces side by side on a lane whose middle is `y`. */
  pieces(pieces: readonly Piece[], x: number, y: number): void {
    let at = x;
    for (const piece of pieces) {
      if (piece.kind === "block") this.block(piece, at, y);
      else if (piece.kind === "res") this.residual(piece, at, y);
      else this.repeat(piece, at, y);
      at += widthOf(piece, this.layout.level) + gapOf(this.layout.level);
    }
  }

  /** A row's trunk with its arrow, and what stands on it; what has no room is pressed together. */
  strip(pieces: readonly Piece[], y: number): void {
    const { from, to, level } = this.layout;
    this.path(`M${from},${y}H${to}m${-ARROW},-3.5l${ARROW},3.5l${-ARROW},3.5`);
    const [x, room] = [from + MARGIN, to - from - 2 * MARGIN];
    const pressed = Math.min(1, room / Math.max(1, widthOfAll(pieces, level)));
    if (pressed === 1) return this.pieces(pieces, x, y);
    const whole = this.target;
    this.target = this.add("g", { transform: `translate(${x},0) scale(${pressed},1)` });
    this.pieces(pieces, 0, y);
    this.target = whole;
  }

  cell(value: number, scale: Scale, box: Readonly<Record<"x" | "y" | "width" | "height", number>>) {
    if (Number.isNaN(value)) return;
    const { width } = box;
    const finite = Number.isFinite(value);
    const channels = scale.channels(value);
    const { theme } = this.frame;
    this.add("rect", {
      ...box,
      rx: box.height > 10 ? 2 : 0,
      fill: finite ? `rgb(${channels.join()})` : theme.ground,
      ...(!finite && { stroke: theme.text, "stroke-dasharray": "3 2" }),
    });
    if (box.height < 14 || width < 40) return;
    const texts = [3, 2, 1].map((digits) => formatNumber(value, digits));
    // Widths are those of bold labels, which are a sixth wider than these.
    const fits = (text: string) => labelWidth(text) < 1.17 * (width - 4);
    this.text(texts.find(fits) ?? texts.at(-1) ?? "", {
      x: box.x + width / 2,
      y: box.y + box.height / 2 + 4,
      "text-anchor": "middle",
      fill: finite ? inkOn(channels) : theme.text,
      "font-size": FONT_SIZE - 1,
    });
  }

  heads(words: StripsWords, residual: boolean): void {
    const { columns, cell, narrow } = this.layout;
    const { secondary, hairline } = this.frame.theme;
    const middle = { "text-anchor": "middle", fill: secondary, "font-size": FONT_SIZE - 1 };
    const at = (x: number, y: number) => ({ x: x + cell / 2, y, ...middle });
    const right = { x: columns.gradient + cell, y: 26, ...middle, "text-anchor": "end" };
    if (narrow) this.text(words.gradientShort, right);
    else this.text(words.gradient, at(columns.gradient, 26));
    if (!residual || narrow) return this.text(words.signal, at(columns.signal, 26));
    const both = (columns.branch + columns.signal) / 2;
    this.text(words.signal, at(both, 10));
    this.path(`M${columns.branch},14.5H${columns.signal + cell}`, { stroke: hairline });
    this.text(words.branch, at(columns.branch, 26));
    this.text(words.trunk, at(columns.signal, 26));
  }

  /** What the colours of a column mean. */
  legend(name: string, scale: Scale, right: number, y: number): number {
    const { secondary } = this.frame.theme;
    const [low, high] = scale.domain.map((power) => powerOfTen(Math.round(power)));
    const small = { fill: secondary, "font-size": FONT_SIZE - 1 };
    const [bar, space] = [64, 5];
    let x = right - labelWidth(high ?? "");
    this.text(high ?? "", { x, y: y + 4, ...small });
    x -= bar + space;
    addImage(this.svg, scale.bar(), { x, y: y - 4, width: bar, height: 8 });
    x -= space;
    this.text(low ?? "", { x, y: y + 4, "text-anchor": "end", ...small });
    x -= labelWidth(low ?? "") + 8;
    this.text(name, { x, y: y + 4, "text-anchor": "end", ...small });
    return x - labelWidth(name) - 16;
  }
}
