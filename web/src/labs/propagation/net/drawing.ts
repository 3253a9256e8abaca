/** The network as strips with what each row does to the signal. Data in, SVG element out. */
import { addImage, sequentialPalette } from "../../../charts/image.js";
import { labelWidth } from "../../../charts/labels.js";
import { decades, positiveExtent } from "../../../charts/plot.js";
import type { Drawing, Frame, Interval } from "../../../charts/plot.js";
import { toPngAddress } from "../../../charts/png.js";
import { FONT_FAMILY, FONT_SIZE } from "../../../charts/theme.js";
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
  levelFor,
  scaleText,
  widthOf,
  widthOfAll,
} from "./boxes.js";
import type { Level } from "./boxes.js";
import type { Line, Piece } from "./strips.js";

/** Mean squares by row, the inputs first; NaN where there is nothing to say. */
export interface Measured {
  readonly signal: readonly number[];
  /** Null for a network without residual blocks. */
  readonly branch: readonly number[] | null;
  readonly gradient: readonly number[];
}

export interface StripsData {
  readonly lines: readonly Line[];
  /** Labels of the rows, from the first on; of the inputs, before them. */
  readonly labels: readonly string[];
  readonly inputs: string;
  /** Undefined while there is no measurement of this network. */
  readonly measured: Measured | undefined;
  readonly residual: boolean;
  /** Whether the reader has hold of an item. */
  readonly isPicked: (place: number) => boolean;
}

export interface StripsWords {
  readonly branch: string;
  readonly trunk: string;
  readonly signal: string;
  readonly gradient: string;
  readonly gradientShort: string;
  readonly more: (copies: number) => string;
}

const SVG = "http://www.w3.org/2000/svg";
type Attributes = Readonly<Record<string, string | number>>;

/** Narrower figures say less, and have a row's label above its strip. */
const NARROW = 560;
const HEAD = 34;
const LEGEND = 26;
const STRIP_GAP = 12;
const FOLD = { least: 26, most: 96, row: 6 } as const;
const CELL_GAP = 4;
const ARROW = 5;
/** Of a trunk's line, before its first box and after its last. */
const MARGIN = 8;
const SUM = 7;

interface Layout {
  readonly narrow: boolean;
  readonly level: Level;
  readonly label: number;
  readonly from: number;
  readonly to: number;
  readonly box: number;
  readonly lane: number;
  readonly cell: number;
  /** Left edges of the columns of cells; without room, branches have none of their own. */
  readonly columns: Readonly<Record<"branch" | "signal" | "gradient", number>>;
}

function layoutOf({ lines, labels, residual, inputs }: StripsData, width: number): Layout {
  const narrow = width < NARROW;
  const cell = narrow ? 44 : 62;
  const apart = residual && !narrow;
  const count = apart ? 3 : 2;
  const first = width - count * cell - (count - 1) * CELL_GAP;
  const widest = Math.max(...[inputs, ...labels].map(labelWidth));
  const label = narrow ? 0 : Math.ceil(widest) + 14;
  const [from, to] = [label + 2, first - 12];
  const level = levelFor(lines, to - from - 2 * MARGIN);
  const box = level === "stacked" ? 34 : 22;
  const at = (i: number) => first + i * (cell + CELL_GAP);
  const signal = apart ? 1 : 0;
  const columns = { branch: at(0), signal: at(signal), gradient: at(signal + 1) };
  return { narrow, level, label, from, to, box, lane: box + 8, cell, columns };
}

function heightOf(line: Line, layout: Layout): number {
  if (line.kind === "fold") {
    const rows = line.to - line.from;
    return Math.min(FOLD.most, Math.max(FOLD.least, rows * FOLD.row));
  }
  return lanesOf(line.pieces) * layout.lane + (layout.narrow ? FONT_SIZE + 4 : 0);
}

/** Height of the figure at a width. */
export function stripsHeight(data: StripsData, width: number): number {
  const layout = layoutOf(data, width);
  const inputs = layout.lane + STRIP_GAP;
  const lines = data.lines.reduce((sum, line) => sum + heightOf(line, layout) + STRIP_GAP, 0);
  return HEAD + inputs + lines + (data.measured ? LEGEND * (layout.narrow ? 2 : 1) : 0);
}

/** The colours of positive values on a logarithmic scale. */
class Scale {
  readonly domain: readonly [number, number];
  private readonly palette = sequentialPalette();

  constructor(values: readonly number[]) {
    const { from, to } = positiveExtent(values);
    const [low, high] = decades({ from, to }).domain;
    this.domain = [Math.log10(low), Math.log10(high)];
  }

  private place(value: number): number {
    const [low, high] = this.domain;
    const steps = this.palette.length / 3 - 1;
    const share = value > 0 ? (Math.log10(value) - low) / (high - low) : 0;
    return Math.round(steps * Math.max(0, Math.min(1, share)));
  }

  channels(value: number): readonly number[] {
    const i = 3 * this.place(value);
    return [...this.palette.slice(i, i + 3)];
  }

  bar(): string {
    const steps = this.palette.length / 3;
    return toPngAddress(
      Uint8Array.from({ length: steps }, (_, i) => i),
      steps,
      1,
      this.palette,
    );
  }
}

/** Text that is read on a colour. */
function inkOn([r = 0, g = 0, b = 0]: readonly number[]): string {
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#14171a" : "#ffffff";
}

class Painter {
  readonly svg = document.createElementNS(SVG, "svg");
  /** What is drawn into. */
  private target: Element = this.svg;

  constructor(
    private readonly frame: Frame,
    private readonly layout: Layout,
    private readonly isPicked: (place: number) => boolean,
  ) {
    const { width, height } = frame;
    const attributes = { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" };
    const font = { "font-family": FONT_FAMILY, "font-size": FONT_SIZE, fill: "currentColor" };
    for (const [name, value] of Object.entries({ ...attributes, ...font }))
      this.svg.setAttribute(name, String(value));
  }

  add(name: string, attributes: Attributes, into: Element = this.target): SVGElement {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    into.append(made);
    return made;
  }

  text(text: string, attributes: Attributes, into: Element = this.target): void {
    this.add("text", { "text-anchor": "start", ...attributes }, into).textContent = text;
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
