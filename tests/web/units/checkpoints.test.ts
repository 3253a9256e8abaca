/** The audit's examples: what their script makes of the package's own numbers, bit for bit. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CHECKPOINTS, halves } from "../../../web/scripts/checkpoint-files.mjs";
import { flattenInitialize } from "../../../web/src/engine/initialize.js";
import { flattenModel } from "../../../web/src/engine/library-layers.js";
import { EXAMPLES } from "../../../web/src/labs/audit/state.js";
import type { Scope } from "../../../web/src/package/index.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

/** What the package does with a request, here with the module in this process. */
const scope: Pick<Scope, "initialize" | "initializeModel"> = {
  initialize: (request) => engine.initialize(flattenInitialize({ ...request })),
  initializeModel: (request) => {
    const { model, layers } = flattenModel({ ...request });
    return engine.model(model, layers);
  },
};

const MOST_BYTES = 200_000;

describe.each(EXAMPLES)("%s", (name) => {
  it("is the file that is kept", async () => {
    const path = join(import.meta.dirname, `../../../web/checkpoints/${name}.safetensors`);
    expect(statSync(path).size).toBeLessThan(MOST_BYTES);
    const made = await CHECKPOINTS[name](scope);
    expect(Buffer.compare(Buffer.from(made), readFileSync(path))).toBe(0);
  });
});

it("the lab has an example for each file that is made", () => {
  expect(Object.keys(CHECKPOINTS).toSorted()).toEqual([...EXAMPLES].toSorted());
});

it("numbers of float16 are the nearest, ties to even, and subnormal where they are small", () => {
  for (const [value, bits] of [
    [0, 0],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [2 ** -24, 1],
    [2 ** -25, 0], // halfway to the least: the even one is 0
    [1.5 * 2 ** -24, 2],
    [2 ** -14 - 2 ** -25, 0x0400], // rounds up into the normal numbers
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 - 2 ** -12, 0x4000],
  ] as const)
    expect(halves([value])[0], String(value)).toBe(bits);
});
