// A built site as a release: the service worker with the files that it keeps and their hashes.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./files.mjs";
import { replaceOnce } from "./replace.mjs";

/** Not kept: what others take away, and the worker itself. The licences are linked by every page. */
const NOT_KEPT = /^(lib\/|(initscope\.html|sw\.js|card\.png)$)/;

/** Writes the site's sw.js from the worker's source, `pages/sw.js`. */
export function writeServiceWorker(site, source) {
  const files = Object.fromEntries(
    filesBelow(site)
      .filter((file) => !NOT_KEPT.test(file))
      .map((file) => {
        const bytes = readFileSync(join(site, file));
        return [file, createHash("sha256").update(bytes).digest("base64")];
      }),
  );
  const list = JSON.stringify(files);
  // Another worker's cache is never this one's: the name is of the source too.
  const name = createHash("sha256").update(source).update(list).digest("hex").slice(0, 16);
  const named = replaceOnce(source, "@NAME@", name, "sw.js");
  writeFileSync(join(site, "sw.js"), replaceOnce(named, '{ "@FILES@": "" }', list, "sw.js"));
}
