/** What tells schemes apart wherever they are named or drawn: each has a slot, with its own colour and marks. */

/** Colour of each slot, by theme. */
export const SLOT_COLORS = {
  light: ["#0067a5", "#b84a00", "#00795a", "#9c3f7e"],
  dark: ["#5ab4f0", "#f2935c", "#3fc79a", "#dd8fc4"],
} as const;
/** Symbol of Observable Plot for each slot, so that colour is not the only difference. */
export const SLOT_SYMBOLS = ["circle", "square", "triangle", "diamond"] as const;
/** Dash pattern of each slot's lines. */
export const SLOT_DASHES = ["none", "6 3", "2 3", "8 3 2 3"] as const;
/** The same symbols as characters, for text. */
export const SLOT_MARKS = ["●", "■", "▲", "◆"] as const;
