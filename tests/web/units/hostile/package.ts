/** The built package in this process. */
import { join } from "node:path";
import type * as Package from "../../../../web/src/package/index.js";

export const packageFolder = join(import.meta.dirname, "../../../../dist/npm");

export const library = (await import(
  /* @vite-ignore */ join(packageFolder, "index.js")
)) as typeof Package;
