// Packs a folder into a zip whose bytes depend on the files' names and contents alone: in the order of
// their names, all as old as they are said to be, readable by all.
// Usage: node zip.mjs FOLDER ZIP SECONDS (since 1970)
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { filesBelow } from "./files.mjs";

/** A regular file, rw-r--r--, in the upper half as Unix has it. */
const ATTRIBUTES = 0o100644 << 16;
const UNIX = 3;

/** The zip's bytes; `seconds` since 1970 is the time of every file. */
export function zipOf(folder, seconds) {
  const files = filesBelow(folder).map((file) => [file, readFileSync(join(folder, file))]);
  // A zip notes local time: a moment at which clocks here show what they show in Greenwich at the given one.
  const time = new Date(seconds * 1000);
  const mtime = time.getTime() + time.getTimezoneOffset() * 60_000;
  const options = { level: 9, mtime, os: UNIX, attrs: ATTRIBUTES };
  return zipSync(Object.fromEntries(files), options);
}

if (import.meta.filename === process.argv[1]) {
  const [folder, zip, seconds] = process.argv.slice(2);
  writeFileSync(zip, zipOf(folder, Number(seconds)));
}
