/** How a figure is drawn at a width: its height, and its name for those who do not see it. */
import type { Drawing, Frame } from "../charts/plot.js";
import { themes } from "../charts/theme.js";
import type { Theme, ThemeName } from "../charts/theme.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import type { FigureContent } from "./content.js";

/** Pixels; flatter figures are not drawn lower than this. */
export const LEAST_HEIGHT = 220;
/** How much a figure that knows its own height may be enlarged or made smaller, and in which steps it is tried. */
const SCALES = { from: 0.6, to: 2.5, step: 1.02 };

/** Whether a figure can be drawn at any height; others know their own. */
export function flexible({ aspect }: FigureContent): boolean {
  return typeof aspect === "number";
}

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

/** A figure as it is drawn, and as large as it is shown. */
export interface Fitted {
  readonly drawn: { readonly width: number; readonly height: number };
  readonly shown: { readonly width: number; readonly height: number };
}

/** How a figure fills a box: one that knows its own height is drawn at another width, and scaled. */
export function fitted(content: FigureContent, width: number, height: number): Fitted {
  if (flexible(content)) return { drawn: { width, height }, shown: { width, height } };
  const at = (scale: number) => {
    const drawn = { width: width / scale, height: heightOf(content, width / scale) };
    const least = Math.min(scale, height / drawn.height);
    return { drawn, shown: { width: drawn.width * least, height: drawn.height * least } };
  };
  const area = ({ shown }: Fitted) => shown.width * shown.height;
  let best = at(1);
  for (let scale = SCALES.from; scale <= SCALES.to; scale *= SCALES.step) {
    const next = at(scale);
    if (area(next) > area(best)) best = next;
  }
  return best;
}

/** A figure of this size in pixels, named by its title and its sentence. */
export function drawingOf(
  content: FigureContent,
  width: number,
  theme: ThemeName,
  locale: Locale,
  height = heightOf(content, width),
): Drawing {
  const drawing = content.draw({ width, height, theme: themes[theme] });
  const name = content.title + messagesOf(locale).between.label + content.caption;
  // One that is changed in place is called what it was.
  if (drawing.svg.getAttribute("aria-label") !== name) drawing.svg.setAttribute("aria-label", name);
  return drawing;
}
