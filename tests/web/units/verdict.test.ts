/** The verdict: no two sentences contradict, each agrees with what was measured, each remedy was tried. */
import { describe, expect, it } from "vitest";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { schemeWith } from "../../../web/src/engine/request.js";
import { faultsOf, judge, keptPromise, measured, numberFaults } from "./judge.js";
import type { Judged } from "./judge.js";
import { keptNetPromise } from "./net-judge.js";
import { Networks } from "./networks.js";

/** At least as many as the issue of the verdict asks for. */
const NETWORKS = 2000;
const SEED = 14;

describe("the verdict", () => {
  it(`over ${NETWORKS} random networks contradicts neither itself nor what was measured, and keeps its promises`, async () => {
    const networks = new Networks(SEED);
    const faults: string[] = [];
    const counts = { judged: 0, ailing: 0, better: 0, further: 0, none: 0 };
    while (counts.judged < NETWORKS) {
      const request = networks.draw();
      let judged: Judged;
      try {
        judged = await judge(request);
      } catch (error) {
        if (error instanceof InitscopeError && error.issues.length > 0) continue;
        throw error;
      }
      ++counts.judged;
      const remedies = judged.claims.filter(({ kind }) => kind === "remedy");
      const found = [...faultsOf(judged), ...numberFaults(judged)];
      for (const remedy of remedies)
        found.push(
          ...(await (remedy.apply?.net === undefined
            ? keptPromise(judged, remedy)
            : keptNetPromise(judged, remedy))),
        );
      if (measured(judged.result).worst > 2) {
        ++counts.ailing;
        if (judged.text.includes("Better:")) ++counts.better;
        else if (judged.text.includes("Further:")) ++counts.further;
        else ++counts.none;
      }
      if (found.length > 0) {
        const { data, ...rest } = judged.request;
        faults.push(JSON.stringify({ ...rest, data: data && "own" }), judged.text, ...found);
      }
    }
    expect(faults.slice(0, 60).join("\n")).toBe("");
    // The property is not empty: networks ail, and most are mended.
    expect(counts.ailing).toBeGreaterThan(NETWORKS / 2);
    expect(counts.better).toBeGreaterThan(counts.ailing / 3);
  }, 1_800_000);

  it("is found out where it lies: a changed sentence is a fault", async () => {
    const he = await judge({ schemes: [schemeWith("kaiming_normal")], depth: 30, width: 64 });
    expect(faultsOf(he)).toEqual([]);
    const lost = he.text.replace(/The signal.*/, "The signal’s mean square shrinks by 3 orders");
    expect(faultsOf({ ...he, text: lost })).not.toEqual([]);
    expect(faultsOf({ ...he, text: `${he.text}\nChaotic: χ₁ = 2` })).not.toEqual([]);
  });

  it("is found out where a number lies", async () => {
    const networks = [
      { schemes: [schemeWith("kaiming_normal")], depth: 30, width: 64 },
      { schemes: [schemeWith("xavier_normal")], depth: 30, width: 64 },
      { schemes: [schemeWith("torch_linear")], bias: schemeWith("torch_linear_bias"), depth: 9 },
    ];
    let changed = 0;
    for (const network of networks) {
      const judged = await judge(network);
      expect(numberFaults(judged)).toEqual([]);
      const lines = judged.text
        .split("\n")
        .filter((line) => !/^(Better|Further|Nothing)/.test(line));
      for (const line of lines)
        for (const { index, 0: digit } of line.matchAll(
          /(?<=[ =]\d?\.?)\d(?=[\d.]* ?(?:on|orders|at|is|layers|\.|,))/g,
        )) {
          if (/layer $/.test(line.slice(0, index))) continue;
          const lie =
            line.slice(0, index) + String((Number(digit) + 3) % 10) + line.slice(index + 1);
          const text = judged.text.replace(line, lie);
          if (numberFaults({ ...judged, text }).length > 0) ++changed;
        }
    }
    expect(changed).toBeGreaterThan(15);
  });
});
