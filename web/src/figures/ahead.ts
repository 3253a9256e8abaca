/** What a figure shows in its drawing's place while the simulation that it is of follows what is set. */
import type { FigureContent } from "./content.js";

/** Its files, caption and table stay those of its content. */
export interface AheadDrawing extends Pick<FigureContent, "draw" | "describe"> {
  /** What it is, for those who do not see it. */
  readonly said: string;
}
