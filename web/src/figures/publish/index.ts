/** What is taken of a figure: files of it at once, or by the dialog. Loaded when it is asked for. */
import { compose } from "./compose.js";
import "./element.js";
import { svgFile, toPng } from "./raster.js";
import type { Taken } from "./taken.js";

export type { Taken } from "./taken.js";

/** Twice as fine as the page: what screens and slides show. */
const SCALE = 2;

export const svgOf = (taken: Taken): string => svgFile(compose(taken, true));

export const pngOf = (taken: Taken): Promise<Blob> => toPng(compose(taken, true), SCALE);

/** Opens the dialog within the figure, whose colours and language it has. */
export function openPublish(within: Node, taken: Taken): void {
  const dialog = document.createElement("init-publish");
  dialog.taken = taken;
  within.appendChild(dialog);
}
