/** What is taken of a figure: files of it at once, or by the dialog. Loaded when it is asked for. */
import { compose } from "./compose.js";
import "./element.js";
import { svgFile, toPng } from "./raster.js";
import type { Taken } from "./taken.js";

/** A figure, before the page around it has said what it can do. */
export type Wanted = Omit<Taken, "home">;

/** Twice as fine as the page: what screens and slides show. */
const SCALE = 2;

const withHome = async (wanted: Wanted): Promise<Taken> => ({
  ...wanted,
  home: await wanted.source?.home?.(),
});

export async function svgOf(wanted: Wanted): Promise<string> {
  return svgFile(compose(await withHome(wanted), true));
}

export async function pngOf(wanted: Wanted): Promise<Blob> {
  return toPng(compose(await withHome(wanted), true), SCALE);
}

/** Opens the dialog within the figure, whose colours and language it has. */
export async function openPublish(within: Node, wanted: Wanted): Promise<void> {
  const dialog = document.createElement("init-publish");
  dialog.taken = await withHome(wanted);
  within.appendChild(dialog);
}
