// Draws what compare.py and snippets.py look at, with the built package.
// Usage: node cases.mjs OUTPUT_DIR
//   snippets.json   the programs that the page copies, for every scheme and language
//   cases.json      random tensors and layers: what was asked for, and the PyTorch program
//   case-N.npy, all.npz, all.safetensors, layer-N.npz
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeFor, load, toNpy, toNpz, toSafetensors } from "../../dist/npm/index.js";

const [output] = process.argv.slice(2);
mkdirSync(output, { recursive: true });
const scope = await load();
const catalogue = scope.catalogue();

/** Mulberry32: the same cases every time. */
let state = 20261125;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const whole = (least, most) => least + Math.floor(random() * (most - least + 1));
const pick = (list) => list[whole(0, list.length - 1)];

const write = (name, content) => writeFileSync(join(output, name), content);
const drawn = catalogue.schemes.filter(({ uses }) => !uses.includes("network"));

/** Every scheme with its defaults, and with every value of every choice. */
function variants(scheme) {
  const plain = Object.fromEntries(scheme.fields.map((field) => [field.id, field.default]));
  const others = scheme.fields.flatMap((field) =>
    (field.kind === "choice" ? field.choices : [])
      .filter((value) => value !== field.default)
      .map((value) => ({ ...plain, [field.id]: value })),
  );
  return [plain, ...others];
}

async function programs(request, languages) {
  const layout = request.layout ?? "torch";
  const generator = layout === "torch" ? "torch" : "initscope"; // PyTorch draws in its own layout
  const [answer] = await scope.matrix({
    schemes: [request.scheme],
    shape: request.shape,
    layout,
    generator,
    seed: request.seed,
  });
  const source = { layout, generator, ...request, facts: answer.result.facts };
  const code = Object.fromEntries(languages.map((each) => [each, codeFor(each, source)]));
  return { code, values: answer.result.values };
}

const snippets = [];
const cases = [];
const tensors = [];

async function addCase(request, kind) {
  const { code, values } = await programs(request, ["torch"]);
  if (code.torch.includes("np.load")) return; // PyTorch has no such initializer
  const tensor = { name: `case_${cases.length}`, shape: request.shape, values };
  write(`case-${cases.length}.npy`, toNpy(tensor));
  cases.push({ ...request, kind, program: code.torch });
  tensors.push(tensor);
}

for (const scheme of drawn)
  for (const parameters of variants(scheme)) {
    const shape =
      scheme.leastRank > 2 ? (scheme.mostRank > 3 ? [12, 6, 3, 3] : [12, 6, 9]) : [12, 16];
    const request = { scheme: { ...parameters, scheme: scheme.id }, shape, seed: "7" };
    const { code } = await programs(request, ["keras", "jax"]);
    for (const layout of ["torch", "keras"]) {
      const turned = layout === "torch" ? shape : [...shape].reverse();
      const both = await programs({ ...request, shape: turned, layout }, ["keras", "jax"]);
      snippets.push({ scheme: scheme.id, layout, ...both.code });
    }
    snippets.push({ scheme: scheme.id, layout: "torch", ...code });
    await addCase(request, "snippet");
  }

// Every block and every activation as a network, in one program of each library.
const EVERY_BLOCK =
  "dense,depth*(res;scale:1/sqrt(depth)(ln,dense,phi,dense|dense),phi),rms,gn;groups:2,bn,scale,dropout";
for (const { id: activation } of catalogue.activations) {
  const request = { net: EVERY_BLOCK, activation, width: 8, depth: 3 };
  snippets.push({
    scheme: `a network of ${activation}`,
    keras: await scope.netCode("keras", request),
    jax: await scope.netCode("flax", request),
  });
}

