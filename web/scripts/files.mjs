// The files of a folder, as releases, archives and tests list them.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

/** Files of a folder and those below, relative to it, in the order of their names. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
