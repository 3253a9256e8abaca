/** A deflated entry as a source: inflated piece by piece, and no more kept than is asked for. */
import { Refusal } from "./refusal.js";
import { checkRange } from "./source.js";
import type { Source } from "./source.js";

/** Bytes that are inflated at once; 1032 times as many may come of them, which stand in a queue. */
const PACKED_SLICE = 64 * 1024;
/** What may be inflated in vain, by going back and by passing over: so many times the entry, and a margin. */
const MOST_IN_VAIN = 16;
const MARGIN = 64 * 1024 * 1024;

interface Run {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Inflated and not yet given on, and the place of its first byte. */
  rest: Uint8Array;
  position: number;
}

export interface Deflated {
  readonly name: string;
  readonly packed: Source;
  /** What is meant to come out, in bytes. */
  readonly size: number;
}

/** Takes a stream's chunks in turn, for what it is asked. */
class Inflating {
  private run: Run | undefined;
  private inVain = 0;

  constructor(
    private readonly file: string,
    private readonly entry: Deflated,
  ) {}

  private begin(): Run {
    const { packed } = this.entry;
    let at = 0;
    const bytes = new ReadableStream<BufferSource>(
      {
        async pull(controller) {
          const end = Math.min(packed.size, at + PACKED_SLICE);
          if (at < end) controller.enqueue(await packed.read(at, end));
          at = end;
          if (at === packed.size) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const reader = bytes.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    return { reader, rest: new Uint8Array(), position: 0 };
  }

  /** Ends a run whose stream may still have something to give. */
  private async leave(): Promise<void> {
    const run = this.run;
    this.run = undefined;
    // A stream that has failed says so where it is read.
    await run?.reader.cancel().catch(() => undefined);
  }

  /** The next chunk of a run, or false at its end. */
  private async more(run: Run): Promise<boolean> {
    let chunk: ReadableStreamReadResult<Uint8Array>;
    try {
      chunk = await run.reader.read();
    } catch (error) {
      this.run = undefined;
      if (error instanceof Refusal) throw error;
      throw new Refusal("zip_data", this.file, this.entry.name, String(error));
    }
    if (chunk.done) return false;
    const produced = run.position + chunk.value.length;
    if (produced > this.entry.size) {
      await this.leave();
      throw new Refusal("zip_size", this.file, this.entry.name, `> ${this.entry.size}`);
    }
    run.rest = chunk.value;
    return true;
  }

  private spend(bytes: number): void {
    this.inVain += bytes;
    const most = MOST_IN_VAIN * this.entry.size + MARGIN;
    if (this.inVain > most)
      throw new Refusal("limit", this.file, this.entry.name, `${this.inVain} > ${most}`);
  }

  async read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.run && this.run.position > begin) await this.leave();
    const run = (this.run ??= this.begin());
    this.spend(begin - run.position);
    const bytes = new Uint8Array(end - begin);
    while (run.position < end) {
      if (run.rest.length === 0 && !(await this.more(run)))
        throw new Refusal(
          "zip_size",
          this.file,
          this.entry.name,
          `${run.position} < ${this.entry.size}`,
        );
      const until = run.position < begin ? begin : end;
      const taken = run.rest.subarray(0, until - run.position);
      if (run.position >= begin) bytes.set(taken, run.position - begin);
      run.rest = run.rest.subarray(taken.length);
      run.position += taken.length;
    }
    // What is more than was said shows once the last byte has been given.
    if (end === this.entry.size) while (await this.more(run));
    return bytes;
  }
}

/** Refuses what is no DEFLATE ("zip_data"), or not of the size that was said ("zip_size"). */
export function inflatedSource(file: string, entry: Deflated): Source {
  const inflating = new Inflating(file, entry);
  let last: Promise<unknown> = Promise.resolve();
  return {
    name: file,
    size: entry.size,
    async read(begin, end) {
      checkRange(file, entry.size, begin, end);
      // One after the other: a run has one place.
      const mine = last.then(() => inflating.read(begin, end));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
