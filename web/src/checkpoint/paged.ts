/**
 * Small pieces of a source that lie near one another: a slice of 30 bytes costs as much as one of
 * 64 KiB, so pages are read, and the last ones kept.
 */
import { checkRange } from "./source.js";
import type { Source } from "./source.js";

const PAGE = 64 * 1024;
/** 8 MiB. */
const MOST_PAGES = 128;

export class Paged {
  /** By their numbers, the one used last at the end. */
  private readonly pages = new Map<number, Uint8Array<ArrayBuffer>>();

  constructor(readonly source: Source) {}

  /** `count` bytes at `begin`. Refuses what is not within the source: "truncated". */
  async bytes(begin: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = begin + count;
    checkRange(this.source.name, this.source.size, begin, end);
    const first = Math.floor(begin / PAGE);
    if (count === 0) return new Uint8Array();
    if (end > (first + 1) * PAGE) return this.across(begin, end);
    const page = await this.page(first);
    return page.subarray(begin - first * PAGE, end - first * PAGE);
  }

  async view(begin: number, count: number): Promise<DataView<ArrayBuffer>> {
    const bytes = await this.bytes(begin, count);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** What lies on several pages: from these where it is short, by a slice of its own where it is long. */
  private async across(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (end - begin > PAGE) return this.source.read(begin, end);
    const border = Math.floor((end - 1) / PAGE) * PAGE;
    const bytes = new Uint8Array(end - begin);
    bytes.set(await this.bytes(begin, border - begin));
    bytes.set(await this.bytes(border, end - border), border - begin);
    return bytes;
  }

  private async page(number: number): Promise<Uint8Array<ArrayBuffer>> {
    const begin = number * PAGE;
    const page =
      this.pages.get(number) ??
      (await this.source.read(begin, Math.min(begin + PAGE, this.source.size)));
    this.pages.delete(number);
    this.pages.set(number, page);
    const [oldest] = this.pages.keys();
    if (this.pages.size > MOST_PAGES && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }
}
