/**
 * What initializes each layer of a network in another library: statements, or expressions, by the templates of
 * schemes. Layers that differ in numbers of a formula share them, with these numbers as variables.
 */
import type { SchemeId } from "../engine/catalogue.js";
import type { SchemeRequest } from "../engine/request.js";
import type { NetWeight } from "../engine/results.js";
import { fill, pythonNumber } from "./templates.js";

const USES = ["weight", "bias"] as const;
type Use = (typeof USES)[number];

/** A weight of the plan with the schemes that draw it and its bias. */
export interface Layer {
  readonly of: NetWeight;
  readonly weight: SchemeRequest;
  readonly bias: SchemeRequest;
}

/** A library's template for a scheme; "" where it has nothing that does the same. */
export type TemplateOf = (scheme: SchemeId, use: Use) => string;

/** One way to initialize layers. */
export interface Recipe {
  /** Of the weights' scheme, with a number where there are several. */
  readonly name: string;
  readonly weight: string;
  readonly bias: string;
  /** Names of the numbers that each of its layers has its own of. */
  readonly variables: readonly string[];
}

/** What a layer is initialized by, and the values of the variables, as Python writes them. */
interface Filled {
  readonly recipe: Recipe;
  readonly values: readonly string[];
}

export interface Recipes {
  readonly all: readonly Recipe[];
  /** Of the weight with this number. */
  readonly of: (number: number) => Filled;
}

/** A scheme for which a library has no initializer. */
export class NoInitializer extends Error {
  constructor(readonly scheme: SchemeId) {
    super(`no initializer for ${scheme}`);
  }
}

interface Variable {
  readonly use: Use;
  readonly fact: string;
  readonly name: string;
}

const factsOf = ({ of }: Layer, use: Use) => (use === "weight" ? of.facts : of.biasFacts);

/** A template filled in, as at this place of a network; variables stand by their names. */
function written(
  templateOf: TemplateOf,
  use: Use,
  layer: Layer,
  variables: readonly Variable[],
): string {
  const scheme = layer[use];
  const own = variables.filter((variable) => variable.use === use);
  const names = Object.fromEntries(own.map(({ fact, name }) => [fact, name]));
  const here = layer.of.number === 1 ? "first" : "hidden";
  const placed = "position" in scheme ? { ...scheme, position: here } : scheme;
  const facts = { ...factsOf(layer, use), ...names };
  const text = fill(templateOf(scheme.scheme, use), { scheme: placed, facts, seed: "" });
  if (text === "") throw new NoInitializer(scheme.scheme);
  return text.replaceAll("'", '"');
}

/** Facts of a template that are not the same for layers of one scheme, and the variables that hold them. */
function varying(layers: readonly Layer[], templateOf: TemplateOf, use: Use): Variable[] {
  const scheme = layers[0]?.[use].scheme;
  if (!scheme) return [];
  const names = templateOf(scheme, use).matchAll(/@(\w+)/g);
  return [...new Set([...names].map(([, fact = ""]) => fact))]
    .filter((fact) => new Set(layers.map((layer) => factsOf(layer, use)[fact])).size > 1)
    .map((fact) => ({ use, fact, name: use === "bias" ? `bias_${fact}` : fact }));
}

/** Layers of one scheme for the weights and one for the biases: one recipe, or as many as are needed. */
function ofOneScheme(
  layers: readonly Layer[],
  templateOf: TemplateOf,
): { layer: Layer; texts: Omit<Recipe, "name">; values: string[] }[] {
  const write = (variables: readonly Variable[]) =>
    layers.map((layer) => ({
      layer,
      texts: {
        weight: written(templateOf, "weight", layer, variables),
        bias: written(templateOf, "bias", layer, variables),
        variables: variables.map(({ name }) => name),
      },
      values: variables.map(({ use, fact }) => pythonNumber(Number(factsOf(layer, use)[fact]))),
    }));
  const shared = write(USES.flatMap((use) => varying(layers, templateOf, use)));
  return new Set(shared.map(({ texts }) => keyOf(texts))).size === 1 ? shared : write([]);
}

const keyOf = ({ weight, bias }: Omit<Recipe, "name">): string => `${weight}\n\n${bias}`;

/** Of the layers in forward order. Throws a NoInitializer. */
export function recipesOf(layers: readonly Layer[], templateOf: TemplateOf): Recipes {
  const groups = new Map<string, Layer[]>();
  for (const layer of layers) {
    const key = `${layer.weight.scheme} ${layer.bias.scheme}`;
    groups.set(key, [...(groups.get(key) ?? []), layer]);
  }
  const recipes = new Map<string, Recipe>();
  const filled = new Map<number, Filled>();
  const taken = new Map<string, number>();
  for (const group of groups.values())
    for (const { layer, texts, values } of ofOneScheme(group, templateOf)) {
      const { scheme } = layer.weight;
      const count = (taken.get(scheme) ?? 0) + 1;
      const known = recipes.get(keyOf(texts));
      const recipe = known ?? { name: count === 1 ? scheme : `${scheme}_${count}`, ...texts };
      if (!known) taken.set(scheme, count);
      recipes.set(keyOf(texts), recipe);
      filled.set(layer.of.number, { recipe, values });
    }
  return {
    all: [...recipes.values()],
    of: (number) => {
      const found = filled.get(number);
      if (!found) throw new Error(`there is no weight ${number}`);
      return found;
    },
  };
}
