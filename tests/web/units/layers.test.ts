/** Layers as the npm API has them: their arguments, fans, and what is said of their tensors. */
import { afterAll, describe, expect, it } from "vitest";
import type { Warning } from "../../../web/src/engine/client.js";
import { flattenInitialize, flattenSequence } from "../../../web/src/engine/initialize.js";
import { libraryLayers, flattenModel, inSingle } from "../../../web/src/engine/library-layers.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const flat = (layers: readonly object[], framework = "torch") =>
  flattenModel({ framework, layers });

async function draw(layers: readonly object[], framework = "torch") {
  const { model, layers: specs } = flat(layers, framework);
  return engine.model(model, specs);
}

async function named(layer: object, name: string, framework = "torch") {
  const found = (await draw([layer], framework)).find((parameter) => parameter.name === name);
  return found ?? expect.fail(`no ${name}`);
}

it("of convolutions and packed projections say the true fans where the library's are others", async () => {
  const fans = async (layer: object, name = "weight") => {
    const { fanIn, fanOut, trueFanIn, trueFanOut } = await named(layer, name);
    return [fanIn, fanOut, trueFanIn, trueFanOut];
  };
  const args = { in_channels: 6, out_channels: 4, groups: 2 };
  expect(await fans({ layer: "Conv2d", args })).toEqual([27, 36, 27, 18]);
  expect(await fans({ layer: "ConvTranspose2d", args })).toEqual([18, 54, 27, 18]);
  expect(await fans({ layer: "Conv2d" })).toEqual([27, 576, 27, 576]);
  expect(await fans({ layer: "Linear" })).toEqual([784, 256, 784, 256]);
  const attention = { layer: "MultiheadAttention", args: { embed_dim: 12 } };
  expect(await fans(attention, "in_proj_weight")).toEqual([12, 36, 12, 12]);
});

it("of every kind have parameters that follow from their arguments", async () => {
  for (const { id, framework, fields } of libraryLayers) {
    const required = fields.filter((field) => field.required);
    const args: Record<string, unknown> = Object.fromEntries(
      required.map((field) => [field.id, field.default]),
    );
    if (id === "Transformer") args["d_model"] = 16; // of its 512, 176 MB
    const found = await draw([{ layer: id, args }], framework);
    expect(new Set(found.map(({ name }) => name)).size, id).toBe(found.length);
    const copies = /^Transformer(En|De)coder$|^Transformer$/.test(id);
    const places = found.map(({ drawn }) => drawn).sort((a, b) => a - b);
    if (!copies) expect(places, id).toEqual(found.map((_, i) => i));
    for (const { shape, values } of found)
      expect(values, id).toHaveLength(shape.reduce((product, extent) => product * extent, 1));
  }
});

it("a single layer's request calls fields as its caller wrote them, and its size by its arguments", () => {
  const fields = ["layers.0", "layers.0.args.in_features", "layers.0.layer", "seed", "layers.01"];
  expect(fields.map(inSingle)).toEqual(["args", "args.in_features", "layer", "seed", "layers.01"]);
});

describe("arguments", () => {
  const refused =
    (args: object, layer = "Conv2d") =>
    () =>
      flat([{ layer, args }]);

  it("are booleans and lists as well, and what does not fit is refused by name", async () => {
    const args = { kernel_size: [3, 5], bias: false, groups: 3, out_channels: 6 };
    const found = await draw([{ layer: "Conv2d", args }]);
    expect(found.map(({ shape }) => shape)).toEqual([[6, 1, 3, 5]]);
    expect(refused({ kernel_size: [3, 3, 3] })).toThrow(/layers\.0\.args\.kernel_size/);
    expect(refused({ nonsense: 1 })).toThrow(/nonsense/);
    expect(refused({}, "Conv4d")).toThrow(/Conv4d/);
    await expect(draw([{ layer: "Conv2d", args: { groups: 2 } }])).rejects.toMatchObject({
      field: "layers.0.args.in_channels",
      reason: "not_divisible",
      message: "layers.0.args.in_channels = 3 is not divisible by groups = 2",
    });
  });

  it("that draw nothing are taken as a constructor takes them, and null is left out", async () => {
    const plain = { in_channels: 3, out_channels: 4, kernel_size: 7 };
    const pasted = { ...plain, stride: 2, padding: [3, 3], padding_mode: "reflect" };
    const [weight] = await draw([{ layer: "Conv2d", args: plain }]);
    const args = { ...pasted, device: null, dtype: "float32", groups: null };
    expect((await draw([{ layer: "Conv2d", args }]))[0]?.values).toEqual(weight?.values);
    expect(refused({ strides: 2 })).toThrow(/strides/);
    await expect(draw([{ layer: "Conv2d", args: { dtype: "float64" } }])).rejects.toMatchObject({
      field: "layers.0.args.dtype",
    });
    const none = await draw([
      { layer: "MaxPool2d", args: { kernel_size: 3, stride: 2, ceil_mode: true } },
      { layer: "Hardtanh", args: { min_val: -2 } },
    ]);
    expect(none).toEqual([]);
    const norm = await draw([{ layer: "LayerNorm", args: { bias: false, eps: 1e-6 } }]);
    expect(norm.map(({ name }) => name)).toEqual(["weight"]);
  });

  it("of lazy layers must have what those would learn", () => {
    expect(refused({ out_features: 3 }, "LazyLinear")).toThrow(
      "layers.0.args.in_features must be given, in 1..65536",
    );
    expect(refused({ in_features: 2, out_features: 3 }, "LazyLinear")).not.toThrow();
  });
});

