/** A network as a module of PyTorch, with its initialization. */
import type { SchemeId } from "../engine/catalogue.js";
import { programs } from "../generated/programs.js";
import { torchNotes } from "./code-words.js";
import type { CodeWords } from "./code-words.js";
import { torchActivation, torchActivationClasses } from "./net-activations.js";
import { activationOf, branchScale, layersOf, numberOf, programOf } from "./net-source.js";
import type { NetSource } from "./net-source.js";
import type { NetCodeWords } from "./net-code-words.js";
import { recipesOf } from "./net-recipes.js";
import type { Recipe, Recipes } from "./net-recipes.js";
import { isRepeat, runsOf, treeOf } from "./net-tree.js";
import type { BlockNode, NetNode } from "./net-tree.js";
import { argument, call, docstring, flat, linesOf, repeated } from "./python-layout.js";
import type { Layout } from "./python-layout.js";
import { pythonNumber, shortNumber } from "./templates.js";

const RESIDUAL = `class Residual(nn.Module):
    def __init__(self, branch, shortcut=None, scale=1.0):
        super().__init__()
        self.shortcut = nn.Identity() if shortcut is None else shortcut
        self.branch = branch
        self.scale = scale

    def forward(self, x):
        return self.shortcut(x) + self.scale * self.branch(x)`;

const SCALE = `class Scale(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = nn.Parameter(torch.tensor(float(value)))

    def forward(self, x):
        return self.value * x`;

const rmsNorm = (note: string): string => `class RMSNorm(nn.Module):
    # ${note}
    def __init__(self, units, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(units))
        self.eps = eps

    def forward(self, x):
        return self.weight * x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps)`;

/** PyTorch's default of its normalizations. */
const EPS = 1e-5;

const epsOf = ({ item }: BlockNode): string[] => {
  const eps = numberOf(item, "eps");
  return eps === EPS ? [] : [`eps=${shortNumber(eps)}`];
};

/** Modules in a row as one. */
function sequence(modules: readonly Layout[]): Layout {
  const [only] = modules;
  const single = modules.length === 1 && only !== undefined && !flat(only).startsWith("*");
  return single ? only : call("nn.Sequential", modules);
}

function residual(source: NetSource, node: BlockNode): Layout {
  const scale = branchScale(source, node.item);
  const branch = sequence(modulesOf(source, node.branch));
  const parts =
    node.shortcut.length > 0
      ? [
          argument("shortcut", sequence(modulesOf(source, node.shortcut))),
          argument("branch", branch),
        ]
      : [branch];
  return call("Residual", [...parts, ...(scale === "" ? [] : [`scale=${scale}`])]);
}

function moduleOf(source: NetSource, node: BlockNode): Layout {
  const { inputs, outputs } = node.placed;
  const { item } = node;
  switch (item.block) {
    case "dense":
      return `nn.Linear(${inputs}, ${outputs})`;
    case "phi":
      return torchActivation(activationOf(source, item));
    case "res":
      return residual(source, node);
    case "ln":
      return call("nn.LayerNorm", [String(inputs), ...epsOf(node)]);
    case "rms":
      return `RMSNorm(${inputs}, eps=${shortNumber(numberOf(item, "eps"))})`;
    case "gn":
      return call("nn.GroupNorm", [
        String(numberOf(item, "groups")),
        String(inputs),
        ...epsOf(node),
      ]);
    case "bn":
      return call("nn.BatchNorm1d", [String(inputs), ...epsOf(node)]);
    case "scale":
      return `Scale(${pythonNumber(numberOf(item, "value"))})`;
    case "dropout":
      return `nn.Dropout(${pythonNumber(numberOf(item, "p"))})`;
    default:
      throw new Error(`there is no block ${item.block}`);
  }
}

function modulesOf(source: NetSource, nodes: readonly NetNode[]): Layout[] {
  return nodes.flatMap((node) => {
    if (!isRepeat(node)) return [moduleOf(source, node)];
    const times = node.times.map((each) => modulesOf(source, each));
    return runsOf(times, (each) => each.map(flat).join()).flatMap(({ of, count }) =>
      count === 1 ? of : [repeated(sequence(of), count)],
    );
  });
}

/** What each Linear has, in the order of `net.modules()`: as the tree has it, repetitions as products. */
function inOrder(nodes: readonly NetNode[], entry: (number: number) => string): Layout[] {
  return nodes.flatMap((node): Layout[] => {
    if (!isRepeat(node))
      return node.item.block === "dense"
        ? [entry(node.placed.weight)]
        : [...inOrder(node.shortcut, entry), ...inOrder(node.branch, entry)];
    const times = node.times.map((each) => inOrder(each, entry));
    return runsOf(times, (each) => each.map(flat).join()).flatMap(({ of, count }): Layout[] =>
      count === 1 || of.length === 0 ? of : [{ open: `*${count} * [`, inside: of, close: "]" }],
    );
  });
}

