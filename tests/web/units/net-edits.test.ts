/**
 * Networks edited by hand: whatever is done to any item of random networks is a network, or refused as
 * an issue of the field; places of items are those of their texts; strips show each row and block once.
 */
import { afterAll, describe, expect, it } from "vitest";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import type { PlanResult } from "../../../web/src/engine/results.js";
import {
  childrenOf,
  insert,
  lastDense,
  rangeOf,
  remove,
  setCount,
  setOption,
  siblingsOf,
  textOf,
  unwrap,
  wrap,
} from "../../../web/src/labs/propagation/net/splice.js";
import type { Edit } from "../../../web/src/labs/propagation/net/splice.js";
import { linesOf } from "../../../web/src/labs/propagation/net/strips.js";
import type { Piece } from "../../../web/src/labs/propagation/net/strips.js";
import { generator, picker } from "./networks.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const SIZES = { depth: 3, width: 8, input_width: 8, batch: 4 };

async function planOf(net: string, sizes: object = SIZES): Promise<PlanResult> {
  const [first] = await engine.run("plan", { ...sizes, net });
  return first?.result ?? expect.fail("no plan");
}

/** The plan, or undefined where the engine refuses the text, which then is an issue of the field. */
async function judged(net: string): Promise<PlanResult | undefined> {
  try {
    return await planOf(net);
  } catch (error) {
    if (!(error instanceof InitscopeError)) throw error;
    expect(error.issues.map(({ field }) => field)).toEqual(["net"]);
    return undefined;
  }
}

/** Texts of the grammar, of which many are networks. */
class Texts {
  private readonly pick: ReturnType<typeof picker>["pick"];

  constructor(private readonly next: () => number) {
    this.pick = picker(next).pick;
  }

  net(nesting = 0): string {
    return Array.from({ length: 1 + Math.floor(this.next() * 3) }, () => this.item(nesting)).join();
  }

  private item(nesting: number): string {
    const kind = this.next();
    if (nesting < 3 && kind < 0.12)
      return `${this.pick(["2", "4", "depth"])}*(${this.net(nesting + 1)})`;
    if (nesting < 3 && kind < 0.3) {
      const scale = this.pick(["", ";scale:0.5", ";scale:1/sqrt(depth)"]);
      const shortcut = this.next() < 0.3 ? `|${this.net(nesting + 1)}` : "";
      return `res${scale}(${this.net(nesting + 1)}${shortcut})`;
    }
    return this.pick([
      "dense",
      "dense;out:width",
      "dense;weight:normal[std:0.02]",
      "dense;out:2x",
      "phi",
      "phi;activation:tanh",
      "ln",
      "rms;eps:0.001",
      "gn;groups:2",
      "bn",
      "scale;value:0.5",
      "dropout;p:0.1",
    ]);
  }
}

const COUNT = 60;

async function randomPlans(seed: number): Promise<PlanResult[]> {
  const texts = new Texts(generator(seed));
  const plans: PlanResult[] = [];
  while (plans.length < COUNT) {
    const plan = await judged(texts.net());
    if (plan) plans.push(plan);
  }
  return plans;
}

function itemTexts({ text, items }: PlanResult): string[] {
  return items.map(({ begin, end }) => text.slice(begin, end));
}

describe("edits of random networks", () => {
  it("are networks or issues, and leave all else as it was", async () => {
    const done = { accepted: 0, refused: 0 };
    for (const plan of await randomPlans(17)) {
      for (const [place, item] of plan.items.entries()) {
        const range = { first: place, last: place };
        const edits: (Edit & { readonly has?: number })[] = [
          { ...remove(plan, range) },
          { ...insert(plan, range, "before", "rms"), has: 1 },
          { ...insert(plan, range, "after", "rms"), has: 1 },
          { ...wrap(plan, range, "res"), has: 1 },
          { ...wrap(plan, range, "2*"), has: 1 },
        ];
        if (childrenOf(plan, place).length > 0) edits.push({ ...unwrap(plan, place), has: -1 });
        for (const { text, begin, has } of edits) {
          const result = await judged(text);
          if (!result) {
            ++done.refused;
            continue;
          }
          ++done.accepted;
          if (has === undefined) {
            expect(result.items.length).toBeLessThan(plan.items.length);
            continue;
          }
          // An unwrapped shortcut goes, too.
          if (has > 0) expect(result.items).toHaveLength(plan.items.length + has);
          expect(result.items.map((one) => one.begin)).toContain(begin);
        }
        expect(textOf(plan, range)).toBe(plan.text.slice(item.begin, item.end));
      }
    }
    // Both happen, or the one says nothing.
    expect(done.accepted).toBeGreaterThan(1000);
    expect(done.refused).toBeGreaterThan(50);
  });

  it("set an option of a block, and no other", async () => {
    let set = 0;
    for (const plan of await randomPlans(23))
      for (const [place, item] of plan.items.entries()) {
        if (item.block === "") {
          for (const count of ["5", "depth"]) {
            const result = await judged(setCount(plan, place, count).text);
            if (result) expect(result.items[place]?.count).toBe(count === "5" ? 5 : SIZES.depth);
          }
          continue;
        }
        // What it has already is the same network.
        for (const [name, value] of Object.entries(item.options)) {
          expect((await planOf(setOption(plan, place, name, String(value)).text)).text).toBe(
            plan.text,
          );
          ++set;
        }
        if (item.block !== "dense") continue;
        const result = await judged(setOption(plan, place, "out", "16").text);
        if (!result) continue;
        expect(result.items[place]?.options).toEqual({ ...item.options, out: "16" });
        expect(result.items[place]?.weight).toEqual(item.weight);
        expect(itemTexts(result).length).toBe(plan.items.length);
      }
    expect(set).toBeGreaterThan(200);
  });

  it("a place that is off by one is found out", async () => {
    const plan = await planOf("dense,phi,res(ln,dense)");
    const off = {
      ...plan,
      items: plan.items.map((item) => ({ ...item, begin: item.begin + 1, end: item.end + 1 })),
    };
    expect(await judged(wrap(off, { first: 0, last: 0 }, "2*").text)).toBeUndefined();
  });
});

