/** PyTorch's numbers, through the module: every vector of tests/golden/torch.txt. */
import { afterAll, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { flattenInitialize, flattenSequence } from "../../../web/src/engine/initialize.js";
import { checkGain, flattenModel } from "../../../web/src/engine/library-layers.js";
import type { ModelRequest } from "../../../web/src/engine/library-layers.js";
import { goldenTorch } from "../golden.js";
import { localEngine, sha256 } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const { tensors, models, calls } = goldenTorch();

it("the golden file is all there", () => {
  expect(tensors).toHaveLength(36);
  expect(models).toHaveLength(10);
  expect(calls.values).toHaveLength(7);
});

it.each(tensors)("$request.scheme $request.shape, seed $request.seed", async (tensor) => {
  const spec = flattenInitialize({ ...tensor.request, generator: "torch" });
  const values = await engine.initialize(spec);
  if (tensor.sha256) return expect(sha256(values)).toBe(tensor.sha256);
  const expected = tensor.values ?? expect.fail("neither hash nor values");
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - (values[i] ?? NaN))));
  expect(worst).toBeLessThan(2e-6);
});

it.each(models)(
  "model of $layers.length layers, seed $seed",
  async ({ layers, seed, parameters }) => {
    const request = { layers, seed, generator: "torch" } as unknown as ModelRequest;
    const flat = flattenModel(request);
    const found = await engine.model(flat.model, flat.layers);
    expect(
      found.map(({ name, shape, values }) => ({ name, shape, sha256: sha256(values) })),
    ).toEqual(parameters);
  },
);

it("calls on one generator, one after the other", async () => {
  const tensors = calls.values.map(({ length }) => ({ scheme: "normal", shape: [length] }));
  const specs = flattenSequence({ tensors, seed: calls.seed });
  const drawn = await engine.sequence(specs);
  expect(drawn.map((values) => [...values])).toEqual(
    calls.values.map((values) => [...Float32Array.from(values)]),
  );
  // Apart, each begins anew.
  const [, second] = specs;
  const alone = await engine.initialize(second ?? expect.fail("no second"));
  expect([...alone]).not.toEqual([...(drawn[1] ?? [])]);
  expect(await engine.sequence([])).toEqual([]);
  const wrong = { ...second, "scheme.std": -1 };
  await expect(engine.sequence([wrong])).rejects.toMatchObject({ field: "tensors.0.scheme.std" });
});

it("gains are calculate_gain's", async () => {
  expect(await engine.gain("leaky_relu", 0.2)).toBe(1.3867504905630728);
  for (const { id, gain } of catalogue.gains) expect(await engine.gain(id, 0.01)).toBe(gain);
  expect(() => checkGain("gelu", 0)).toThrow(/gelu/);
  await expect(engine.gain("gelu", 0)).rejects.toThrow();
  expect(() => checkGain("relu", NaN)).toThrow(/parameter/);
});

it("the torch generator has no layers, no replicates and no layout of Keras", async () => {
  const spec = flattenInitialize({ scheme: "normal", shape: [4, 4], generator: "torch", layer: 1 });
  await expect(engine.initialize(spec)).rejects.toMatchObject({
    field: "layer",
    reason: "not_with",
  });
  const keras = { scheme: "normal", shape: [4, 4], generator: "torch", layout: "keras" } as const;
  await expect(engine.initialize(flattenInitialize(keras))).rejects.toMatchObject({
    field: "layout",
    reason: "not_with",
  });
});
