/** How far apart colours are to the eye, and to the eyes of colour-blind readers. */

/**
 * What readers see of linear red, green and blue: Machado, Oliveira and Fernandes, "A physiologically-based
 * model for simulation of color vision deficiency" (2009), table 1, severity 1.
 */
export const SIGHTS = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;
type Matrix = readonly (readonly number[])[];

const product = (matrix: Matrix, vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, entry, i) => sum + entry * (vector[i] ?? NaN), 0));

/** Linear red, green and blue of "#rrggbb", 0 to 1. */
function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

const XYZ = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
];
const WHITE = [0.9505, 1, 1.089];

const luminance = (hex: string) => product(XYZ, linear(hex))[1] ?? NaN;

/** Contrast of WCAG 2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = NaN, light = NaN] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function lab(hex: string, sight: Matrix): readonly [number, number, number] {
  const seen = product(sight, linear(hex)).map((c) => Math.min(1, Math.max(0, c)));
  const [x = NaN, y = NaN, z = NaN] = product(XYZ, seen).map((c, i) => {
    const t = c / (WHITE[i] ?? NaN);
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Distance in CIELAB (1976): 2 is seen by who looks, 10 at a glance. */
export function distance(a: string, b: string, sight: Matrix): number {
  const [from, to] = [lab(a, sight), lab(b, sight)];
  return Math.hypot(...from.map((value, i) => value - (to[i] ?? NaN)));
}