describe("edits by name", () => {
  const removed = async (net: string, place: number) => {
    const plan = await planOf(net);
    return remove(plan, { first: place, last: place }).text;
  };

  it.each([
    ["dense,phi,dense", 0, "phi,dense"],
    ["dense,phi,dense", 1, "dense,dense"],
    ["dense,phi,dense", 2, "dense,phi"],
    // Where nothing is left in brackets, they go.
    ["dense,res(ln),phi", 2, "dense,phi"],
    ["dense,2*(3*(phi))", 3, "dense"],
    ["res(dense,phi|dense)", 3, "res(dense,phi)"],
    ["res(dense,phi|dense,phi)", 3, "res(dense,phi|phi)"],
    ["phi,res(dense|dense)", 2, "phi"],
  ])("%s without item %i is %s", async (net, place, text) => {
    expect(await removed(net, place)).toBe(text);
  });

  it.each([
    ["phi,dense;out:3", 1],
    ["2*(dense),dense", 2],
    ["dense,phi", -1],
    ["dense,2*(dense)", -1],
    ["res(dense)", -1],
  ])("%s ends with item %i", async (net, place) => {
    expect(lastDense(await planOf(net))).toBe(place);
  });

  it("a range is of neighbours alone", async () => {
    const plan = await planOf("dense,res(ln,dense,phi),phi");
    expect(rangeOf(plan, 2, 4)).toEqual({ first: 2, last: 4 });
    expect(rangeOf(plan, 4, 2)).toEqual({ first: 2, last: 4 });
    expect(rangeOf(plan, 0, 3)).toEqual({ first: 3, last: 3 });
    expect(siblingsOf(plan, 1)).toEqual([0, 1, 5]);
    const branch = wrap(plan, { first: 2, last: 3 }, "res");
    expect(branch.text).toBe("dense,res(res(ln,dense),phi),phi");
    expect(insert(plan, { first: 0, last: 0 }, "after", "ln").text).toBe(
      "dense,ln,res(ln,dense,phi),phi",
    );
    expect(unwrap(plan, 1).text).toBe("dense,ln,dense,phi,phi");
  });
});

/** Blocks of pieces, as places among the items; what is repeated within a row stands there once. */
function placesOf(pieces: readonly Piece[]): number[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === "block") return [piece.place];
    if (piece.kind === "repeat") return placesOf(piece.inside);
    return [...placesOf(piece.shortcut), ...placesOf(piece.branch), piece.place];
  });
}

describe("strips", () => {
  it("have each row once, in order, and the blocks that lead to it", async () => {
    let folds = 0;
    for (const plan of await randomPlans(29)) {
      const lines = linesOf(plan);
      const rows = lines.flatMap((line) =>
        line.kind === "strip"
          ? [line.row]
          : Array.from({ length: line.to - line.from }, (_, i) => line.from + i),
      );
      expect(rows).toEqual(plan.rows.map((_, i) => i));
      for (const line of lines) {
        if (line.kind === "fold") ++folds;
        else {
          const there = plan.blocks.filter(({ row }) => row === line.row).map(({ item }) => item);
          expect([...new Set(placesOf(line.pieces))].toSorted()).toEqual(
            [...new Set(there)].toSorted(),
          );
        }
      }
    }
    expect(folds).toBeGreaterThan(2);
  });

  it("fold copies that are alike, and show the first and the last", async () => {
    const plan = await planOf("dense;out:12,phi,depth*(res(ln,dense),phi,dense),phi", {
      ...SIZES,
      depth: 20,
    });
    const shape = linesOf(plan).map((line) =>
      line.kind === "strip" ? line.row : `${line.from}-${line.to} (${line.copies})`,
    );
    expect(shape).toMatchInlineSnapshot(`
      [
        0,
        1,
        2,
        "3-37 (17)",
        37,
        38,
        39,
        40,
      ]
    `);
  });

  it("draw a repetition within a row once", async () => {
    const lines = linesOf(await planOf("res(3*(dense,phi)),4*(ln),dense"));
    expect(lines).toHaveLength(2);
    const [first, second] = lines;
    expect(first?.kind === "strip" && first.pieces).toMatchObject([
      { kind: "res", branch: [{ kind: "repeat", item: { count: 3 } }] },
    ]);
    expect(second?.kind === "strip" && second.pieces).toMatchObject([
      { kind: "repeat", item: { count: 4 } },
      { kind: "block" },
    ]);
  });
});
