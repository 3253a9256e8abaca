/** Reads a source from one byte to the next, through a window. */
import { Refusal, byteAt } from "./refusal.js";
import type { Source } from "./source.js";

/** What is read at once, where more is not asked for: 1 MiB. */
const WINDOW = 1024 * 1024;

export class Cursor {
  private window = new Uint8Array();
  private windowBegin = 0;

  /** From byte `position` to byte `end`. */
  constructor(
    readonly source: Source,
    public position = 0,
    private end = source.size,
  ) {}

  get remaining(): number {
    return this.end - this.position;
  }

  /** Reads the next `bytes` as if nothing followed them, and stands behind them then. */
  async within<T>(bytes: number, read: () => Promise<T>): Promise<T> {
    this.check(bytes);
    const [inner, outer] = [this.position + bytes, this.end];
    this.end = inner;
    const value = await read();
    this.end = outer;
    this.position = inner;
    return value;
  }

  get place(): string {
    return byteAt(this.position);
  }

  /** Refuses ("truncated") what is more than remains, before anything is made of it. */
  check(bytes: number | bigint): void {
    if (bytes > this.remaining)
      throw new Refusal("truncated", this.source.name, this.place, `${bytes} > ${this.remaining}`);
  }

  skip(bytes: number): void {
    this.check(bytes);
    this.position += bytes;
  }

  /** The next bytes, as a view that holds until the next call. */
  async view(bytes: number): Promise<DataView> {
    this.check(bytes);
    const begin = this.position;
    if (begin < this.windowBegin || begin + bytes > this.windowBegin + this.window.length) {
      const length = Math.min(this.remaining, Math.max(bytes, WINDOW));
      this.window = await this.source.read(begin, begin + length);
      this.windowBegin = begin;
    }
    this.position += bytes;
    return new DataView(
      this.window.buffer,
      this.window.byteOffset + begin - this.windowBegin,
      bytes,
    );
  }

  /** The next bytes as text in UTF-8; refuses ("limit") more than `most`, and what is no text ("header"). */
  async text(bytes: number, most: number): Promise<string> {
    const { place } = this;
    this.check(bytes);
    if (bytes > most) throw new Refusal("limit", this.source.name, place, `${bytes} > ${most}`);
    const view = await this.view(bytes);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(view);
    } catch {
      throw new Refusal("header", this.source.name, place, "UTF-8");
    }
  }
}
