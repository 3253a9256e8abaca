/** What figures say of nets: of blocks by their labels, of trunk and branch, and of how they grow. */
import { describe, expect, it } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { wordsOfNets } from "../../../web/src/i18n/net-figures.js";
import { netFigures } from "../../../web/src/labs/propagation/net/figures.js";
import { parseState } from "../../../web/src/engine/url.js";
import { hasNet } from "../../../web/src/labs/propagation/state.js";
import { trainingState } from "../../../web/src/labs/propagation/train.js";
import { joinedOf, trunkPasses } from "../../../web/src/labs/propagation/net/blocks.js";
import { engine } from "./judge.js";
import { judgeNet } from "./net-judge.js";

const PRE_LN = "depth*(res(ln,dense;out:4x,phi,dense;out:width))";

async function figuresOf(given: Partial<PropagationRequest>, locale: Locale = "en") {
  const { request, issues } = checkRequest("propagation", {
    depth: 24,
    width: 128,
    batch: 16,
    schemes: [schemeWith("kaiming_normal")],
    ...given,
  });
  expect(issues).toEqual([]);
  const answers = await engine.run("propagation", request);
  const shown = answers.map(({ scheme, result }, slot) => ({
    slot,
    name: messagesOf(locale).schemes[scheme.scheme].name,
    scheme,
    result,
  }));
  const parts = { request, chosen: shown[0], steadyAxis: <T>(_: string, needed: T) => needed };
  const figures = netFigures(shown, parts, locale);
  const result = shown[0]?.result ?? expect.fail("no answer");
  return { figures, result, request };
}

it("a net is handed on to the training lab as it is, or as much narrower as a training may be", async () => {
  const given = {
    net: "depth*(res(ln,dense;out:4x,phi,dense;out:width))",
    depth: 3,
    width: 24,
    activation: "gelu",
    seed: "7",
    schemes: [schemeWith("fixup"), schemeWith("gpt2")],
  } as const;
  const stateOf = async (more: Partial<PropagationRequest>) => {
    const { request } = checkRequest("propagation", { ...given, ...more });
    const { request: training, issues } = parseState(
      "training",
      await trainingState(engine, request),
    );
    expect(issues).toEqual([]);
    return training;
  };
  const training = await stateOf({});
  const { net, depth, width, activation, seed, schemes } = training;
  expect({ net, depth, width, activation, seed, schemes }).toEqual({
    ...given,
    net: "dense;out:width,depth*(res(ln,dense;out:4x,phi,dense;out:width))",
  });
  const narrower = await stateOf({ depth: 24, width: 256 });
  expect(narrower.width).toBeLessThan(256);
  expect(narrower.depth).toBe(24);
});

it("is a net what the engine takes for one, white space or not", async () => {
  for (const net of ["depth*(dense,phi)", " depth * (dense,\tphi )\n", "depth*(dense, phi),phi"]) {
    const { request, issues } = checkRequest("propagation", { net, depth: 3, width: 8, batch: 4 });
    expect(issues).toEqual([]);
    const [answer] = await engine.run("propagation", request);
    expect(hasNet(request), net).toBe(Boolean(answer?.result.rows));
  }
});

