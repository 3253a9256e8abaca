/** The exporters as the package has them: what they are given is read as what its other calls are given. */
import { plainFloats } from "../engine/caller/floats.js";
import { codeFor as writeCode } from "../files/code.js";
import type { CodeSource, Language } from "../files/code.js";
import * as files from "../files/tensors.js";
import type { NamedTensor } from "../files/tensors.js";
import { torchText as printTensor } from "../files/torch-text.js";
import type { Locale } from "../i18n/locale.js";
import { ownArgument, ownObject } from "./own.js";

/** Values are written before the call returns: they need no copy. */
const VALUES = { at: /^(tensors\.\d+\.)?values$/, take: plainFloats };

function ownTensors(given: unknown): readonly NamedTensor[] {
  return ownArgument(given, "tensors", VALUES) as readonly NamedTensor[];
}

/** A scheme as a program, ready to run, with comments in English or Chinese. Throws an InitscopeError. */
export function codeFor(language: Language, source: CodeSource, locale?: Locale): string {
  return writeCode(language, ownObject(source, "source") as unknown as CodeSource, locale);
}

/** A tensor in NumPy's format. Throws an InitscopeError. */
export function toNpy(tensor: Pick<NamedTensor, "shape" | "values">): Uint8Array<ArrayBuffer> {
  return files.toNpy(ownObject(tensor, "tensor", VALUES) as unknown as NamedTensor);
}

/** A zip of such files, as numpy.savez writes it. Throws an InitscopeError. */
export function toNpz(tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  return files.toNpz(ownTensors(tensors));
}

/** Tensors in the format of safetensors. Throws an InitscopeError. */
export function toSafetensors(tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  return files.toSafetensors(ownTensors(tensors));
}

/** A tensor as PyTorch prints it. Throws an InitscopeError. */
export function torchText(values: Float32Array, shape: readonly number[]): string {
  const numbers = ownArgument(values, "values", VALUES) as Float32Array;
  return printTensor(numbers, ownArgument(shape, "shape") as readonly number[]);
}
