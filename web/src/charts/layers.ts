/** The axis of layers, which the figures of several labs have. */

/** Ticks of a layer axis: 1, the end, and round numbers between that do not crowd it. */
export function layerTicks(depth: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 42));
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((s) => depth / s <= most) ?? 100;
  const ticks = depth > 1 ? [1, depth] : [1];
  for (let l = step; l < depth; l += step) if (l > 1 && depth - l >= 0.6 * step) ticks.push(l);
  return ticks;
}

export function layerAxis(depth: number, width: number) {
  return { ticks: layerTicks(depth, width), format: String };
}
