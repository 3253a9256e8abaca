/** The axis of layers, which the figures of several labs have. */

/** Ticks of a layer axis: both ends, and round numbers between that do not crowd it. */
export function layerTicks(depth: number, width: number, first = 1): number[] {
  const most = Math.max(2, Math.floor(width / 42));
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((s) => depth / s <= most) ?? 100;
  const ticks = depth > first ? [first, depth] : [first];
  for (let l = step; l < depth; l += step) if (l > first && depth - l >= 0.6 * step) ticks.push(l);
  return ticks;
}

export function layerAxis(depth: number, width: number, first = 1) {
  return { ticks: layerTicks(depth, width, first), format: String };
}

/** What the axis holds. */
export function layerDomain(depth: number, first = 1): [number, number] {
  return [first, Math.max(first + 1, depth)];
}
