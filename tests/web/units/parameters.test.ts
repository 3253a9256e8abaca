/** A parameter is shown where it does something: the catalogue against what networks do. */
import { afterAll, expect, it } from "vitest";
import {
  parametersFor,
  requestField,
  schemeOf,
  schemesFor,
} from "../../../web/src/engine/catalogue.js";
import type { Field } from "../../../web/src/engine/catalogue.js";
import { schemeWith } from "../../../web/src/engine/request.js";
import type { SchemeRequest } from "../../../web/src/engine/request.js";
import { localEngine, sha256 } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const bias = requestField("propagation", "bias");
const weights = requestField("propagation", "scheme");

/** What a network's activations are. */
async function bits(request: { schemes?: SchemeRequest[]; bias?: SchemeRequest }): Promise<string> {
  const answers = await engine.run("propagation", { depth: 2, width: 16, batch: 4, ...request });
  return sha256(answers[0]?.result.activation.variance ?? new Float64Array());
}

/** Another value that is allowed. */
const other = ({ min = 0, max = 1, default: value }: Field) =>
  Math.min(max, Math.max(min, 0.9 * Number(value) + 0.013));

it("every parameter of a bias does something there, and those left out do not", async () => {
  let without = 0;
  for (const scheme of schemesFor(bias)) {
    const shown = parametersFor(scheme, bias);
    for (const field of scheme.fields) {
      const usual = await bits({ bias: schemeWith(scheme.id) });
      const changed = await bits({ bias: schemeWith(scheme.id, { [field.id]: other(field) }) });
      expect(changed !== usual, `${scheme.id}.${field.id}`).toBe(shown.includes(field));
      if (!shown.includes(field)) ++without;
    }
  }
  expect(without).toBe(1); // sigma_w
});

it("weights know nothing of the spread of biases", async () => {
  const scheme = schemeOf("edge_of_chaos");
  expect(parametersFor(scheme, weights).map(({ id }) => id)).toEqual(["sigma_w"]);
  const usual = await bits({ schemes: [schemeWith("edge_of_chaos")] });
  expect(await bits({ schemes: [schemeWith("edge_of_chaos", { sigma_b: 1 })] })).toBe(usual);
  expect(await bits({ schemes: [schemeWith("edge_of_chaos", { sigma_w: 1 })] })).not.toBe(usual);
});
