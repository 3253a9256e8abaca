/** The signal from layer 0 on: the inputs as measured, and as theory starts from them. */
import { afterAll, expect, it } from "vitest";
import { catalogue, schemeOf } from "../../../web/src/engine/catalogue.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

async function propagate(given: Partial<PropagationRequest>) {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  return answer?.result ?? expect.fail("no result");
}

it("measures the inputs over the batch", async () => {
  const { input, theory } = await propagate({ width: 256, batch: 64, depth: 2 });
  // 16384 independent N(0, 1): within five standard errors.
  expect(Math.abs(input.mean)).toBeLessThan(5 / 128);
  expect(Math.abs(input.secondMoment - 1)).toBeLessThan((5 * Math.SQRT2) / 128);
  expect(input.variance).toBeCloseTo(input.secondMoment - input.mean ** 2, 12);
  expect(theory.input).toBe(1);
});

it("takes the reader's own inputs as they are", async () => {
  const data = new Float32Array([1, 2, 3, 4, 5, 6]);
  const spec = { input: "data" as const, input_width: 3, batch: 2, depth: 1, width: 4, data };
  const { input, theory } = await propagate(spec);
  expect(input.mean).toBeCloseTo(3.5, 12);
  expect(input.secondMoment).toBeCloseTo(91 / 6, 12);
  expect(input.variance).toBeCloseTo(35 / 12, 12);
  expect(theory.input).toBeCloseTo(91 / 6, 12);
});

it("gives the inputs of the first of many networks", async () => {
  const spec = { width: 16, batch: 8, depth: 2 };
  const one = await propagate(spec);
  expect((await propagate({ ...spec, repeats: 5 })).input).toEqual(one.input);
});

it("computes the same whichever quantity is shown, and refuses others", async () => {
  const spec = { width: 16, batch: 8, depth: 2 };
  const shown = await propagate({ ...spec, quantity: "second_moment" });
  expect(await propagate({ ...spec, quantity: "variance" })).toEqual(shown);
  const { issues } = checkRequest("propagation", { ...spec, quantity: "chi_1" });
  expect(issues).toMatchObject([{ field: "quantity" }]);
});

it("says for which activations a scheme was derived", () => {
  expect(schemeOf("siren").assumes).toEqual(["sin"]);
  expect(schemeOf("looks_linear").assumes).toEqual(["relu"]);
  expect(schemeOf("he_normal").assumes).toContain("relu");
  const activations = catalogue.activations.map(({ id }) => id);
  for (const { assumes, fields } of catalogue.schemes) {
    expect(activations).toEqual(expect.arrayContaining([...assumes]));
    // A parameter that names the activation says it itself.
    if (fields.some(({ id }) => id === "nonlinearity")) expect(assumes).toEqual([]);
  }
});
