/** How a positive quantity runs through the layers: the one judgement that sentences rest on. */

export interface Trend {
  /**
   * `steady`: no two layers differ by more than a factor 2. `factor`: the logarithm is a straight
   * line, so that a factor per layer says it all. `ends`: neither; only values can be told.
   */
  readonly kind: "steady" | "factor" | "ends";
  /** Per layer, of the straight line nearest to the logarithms; NaN where there is none. */
  readonly factor: number;
  readonly first: number;
  readonly last: number;
  /** Over all layers; NaN where a value is not finite. */
  readonly least: number;
  readonly most: number;
}

/** Layers whose greatest value is at most this many times the least keep the signal. */
export const STEADY_RATIO = 2;
/** A line has this share of the logarithms' variance explained. */
const LEAST_R2 = 0.99;
/** No layer is further off the line than this share of the whole change. */
const MOST_RESIDUAL = 0.1;
/** Values that leave what the ends span by more than this factor are said too. */
const BEYOND = 1.2;
/** Any three points in a row are nearly a line. */
const LEAST_POINTS = 4;

interface Fit {
  readonly slope: number;
  readonly straight: boolean;
}

/** The line nearest to values at 0, 1, 2, ... */
function fit(values: readonly number[]): Fit {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, y) => sum + y, 0) / n;
  const sums = values.reduce(
    (s, y, i) => ({
      xy: s.xy + (i - middle) * (y - mean),
      xx: s.xx + (i - middle) ** 2,
      yy: s.yy + (y - mean) ** 2,
    }),
    { xy: 0, xx: 0, yy: 0 },
  );
  const slope = sums.xx > 0 ? sums.xy / sums.xx : 0;
  const residuals = values.map((y, i) => y - mean - slope * (i - middle));
  const left = residuals.reduce((sum, r) => sum + r ** 2, 0);
  const furthest = Math.max(...residuals.map(Math.abs));
  const change = Math.abs(slope) * (n - 1);
  return {
    slope,
    straight:
      n >= LEAST_POINTS && left < (1 - LEAST_R2) * sums.yy && furthest <= MOST_RESIDUAL * change,
  };
}

/** Of values in the signal's direction: a gradient's are from the last layer to the first. */
export function trendOf(values: ArrayLike<number>): Trend {
  const all = Array.from(values);
  const ends = { first: all[0] ?? NaN, last: all.at(-1) ?? NaN };
  const least = all.length > 0 ? Math.min(...all) : NaN;
  const most = all.length > 0 ? Math.max(...all) : NaN;
  if (!(least > 0) || !Number.isFinite(most))
    return { kind: "ends", factor: NaN, ...ends, least, most: Number.isFinite(most) ? most : NaN };
  const { slope, straight } = fit(all.map(Math.log));
  const shape = { factor: Math.exp(slope), ...ends, least, most };
  if (most <= STEADY_RATIO * least) return { kind: "steady", ...shape };
  return { kind: straight ? "factor" : "ends", ...shape };
}

/** Whether values between the ends are to be said beside these. */
export function beyondEnds({ first, last, least, most }: Trend): boolean {
  return most > BEYOND * Math.max(first, last) || least * BEYOND < Math.min(first, last);
}
