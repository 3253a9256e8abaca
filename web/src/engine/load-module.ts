/** Loads the module that Emscripten wrote. Only this file knows that it is Emscripten's. */
import create from "@wasm/initscope.mjs";
import type { LoadModule, Module } from "./module.js";

export const loadModule: LoadModule = async (wasm) => {
  // Both options, so that the glue looks for no file and no address of its own.
  const module: unknown = await create({ wasmBinary: wasm, locateFile: (path: string) => path });
  return module as Module;
};
