/** The verdict on nets: no two sentences contradict, each agrees with what was measured, each remedy was tried. */
import { describe, expect, it } from "vitest";
import { catalogue, requestField, schemesFor } from "../../../web/src/engine/catalogue.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { wordsOfNets } from "../../../web/src/i18n/net-figures.js";
import { trunkPasses } from "../../../web/src/labs/propagation/net/blocks.js";
import {
  headWith,
  normedActivations,
  normedBranches,
  rezeroed,
  scaledBranches,
} from "../../../web/src/labs/propagation/net/remedies.js";
import { readingOf } from "../../../web/src/labs/propagation/verdict/reading.js";
import { engine, judgeNet, keptNetPromise, measuredNet, netFaults } from "./net-judge.js";
import type { JudgedNet } from "./net-judge.js";
import { generator } from "./networks.js";

/** More than were asked for. */
const NETS = 330;
const he = schemeWith("kaiming_normal");

const next = generator(4);
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
const whole = (from: number, to: number) => from + Math.floor(next() * (to + 1 - from));

const BRANCHES = [
  "dense,phi,dense",
  "phi,dense",
  "dense,phi",
  "ln,dense;out:2x,phi,dense;out:width",
  "rms,dense,phi,dense",
  "bn,phi,dense,bn,phi,dense",
  "phi,dense,phi,dense",
  "dense,phi,scale;value:0",
  "dense,phi,dense;weight:zeros",
  "dense,res(phi,dense),dense",
];
const SCALES = ["", "", ";scale:0.5", ";scale:1/sqrt(depth)", ";scale:2", ";scale:0.1"];
const PLAIN = ["dense,phi", "dense,ln,phi", "dense,bn,phi", "dense,phi,rms", "dense,phi,dense,phi"];

function text(): string {
  const block = () =>
    next() < 0.7
      ? `res${pick(SCALES)}(${pick(BRANCHES)})${pick(["", "", ",phi", ",ln"])}`
      : pick(PLAIN);
  const middle = pick([
    () => `depth*(${block()})`,
    () => `depth*(${block()})`,
    () => `${whole(1, 4)}*(${block()}),depth*(${block()})`,
  ])();
  return [
    pick(["", "", "dense"]),
    middle,
    pick(["", "ln"]),
    pick(["", "dense;out:10", "dense;out:3"]),
  ]
    .filter((part) => part !== "")
    .join(",");
}

function drawn(): Partial<PropagationRequest> {
  const width = whole(4, 40);
  return {
    net: text(),
    depth: whole(1, 20),
    width,
    batch: whole(2, 12),
    activation: pick(catalogue.activations).id,
    input: pick(["normal", "normal", "uniform", "pixels"]),
    bias: pick([schemeWith("zeros"), schemeWith("torch_linear_bias")]),
    schemes: [
      pick([
        () => schemeWith(pick(schemesFor(requestField("propagation", "scheme"))).id),
        () => he,
        () => schemeWith("xavier_normal"),
        () => schemeWith("library"),
        () => schemeWith("normal", { std: (0.3 + 2 * next()) / Math.sqrt(width) }),
      ])(),
    ],
    seed: String(whole(0, 1e9)),
  };
}

