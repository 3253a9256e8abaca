// The room that each figure of the course takes beside its plots, as a style sheet.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Windows for which rooms were measured, from the widest, and those that are at most so wide: text takes more
 * lines in a narrower one, so that each is measured in the narrowest.
 */
export const WINDOWS = [{ width: 701 }, { width: 480, most: 700 }, { width: 320, most: 479 }];

/** Pixels by language, figure and window; written by tests/web/browser/rooms.spec.ts. */
export function readRooms(web) {
  const file = join(web, "course/rooms.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

export function roomsCss(rooms) {
  return WINDOWS.map(({ most }, i) => {
    const rules = Object.entries(rooms).flatMap(([language, figures]) =>
      Object.entries(figures).map(
        ([id, heights]) => `html:lang(${language}) #${id}.live{--room:${heights[i]}px}`,
      ),
    );
    const narrow = most ? ` and (max-width:${most}px)` : "";
    return `@media screen and (scripting:enabled)${narrow}{\n${rules.join("\n")}\n}\n`;
  }).join("");
}

/** Writes the style sheet that the pages of the course take in. */
export function writeRooms(web) {
  const folder = join(web, "src/generated");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "course-rooms.css"), roomsCss(readRooms(web)));
}
