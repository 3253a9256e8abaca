/**
 * Values that do not lie one behind the other: a transposed view, a slice, Fortran's order, one value
 * for many. They are put in row-major order out of a window of the source.
 */
import { Refusal } from "./refusal.js";
import { MOST_SLICE } from "./source.js";
import type { Source } from "./source.js";

export interface Strided {
  readonly name: string;
  readonly shape: readonly number[];
  /** Of each axis, in values, from 0. */
  readonly strides: readonly number[];
  readonly count: number;
  readonly source: Source;
  /** The byte of the source at which the first value begins. */
  readonly begin: number;
  /** Bytes of a value: 1, 2, 4 or 8. */
  readonly width: number;
}

/** A window that is read for one piece: twice as long as a piece. */
const SMALL_WINDOW = 2 * MOST_SLICE;
/** A window that is read once and kept: 256 MiB. */
const MOST_WINDOW = 16 * MOST_SLICE;
/** How many times what the tensor spans may be read; a slice costs as much as this many bytes. */
const MOST_READINGS = 16;
const SLICE_COST = 1024 * 1024;

/** A row's or a column's strides, where none are written. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; --axis)
    strides[axis] = (strides[axis + 1] ?? 1) * Math.max(1, shape[axis + 1] ?? 1);
  return strides;
}

export function columnMajor(shape: readonly number[]): number[] {
  return rowMajor([...shape].reverse()).reverse();
}

/** Whether values of these strides lie one behind the other. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  const plain = rowMajor(shape);
  return shape.includes(0) || shape.every((n, axis) => n === 1 || strides[axis] === plain[axis]);
}

/** The indices of value `i` of the row-major order. */
function indicesOf(i: number, shape: readonly number[]): number[] {
  const indices = new Array<number>(shape.length).fill(0);
  let rest = i;
  for (let axis = shape.length - 1; axis >= 0; --axis) {
    const extent = shape[axis] ?? 1;
    indices[axis] = rest % extent;
    rest = Math.floor(rest / extent);
  }
  return indices;
}

/** The first and the last place, in values, that values [from, to) may have: at most too wide. */
function placesOf({ shape, strides }: Strided, from: number, to: number): [number, number] {
  const [first, last] = [indicesOf(from, shape), indicesOf(to - 1, shape)];
  let [low, high] = [0, 0];
  let apart = false;
  shape.forEach((extent, axis) => {
    const stride = strides[axis] ?? 0;
    low += apart ? 0 : (first[axis] ?? 0) * stride;
    high += (apart ? extent - 1 : (last[axis] ?? 0)) * stride;
    apart ||= first[axis] !== last[axis];
  });
  return [low, high];
}

/** Bytes [begin, end) in slices. */
async function readLong(source: Source, begin: number, end: number, signal?: AbortSignal) {
  const bytes = new Uint8Array(end - begin);
  for (let at = begin; at < end; at += MOST_SLICE) {
    signal?.throwIfAborted();
    bytes.set(await source.read(at, Math.min(end, at + MOST_SLICE)), at - begin);
  }
  return bytes;
}

type Words = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

function wordsOf(bytes: Uint8Array<ArrayBuffer>, width: number): Words {
  const count = bytes.length / width;
  if (width === 1) return bytes;
  if (width === 2) return new Uint16Array(bytes.buffer, 0, count);
  if (width === 4) return new Uint32Array(bytes.buffer, 0, count);
  return new BigUint64Array(bytes.buffer, 0, count);
}

/** Puts values [from, to) into a list of their own out of a window that begins at place `low`. */
function put(strided: Strided, from: number, to: number, window: Words, low: number) {
  const { shape, strides, width } = strided;
  const bytes = new Uint8Array((to - from) * width);
  const out = wordsOf(bytes, width);
  const indices = indicesOf(from, shape);
  const lastAxis = shape.length - 1;
  const [extent, step] = [shape[lastAxis] ?? 1, strides[lastAxis] ?? 0];
  let place = indices.reduce((sum, index, axis) => sum + index * (strides[axis] ?? 0), -low);
  for (let i = 0; i < to - from;) {
    const run = Math.min(extent - (indices[lastAxis] ?? 0), to - from - i);
    for (let k = 0; k < run; ++k) out[i + k] = window[place + k * step] ?? 0;
    i += run;
    place += run * step;
    if (lastAxis < 0) break;
    indices[lastAxis] = (indices[lastAxis] ?? 0) + run;
    // Carries to the axes before.
    for (let axis = lastAxis; axis > 0 && indices[axis] === shape[axis]; --axis) {
      place += (strides[axis - 1] ?? 0) - (shape[axis] ?? 1) * (strides[axis] ?? 0);
      indices[axis] = 0;
      indices[axis - 1] = (indices[axis - 1] ?? 0) + 1;
    }
  }
  return bytes;
}

/** Says what is read, and what it costs at most. */
class Reading {
  private cost = 0;
  private readonly most: number;

  constructor(
    private readonly strided: Strided,
    private readonly span: number,
  ) {
    this.most = MOST_READINGS * Math.max(span, SMALL_WINDOW);
  }

  private refuse(): never {
    const { source, name } = this.strided;
    throw new Refusal("limit", source.name, name, `${this.span} > ${MOST_WINDOW}`);
  }

  /** The end of a piece from `from` on whose window is small. */
  end(from: number, most: number): number {
    const { strided } = this;
    const window = (to: number) => {
      const [low, high] = placesOf(strided, from, to);
      return (high - low + 1) * strided.width;
    };
    let length = Math.min(strided.count - from, most);
    while (length > 1 && window(from + length) > SMALL_WINDOW) length = Math.ceil(length / 2);
    const cost = Math.max(window(from + length), SLICE_COST);
    // The first piece tells what all will come to: what costs too much is refused before it is read.
    const pieces = from === 0 ? Math.ceil(strided.count / length) : 1;
    if (this.cost + cost * pieces > this.most) this.refuse();
    this.cost += cost;
    return from + length;
  }
}

/**
 * The values in row-major order, as they are stored, at most `most` at once. Keeps no more than
 * 256 MiB of the source, and refuses a tensor ("limit") that would be read more than sixteen times.
 */
export async function* gathered(
  strided: Strided,
  most: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { count, source, begin, width } = strided;
  if (count === 0) return;
  const window = async (low: number, high: number) =>
    wordsOf(await readLong(source, begin + low * width, begin + (high + 1) * width, signal), width);
  const [low, high] = placesOf(strided, 0, count);
  const span = (high - low + 1) * width;
  const kept = span <= MOST_WINDOW ? await window(low, high) : undefined;
  const reading = new Reading(strided, span);
  for (let from = 0; from < count;) {
    signal?.throwIfAborted();
    if (kept) {
      const to = Math.min(count, from + most);
      yield put(strided, from, to, kept, low);
      from = to;
    } else {
      const to = reading.end(from, most);
      const [first, last] = placesOf(strided, from, to);
      yield put(strided, from, to, await window(first, last), first);
      from = to;
    }
  }
}
