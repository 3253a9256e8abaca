/** A network as a program of another library, with its initialization: ready to run, in the reader's language. */
import type { Locale } from "../i18n/locale.js";
import { checkedId } from "./check.js";
import { codeWords } from "./code-words.js";
import { netCodeWords } from "./net-code-words.js";
import { flaxNet, kerasNet } from "./net-functional.js";
import { NoInitializer } from "./net-recipes.js";
import type { NetSource } from "./net-source.js";
import { torchNet } from "./net-torch.js";

export type { NetSource } from "./net-source.js";

export type NetLibrary = "torch" | "keras" | "flax";
const NAMES: Readonly<Record<NetLibrary, string>> = {
  torch: "PyTorch",
  keras: "Keras",
  flax: "Flax",
};
/** As readers choose them: who looks for JAX need not know Flax. */
export const NET_LIBRARIES: readonly { readonly id: NetLibrary; readonly name: string }[] = [
  { id: "torch", name: NAMES.torch },
  { id: "keras", name: NAMES.keras },
  { id: "flax", name: `JAX, ${NAMES.flax}` },
];

const WRITERS = { torch: torchNet, keras: kerasNet, flax: flaxNet };

/** A program, or why the library has none: by the scheme that it does not know. */
export type NetProgram =
  { readonly text: string } | { readonly refusal: string; readonly scheme: string };

/** Throws an InitscopeError for all but the id of a library. */
export function checkNetLibrary(given: unknown): NetLibrary {
  return checkedId(
    "library",
    given,
    NET_LIBRARIES.map(({ id }) => id),
  );
}

export function netProgram(library: NetLibrary, source: NetSource, locale: Locale): NetProgram {
  const words = { ...codeWords[locale], ...netCodeWords[locale] };
  try {
    return { text: WRITERS[library](source, words) };
  } catch (error) {
    if (!(error instanceof NoInitializer)) throw error;
    return { refusal: words.noInitializer(NAMES[library], error.scheme), scheme: error.scheme };
  }
}
