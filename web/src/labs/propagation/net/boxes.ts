/** How the pieces of a strip are laid out: what boxes say, how wide they are, and how many lanes they take. */
import { labelWidth } from "../../../charts/labels.js";
import type { NetItem } from "../../../engine/results.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Line, Piece } from "./strips.js";

/** How much boxes say, from all to nothing. */
export const LEVELS = ["full", "outputs", "stacked", "names", "letters", "bare"] as const;
export type Level = (typeof LEVELS)[number];

/** Within boxes, and between them: less where there is little room. */
const ROOMS = {
  wide: { pad: 6, gap: 10, least: 22 },
  tight: { pad: 4, gap: 6, least: 20 },
  letters: { pad: 2, gap: 4, least: 18 },
} as const;
/** What blocks of long names are called where a letter has room. */
const LETTERS: Readonly<Record<string, string>> = { dense: "W", dropout: "p" };
const BARE_BOX = 9;
/** From where the branch leaves to its first box, and from its last to the sum. */
export const FORK = 12;
export const JOIN = 16;
/** Around what is repeated within a row. */
export const FRAME = 6;

function roomsOf(level: Level) {
  if (level === "full" || level === "outputs") return ROOMS.wide;
  return level === "letters" ? ROOMS.letters : ROOMS.tight;
}

/** Between boxes. */
export const gapOf = (level: Level): number => roomsOf(level).gap;

type BlockPiece = Extract<Piece, { kind: "block" }>;
type Repeat = Extract<Piece, { kind: "repeat" }>;

const factorText = (factor: unknown): string => `×${formatNumber(Number(factor))}`;

/** A residual block's factor as it is written in papers; "" for 1. */
export function scaleText({ options, depthsUnderRoot: times }: NetItem): string {
  if (times > 0) return `×1/√${times === 1 ? "L" : `(${times}L)`}`;
  const { scale = 1 } = options;
  return Number(scale) === 1 ? "" : factorText(scale);
}

export function countText({ byDepth, count }: NetItem): string {
  return byDepth ? `L×` : `${count}×`;
}

/** What a block is called in a figure, short. */
export function blockText({ block, options }: NetItem): string {
  switch (block) {
    case "phi": {
      const own = String(options["activation"] ?? "request");
      return own === "request" ? "φ" : own;
    }
    case "scale":
      return factorText(options["value"] ?? 1);
    case "gn":
      return `gn ${String(options["groups"] ?? 1)}`;
    default:
      return block;
  }
}

/** Lines of text in a box. */
export function boxText({ item, inputs, outputs }: BlockPiece, level: Level): string[] {
  if (level === "bare") return [];
  const name = blockText(item);
  if (level === "letters") return [LETTERS[name] ?? name];
  if (item.block !== "dense" || level === "names") return [name];
  if (level === "stacked") return [name, String(outputs)];
  if (level === "outputs") return [`${name} ${outputs}`];
  return [`${name} ${inputs}→${outputs}`];
}

function boxWidth(piece: BlockPiece, level: Level): number {
  if (level === "bare") return BARE_BOX;
  const widest = Math.max(...boxText(piece, level).map(labelWidth));
  const { least, pad } = roomsOf(level);
  return Math.max(least, Math.ceil(widest) + 2 * pad);
}

/** Room for a residual block's factor, before the sum. */
function scaleRoom(item: NetItem, level: Level): number {
  const text = scaleText(item);
  return text === "" || level === "bare" ? 0 : Math.ceil(labelWidth(text)) + 8;
}

export function countRoom({ item }: Repeat): number {
  return Math.ceil(labelWidth(countText(item))) + 4;
}

export function widthOf(piece: Piece, level: Level): number {
  switch (piece.kind) {
    case "block":
      return boxWidth(piece, level);
    case "repeat":
      return countRoom(piece) + widthOfAll(piece.inside, level) + 2 * FRAME;
    case "res": {
      const branch = widthOfAll(piece.branch, level) + scaleRoom(piece.item, level);
      return FORK + Math.max(branch, widthOfAll(piece.shortcut, level)) + JOIN;
    }
  }
}

/** Pieces side by side. */
export function widthOfAll(pieces: readonly Piece[], level: Level): number {
  const gaps = gapOf(level) * Math.max(0, pieces.length - 1);
  return pieces.reduce((sum, piece) => sum + widthOf(piece, level), gaps);
}

/** Lanes above one another: the trunk, its branches, theirs. */
export function lanesOf(pieces: readonly Piece[]): number {
  const lanes = pieces.map((piece) => {
    if (piece.kind === "block") return 1;
    if (piece.kind === "repeat") return lanesOf(piece.inside);
    return Math.max(1 + lanesOf(piece.branch), lanesOf(piece.shortcut));
  });
  return Math.max(1, ...lanes);
}

/** The level that says most of what has room. */
export function levelFor(lines: readonly Line[], room: number): Level {
  const strips = lines.flatMap((line) => (line.kind === "strip" ? [line.pieces] : []));
  return (
    LEVELS.find((level) => strips.every((pieces) => widthOfAll(pieces, level) <= room)) ?? "bare"
  );
}
