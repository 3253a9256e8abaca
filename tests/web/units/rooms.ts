/**
 * The arrows of the house: which file includes or imports which, the rooms that files stand in, and what is
 * wrong with them. A room may use itself and the floors below it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../../..");

/** Texts of files by their paths from the root. */
export type Files = ReadonlyMap<string, string>;

/** All files of folders, whose names match. */
export function filesIn(folders: readonly string[], names: RegExp): Files {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && names.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** Whether there is such a file, from the root. */
export const isThere = (path: string): boolean => existsSync(join(root, path));

/** One file uses another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Rooms from the ground up; those of one floor know nothing of one another. */
export type Floors = readonly (readonly string[])[];

/** Arrows that lead up, or to another room of the same floor, or to or from no room at all. */
export function astray(
  arrows: readonly Arrow[],
  roomOf: (file: string) => string | undefined,
  floors: Floors,
): string[] {
  const floorOf = (room: string | undefined) =>
    floors.findIndex((floor) => room !== undefined && floor.includes(room));
  return arrows
    .filter(({ from, to }) => {
      const [source, target] = [roomOf(from), roomOf(to)];
      const [high, low] = [floorOf(source), floorOf(target)];
      return high < 0 || low < 0 || (source !== target && low >= high);
    })
    .map(({ from, to }) => `${from} -> ${to}`);
}

/** Files that lead back to themselves, each circle as a list in the order of its arrows. */
export function circles(arrows: readonly Arrow[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[][] = [];
  const follow = (file: string, way: readonly string[]): void => {
    const before = way.indexOf(file);
    if (before >= 0) found.push(way.slice(before));
    if (before >= 0 || done.has(file)) return;
    for (const other of next.get(file) ?? []) follow(other, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) follow(file, []);
  return found;
}

/** What C++ files include between quotes, and public headers by either; the core's own by their paths from the root. */
export function includes(files: Files): Arrow[] {
  return [...files].flatMap(([from, text]) =>
    [...text.matchAll(/^\s*#\s*include\s*(?:"|<(?=initscope\/))([^">]+)[">]/gm)].map(
      ([, name = ""]) => ({
        from,
        to: name.startsWith("initscope/") ? `core/include/${name}` : `core/src/${name}`,
      }),
    ),
  );
}

/** All that TypeScript files import, as it is written: statically, dynamically, as types, or to give it on. */
function specifiers(files: Files): Arrow[] {
  return [...files].flatMap(([from, text]) =>
    ts
      .preProcessFile(text, true, true)
      .importedFiles.map(({ fileName }) => ({ from, to: fileName })),
  );
}

/** What TypeScript files import by a path, from the root. */
export function imports(files: Files): Arrow[] {
  return specifiers(files)
    .filter(({ to }) => to.startsWith("."))
    .map(({ from, to }) => {
      const path = normalize(join(dirname(from), to));
      const named = [path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".d.ts")];
      return { from, to: named.find((candidate) => files.has(candidate)) ?? path };
    });
}

/** What they import by a name: of packages, and of what the build makes. */
export function importsByName(files: Files): Arrow[] {
  return specifiers(files).filter(({ to }) => !to.startsWith("."));
}

/** A folder of the core's sources as its CMakeLists.txt has it. */
export interface CoreRoom {
  readonly headers: readonly string[];
  readonly sources: readonly string[];
}

/** What a room's CMakeLists.txt says. */
export function coreRoom(text: string): CoreRoom {
  const list = (name: string) =>
    (new RegExp(`\\b${name}\\s+((?:[\\w.]+\\s*)*)`).exec(text)?.[1] ?? "")
      .replace(/\b(HEADERS|SOURCES)\b[^]*/, "")
      .split(/\s+/)
      .filter(Boolean);
  return { headers: list("HEADERS"), sources: list("SOURCES") };
}

/** The names of the core's rooms, from the ground up. */
export function coreRooms(): string[] {
  const text = readFileSync(join(root, "core/CMakeLists.txt"), "utf8");
  const items = /foreach\(room IN ITEMS([^)]*)\)/.exec(text)?.[1] ?? "";
  return items.split(/\s+/).filter(Boolean);
}
