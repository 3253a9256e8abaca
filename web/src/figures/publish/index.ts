/** What is taken of a figure: files of it at once, or by the dialog. Loaded when it is asked for. */
import { download, downloadsBlocked } from "../export.js";
import { compose } from "./compose.js";
import "./element.js";
import { svgBlob, svgFile, toPng } from "./raster.js";
import type { Taken } from "./taken.js";

/** A figure, before the page around it has said what it can do. */
export type Wanted = Omit<Taken, "home">;

/** Twice as fine as the page: what screens and slides show. */
const SCALE = 2;

const withHome = async (wanted: Wanted): Promise<Taken> => ({
  ...wanted,
  home: await wanted.source?.home?.(),
});

/** Opens the dialog within the figure, whose colours and language it has. */
function open(within: Node, taken: Taken): void {
  const dialog = document.createElement("init-publish");
  dialog.taken = taken;
  within.appendChild(dialog);
}

/** Does what the figure's buttons say; where nothing can be downloaded, the text to copy instead. */
export async function take(
  way: "svg" | "png" | "publish",
  within: Node,
  wanted: Wanted,
): Promise<string> {
  const taken = await withHome(wanted);
  if (way === "publish") {
    open(within, taken);
    return "";
  }
  const picture = compose(taken, true);
  if (downloadsBlocked()) return svgFile(picture);
  const blob = way === "png" ? await toPng(picture, SCALE) : svgBlob(picture);
  download(blob, `initscope-${taken.name}.${way}`);
  return "";
}
