// What the audit's examples are made of: small networks drawn by our own package, one of them trained here.
// Nothing but sums, products and roots, in one order: the files are the same on every machine.

/** Values of a float64 list as float16, to nearest, ties to even. */
export function halves(values) {
  const scratch = new DataView(new ArrayBuffer(4));
  return Uint16Array.from(values, (value) => {
    scratch.setFloat32(0, value);
    const bits = scratch.getUint32(0);
    const sign = (bits >>> 16) & 0x8000;
    const size = Math.abs(value);
    // Below the least normal number steps are 2^-24; above, those of its binade.
    const step = 2 ** (Math.max(-14, ((bits >>> 23) & 255) - 127) - 10);
    const steps = size / step;
    const floor = Math.floor(steps);
    const rest = steps - floor;
    const count = floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0);
    const least = Math.max(0, ((bits >>> 23) & 255) - 127 + 14);
    return sign | (least * 1024 + count);
  });
}

/** Tensors of {name, shape, values} as a .safetensors file; `dtype` "F32" or "F16". */
export function safetensors(tensors, dtype) {
  const parts = tensors.map(({ values }) =>
    dtype === "F16" ? halves(values) : Float32Array.from(values),
  );
  let end = 0;
  const entries = tensors.map(({ name, shape }, i) => {
    const begin = end;
    end += parts[i].byteLength;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const text = JSON.stringify({ __metadata__: { format: "pt" }, ...Object.fromEntries(entries) });
  const header = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = new Uint8Array(8 + header.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let at = 8 + header.length;
  for (const part of parts) {
    file.set(new Uint8Array(part.buffer), at);
    at += part.byteLength;
  }
  return file;
}

const linear = (in_features, out_features) => ({
  layer: "Linear",
  args: { in_features, out_features },
});

/** Parameters of layers that are made one after the other, under the names that a model gives them. */
async function drawn(scope, seed, layers) {
  const parameters = await scope.initializeModel({
    layers: layers.map(([, layer]) => layer),
    seed,
    generator: "torch",
  });
  return parameters.map(({ name, shape, values }) => {
    const [place, own] = name.split(".");
    return { name: `${layers[Number(place)][0]}.${own}`, shape: [...shape], values };
  });
}

/** As a state_dict has them: what is built first stands first, but not always. */
const inOrder = (tensors, names) =>
  names.map((name) => {
    const found = tensors.find((tensor) => tensor.name === name);
    if (!found) throw new Error(`no tensor is called ${name}`);
    return found;
  });

const TOKENS = 80;
const SEEN = 60;
const BAG = 4;
const WIDTHS = [32, 64, 64, 10];
const STEPS = 120;
const BATCH = 16;
const RATE = 0.5;

/**
 * Trains a bag of embeddings and three layers by gradient descent on squared errors against another network of
 * its kind; the second layer is frozen, and some tokens never come.
 */
function train(model, teacher, noise) {
  const [embedding, ...parameters] = model;
  const layers = [0, 1, 2].map((l) => ({ w: parameters[2 * l], b: parameters[2 * l + 1] }));
  const ideal = [0, 1, 2].map((l) => ({ w: teacher[2 * l + 1], b: teacher[2 * l + 2] }));
  const run = (network, input) => {
    const signals = [input];
    for (const [l, { w, b }] of network.entries()) {
      const before = signals[l];
      const after = Array.from({ length: WIDTHS[l + 1] }, (_, i) => {
        let sum = b.values[i];
        for (let j = 0; j < WIDTHS[l]; ++j) sum += w.values[i * WIDTHS[l] + j] * before[j];
        return l < 2 && sum < 0 ? 0 : sum;
      });
      signals.push(after);
    }
    return signals;
  };
  let next = 0;
  // The low bits of numbers that the package drew choose the tokens.
  const token = () => Math.floor(Math.abs(noise[next++ % noise.length]) * 1e6) % SEEN;
  for (let step = 0; step < STEPS; ++step) {
    const changes = new Map();
    const change = (tensor, at, by) => {
      if (!changes.has(tensor)) changes.set(tensor, new Float64Array(tensor.values.length));
      changes.get(tensor)[at] += by;
    };
    for (let sample = 0; sample < BATCH; ++sample) {
      const tokens = Array.from({ length: BAG }, token);
      const bag = (of) =>
        Array.from({ length: WIDTHS[0] }, (_, j) =>
          tokens.reduce((sum, t) => sum + of.values[t * WIDTHS[0] + j] / BAG, 0),
        );
      const signals = run(layers, bag(embedding));
      const wanted = run(ideal, bag(teacher[0])).at(-1);
      let error = signals[3].map((value, i) => (value - wanted[i]) / WIDTHS[3]);
      for (let l = 2; l >= 0; --l) {
        const { w, b } = layers[l];
        const below = new Array(WIDTHS[l]).fill(0);
        for (let i = 0; i < WIDTHS[l + 1]; ++i) {
          if (l < 2 && signals[l + 1][i] === 0) continue;
          for (let j = 0; j < WIDTHS[l]; ++j) {
            below[j] += error[i] * w.values[i * WIDTHS[l] + j];
            if (l !== 1) change(w, i * WIDTHS[l] + j, error[i] * signals[l][j]);
          }
          if (l !== 1) change(b, i, error[i]);
        }
        error = below;
      }
      for (const t of tokens)
        for (let j = 0; j < WIDTHS[0]; ++j) change(embedding, t * WIDTHS[0] + j, error[j] / BAG);
    }
    for (const [tensor, gradient] of changes)
      tensor.values = tensor.values.map((value, i) =>
        Math.fround(value - (RATE / BATCH) * gradient[i]),
      );
  }
  return model;
}

const bagLayers = [
  ["embedding", { layer: "Embedding", args: { num_embeddings: TOKENS, embedding_dim: WIDTHS[0] } }],
  ["body.0", linear(WIDTHS[0], WIDTHS[1])],
  ["body.2", linear(WIDTHS[1], WIDTHS[2])],
  ["head", linear(WIDTHS[2], WIDTHS[3])],
];

/** Drawn after torch.manual_seed(42) and saved; the head is built before the body. */
async function untrained(scope) {
  const tensors = await drawn(scope, 42, [
    ["embedding", { layer: "Embedding", args: { num_embeddings: 64, embedding_dim: 32 } }],
    ["head", linear(64, 32)],
    ["memory", { layer: "LSTM", args: { input_size: 32, hidden_size: 16 } }],
    ["body", linear(16, 64)],
    ["features", { layer: "Conv2d", args: { in_channels: 3, out_channels: 16, kernel_size: 5 } }],
  ]);
  const names = tensors.map(({ name }) => name);
  const head = names.filter((name) => name.startsWith("head"));
  const rest = names.filter((name) => !name.startsWith("head"));
  return safetensors(inOrder(tensors, [...rest, ...head]), "F32");
}

async function frozen(scope) {
  const noise = await scope.initialize({ scheme: "normal", shape: [STEPS * BATCH * BAG], seed: 5 });
  const model = await drawn(scope, 7, bagLayers);
  return safetensors(train(model, await drawn(scope, 8, bagLayers), noise), "F32");
}

/** Layers that a caller's own code drew, each with its scheme. */
const ownLayers = (scope, layers, seed) =>
  Promise.all(
    layers.map(async ({ name, shape, ...scheme }, i) => ({
      name,
      shape,
      values: await scope.initialize({ ...scheme, shape, seed: seed + i }),
    })),
  );

/** He normal with the fan of the other side in the first two layers. */
async function wrongFan(scope) {
  const he = { scheme: "kaiming_normal", mode: "fan_out" };
  const zeros = { scheme: "zeros" };
  const tensors = await ownLayers(
    scope,
    [
      { name: "net.0.weight", shape: [96, 24], ...he },
      { name: "net.0.bias", shape: [96], ...zeros },
      { name: "net.2.weight", shape: [32, 96], ...he },
      { name: "net.2.bias", shape: [32], ...zeros },
      { name: "net.4.weight", shape: [48, 32], scheme: "kaiming_normal" },
      { name: "net.4.bias", shape: [48], ...zeros },
    ],
    11,
  );
  return safetensors(tensors, "F32");
}

/** A layer with adapters that begin near 0, too near for float16. */
async function underflow(scope) {
  const normal = (std) => ({ scheme: "normal", std });
  const tensors = await ownLayers(
    scope,
    [
      { name: "block.attention.weight", shape: [96, 32], ...normal(0.02) },
      { name: "block.attention.bias", shape: [96], scheme: "zeros" },
      { name: "block.adapter.down.weight", shape: [8, 32], ...normal(0.02) },
      { name: "block.adapter.up.weight", shape: [32, 8], ...normal(1e-6) },
      { name: "block.mlp.weight", shape: [128, 32], ...normal(1e-4) },
      { name: "block.norm.weight", shape: [32], scheme: "ones" },
    ],
    21,
  );
  return safetensors(tensors, "F16");
}

/** The files by name, each made by a function of the npm package's scope. */
export const CHECKPOINTS = { untrained, frozen, "wrong-fan": wrongFan, underflow };
