/** The files that were chosen together. One that names others finds them here, and nowhere else. */
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";

/** What leads out of the folder, from its root, or to another machine. */
const LEADS_AWAY = /^[\\/]|^[a-z][a-z0-9+.-]*:|(?:^|[\\/])\.\.(?:[\\/]|$)/i;

const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

export class Shelf {
  private readonly taken = new Set<Source>();

  constructor(private readonly files: readonly Source[]) {}

  /**
   * The file that `path` names, by its last part; it belongs to `from` then and is not read alone.
   * Refuses a path that leads elsewhere ("path"), a file that was not chosen ("storage_missing"), and
   * two of that name ("duplicate_name").
   */
  take(path: unknown, from: Source, place: string): Source {
    if (typeof path !== "string" || path === "" || LEADS_AWAY.test(path))
      throw new Refusal("path", from.name, place, String(path));
    const name = baseName(path);
    const named = this.files.filter((file) => file !== from && baseName(file.name) === name);
    const [file, other] = named;
    if (!file) throw new Refusal("storage_missing", from.name, place, path);
    if (other) throw new Refusal("duplicate_name", from.name, place, name);
    this.claim(file);
    return file;
  }

  /** Says that a file belongs to another. */
  claim(file: Source): void {
    this.taken.add(file);
  }

  isTaken(file: Source): boolean {
    return this.taken.has(file);
  }
}
