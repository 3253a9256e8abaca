/** Remedies of nets: branches that begin at 0 and yet learn, and texts that are changed where blocks stand. */
import { describe, expect, it } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import {
  headWith,
  normedActivations,
  normedBranches,
  rezeroed,
  scaledBranches,
} from "../../../web/src/labs/propagation/net/remedies.js";
import { engine } from "./judge.js";
import { judgeNet } from "./net-judge.js";

const he = schemeWith("kaiming_normal");

describe("the verdict on nets", () => {
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
