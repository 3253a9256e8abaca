/** PyTorch's numbers, through the module: every vector of tests/golden/torch.txt. */
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { flattenInitialize, flattenSequence } from "../../../web/src/engine/initialize.js";
import { checkGain, flattenModel } from "../../../web/src/engine/layers.js";
import type { ModelRequest } from "../../../web/src/engine/layers.js";
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
  const specs = flattenSequence(
    calls.values.map(({ length }) => ({ scheme: "normal", shape: [length] })),
    calls.seed,
  );
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

describe("layers", () => {
  it("of convolutions say the true fans where the library's are others", async () => {
    const fans = async (request: object) => {
      const flat = flattenModel({ layers: [request] } as unknown as ModelRequest);
      const [weight] = await engine.model(flat.model, flat.layers, { draw: false });
      const { fanIn, fanOut, trueFanIn, trueFanOut } = weight ?? expect.fail("no weight");
      return [fanIn, fanOut, trueFanIn, trueFanOut];
    };
    const args = { in_channels: 6, out_channels: 4, groups: 2 };
    expect(await fans({ layer: "Conv2d", args })).toEqual([27, 36, 27, 18]);
    expect(await fans({ layer: "ConvTranspose2d", args })).toEqual([18, 54, 27, 18]);
    expect(await fans({ layer: "Conv2d" })).toEqual([27, 576, 27, 576]);
    expect(await fans({ layer: "Linear" })).toEqual([784, 256, 784, 256]);
  });

  it("of every kind have parameters that follow from their arguments", async () => {
    for (const { id, framework } of catalogue.layers) {
      const flat = flattenModel({ framework, layers: [{ layer: id }] });
      const found = await engine.model(flat.model, flat.layers);
      expect(new Set(found.map(({ name }) => name)).size, id).toBe(found.length);
      const order = found.map(({ drawn }) => drawn).sort((a, b) => a - b);
      expect(order, id).toEqual(found.map((_, i) => i));
      for (const { shape, values } of found)
        expect(values, id).toHaveLength(shape.reduce((product, extent) => product * extent, 1));
    }
  });

  it("take booleans and lists, and refuse what does not fit by name", async () => {
    const conv = {
      layer: "Conv2d",
      args: { kernel_size: [3, 5], bias: false, groups: 3 },
    } as const;
    const flat = flattenModel({ layers: [{ ...conv, args: { ...conv.args, out_channels: 6 } }] });
    const found = await engine.model(flat.model, flat.layers);
    expect(found.map(({ shape }) => shape)).toEqual([[6, 1, 3, 5]]);
    const bad = (args: object, layer = "Conv2d") =>
      flattenModel({ layers: [{ layer, args }] } as unknown as ModelRequest);
    expect(() => bad({ kernel_size: [3, 3, 3] })).toThrow(/layers\.0\.kernel_size/);
    expect(() => bad({ nonsense: 1 })).toThrow(/nonsense/);
    expect(() => bad({}, "Conv4d")).toThrow(/Conv4d/);
    const uneven = bad({ groups: 2 });
    await expect(engine.model(uneven.model, uneven.layers)).rejects.toMatchObject({
      field: "layers.0.in_channels",
      reason: "not_divisible",
    });
  });

  it("of Keras have Keras's layout and its forget gate", async () => {
    const flat = flattenModel({
      framework: "keras",
      layers: [{ layer: "LSTM", args: { input_dim: 3, units: 2 } }],
    });
    const found = await engine.model(flat.model, flat.layers);
    expect(found.map(({ name, shape }) => [name, shape])).toEqual([
      ["kernel", [3, 8]],
      ["recurrent_kernel", [2, 8]],
      ["bias", [8]],
    ]);
    expect([...(found[2]?.values ?? [])]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });
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
