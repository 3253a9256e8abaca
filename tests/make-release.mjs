// The site as a release brings it, and another build of it, made of the one that there is.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesBelow } from "../web/scripts/files.mjs";
import { writeServiceWorker } from "../web/scripts/release.mjs";
import { version } from "../web/scripts/version.mjs";
import { zipOf } from "../web/scripts/zip.mjs";

const root = join(import.meta.dirname, "..");
const site = join(root, "dist/site");
/** 2026-01-01 in Greenwich: a zip's files have a time. */
const SECONDS = 1767225600;

/** Unpacked as a host's owner does, by a program that is none of ours. Returns a new folder. */
function unpack(zip) {
  const folder = mkdtempSync(join(tmpdir(), "initscope-unpacked-"));
  execFileSync("python3", ["-m", "zipfile", "-e", zip, folder]);
  return folder;
}

/**
 * The site's zip, unpacked: that of the folder `releases` where it is of this build (its worker lists the same
 * hashes), else one that is made as scripts/release makes it. Returns a new folder, which the caller removes.
 */
export function unpackRelease(releases = join(root, "dist/release")) {
  const released = join(releases, `initscope-site-${version}.zip`);
  if (existsSync(released)) {
    const folder = unpack(released);
    const worker = (from) => readFileSync(join(from, "sw.js"), "utf8");
    if (worker(folder) === worker(site)) return folder;
    rmSync(folder, { recursive: true });
  }
  const work = mkdtempSync(join(tmpdir(), "initscope-zip-"));
  try {
    const zip = join(work, "site.zip");
    writeFileSync(zip, zipOf(site, SECONDS));
    return unpack(zip);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** What a file of the site is written in, and may name others in. */
const TEXT = /\.(html|js|mjs|css|webmanifest)$/;

/**
 * Every file of `assets/` has another name, as after a change of the code, and the pages say which
 * release they are of: `<meta name="release">`. Returns a new folder, which the caller removes.
 */
export function makeRelease(name) {
  const folder = mkdtempSync(join(tmpdir(), `initscope-${name}-`));
  cpSync(site, folder, { recursive: true });
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
