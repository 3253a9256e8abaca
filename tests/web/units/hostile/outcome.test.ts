/** The judge of hostile calls finds what it is there to find. */
import { expect, it } from "vitest";
import { InitscopeError, issuesError } from "../../../../web/src/engine/errors.js";
import { catalogue } from "../../../../web/src/engine/catalogue.js";
import { blameOf, faultOf, outcomeOf } from "./outcome.js";

const faultOfCall = async (call: () => unknown) => faultOf(await outcomeOf(call), InitscopeError);

const issue = {
  field: "depth",
  value: "0",
  reason: "out_of_range",
  allowed: "1..200",
} as const;
const refusal = (changed: object) => issuesError([{ ...issue, ...changed }], catalogue.reasons);
/** An error that says more than the package's own would. */
const saying = (changed: object) => Object.assign(refusal({}), changed);

it("lets answers and refusals pass, of promises and of functions", async () => {
  expect(await faultOfCall(() => 1)).toBe("");
  expect(await faultOfCall(() => Promise.resolve(1))).toBe("");
  expect(await faultOfCall(() => Promise.reject(refusal({})))).toBe("");
  expect(await faultOfCall(() => Promise.reject(new InitscopeError("cancelled", "x")))).toBe("");
  const thrown = await faultOfCall(() => {
    throw refusal({ value: "x".repeat(1e6), field: "y".repeat(1e6) });
  });
  expect(thrown).toBe("");
});

it.each([
  ["no InitscopeError", new TypeError("x is not a function")],
  ["no InitscopeError", undefined],
  ["no InitscopeError", Object.create(null)],
  ["no field", new InitscopeError("aborted", "Aborted()")],
  ["no field", refusal({ field: "" })],
  ["a value is too long", saying({ value: "x".repeat(201) })],
  ["a field's name is too long", saying({ field: "x".repeat(201) })],
  ["a message of 5000 characters", saying({ message: "x".repeat(5000) })],
  ["no words", saying({ message: "depth must be in 1..200, not [object Object]" })],
])("finds %s", async (fault, error) => {
  expect(await faultOfCall(() => Promise.reject(error as Error))).toContain(fault);
});

it("finds a call that never ends, by counting", async () => {
  expect(await faultOfCall(() => new Promise(() => undefined))).toBe("it never ends");
});

it("finds what was taken, and what is blamed for another", () => {
  expect(blameOf({ kind: "answer", value: 1 }, "depth")).toBe("it was taken");
  expect(blameOf({ kind: "error", error: refusal({}) }, "width")).toContain("depth is blamed");
  expect(blameOf({ kind: "error", error: refusal({}) }, "depth")).toBe("");
  expect(blameOf({ kind: "error", error: refusal({ field: "depth.0" }) }, "depth")).toBe("");
});
