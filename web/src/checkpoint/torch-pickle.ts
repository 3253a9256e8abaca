/** A pickle of a file: its value, and the storages that it names. */
import { Machine, MOST_PICKLE } from "./pickle-machine.js";
import { run } from "./pickle-opcodes.js";
import type { Value } from "./pickle-values.js";
import { Refusal, byteAt } from "./refusal.js";
import { MOST_SLICE } from "./source.js";
import type { Source } from "./source.js";

/** The first `count` bytes of a source, read in slices. */
export async function beginningOf(
  source: Source,
  count: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at += MOST_SLICE) {
    signal?.throwIfAborted();
    bytes.set(await source.read(at, Math.min(at + MOST_SLICE, count)), at);
  }
  return bytes;
}

/** The value of a source that is one pickle. `place` says in refusals where it lies. */
export async function valueOf(source: Source, place: string, signal?: AbortSignal): Promise<Value> {
  if (source.size > MOST_PICKLE)
    throw new Refusal(
      "pickle_limit",
      source.name,
      `${place}${byteAt(0)}`,
      `${source.size} > ${MOST_PICKLE}`,
    );
  return run(new Machine(await beginningOf(source, source.size, signal), 0, source.name, place));
}
