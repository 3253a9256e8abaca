/** Colours and sizes of figures, and marks that no slot has. */
import { SLOT_COLORS } from "../slots.js";

export type ThemeName = "light" | "dark";

export interface Theme {
  readonly name: ThemeName;
  readonly ground: string;
  readonly text: string;
  readonly secondary: string;
  readonly hairline: string;
  readonly slots: readonly string[];
  /** Ends of what runs from one side to another, classes and phases: no slot's colours. */
  readonly sides: readonly [RGB, RGB];
  /** Between them. */
  readonly neutral: RGB;
}

export type RGB = readonly [number, number, number];

/** What is beyond a figure's edge, or has ended: marks that no slot has. */
export const MARKS = { over: "↑", under: "↓", diverged: "×" } as const;

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    name: "light",
    ground: "#fbfaf7",
    text: "#1c1f23",
    secondary: "#5b6168",
    hairline: "#e2e0da",
    slots: SLOT_COLORS.light,
    sides: [
      [74, 44, 150],
      [168, 130, 0],
    ],
    neutral: [255, 255, 255],
  },
  dark: {
    name: "dark",
    ground: "#14171a",
    text: "#e6e8ea",
    secondary: "#a0a6ad",
    hairline: "#2c3136",
    slots: SLOT_COLORS.dark,
    sides: [
      [124, 92, 220],
      [200, 160, 30],
    ],
    neutral: [42, 47, 52],
  },
};

export const FONT_SIZE = 12;
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
