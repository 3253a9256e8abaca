/** The axis of layers, which the figures of several labs have. */

/** What a layer is called on the axis: by its number, or as the block of a net that it is. */
export type Tick = ((layer: number) => string) | undefined;

/** Width of a tick: of a number, and of a block's label. */
const ROOM = { number: 42, label: 62 };

/** Ticks of a layer axis: both ends, and round numbers between that do not crowd it. */
export function layerTicks(depth: number, width: number, first = 1, room = ROOM.number): number[] {
  const most = Math.max(2, Math.floor(width / room));
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((s) => depth / s <= most) ?? 100;
  const ticks = depth > first ? [first, depth] : [first];
  for (let l = step; l < depth; l += step) if (l > first && depth - l >= 0.6 * step) ticks.push(l);
  return ticks;
}

export function layerAxis(depth: number, width: number, first = 1, tick?: Tick) {
  const room = tick ? ROOM.label : ROOM.number;
  return { ticks: layerTicks(depth, width, first, room), format: tick ?? String };
}

/** What the axis holds. */
export function layerDomain(depth: number, first = 1): [number, number] {
  return [first, Math.max(first + 1, depth)];
}
