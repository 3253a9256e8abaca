/** Names of tensors out of the paths that lead to them, each of which is one tensor's alone. */
import { Refusal } from "./refusal.js";

/** UTF-16 units of one name, and of all names of a file. */
const MOST_NAME = 65_536;
const MOST_NAMES = 2 ** 26;

export class Names {
  private readonly taken = new Set<string>();
  /** Of a name that came twice, the number that its next one gets. */
  private readonly next = new Map<string, number>();
  private units = 0;

  constructor(private readonly file: string) {}

  /** A path and what stands behind it. Refuses one that is too long: "limit". */
  join(path: string, separator: string, key: string): string {
    const name = path === "" ? key : `${path}${separator}${key}`;
    if (name.length > MOST_NAME)
      throw new Refusal("limit", this.file, name, `${name.length} > ${MOST_NAME}`);
    return name;
  }

  /** The name, or where another tensor has it, the name with a number: "w (2)". */
  unique(name: string): string {
    this.units += name.length;
    if (this.units > MOST_NAMES)
      throw new Refusal("limit", this.file, name, `${this.units} > ${MOST_NAMES}`);
    let own = name;
    let number = this.next.get(name) ?? 2;
    while (this.taken.has(own)) own = `${name} (${number++})`;
    if (own !== name) this.next.set(name, number);
    this.taken.add(own);
    return own;
  }
}
