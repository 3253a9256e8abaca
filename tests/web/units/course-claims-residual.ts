/** What the text says of the figures of residual and normalized networks. */
import { expect } from "vitest";
import { parseState } from "../../../web/src/engine/url.js";
import {
  at,
  backward,
  engine,
  growth,
  grows,
  propagate,
  stateOf,
  steady,
} from "./course-figures.js";
import type { Claims } from "./course-figures.js";

export const residualClaims: Claims = {
  residual: async () => {
    const [he, xavier, fixup] = await propagate("residual");
    if (!he || !xavier || !fixup) expect.fail();
    const blocks = he.activation.secondMoment.length;
    for (const [run, factor] of [
      [he, 2],
      [xavier, 1.25],
    ] as const) {
      expect(grows(run.theory.secondMoment)).toBeCloseTo(factor, 9);
      expect(grows(run.theory.gradient.toReversed())).toBeCloseTo(factor, 9);
      // To four std of ln q, which are at most 5 / n for each block's two layers.
      expect(steady(growth(run) / factor ** (blocks - 1), 2 * blocks, 256)).toBe(true);
      expect(steady(backward(run) / factor ** (blocks - 1), 2 * blocks, 256)).toBe(true);
      // A branch that lost nothing would be as large; one that kept all would give another factor.
      expect(steady(growth(run) / 1.5 ** (blocks - 1), 2 * blocks, 256)).toBe(false);
    }
    for (const { secondMoment } of [fixup.activation, fixup.gradient])
      expect(new Set(secondMoment).size).toBe(1);
    expect(new Set(fixup.correlation).size).toBe(1);
    expect(fixup.activation.secondMoment[0]).toBe(fixup.input.secondMoment);
  },
  "branch-scale": async () => {
    const { request } = parseState("propagation", stateOf("branch-scale"));
    // "Which no depth exceeds": e, and e^(1/4), at the figure's depth and at the largest.
    for (const depth of [request.depth, 1, 200]) {
      const answers = await engine.run("propagation", { ...request, depth });
      for (const [i, gamma] of [1, 1 / 4].entries()) {
        const { theory } = at(answers, i).result;
        const factor = (1 + gamma / depth) ** depth;
        expect(theory.secondMoment.at(-1)).toBeCloseTo(factor, 5); // of a float32 factor
        expect(factor).toBeLessThan(Math.exp(gamma));
      }
    }
    for (const run of await propagate("branch-scale")) {
      const { secondMoment } = run.theory;
      expect((secondMoment.at(-1) ?? NaN) / (secondMoment[0] ?? NaN)).toBeCloseTo(
        (run.theory.gradient[0] ?? NaN) / (run.theory.gradient.at(-1) ?? NaN),
        9,
      );
      expect(run.activation.secondMoment.at(-1)).toBeLessThan(3);
      expect(backward(run)).toBeLessThan(3);
    }
    // "In the first step only the zeros get a gradient": of a block with factor 0 no matrix does.
    const [still] = await engine.run("propagation", {
      ...request,
      net: "depth*(res;scale:0(phi,dense,phi,dense))",
    });
    expect(still?.result.weightGradient.every((g) => g === 0)).toBe(true);
    expect(new Set(still?.result.activation.secondMoment).size).toBe(1);
  },
  prenorm: async () => {
    const runs = await propagate("prenorm");
    for (const [i, adds] of [2, 1 / 2, 1 / 18].entries()) {
      const { theory, activation, gradient } = at(runs, i);
      theory.secondMoment.forEach((q, l) => expect(q / (1 + (l + 1) * adds)).toBeCloseTo(1, 3));
      // What the signal gains from the first block's end to the last's, the gradient gains.
      const gains = (theory.secondMoment.at(-1) ?? NaN) / (theory.secondMoment[0] ?? NaN);
      expect((theory.gradient[0] ?? NaN) / (theory.gradient.at(-1) ?? NaN) / gains).toBeCloseTo(
        1,
        3,
      );
      // The last branch beside the trunk, which is what says how much a late block can say.
      const { trunk, branch } = at(runs, i);
      const share = (branch?.secondMoment.at(-1) ?? NaN) / (trunk?.secondMoment.at(-1) ?? NaN);
      expect(Math.abs(Math.log(share / (adds / (1 + 24 * adds))))).toBeLessThan(0.2);
      // Measured too, to a tenth: the trunk's spread is small, for it is a sum of blocks.
      expect(activation.secondMoment.at(-1)).toBeGreaterThan(0.9 * (1 + 25 * adds));
      expect(activation.secondMoment.at(-1)).toBeLessThan(1.1 * (1 + 25 * adds));
      expect((gradient.secondMoment[0] ?? NaN) / gains).toBeGreaterThan(0.85);
      expect((gradient.secondMoment[0] ?? NaN) / gains).toBeLessThan(1.15);
    }
  },
  postnorm: async () => {
    const { request } = parseState("propagation", stateOf("postnorm"));
    const net = "depth*(res(ln,dense,phi,dense))"; // the figure before it
    const before = await engine.run("propagation", { ...request, net });
    for (const [i, run] of (await propagate("postnorm")).entries()) {
      for (const g of run.theory.gradient)
        expect(g / (run.theory.gradient[0] ?? NaN)).toBeCloseTo(1, 3);
      expect(backward(run)).toBeGreaterThan(0.5);
      expect(backward(run)).toBeLessThan(2);
      const other = at(before, i).result;
      for (const of of ["correlation"] as const) {
        expect(run[of].at(-1)).toBeGreaterThan((other[of].at(-1) ?? 1) + 0.1);
        expect(run.theory[of].at(-1)).toBeGreaterThan((other.theory[of].at(-1) ?? 1) + 0.1);
      }
    }
  },
  batchnorm: async () => {
    const { request } = parseState("propagation", stateOf("batchnorm"));
    const [he, normal] = await propagate("batchnorm");
    if (!he || !normal) expect.fail();
    // On one line, whatever the weights; the signal is one half at every layer.
    he.gradient.secondMoment.forEach((g, l) =>
      expect((normal.gradient.secondMoment[l] ?? NaN) / g).toBeCloseTo(1, 2),
    );
    for (const q of he.activation.secondMoment) expect(Math.abs(q - 1 / 2)).toBeLessThan(0.02);
    expect(grows(he.theory.gradient.toReversed())).toBeCloseTo(1.4797, 3);
    expect(backward(he) ** (1 / 24)).toBeGreaterThan(1.45);
    expect(backward(he) ** (1 / 24)).toBeLessThan(1.5);
    // "By more in small ones", and toward pi / (pi - 1) in large ones.
    for (const [batch, factor] of [
      [8, 1.7882],
      [1024, 1.4685],
    ] as const) {
      const [other] = await engine.run("propagation", { ...request, batch });
      expect(grows((other?.result.theory.gradient ?? new Float64Array()).toReversed())).toBeCloseTo(
        factor,
        3,
      );
    }
  },
  postact: async () => {
    const [run] = await propagate("postact");
    const { median } = run?.ranges?.secondMoment ?? expect.fail();
    const { gap, secondMoment } = run?.theory ?? expect.fail();
    expect(gap).toBe("");
    expect(secondMoment[0]).toBeCloseTo(1.5, 3);
    expect(grows(secondMoment)).toBeCloseTo(2.3989, 3);
    // Medians of 40 networks lie within a quarter of theory, and far from a factor of 1.5 per block.
    median.forEach((q, l) =>
      expect(Math.abs(Math.log(q / (secondMoment[l] ?? NaN)))).toBeLessThan(0.25),
    );
    expect(median.at(-1)).toBeGreaterThan(50 * 1.5 ** median.length);
  },
  gap: async () => {
    const [run] = await propagate("gap");
    expect(run?.theory.gap).toBe("shaped");
    expect(run?.theory.secondMoment).toHaveLength(0);
    // The table's rows: each is refused by the gap that it stands for.
    const { request } = parseState("propagation", stateOf("gap"));
    const gaps = [
      ["shaped", { net: request.net }],
      ["coherent", { net: "depth*(res(phi))" }],
      ["batch", { net: "depth*(dense,bn,phi)", batch: 128 }],
      ["measured", { net: "depth*(dense,phi)", schemes: [{ scheme: "lsuv" }] }],
      ["biased", { net: "depth*(dense,phi)", bias: { scheme: "constant", val: 0.1 } }],
      // And what is done about it: other nets, larger batches.
      ["", { net: "depth*(dense,bn,phi)", batch: 1024 }],
      ["", { net: "depth*(res(phi,dense))" }],
      ["", { net: "depth*(dense,phi)" }],
    ] as const;
    for (const [gap, change] of gaps) {
      const [answer] = await engine.run("propagation", { ...request, repeats: 1, ...change });
      expect(answer?.result.theory.gap, JSON.stringify(change)).toBe(gap);
    }
  },
};
