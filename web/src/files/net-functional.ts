/** A network as a functional program: a model of Keras, or a module of Flax. */
import type { SchemeId } from "../engine/catalogue.js";
import { programs } from "../generated/programs.js";
import { activationFunction, jaxActivation, kerasActivation } from "./net-activations.js";
import type { NetCodeWords } from "./net-code-words.js";
import { statements } from "./net-lines.js";
import type { Dialect } from "./net-lines.js";
import { recipesOf } from "./net-recipes.js";
import type { Recipe, Recipes } from "./net-recipes.js";
import { layersOf, programOf } from "./net-source.js";
import type { NetSource } from "./net-source.js";
import { treeOf } from "./net-tree.js";
import type { BlockNode } from "./net-tree.js";
import { argument, call, callOf, comment, docstring, linesOf } from "./python-layout.js";
import { pythonNumber } from "./templates.js";

/** How a library's fully connected layer is called, and what of it is left out. */
interface DenseLayer {
  readonly layer: string;
  readonly kernel: string;
  readonly bias: string;
  /** The initializer of biases that it has by itself. */
  readonly standard: string;
}

const functionName = ({ name }: Recipe, { all }: Recipes): string =>
  all.length === 1 ? "dense" : `dense_${name}`;

/** A function for each recipe: initializers are made anew for each layer. */
function denseFunctions(recipes: Recipes, { layer, kernel, bias, standard }: DenseLayer): string[] {
  return recipes.all.map((recipe) =>
    [
      `def ${functionName(recipe, recipes)}(${["units", ...recipe.variables].join(", ")}):`,
      ...linesOf(
        "return ",
        call(layer, [
          "units",
          argument(kernel, callOf(recipe.weight)),
          ...(recipe.bias === standard ? [] : [argument(bias, callOf(recipe.bias))]),
        ]),
        "    ",
      ),
    ].join("\n"),
  );
}

const denseCall =
  (recipes: Recipes) =>
  ({ placed: { outputs, weight } }: BlockNode, of: string): string => {
    const { recipe, values } = recipes.of(weight);
    const named = recipe.variables.map((name, i) => `${name}=${values[i] ?? ""}`);
    return `${functionName(recipe, recipes)}(${[outputs, ...named].join(", ")})(${of})`;
  };

const times = (factor: string, of: string): string =>
  factor === "" ? of : `${factor.includes("**") ? `(${factor})` : factor} * ${of}`;

const uses = (lines: readonly string[], name: string): boolean =>
  lines.some((line) => line.includes(name));

const sectionsOf = (sections: readonly (string | readonly string[])[]): string =>
  sections.map((each) => (typeof each === "string" ? each : each.join("\n"))).join("\n\n\n");

const KERAS_SCALE = `class Scale(layers.Layer):
    def __init__(self, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def build(self, input_shape):
        initializer = keras.initializers.Constant(self.value)
        self.factor = self.add_weight(shape=(), initializer=initializer)

    def call(self, x):
        return self.factor * x`;

function kerasDialect(recipes: Recipes): Dialect {
  return {
    dense: denseCall(recipes),
    activation: (activation, of) => `${kerasActivation(activation)}(${of})`,
    ln: (eps, of) => `layers.LayerNormalization(epsilon=${eps})(${of})`,
    rms: (eps, of) => `layers.RMSNormalization(epsilon=${eps})(${of})`,
    gn: (groups, eps, of) => `layers.GroupNormalization(groups=${groups}, epsilon=${eps})(${of})`,
    bn: (eps, of) => `layers.BatchNormalization(epsilon=${eps})(${of})`,
    scale: (value, of) => `Scale(${pythonNumber(value)})(${of})`,
    dropout: (p, of) => `layers.Dropout(${pythonNumber(p)})(${of})`,
    add: (trunk, branch, factor) =>
      `layers.add([${trunk}, ${factor === "" ? branch : `layers.Rescaling(${factor})(${branch})`}])`,
  };
}

/** Initializers without a seed of their own, with which layers of a shape would be equal. */
const kerasTemplate = (scheme: SchemeId, use: "weight" | "bias"): string =>
  programs[programOf(scheme, use)].keras.replace(/(, )?seed=@seed/g, "");

