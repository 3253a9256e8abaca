/** What the verdict says of a net's loss at the start, and of what comes to its last layer. */
import { describe, expect, it } from "vitest";
import { schemeWith } from "../../../web/src/engine/request.js";
import { judgeNet, netFaults } from "./net-judge.js";
import type { JudgedNet } from "./net-judge.js";

const he = schemeWith("kaiming_normal");

describe("the verdict on a net's loss", () => {
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
});
