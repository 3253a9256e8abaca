// Another build of the site, made of the one that there is.
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesBelow } from "../web/scripts/files.mjs";
import { writeServiceWorker } from "../web/scripts/release.mjs";

const root = join(import.meta.dirname, "..");

/** What a file of the site is written in, and may name others in. */
const TEXT = /\.(html|js|mjs|css|webmanifest)$/;

/**
 * Every file of `assets/` has another name, as after a change of the code, and the pages say which
 * release they are of: `<meta name="release">`. Returns a new folder, which the caller removes.
 */
export function makeRelease(name) {
  const folder = mkdtempSync(join(tmpdir(), `initscope-${name}-`));
  cpSync(join(root, "dist/site"), folder, { recursive: true });
  const renamed = readdirSync(join(folder, "assets")).map((file) => {
    const next = file.replace(/(\.\w+)$/, `.${name}$1`);
    renameSync(join(folder, "assets", file), join(folder, "assets", next));
    return [file, next];
  });
  for (const path of filesBelow(folder).filter((file) => TEXT.test(file))) {
    const text = renamed.reduce(
      (sum, [file, next]) => sum.replaceAll(file, next),
      readFileSync(join(folder, path), "utf8"),
    );
    const mark = `<meta name="release" content="${name}" />`;
    writeFileSync(join(folder, path), text.replace("</head>", `${mark}</head>`));
  }
  writeServiceWorker(folder, readFileSync(join(root, "web/src/pages/sw.js"), "utf8"));
  return folder;
}
