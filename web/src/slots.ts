/** What tells schemes apart wherever they are named or drawn: each has a slot, with its own colour and marks. */

/** Colour of each slot, by theme: 4.5:1 on the ground, and told apart by colour-blind readers. */
export const SLOT_COLORS = {
  light: ["#0067a5", "#b84a00", "#00795a", "#9c3f7e", "#4d4200", "#7446e8", "#8c1330", "#3c4751"],
  dark: ["#5ab4f0", "#f2935c", "#3fc79a", "#dd8fc4", "#e8dc50", "#8f80ff", "#ff6f7d", "#d5dbe0"],
} as const;

/** A symbol that Observable Plot has not, of so many square pixels around 0. */
type Draw = (path: CanvasPath, size: number) => void;

const triangleDown: Draw = (path, size) => {
  const y = Math.sqrt(size / (3 * Math.sqrt(3)));
  path.moveTo(0, 2 * y);
  path.lineTo(-Math.sqrt(3) * y, -y);
  path.lineTo(Math.sqrt(3) * y, -y);
  path.closePath();
};

const bar: Draw = (path, size) => {
  const height = Math.sqrt(size / 2.5);
  path.rect(-1.25 * height, -height / 2, 2.5 * height, height);
};

/** Symbol of Observable Plot for each slot, so that colour is not the only difference. */
export const SLOT_SYMBOLS = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "cross",
  "hexagon",
  { draw: triangleDown },
  { draw: bar },
] as const;
/** Dash pattern of each slot's lines. */
export const SLOT_DASHES = [
  "none",
  "6 3",
  "2 3",
  "8 3 2 3",
  "12 3",
  "4 2",
  "1 2",
  "8 3 2 3 2 3",
] as const;
/** The same symbols as characters, for text. */
export const SLOT_MARKS = ["●", "■", "▲", "◆", "✚", "⬢", "▼", "▬"] as const;