function listOf(entries: readonly Layout[]): Layout {
  const [only] = entries;
  if (entries.length === 1 && typeof only === "object" && only.open.startsWith("*"))
    return { ...only, open: only.open.slice(1) };
  return { open: "[", inside: entries, close: "]" };
}

/** Statements that fill `layer`: those of templates fill `w`. */
function filling({ weight, bias }: Omit<Recipe, "name">, indent: string): string[] {
  const of = (text: string, tensor: string) =>
    text.includes("\n") ? [`w = ${tensor}`, ...text.split("\n")] : [text.replace(/\bw\b/g, tensor)];
  return [...of(weight, "layer.weight"), ...of(bias, "layer.bias")].map((line) => indent + line);
}

const DEFAULT_BIAS = "init.uniform_(w, -(layer.in_features**-0.5), layer.in_features**-0.5)";

/** What nn.Linear does by default has no name; its bound is the layer's own to say. */
function templateOf(scheme: SchemeId, use: "weight" | "bias"): string {
  if (use === "bias" && (scheme === "library" || scheme === "torch_linear_bias"))
    return DEFAULT_BIAS;
  return programs[programOf(scheme, use)].torch;
}

const LINEARS = "[module for module in net.modules() if isinstance(module, nn.Linear)]";

/** A function that fills every Linear, in forward order. */
function initialization(tree: readonly NetNode[], { all, of }: Recipes): string[] {
  const [only] = all;
  const head = ["@torch.no_grad()", "def initialize(net):", `    linears = ${LINEARS}`];
  if (!only) return [];
  if (all.length > 1) {
    const functions = all.flatMap((recipe) => [
      `def ${recipe.name}(${["layer", ...recipe.variables].join(", ")}):`,
      ...filling(recipe, "    "),
      "",
      "",
    ]);
    const entry = (number: number) => {
      const { recipe, values } = of(number);
      return `(${[recipe.name, ...values].join(", ")}${values.length === 0 ? "," : ""})`;
    };
    return [
      ...functions,
      ...head,
      ...linesOf("schemes = ", listOf(inOrder(tree, entry)), "    "),
      "    for layer, (scheme, *values) in zip(linears, schemes):",
      "        scheme(layer, *values)",
    ];
  }
  const names = only.variables.join(", ");
  if (only.variables.length === 0)
    return [...head, "    for layer in linears:", ...filling(only, "        ")];
  const one = only.variables.length === 1;
  const entry = (number: number) => {
    const values = of(number).values.join(", ");
    return one ? values : `(${values})`;
  };
  const list = one ? `${names}s` : "values";
  return [
    ...head,
    ...linesOf(`${list} = `, listOf(inOrder(tree, entry)), "    "),
    `    for layer, ${one ? names : `(${names})`} in zip(linears, ${list}):`,
    ...filling(only, "        "),
  ];
}

export function torchNet(source: NetSource, words: CodeWords & NetCodeWords): string {
  const tree = treeOf(source.plan);
  const layers = layersOf(source);
  const ofLibrary = layers.every(
    ({ weight, bias }) => weight.scheme === "library" && bias.scheme === "library",
  );
  const network = linesOf(
    "self.layers = ",
    call("nn.Sequential", modulesOf(source, tree)),
    "        ",
  );
  const initialize = ofLibrary ? [] : initialization(tree, recipesOf(layers, templateOf));
  const seed = `torch.manual_seed(${source.seed})`;
  const made = network.join("\n");
  const classes = {
    ...torchActivationClasses(source.plan.python?.torch ?? ""),
    Residual: RESIDUAL,
    Scale: SCALE,
    RMSNorm: rmsNorm(words.rmsNorm),
  };
  const used = Object.entries(classes).flatMap(([name, text]) =>
    made.includes(`${name}(`) ? [text] : [],
  );
  const net = [
    "class Net(nn.Module):",
    ...docstring(source.plan.text),
    "",
    "    def __init__(self):",
    "        super().__init__()",
    ...network,
    "",
    "    def forward(self, x):",
    "        return self.layers(x)",
  ].join("\n");
  const body = initialize.join("\n");
  const notes = torchNotes(source.generator, body, words);
  const end = ofLibrary
    ? layers.length === 0
      ? ["net = Net()"]
      : [...notes, seed, `net = Net()  # ${words.torchDefault}`]
    : ["net = Net()", ...notes, seed, "initialize(net)"];
  return [
    [
      ...(body.includes("math.") ? ["import math", ""] : []),
      "import torch",
      "from torch import nn",
      ...(body.includes("init.") ? ["from torch.nn import init"] : []),
    ].join("\n"),
    ...used,
    net,
    ...(body === "" ? [] : [body]),
    end.join("\n"),
  ].join("\n\n\n");
}