describe("the verdict on nets", () => {
  it(`over ${NETS} random nets contradicts neither itself nor what was measured, and keeps its promises`, async () => {
    const faults: string[] = [];
    const counts = { judged: 0, ailing: 0, better: 0, heads: 0 };
    while (counts.judged < NETS) {
      const request = drawn();
      if (request.net === requestField("propagation", "net").default) continue; // a stack of layers
      let judged: JudgedNet;
      try {
        judged = await judgeNet(request);
      } catch (error) {
        if (error instanceof InitscopeError && error.issues.length > 0) continue;
        throw error;
      }
      ++counts.judged;
      const found = netFaults(judged);
      for (const claim of judged.claims) found.push(...(await keptNetPromise(judged, claim)));
      if (measuredNet(judged.result).worst > 2) ++counts.ailing;
      if (judged.text.includes("Better:")) ++counts.better;
      if (judged.claims.some(({ kind, apply }) => kind === "loss" && apply)) ++counts.heads;
      if (found.length > 0) faults.push(JSON.stringify(request), judged.text, ...found);
    }
    expect(faults.slice(0, 40).join("\n")).toBe("");
    expect(counts.ailing).toBeGreaterThan(NETS / 2);
    expect(counts.better).toBeGreaterThan(counts.ailing / 2);
    expect(counts.heads).toBeGreaterThan(20);
  }, 1_800_000);

  it("is found out where it lies", async () => {
    const judged = await judgeNet({
      net: "depth*(res(dense,phi,dense)),dense;out:10",
      depth: 8,
      width: 32,
      schemes: [he],
    });
    expect(netFaults(judged)).toEqual([]);
    for (const [from, to] of [
      [/by [\d.]+ orders/, "by 7.77 orders"],
      [/Theory says a factor [^.]+\./, "Theory says a factor 7."],
      [/start: [\d.]+/, "start: 7.77"],
      [
        /The gradient’s[^\n]*/,
        "The gradient keeps its size: its mean square stays within a factor 1.1",
      ],
      [/$/, "\nIt: no theory"],
    ] as const) {
      expect(judged.text).toMatch(from);
      expect(netFaults({ ...judged, text: judged.text.replace(from, to) })).not.toEqual([]);
    }
  });

  it("tells a pre-norm network of He's weights to scale its branches, and the scale that it names does", async () => {
    const judged = await judgeNet({
      net: "depth*(res(ln,dense;out:4x,phi,dense;out:width))",
      depth: 24,
      width: 64,
      batch: 16,
      schemes: [he],
    });
    const scaled = judged.claims.find(({ text: said }) => said.includes("1/sqrt("));
    expect(scaled?.apply?.net).toMatch(/^depth\*\(res;scale:1\/sqrt\(2?depth\)\(ln,dense/);
    expect(judged.text).toContain("Theory says a factor 49.");
    expect(judged.text).not.toMatch(/Ordered|Chaotic|Critical|layers can be trained/);
  });

  it("says what the last layer's scale adds to ln C, and a head that starts there", async () => {
    const net = "depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln,dense;out:10";
    const judged = await judgeNet({ net, depth: 6, width: 64, batch: 32, schemes: [he] });
    const loss = judged.claims.find(({ kind }) => kind === "loss") ?? expect.fail("no loss");
    expect(loss.text).toContain("ln 10 = 2.3.");
    expect(loss.apply?.net).toBe(
      "depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln,dense;out:10;weight:normal[std:0.01]",
    );
    // Logits of variance 2 add about 0.9 of half of that.
    expect(judged.result.initialLoss - Math.log(10)).toBeGreaterThan(0.4);
    expect(loss.text).toContain(
      "Zeros start at 2.3, but then the first step moves the last layer alone.",
    );
    const zeros = await judgeNet({
      net: `${net};weight:zeros`,
      depth: 6,
      width: 64,
      batch: 32,
      schemes: [he],
    });
    expect(zeros.result.initialLoss).toBeCloseTo(Math.log(10), 12);
    expect(zeros.text).toContain("The last layer starts as it should.");
    expect(zeros.text).toContain("The gradient is lost: it is exactly 0 from res 6 back to res 1.");
  });

  const lossOf = ({ claims }: JudgedNet) =>
    claims.find(({ kind }) => kind === "loss") ?? expect.fail("no loss");

  it("does not lay on the last layer what has grown before it", async () => {
    const trunk = "dense,12*(res(dense,phi,dense)),";
    const given = { width: 64, batch: 32, schemes: [he] };
    const grown = await judgeNet({ ...given, net: `${trunk}dense;out:10` });
    const { text: said, apply } = lossOf(grown);
    expect(said).toMatch(
      /above that: before the last layer the signal has grown to a mean square of/,
    );
    expect(said).not.toContain("last layer adds");
    expect(apply).toBeUndefined();
    expect(netFaults(grown)).toEqual([]);
    // Control: the same last layer behind a trunk that holds adds about 1.
    const held = await judgeNet({ ...given, net: `${trunk}ln,dense;out:10` });
    expect(lossOf(held).text).toContain("The scale of the last layer adds");
    expect(lossOf(held).apply?.net).toMatch(/dense;out:10;weight:normal\[std:0\.01\]$/);
    expect(grown.result.initialLoss).toBeGreaterThan(100 * held.result.initialLoss);
  });

  it("praises no last layer that no signal reaches", async () => {
    const net = "depth*(dense,phi),dense;out:10";
    const given = { net, depth: 12, width: 64, batch: 32 };
    const faint = await judgeNet({ ...given, schemes: [schemeWith("normal", { std: 0.01 })] });
    expect(lossOf(faint).text).toContain("Hardly a signal reaches the last layer");
    const dead = await judgeNet({ ...given, schemes: [schemeWith("zeros")] });
    expect(lossOf(dead).text).toContain("No signal reaches the last layer");
    for (const judged of [faint, dead]) {
      expect(judged.result.initialLoss).toBeCloseTo(Math.log(10), 6);
      expect(judged.text).not.toContain("starts as it should");
      expect(netFaults(judged)).toEqual([]);
    }
    // Nor one behind a trunk that has grown, which starts at ln C by its zeros.
    const grown = await judgeNet({
      ...given,
      net: "12*(res(dense,phi,dense)),dense;out:10;weight:zeros",
      schemes: [he],
    });
    expect(grown.result.initialLoss).toBeCloseTo(Math.log(10), 12);
    expect(grown.text).not.toMatch(/starts as it should|reaches the last/);
    // Control: one that a signal reaches.
    const fit = await judgeNet({
      ...given,
      net: `${net};weight:normal[std:0.01]`,
      schemes: [he],
    });
    expect(lossOf(fit).text).toContain("The last layer starts as it should.");
  });

  it("counts one block as one, and says of what does not change that it stays", async () => {
    const { verdict: en } = wordsOfNets("en");
    const { verdict: zh } = wordsOfNets("zh");
    const judged = await judgeNet({ net: "res(phi,dense),dense;out:10", width: 32, schemes: [he] });
    expect(judged.text).not.toMatch(/from res 1 to res 1|\b1 blocks/);
    expect(judged.text).toContain("at res 1");
    expect(en.remedy("It", "1", 1)).toContain("stay as they are over the one block.");
    expect(en.remedy("It", "2", 3)).toContain("stay within a factor 2 over 3 blocks.");
    expect(en.nothing(1)).toContain("over this block");
    expect(en.further("It", 0, 1, "")).toContain("0 of 1 block.");
    expect(zh.remedy("It", "1", 3)).toContain("保持不变");
    expect(zh.remedy("It", "2", 3)).toContain("不超过 2 倍");
  });

  it("lets a trunk pass as it is only where nothing is on it", async () => {
    for (const [net, passes] of [
      ["dense,depth*(res(dense,phi,scale;value:0))", true],
      ["depth*(res(dense,phi,scale;value:0))", true],
      ["dense,depth*(res(dense,phi,scale;value:0|dense))", false],
      ["dense,res(dense,phi,scale;value:0|dense)", false],
      ["dense,depth*(res(dense,phi,scale;value:0),ln)", false],
      ["dense,depth*(res(dense,phi,scale;value:0),phi)", false],
    ] as const) {
      const { result } = await judgeNet({ net, depth: 3, width: 16, schemes: [he] });
      expect([net, trunkPasses(result)]).toEqual([net, passes]);
    }
    expect(wordsOfNets("en").captions.branchZero("It", false)).not.toContain("trunk");
    expect(wordsOfNets("zh").captions.branchZero("它", false)).not.toContain("主干");
  });

  it("takes a gradient that is not there for no overflow", async () => {
    const { result } = await judgeNet({
      net: "dense,depth*(ln,phi,dense)",
      depth: 4,
      schemes: [he],
    });
    const at = (nonfinite: number) => {
      const { gradient } = result;
      const [first = 0] = readingOf(result).places;
      return readingOf({
        ...result,
        gradient: {
          ...gradient,
          secondMoment: gradient.secondMoment.map((value, i) => (i === first ? NaN : value)),
          nonfinite: gradient.nonfinite.map((value, i) => (i === first ? nonfinite : value)),
        },
      }).gradient;
    };
    expect(at(0).overflow).toBeUndefined();
    expect(at(0).spread).toBeLessThan(Infinity);
    expect(at(1).overflow).toBe(readingOf(result).depth - 1);
  });

  it("offers branches that begin at 0 with factors that learn", async () => {
    const request = {
      net: "dense;out:width,depth*(res(ln,dense,phi,dense)),dense;out:2",
      depth: 5,
      width: 16,
      schemes: [he],
    };
    const judged = await judgeNet(request);
    const rezero = judged.claims.find(({ text: said }) => said.includes("as in ReZero"));
    const net = rezero?.apply?.net ?? expect.fail("no ReZero");
    expect(net).toContain("res(ln,dense,phi,dense,scale;value:0)");
    const movesOf = async (tried: string) => {
      const [answer] = await engine.run("training", { ...request, net: tried, steps: 2 });
      const frames = answer?.result.frames ?? [];
      const blocks = [1, 2, 3, 4, 5];
      expect(frames.map(({ step }) => step)).toEqual([0, 1, 2]);
      expect(blocks.map((i) => frames[0]?.branch?.[i])).toEqual(blocks.map(() => 0));
      return frames.slice(0, 2).map(({ branch, weightGradient }) => ({
        factors: blocks.filter((i) => (branch?.[i] ?? 0) > 0).length,
        weights: blocks.filter((i) => (weightGradient[i] ?? 0) > 0).length,
      }));
    };
    // The first step moves every factor, and from the second on the branches' weights have gradients.
    expect(await movesOf(net)).toEqual([
      { factors: 0, weights: 0 },
      { factors: 5, weights: 5 },
    ]);
    // Control: two factors of 0 behind one another never move.
    expect(await movesOf(net.replace("scale;value:0", "scale;value:0,scale;value:0"))).toEqual([
      { factors: 0, weights: 0 },
      { factors: 0, weights: 0 },
    ]);
    // Nor would one behind a branch that is 0 as it is, which gets none.
    const mixed = await judgeNet({
      ...request,
      net: `2*(res(ln,dense,phi,dense;weight:zeros)),${request.net}`,
    });
    expect(mixed.claims.find(({ text: said }) => said.includes("as in ReZero"))?.apply?.net).toBe(
      `2*(res(ln,dense,phi,dense;weight:zeros)),${net}`,
    );
  });

  it("changes a text where the plan says that its blocks stand", async () => {
    const planOf = async (net: string) => {
      const { request } = checkRequest("propagation", { net, depth: 3, width: 16 });
      const [answer] = await engine.run("plan", {
        ...request,
        schemes: request.schemes.slice(0, 1),
      });
      return [answer?.result ?? expect.fail("no plan"), request] as const;
    };
    const [plan, request] = await planOf(
      " dense, depth*( res;scale:1/sqrt(depth)( dense, phi, res(ln, phi, dense) | scale ), phi ), dense;out:5",
    );
    expect(scaledBranches(plan, "0.25")).toBe(
      "dense,depth*(res;scale:0.25(dense,phi,res;scale:0.25(ln,phi,dense)|scale),phi),dense;out:5",
    );
    // Within a branch that begins at 0 another factor of 0 would have no gradient.
    const [answer] = await engine.run("propagation", { ...request, net: plan.text, schemes: [he] });
    expect(rezeroed(plan, answer?.result ?? expect.fail("no answer"))).toBe(
      "dense,depth*(res;scale:1/sqrt(depth)(dense,phi,res(ln,phi,dense),scale;value:0|scale),phi),dense;out:5",
    );
    expect(normedBranches(plan)).toBe(
      "dense,depth*(res;scale:1/sqrt(depth)(ln,dense,phi,res(ln,phi,dense)|scale),phi),dense;out:5",
    );
    expect(headWith(plan, "zeros", request)?.net).toMatch(/,dense;out:5;weight:zeros$/);
    const biased = { ...request, bias: schemeWith("torch_linear_bias") };
    expect(headWith(plan, "zeros", biased)?.head).toBe("dense;out:5;weight:zeros;bias:zeros");
    const [stack] = await planOf("depth*(dense,phi,dense,ln,phi),dense");
    expect(normedActivations(stack)).toBe("depth*(dense,ln,phi,dense,ln,phi),dense");
  });
});
