/** The judgement that captions and the verdict share: steady, a factor per layer, or two ends. */
import { expect, it } from "vitest";
import { trendOf } from "../../../web/src/labs/trend.js";

const layers = (depth: number, value: (l: number) => number) =>
  Float64Array.from({ length: depth + 1 }, (_, l) => value(l));
/** A walk that is the same every time, with steps of -1 .. 1. */
const wobble = (l: number) => Math.sin(12.9898 * l) + 0.5 * Math.sin(3.7 * l);

it("a geometric series has a factor, with noise too", () => {
  const exact = trendOf(layers(50, (l) => 2 ** -l));
  expect(exact).toMatchObject({ kind: "factor", first: 1, last: 2 ** -50 });
  expect(exact.factor).toBeCloseTo(0.5, 12);
  const noisy = trendOf(layers(50, (l) => 2 ** -l * Math.exp(0.5 * wobble(l))));
  expect(noisy.kind).toBe("factor");
  expect(noisy.factor).toBeCloseTo(0.5, 1);
});

it("what is no straight line has no factor", () => {
  const kinds = {
    "tanh, about 1/(2l)": layers(50, (l) => 1 / (1 + 2 * l)),
    "falls for four layers and is flat": layers(30, (l) => 0.2 ** Math.min(l, 4)),
    "zigzag widths": layers(50, (l) => (l % 3 === 2 ? 0.02 : 0.5) * 0.99 ** l),
    "widths that repeat and shrink slowly": layers(50, (l) => 0.9 ** l * (l % 2 ? 20 : 1)),
    "two layers": [1, 0.1],
    "a jump at the end": layers(20, (l) => (l < 20 ? 1 : 1e-6)),
  };
  for (const [name, values] of Object.entries(kinds))
    expect([name, trendOf(values).kind]).toEqual([name, "ends"]);
});

it("steady is a matter of all layers, not of the ends", () => {
  expect(trendOf(layers(50, (l) => 1 + 0.3 * Math.sin(l))).kind).toBe("steady");
  const dip = trendOf(layers(50, (l) => (l === 20 ? 0.3 : 1)));
  expect(dip).toMatchObject({ kind: "ends", first: 1, last: 1, least: 0.3, most: 1 });
  // A factor of 2 over all layers still counts, one of 2.2 does not.
  expect(trendOf(layers(10, (l) => 2 ** (-l / 10))).kind).toBe("steady");
  expect(trendOf(layers(10, (l) => 2.2 ** (-l / 10))).kind).toBe("factor");
});

it("0, overflow and no layers at all have no trend", () => {
  expect(trendOf([1, 0.5, 0, 0])).toMatchObject({ kind: "ends", first: 1, last: 0, least: 0 });
  expect(trendOf([1, NaN, NaN, NaN])).toMatchObject({ kind: "ends", least: NaN, most: NaN });
  expect(trendOf([1, Infinity]).most).toBeNaN();
  expect(trendOf([]).kind).toBe("ends");
  expect(trendOf([3])).toMatchObject({ kind: "steady", factor: 1 });
});
