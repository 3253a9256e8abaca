/** What an error shows of a value: enough to find it, and no more, of whatever type it is. */
import { expect, it } from "vitest";
import type { InitscopeError } from "../../../web/src/engine/errors.js";
import { flattenInitialize } from "../../../web/src/engine/initialize.js";
import { checkGain } from "../../../web/src/engine/library-layers.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import { MOST_SHOWN } from "../../../web/src/engine/shown.js";

const many = Array.from({ length: 100_000 }, (_, i) => i / 7);
const nested: unknown[] = [many, many];
const values = [many, nested, "x".repeat(100_000), { length: 7 }, Symbol("s"), Float64Array.of(1)];

/** Values of the issues that a call gives or throws. */
function shown(call: () => { readonly issues: readonly { readonly value: string }[] }): string[] {
  try {
    return call().issues.map(({ value }) => value);
  } catch (error) {
    return (error as InitscopeError).issues.map(({ value }) => value);
  }
}

const fails = (call: () => unknown) => () => {
  call();
  return { issues: [] };
};

it("is bounded", () => {
  for (const value of values) {
    const all = [
      shown(() => checkRequest("training", { data_set: "data", data: value })),
      shown(() => checkRequest("propagation", { depth: value })),
      shown(fails(() => flattenInitialize({ scheme: "normal", shape: value }))),
      shown(fails(() => flattenInitialize({ scheme: "normal", std: value }))),
      shown(fails(() => checkGain(value, 0))),
      shown(fails(() => checkGain("leaky_relu", value))),
    ];
    for (const issues of all) {
      expect(issues.length).toBeGreaterThan(0);
      for (const text of issues) expect(text.length).toBeLessThanOrEqual(MOST_SHOWN);
    }
  }
});

it("begins with what was given, and names no type of JavaScript's", () => {
  expect(shown(fails(() => checkGain("relu", many)))[0]).toMatch(/^0,0\.14/);
  expect(shown(fails(() => checkGain("relu", { a: 1 })))).toEqual(["object"]);
  expect(shown(fails(() => checkGain("relu", undefined)))).toEqual(["undefined"]);
});