describe("figures of nets", () => {
  it("say that a pre-norm trunk grows linearly and its gradient as 1/l, with the numbers measured", async () => {
    const { figures, result } = await figuresOf({ net: PRE_LN });
    const trunk = figures.activation?.caption ?? "";
    const slope = Number(/grows by ([\d.]+) per block, linear/.exec(trunk)?.[1]);
    const h2 = result.activation.secondMoment;
    // Theory: 2 per block under He; the figure's slope is that of what was measured.
    expect(slope).toBeGreaterThan(1.6);
    expect(slope).toBeLessThan(2.4);
    expect(slope).toBeCloseTo(((h2.at(-1) ?? 0) - result.input.secondMoment) / 24, 0);
    expect(trunk).toContain("at res 24");
    const gradient = figures.gradient?.caption ?? "";
    const offset = Number(/runs as 1\/\(l \+ ([\d.]+)\)/.exec(gradient)?.[1]);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThan(2);
    expect(gradient).toContain("at res 1.");
  });

  it("say a factor per block where a trunk without norms grows exponentially", async () => {
    const { figures } = await figuresOf({ net: "depth*(res(dense,phi,dense))", depth: 12 });
    const factor = Number(
      /factor ([\d.]+) per block, exponentially/.exec(figures.activation?.caption ?? "")?.[1],
    );
    expect(factor).toBeGreaterThan(2.5);
    expect(factor).toBeLessThan(3.5);
  });

  it("say neither of tanh's residual network, whose gradient is exp(sqrt l)", async () => {
    const { figures } = await figuresOf({
      net: "depth*(res(phi,dense))",
      activation: "tanh",
      depth: 60,
      schemes: [schemeWith("xavier_normal")],
    });
    // Theory: increments of 0.39 to 0.92, which is no line either.
    expect(figures.activation?.caption).not.toMatch(/linear|exponential/);
    expect(figures.gradient?.caption).not.toMatch(/linear|exponential|1\/l|1\/\(l/);
  });

  it.each(["en", "zh"] as const)("call no block a layer in %s", async (locale) => {
    const nets = [
      PRE_LN,
      "dense,3*(res(dense,phi,dense),phi),ln,dense;out:10",
      "4*(dense,bn,phi),dense",
    ];
    for (const net of nets)
      for (const scheme of ["kaiming_normal", "zeros", "fixup"] as const) {
        const { figures, result } = await figuresOf(
          { net, depth: 4, schemes: [schemeWith(scheme)] },
          locale,
        );
        const labels = result.rows?.map(({ label }) => label) ?? [];
        const words = wordsOfNets(locale);
        for (const [name, figure] of Object.entries(figures)) {
          if (!figure) continue;
          const said = [figure.title, figure.caption, ...figure.table.head].join("\n");
          expect([name, said]).toEqual([
            name,
            expect.not.stringMatching(/\b[Ll]ayers?\b|层|undefined|NaN/),
          ]);
          // Every line of a table is a block, or the inputs.
          for (const [first] of figure.table.rows)
            expect([...labels, words.inputTick]).toContain(first);
          for (let i = 0; figure.describe && i < labels.length; ++i)
            expect(figure.describe(i)).not.toMatch(/\b[Ll]ayer\b|层|undefined/);
        }
      }
  });

  it("set the branch over the trunk as it is added", async () => {
    const { figures, result } = await figuresOf({
      net: "dense,depth*(res;scale:0.5(dense,phi,dense)),dense;out:10",
      depth: 6,
    });
    const joined = joinedOf(result) ?? expect.fail("no trunk");
    expect(joined.places).toEqual([1, 2, 3, 4, 5, 6]);
    const rows = figures.branch?.table.rows ?? [];
    expect(rows.map(([label]) => label)).toEqual([1, 2, 3, 4, 5, 6].map((l) => `res ${l}`));
    for (const [i, [, ratio]] of rows.entries()) {
      const [trunk = NaN, branch = NaN] = [
        result.trunk?.secondMoment[i + 1],
        result.branch?.secondMoment[i + 1],
      ];
      expect(ratio).toBeCloseTo((0.25 * branch) / trunk, 12);
      // What leaves the block is the sum: its mean square lies near the sum of both.
      expect((result.activation.secondMoment[i + 1] ?? 0) / (trunk + 0.25 * branch)).toBeCloseTo(
        1,
        0,
      );
    }
    expect(figures.joined?.caption).toContain("times its scale");
    const rezero = await figuresOf({ net: "depth*(res(dense,phi,scale;value:0))", depth: 6 });
    expect(rezero.figures.branch?.caption).toContain("every branch is 0 at the start");
    // What the share means is said where nothing follows the sum.
    const means = /makes the trunk grow by a factor per block/;
    expect(figures.branch?.caption).toMatch(means);
    for (const behind of ["phi", "ln"]) {
      const { figures: post } = await figuresOf({
        net: `depth*(res(dense,phi,dense),${behind})`,
        depth: 6,
      });
      expect(post.branch?.caption).not.toMatch(means);
      expect(post.joined?.caption).toContain("What follows a block’s sum");
    }
    const plain = await figuresOf({ net: "depth*(dense,ln,phi)", depth: 6 });
    expect([plain.figures.branch, plain.figures.joined]).toEqual([undefined, undefined]);
  });

  it("compare no branch with a trunk of 0, which is no overflow", async () => {
    // The trunk of the first block is 0, and the branch is not: 0.25 = sigmoid(0)^2.
    const silent = "dense,res(dense,phi|scale;value:0),dense;out:4";
    const zeros = { depth: 4, activation: "sigmoid", schemes: [schemeWith("zeros")] } as const;
    const all = [
      await figuresOf({ net: silent, depth: 4 }),
      await figuresOf({ net: silent, ...zeros }),
      await figuresOf({ net: "2*(dense,res(dense,phi)),dense;out:4", ...zeros }),
    ];
    for (const { figures } of all)
      for (const figure of [figures.branch, figures.joined])
        expect(figure?.caption ?? "").not.toMatch(/overflow|NaN|Infinity/);
    const [shut, , second] = all;
    expect(shut?.figures.branch).toBeUndefined();
    expect(second?.figures.branch).toBeUndefined();
    // What is compared is compared where some blocks cannot be.
    const { figures, result } = await figuresOf({
      net: "dense,res(dense,phi|scale;value:0),2*(res(dense,phi)),dense;out:4",
      depth: 4,
    });
    const joined = joinedOf(result) ?? expect.fail("no trunk");
    expect(joined.places).toEqual([1, 2, 3]);
    expect(joined.trunk[1]).toBe(0);
    const ratios = figures.branch?.table.rows.map(([, ratio]) => ratio);
    expect(ratios).toEqual([
      NaN,
      ...[2, 3].map((i) => (joined.branch[i] ?? NaN) / (joined.trunk[i] ?? NaN)),
    ]);
    expect(figures.branch?.caption).toMatch(/at res 2.*at res 3/);
    // An overflow is still said to be one.
    const { figures: over } = await figuresOf({
      net: "8*(res(dense;weight:normal[std:1000000]))",
    });
    expect(over.branch?.caption).toContain("overflow");
  });

  it("have no ratio to weights that begin at 0, which is no overflow", async () => {
    const { figures } = await figuresOf({
      net: PRE_LN + ",ln,dense;out:10",
      depth: 4,
      schemes: [schemeWith("kaiming_normal"), schemeWith("fixup")],
    });
    const said = figures.ratio?.caption ?? "";
    expect(said).toContain("Fixup: these weights are 0, so that there is no ratio to them.");
    expect(said).not.toMatch(/overflow|coincide/);
  });

  it("name the block at which theory ends, and keep the simulated band", async () => {
    const net = "dense,3*(res(dense,phi,dense),phi)";
    const { figures } = await figuresOf({ net, width: 24, repeats: 40, activation: "tanh" });
    expect(figures.activation?.caption).toContain(
      "no theory, for phi (res 2) takes in what is not Gaussian or not independent",
    );
    expect(figures.activation?.caption).toContain("Bands hold 95% of the 40 networks drawn.");
    expect(figures.activation?.caption).not.toContain("mean-field theory");
    const silent = await figuresOf({ net: "dense,3*(res(phi))", width: 24 });
    expect(silent.figures.gradient?.caption).toContain(
      "for the branch of res (res 1) depends on its trunk",
    );
  });
});

it("a trunk passes as it is only where nothing is on it", async () => {
  for (const [net, passes] of [
    ["dense,depth*(res(dense,phi,scale;value:0))", true],
    ["depth*(res(dense,phi,scale;value:0))", true],
    ["dense,depth*(res(dense,phi,scale;value:0|dense))", false],
    ["dense,res(dense,phi,scale;value:0|dense)", false],
    ["dense,depth*(res(dense,phi,scale;value:0),ln)", false],
    ["dense,depth*(res(dense,phi,scale;value:0),phi)", false],
  ] as const) {
    const { result } = await judgeNet({
      net,
      depth: 3,
      width: 16,
      schemes: [schemeWith("kaiming_normal")],
    });
    expect([net, trunkPasses(result)]).toEqual([net, passes]);
  }
  expect(wordsOfNets("en").captions.branchZero("It", false)).not.toContain("trunk");
  expect(wordsOfNets("zh").captions.branchZero("它", false)).not.toContain("主干");
});
