/** How quantities grow over blocks: lines, 1/l and factors are told apart, and nothing else is called one. */
import { describe, expect, it } from "vitest";
import { growthOf } from "../../../web/src/labs/growth.js";
import { generator } from "./networks.js";

const blocks = (depth: number, value: (l: number) => number) =>
  Float64Array.from({ length: depth + 1 }, (_, l) => value(l));

describe("growth over blocks", () => {
  it("a trunk that gains 1 per block is linear, its gradient runs as 1/l", () => {
    const line = growthOf(blocks(24, (l) => 1 + l));
    expect(line.kind).toBe("linear");
    expect(line.slope).toBeCloseTo(1, 12);
    const inverse = growthOf(blocks(24, (l) => 30 / (l + 1.5)));
    expect(inverse.kind).toBe("reciprocal");
    expect(inverse.offset).toBeCloseTo(1.5, 10);
    expect(growthOf(blocks(24, (l) => 3 ** l))).toMatchObject({ kind: "factor" });
    expect(growthOf(blocks(24, (l) => 3 ** l)).factor).toBeCloseTo(3, 10);
    expect(growthOf(blocks(24, (l) => 1 + l / 24)).kind).toBe("steady");
  });

  it("over 3000 random shapes with noise no other shape is called a line, 1/l or a factor", () => {
    const next = generator(17);
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    const shapes = {
      linear: (l: number, a: number) => 1 + a * l,
      reciprocal: (l: number, a: number) => 1 / (1 + a * l),
      factor: (l: number, a: number) => (1 + a) ** l,
      root: (l: number, a: number) => Math.exp(2 * a * Math.sqrt(l)),
      square: (l: number, a: number) => (1 + a * l) ** 2,
      squareRoot: (l: number, a: number) => (1 + 20 * a * l) ** 0.5,
      inverseSquare: (l: number, a: number) => (1 + a * l) ** -2,
      bent: (l: number, a: number) => (1 + a) ** Math.min(l, 4),
    };
    const names = Object.keys(shapes) as (keyof typeof shapes)[];
    for (let i = 0; i < 3000; ++i) {
      const shape = names[i % names.length] ?? "linear";
      const depth = 8 + Math.floor(next() * 60);
      const a = 0.15 + 2 * next();
      const noise = 0.03 * next();
      const { kind } = growthOf(
        blocks(depth, (l) => shapes[shape](l, a) * Math.exp(noise * normal())),
      );
      counts[`${shape} ${kind}`] = (counts[`${shape} ${kind}`] ?? 0) + 1;
      const named = kind !== "ends" && kind !== "steady";
      if (named && kind !== shape) wrong.push(`${shape} called ${kind}: ${depth} ${a} ${noise}`);
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    // The property is not empty: what has one of the three shapes is mostly told.
    for (const shape of ["linear", "reciprocal", "factor"])
      expect(counts[`${shape} ${shape}`]).toBeGreaterThan(0.8 * (3000 / names.length));
  });

  it("what two shapes describe alike is told by its ends", () => {
    // A change by 2.1 over six blocks, none of which is off by more than 5 %, is a line and a factor.
    expect(growthOf(blocks(5, (l) => (1 + 0.23 * l) * (l % 2 ? 1.05 : 0.95))).kind).toBe("ends");
    expect(growthOf([1, 10]).kind).toBe("ends");
    expect(growthOf([1, 2, 0, 1, 1, 1, 1]).kind).toBe("ends");
    expect(growthOf([1, 2, NaN, 1, 1, 1, 1]).kind).toBe("ends");
    expect(growthOf([1, 2, Infinity, 1, 1, 1, 1]).kind).toBe("ends");
    expect(growthOf([]).kind).toBe("ends");
  });
});
