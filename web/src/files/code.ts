/**
 * A scheme as code: the program that gives this initialization in another library, or in ours. Whatever
 * is written into a program was checked to be what it claims; texts are the catalogue's.
 */
import { programs } from "../generated/programs.js";
import { checkLanguage, checkLocale, checkSource } from "./check-code.js";
import type { CodeSource, Language } from "./check-code.js";
import type { Locale } from "../i18n/locale.js";
import { codeWords, torchNotes } from "./code-words.js";
import type { CodeWords } from "./code-words.js";
import { fill } from "./templates.js";

export { LANGUAGES } from "./check-code.js";
export type { CodeSource, Language } from "./check-code.js";

/** Name of the file that programs load where a library has no such initializer. */
export const WEIGHTS_FILE = "initscope.npy";

/** The shape in the other order of extents. */
export function otherLayout(shape: readonly number[], from: string): number[] {
  if (shape.length < 2) return [...shape];
  if (from === "torch") return [...shape.slice(2), shape[1] ?? 0, shape[0] ?? 0];
  return [shape.at(-1) ?? 0, shape.at(-2) ?? 0, ...shape.slice(0, -2)];
}

/** The axes that were given, by the field's name. */
function axesOf({ in_axis, out_axis, batch_axis }: Partial<CodeSource>) {
  return Object.entries({ in_axis, out_axis, batch_axis }).flatMap(([id, list]) =>
    list ? [[id, list] as const] : [],
  );
}

const tuple = (shape: readonly number[]) =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;

/** For a library without such an initializer: the weights that the page saves. */
function loadProgram(library: string, { shape, layout }: CodeSource, words: CodeWords): string {
  const wanted = library === "PyTorch" ? "torch" : "keras";
  const axes = shape.map((_, i) => i);
  const turned =
    layout === wanted || shape.length < 2
      ? "w"
      : `w.transpose(${otherLayout(axes, layout).join(", ")})`;
  return [
    "import numpy as np",
    "",
    `# ${words.load(library)}`,
    `w = np.load("${WEIGHTS_FILE}")`,
    `kernel = ${turned}`,
  ].join("\n");
}

function torchProgram(source: CodeSource, words: CodeWords): string {
  const { scheme, layout, generator, seed } = source;
  const shape = layout === "torch" ? source.shape : otherLayout(source.shape, layout);
  const body = fill(programs[scheme.scheme].torch, source);
  if (body === "") return loadProgram("PyTorch", source, words);
  const notes = [
    ...(layout === "torch" ? [] : [`# ${words.torchOrder(tuple(source.shape))}`]),
    ...torchNotes(generator, body, words),
  ];
  return [
    ...(body.includes("math.") ? ["import math"] : []),
    "import torch",
    "from torch.nn import init",
    "",
    ...notes,
    `torch.manual_seed(${seed})`,
    `w = torch.empty(${shape.join(", ")})`,
    body,
  ].join("\n");
}

/** What a reader of Keras or JAX should know about a scheme that is named after torch's. */
function layoutNote({ shape, layout }: CodeSource, words: CodeWords): string[] {
  if (shape.length < 2 || layout !== "torch") return [];
  return [`# ${words.transposed(tuple(shape))}`];
}

function truncationNote(template: string, words: CodeWords): string[] {
  if (template.includes("untruncated_normal") || template.includes(", 'normal')"))
    return [`# ${words.notCut}`];
  if (/Normal\(seed|_normal\(\)/.test(template)) return [`# ${words.cut}`];
  return [];
}

function otherProgram(language: "keras" | "jax", source: CodeSource, words: CodeWords): string {
  const template = programs[source.scheme.scheme][language];
  const shape = source.layout === "torch" ? otherLayout(source.shape, source.layout) : source.shape;
  // Axes of one's own: the fans are not those that the library would read off the shape.
  const initializer = axesOf(source).length > 0 ? "" : fill(template, source);
  if (initializer === "") return loadProgram(language === "keras" ? "Keras" : "JAX", source, words);
  const notes = [...layoutNote(source, words), ...truncationNote(initializer, words)];
  if (language === "keras")
    return [
      "import keras",
      "",
      `initializer = ${initializer}`,
      ...notes,
      `kernel = initializer(${tuple(shape)})`,
    ].join("\n");
  return [
    "import jax",
    "import jax.numpy as jnp",
    "",
    `initializer = ${initializer}  # ${words.flax} nn.Dense(..., kernel_init=initializer)`,
    ...notes,
    `kernel = initializer(jax.random.key(${source.seed}), ${tuple(shape)}, jnp.float32)`,
  ].join("\n");
}

function cppProgram(
  { scheme: { scheme, ...parameters }, ...source }: CodeSource,
  words: CodeWords,
): string {
  const text = (value: string) => `std::string("${value}")`;
  const number = (value: number) =>
    Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
  const entries = [
    `{"scheme", ${text(scheme)}}`,
    ...Object.entries(parameters).map(
      ([id, value]) =>
        `{"scheme.${id}", ${typeof value === "number" ? number(value) : text(value)}}`,
    ),
    `{"shape", std::vector<double>{${source.shape.join(", ")}}}`,
    `{"layout", ${text(source.layout)}}`,
    ...axesOf(source).map(([id, list]) => `{"${id}", std::vector<double>{${list.join(", ")}}}`),
    `{"generator", ${text(source.generator)}}`,
    `{"seed", ${text(source.seed)}}`,
  ];
  return [
    "#include <initscope/checked.hpp>",
    "",
    `// ${words.sameBits}`,
    "const std::vector<float> w = initscope::checked::initialize({",
    ...entries.map((entry) => `    ${entry},`),
    "});",
  ].join("\n");
}

/**
 * A whole program, ready to run; its comments are in the reader's language. Throws an InitscopeError
 * that names what is wrong in the source, or a language that is not in LANGUAGES.
 */
export function codeFor(language: Language, given: CodeSource, locale: Locale = "en"): string {
  const words = codeWords[checkLocale(locale)];
  const source = checkSource(given);
  switch (checkLanguage(language)) {
    case "torch":
      return torchProgram(source, words);
    case "cpp":
      return cppProgram(source, words);
    case "keras":
      return otherProgram("keras", source, words);
    case "jax":
      return otherProgram("jax", source, words);
  }
}
