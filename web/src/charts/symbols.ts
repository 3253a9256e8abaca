/** The slots' symbols as paths, for drawings that are made anew in each frame. */

type Points = readonly (readonly [number, number])[];

const around = (count: number, reach: number, start: number): Points =>
  Array.from({ length: count }, (_, i) => {
    const angle = start + (2 * Math.PI * i) / count;
    return [reach * Math.cos(angle), reach * Math.sin(angle)] as const;
  });
const box = (x: number, y: number): Points => [
  [-x, -y],
  [x, -y],
  [x, y],
  [-x, y],
];
const UP = -Math.PI / 2;
const ARM = 0.396;

/** Corners of each slot's symbol but the circle, as Observable Plot has it for a radius of 1: `ahead.test.ts` compares. */
const CORNERS: readonly Points[] = [
  [],
  box(0.886, 0.886),
  around(3, 1.555, UP),
  [
    [0, -1.65],
    [0.95, 0],
    [0, 1.65],
    [-0.95, 0],
  ],
  [
    [-3 * ARM, -ARM],
    [-ARM, -ARM],
    [-ARM, -3 * ARM],
    [ARM, -3 * ARM],
    [ARM, -ARM],
    [3 * ARM, -ARM],
    [3 * ARM, ARM],
    [ARM, ARM],
    [ARM, 3 * ARM],
    [-ARM, 3 * ARM],
    [-ARM, ARM],
    [-3 * ARM, ARM],
  ],
  around(6, 1.155, UP),
  around(3, 1.555, -UP),
  box(1.4, 0.56),
];

/** A tenth of a pixel is as fine as is seen. */
export const tenth = (value: number): number => Math.round(10 * value) / 10;

/** A slot's symbol at a place, as part of a path. */
export function symbolAt(slot: number, x: number, y: number, radius: number): string {
  const corners = CORNERS[slot] ?? [];
  if (corners.length === 0) {
    const r = tenth(radius);
    return `M${tenth(x - r)},${tenth(y)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  }
  const points = corners.map(([u, v]) => `${tenth(x + radius * u)},${tenth(y + radius * v)}`);
  return `M${points.join("L")}Z`;
}