describe("of Keras", () => {
  it("have its layout, and say what is set after drawing", async () => {
    const layer = { layer: "LSTM", args: { input_dim: 3, units: 2 } };
    const found = await draw([layer], "keras");
    expect(found.map(({ name, shape }) => [name, shape])).toEqual([
      ["kernel", [3, 8]],
      ["recurrent_kernel", [2, 8]],
      ["bias", [8]],
    ]);
    expect([...(found[2]?.values ?? [])]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect(found.map(({ overwritten }) => overwritten)).toEqual([
      null,
      null,
      { first: 2, count: 2, value: 1 },
    ]);
    const forgetful = { layer: "LSTM", args: { ...layer.args, unit_forget_bias: false } };
    const bias = await named(forgetful, "bias", "keras");
    expect([bias.overwritten, [...bias.values]]).toEqual([null, Array(8).fill(0)]);
  });

  it("have attention with the fans of its products, by which the tensor can be drawn alone", async () => {
    const args = { dim: 32, num_heads: 8, key_dim: 16 };
    const layer = { layer: "MultiHeadAttention", args };
    for (const [name, fanIn, fanOut] of [
      ["query/kernel", 32, 128],
      ["attention_output/kernel", 128, 32],
    ] as const) {
      const kernel = await named(layer, name, "keras");
      expect(kernel).toMatchObject({ fanIn, fanOut });
      const largest = kernel.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBeGreaterThan(0.19); // the bound is 0.1936
      expect(largest).toBeLessThan(0.1937);
      const { shape, in_axis = [], out_axis = [], drawn } = kernel;
      const alone = { scheme: "glorot_uniform", shape, in_axis, out_axis, layer: drawn } as const;
      const values = await engine.initialize(flattenInitialize({ ...alone, layout: "keras" }));
      expect(values).toEqual(kernel.values);
    }
  });
});

describe("warnings", () => {
  const warned = async (request: object) => {
    const warnings: Warning[] = [];
    const onWarning = (warning: Warning) => warnings.push(warning);
    await engine.initialize(flattenInitialize(request), { onWarning });
    return warnings;
  };

  it("tell of tensors without elements, and of those without any but zeros", async () => {
    const [empty, ...others] = await warned({ scheme: "kaiming_uniform", shape: [0, 3] });
    expect(others).toEqual([]);
    expect(empty).toMatchObject({ field: "shape", value: "0,3", reason: "no_elements" });
    expect(empty?.text).toBe("shape = 0,3 has no elements: initializing it is a no-op");
    const sparse = { scheme: "sparse", shape: [5, 3], sparsity: 0.9 };
    expect((await warned(sparse)).map(({ field }) => field)).toEqual(["scheme.sparsity"]);
    expect(await warned({ ...sparse, sparsity: 0.5 })).toEqual([]);
    expect(await warned({ scheme: "kaiming_uniform", shape: [1, 3] })).toEqual([]);
  });

  it("stand in answers that are objects, and name the tensor of a sequence", async () => {
    const args = { in_features: 2, n_classes: 9, cutoffs: [3, 6], div_value: 4 };
    const found = await draw([{ layer: "AdaptiveLogSoftmaxWithLoss", args }]);
    const wordless = found.filter(({ warnings }) => warnings.length === 0);
    expect(wordless.map(({ name }) => name)).toEqual(["head.weight"]);
    const scheme = { scheme: "sparse", sparsity: 0.9, std: 1 };
    for (const kind of ["distribution", "matrix"] as const) {
      const [answer] = await engine.run(kind, { schemes: [scheme], shape: [5, 3] });
      expect(answer?.result.warnings.map(({ reason }) => reason)).toEqual(["all_zero"]);
    }
    const fields: string[] = [];
    const tensors = [
      { scheme: "normal", shape: [3] },
      { scheme: "normal", shape: [0, 3] },
    ];
    const onWarning = ({ field }: Warning) => fields.push(field);
    await engine.sequence(flattenSequence({ tensors, seed: 1 }), { onWarning });
    expect(fields).toEqual(["tensors.1.shape"]);
  });
});
