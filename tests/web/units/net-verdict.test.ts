/** The verdict on nets: no two sentences contradict, each agrees with what was measured, each remedy was tried. */
import { describe, expect, it } from "vitest";
import { catalogue, requestField, schemesFor } from "../../../web/src/engine/catalogue.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { wordsOfNets } from "../../../web/src/i18n/net-figures.js";
import { readingOf } from "../../../web/src/labs/propagation/verdict/reading.js";
import { judgeNet, keptNetPromise, measuredNet, netFaults } from "./net-judge.js";
import type { JudgedNet } from "./net-judge.js";
import { generator, picker } from "./networks.js";

/** More than were asked for. */
const NETS = 330;
const he = schemeWith("kaiming_normal");

const next = generator(4);
const { pick, whole } = picker(next);

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
      [/Theory says that it (grows|shrinks) by [\d.]+\.\n/, "Theory says that it grows by 7.\n"],
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
    expect(judged.text).toMatch(/orders of magnitude .*\. Theory says that it grows by 1\.69\.\n/);
    expect(judged.text).not.toMatch(/Ordered|Chaotic|Critical|layers can be trained/);
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
});
