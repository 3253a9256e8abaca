/** How a figure is drawn at a width: its height, and its name for those who do not see it. */
import type { Drawing, Frame } from "../charts/plot.js";
import { themes } from "../charts/theme.js";
import type { Theme, ThemeName } from "../charts/theme.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { FigureContent } from "./content.js";

/** Pixels; flatter figures are not drawn lower than this. */
const LEAST_HEIGHT = 220;

/** How high a figure of `width` pixels is. */
export function heightOf({ aspect }: FigureContent, width: number): number {
  return Math.round(
    typeof aspect === "number" ? Math.max(LEAST_HEIGHT, width / aspect) : width / aspect(width),
  );
}

/** The frame in which a figure is drawn at a width. */
export function frameOf(content: FigureContent, width: number, theme: Theme): Frame {
  return { width, height: heightOf(content, width), theme };
}

/** A figure of `width` pixels, named by its title and its sentence. */
export function drawingOf(
  content: FigureContent,
  width: number,
  theme: ThemeName,
  locale: Locale,
): Drawing {
  const drawing = content.draw(frameOf(content, width, themes[theme]));
  const name = content.title + messagesOf(locale).between.label + content.caption;
  drawing.svg.setAttribute("aria-label", name);
  return drawing;
}