// 200 random tensors by the functions that have not changed since torch 1.13.
const unchanged = [
  "uniform",
  "normal",
  "constant",
  "eye",
  "dirac",
  "xavier_uniform",
  "xavier_normal",
  "kaiming_uniform",
  "kaiming_normal",
  "orthogonal",
  "sparse",
];
for (let i = 0; i < 200; ++i) {
  const id = unchanged[i % unchanged.length];
  const { fields, leastRank, mostRank } = catalogue.schemes.find((scheme) => scheme.id === id);
  const rank = whole(leastRank, Math.min(mostRank, 4));
  const shape = Array.from({ length: rank }, (_, axis) => whole(1, axis < 2 ? 60 : 5));
  const values = {
    a: -whole(0, 8) / 4,
    b: whole(1, 9) / 4,
    mean: whole(-4, 4) / 8,
    std: whole(1, 9) / 16,
  };
  const parameters = Object.fromEntries(
    fields.map(({ id: name, kind, choices, default: standard }) => {
      if (kind === "choice") return [name, pick(choices)];
      if (name === "groups") return [name, pick([1, 2, 3].filter((g) => shape[0] % g === 0))];
      if (name === "gain") return [name, whole(1, 8) / 4];
      if (name === "sparsity") return [name, whole(0, 10) / 10];
      return [name, values[name] ?? standard];
    }),
  );
  const seed = String(whole(0, 2 ** 32 - 1));
  await addCase({ scheme: { ...parameters, scheme: id }, shape, seed }, "random");
}
write("all.npz", toNpz(tensors));
write("all.safetensors", toSafetensors(tensors));

// Layers of PyTorch with their defaults and with random arguments, and with values of arguments that
// draw nothing, as constructors of PyTorch take them.
const inertValues = {
  activation: "relu",
  add_zero_attn: true,
  alpha: 0.7,
  approximate: "none",
  batch_first: true,
  beta: 1,
  ceil_mode: true,
  device: "cpu",
  dilation: 1,
  dim: 1,
  downscale_factor: 2,
  dropout: 0.1,
  end_dim: -1,
  eps: 0.001,
  groups: 1,
  include_last_offset: false,
  inplace: true,
  k: 1,
  kernel_size: 2,
  lambd: 0.5,
  layer_norm_eps: 0.001,
  lower: 0.1,
  max_norm: 1,
  max_val: 2,
  min_val: -2,
  mode: "nearest",
  momentum: 0.2,
  negative_slope: 0.2,
  nonlinearity: "relu",
  norm_first: true,
  norm_type: 2,
  output_padding: 0,
  output_size: 2,
  p: 0.3,
  padding: 1,
  padding_mode: "zeros",
  return_indices: false,
  scale_factor: 2,
  scale_grad_by_freq: false,
  size: null,
  sparse: false,
  start_dim: 1,
  stride: 1,
  threshold: 0.1,
  track_running_stats: false,
  unflattened_size: [2, 2],
  upper: 0.3,
  upscale_factor: 2,
  value: 2,
};
const layers = [];
for (const { id, fields, inert } of catalogue.layers.filter(
  ({ framework }) => framework === "torch",
))
  for (let i = 0; i < (fields.length > 0 ? 3 : 1); ++i) {
    const even = (least, most) => 2 * whole(least, most);
    const args = {};
    for (const name of inert.trim().split(" "))
      if (name in inertValues && (i > 0 || fields.length === 0)) args[name] = inertValues[name];
    for (const field of fields) {
      if (i === 0 && !field.follows) args[field.id] = field.default;
      if (i === 0 || field.follows) continue;
      if (field.kind === "choice") args[field.id] = pick(["true", "false"]);
      else if (field.kind === "shape") args[field.id] = [whole(1, 5)];
      else if (field.kind === "number") args[field.id] = field.default;
      else if (["groups", "num_heads", "nhead", "num_groups"].includes(field.id))
        args[field.id] = pick([1, 2]);
      else if (field.id.endsWith("_layers")) args[field.id] = whole(1, 3);
      else if (field.id === "proj_size") args[field.id] = whole(0, 1);
      else args[field.id] = even(1, 20);
    }
    if (id === "EmbeddingBag" && i > 0) args.mode = "sum";
    if (id.startsWith("Embedding") && i > 0) args.padding_idx = whole(-2, 1);
    if (id === "Transformer" && i === 0) args.d_model = 16; // of its 512, 176 MB
    if ("cutoffs" in args && i > 0)
      Object.assign(args, { cutoffs: [whole(1, 4), whole(5, 9)], n_classes: whole(10, 40) });
    const seed = String(whole(-9, 2 ** 32 - 1));
    const parameters = await scope.initializeLayer({ layer: id, args, seed, generator: "torch" });
    write(`layer-${layers.length}.npz`, toNpz(parameters));
    layers.push({ layer: id, args, seed, names: parameters.map(({ name }) => name) });
  }

write("snippets.json", JSON.stringify(snippets));
write("cases.json", JSON.stringify({ cases, layers }));
scope.close();