/** Seeds of Keras have 32 bits. */
const kerasSeed = (seed: string): string => String(BigInt.asUintN(32, BigInt(seed)));

export function kerasNet(source: NetSource, words: NetCodeWords): string {
  const recipes = recipesOf(layersOf(source), kerasTemplate);
  const lines = statements(source, kerasDialect(recipes), treeOf(source.plan));
  const typed = source.plan.python?.keras;
  return sectionsOf([
    ["import keras", "from keras import layers"],
    ...(uses(lines, "Activation(activation)") && typed ? [activationFunction(typed)] : []),
    ...(uses(lines, "Scale(") ? [KERAS_SCALE] : []),
    ...denseFunctions(recipes, {
      layer: "layers.Dense",
      kernel: "kernel_initializer",
      bias: "bias_initializer",
      standard: "keras.initializers.Zeros()",
    }),
    [
      ...comment(source.plan.text),
      `keras.utils.set_random_seed(${kerasSeed(source.seed)})`,
      `x = inputs = keras.Input(shape=(${inputsOf(source)},))`,
      ...lines,
      "model = keras.Model(inputs, x)",
      ...(uses(lines, "BatchNormalization")
        ? [`# ${uses(lines, "Dropout") ? words.kerasWithoutDropout : words.kerasTraining}`]
        : []),
    ],
  ]);
}

const FLAX_SCALE = `class Scale(nn.Module):
    value: float

    @nn.compact
    def __call__(self, x):
        factor = self.param("factor", jax.nn.initializers.constant(self.value), ())
        return factor * x`;

function flaxDialect(recipes: Recipes): Dialect {
  return {
    dense: denseCall(recipes),
    activation: jaxActivation,
    ln: (eps, of) => `nn.LayerNorm(epsilon=${eps})(${of})`,
    rms: (eps, of) => `nn.RMSNorm(epsilon=${eps})(${of})`,
    gn: (groups, eps, of) => `nn.GroupNorm(num_groups=${groups}, epsilon=${eps})(${of})`,
    bn: (eps, of) => `nn.BatchNorm(use_running_average=not self.train, epsilon=${eps})(${of})`,
    scale: (value, of) => `Scale(${pythonNumber(value)})(${of})`,
    dropout: (p, of) => `nn.Dropout(${pythonNumber(p)}, deterministic=not self.train)(${of})`,
    add: (trunk, branch, factor) => `${trunk} + ${times(factor, branch)}`,
  };
}

/** The field that switches a module between training and evaluation, and which of them the page shows. */
function trainField(lines: readonly string[], words: NetCodeWords): string[] {
  const field = "    train: bool = False";
  if (!uses(lines, "BatchNorm")) return [field];
  return uses(lines, "Dropout")
    ? [`    # ${words.flaxWithoutDropout}`, field]
    : [`${field}  # ${words.flaxTraining}`];
}

export function flaxNet(source: NetSource, words: NetCodeWords): string {
  const recipes = recipesOf(
    layersOf(source),
    (scheme, use) => programs[programOf(scheme, use)].jax,
  );
  const lines = statements(source, flaxDialect(recipes), treeOf(source.plan));
  const typed = source.plan.python?.jax;
  const trains = uses(lines, "self.train");
  return sectionsOf([
    ["import jax", "import jax.numpy as jnp", "from flax import linen as nn"],
    ...(uses(lines, "activation(") && typed ? [activationFunction(typed)] : []),
    ...(uses(lines, "Scale(") ? [FLAX_SCALE] : []),
    ...denseFunctions(recipes, {
      layer: "nn.Dense",
      kernel: "kernel_init",
      bias: "bias_init",
      standard: "jax.nn.initializers.zeros",
    }),
    [
      "class Net(nn.Module):",
      ...docstring(source.plan.text),
      "",
      ...(trains ? [...trainField(lines, words), ""] : []),
      "    @nn.compact",
      "    def __call__(self, x):",
      ...lines.map((line) => `        ${line}`),
      "        return x",
    ],
    [
      "net = Net()",
      `key = jax.random.key(${source.seed})`,
      `variables = net.init(key, jnp.zeros((1, ${inputsOf(source)})))`,
    ],
  ]);
}

function inputsOf({ plan: { blocks } }: NetSource): number {
  return blocks[0]?.inputs ?? 0;
}
