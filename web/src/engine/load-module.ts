/**
 * Loads the module that Emscripten wrote and wasm-split parted. Only this file knows of either.
 * Calls into the deferred part go through the module's table, where placeholders stand until it is
 * there; they cannot wait, so that it is read and compiled while the caller stands still.
 */
import create from "@wasm/initscope.mjs";
import { Unavailable } from "./module.js";
import type { LoadModule, Module } from "./module.js";

/** The bytes at an address, in a worker, where such a request may be waited for. */
function readNow(url: string): ArrayBuffer {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    throw new Unavailable(`${url} could not be read`);
  }
  if (request.status !== 200) throw new Unavailable(`${url}: HTTP status ${request.status}`);
  return request.response as ArrayBuffer;
}

/** What came in place of a part: a page of HTML, say, or half of it. */
function broken(part: string, error: unknown): Unavailable {
  return new Unavailable(
    `${part} is broken: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function compile(bytes: ArrayBuffer): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw broken("the module's second part", error);
  }
}

/** The build that a part is of: see wasm/mark.mjs. */
function buildOf(part: WebAssembly.Module): string {
  const [mark] = WebAssembly.Module.customSections(part, "initscope.build");
  return new Uint8Array(mark ?? new ArrayBuffer(0)).join();
}

function tableOf(exports: WebAssembly.Exports): WebAssembly.Table {
  for (const value of Object.values(exports)) if (value instanceof WebAssembly.Table) return value;
  throw new Error("the module has no table");
}

/**
 * What stands in the table's places until `load` has filled them, as imports that are named by
 * their places. Callers may keep one for ever.
 */
function placeholders(load: () => WebAssembly.Table): WebAssembly.ModuleImports {
  let table: WebAssembly.Table | undefined;
  return new Proxy<WebAssembly.ModuleImports>(
    {},
    {
      get: (_, place: string) =>
        function (...values: unknown[]): unknown {
          table ??= load();
          return (table.get(Number(place)) as (...values: unknown[]) => unknown)(...values);
        },
    },
  );
}

interface Begun {
  readonly module: Module;
  /** Puts the second part in its place, which is compiled beside the thread. */
  readonly complete: (deferred: ArrayBuffer) => Promise<void>;
}

/** A module of whose second part the bytes are had by `deferred` when something of it is called. */
function begin(first: ArrayBuffer, deferred: () => ArrayBuffer): Promise<Begun> {
  return new Promise((resolve, reject) => {
    let primary: WebAssembly.Exports = {};
    let build = "";
    let table: WebAssembly.Table | undefined;
    // A site may be replaced while a page is open.
    const fits = (rest: WebAssembly.Module): WebAssembly.Module => {
      if (buildOf(rest) === build) return rest;
      throw new Unavailable("the module's parts are of two versions; load the page again");
    };
    const placeholder = placeholders(() => {
      if (!table) {
        new WebAssembly.Instance(fits(compile(deferred())), { primary });
        table = tableOf(primary);
      }
      return table;
    });
    const complete = async (bytes: ArrayBuffer): Promise<void> => {
      await WebAssembly.instantiate(fits(await WebAssembly.compile(bytes)), { primary });
      table = tableOf(primary);
    };
    const instantiateWasm = (imports: WebAssembly.Imports, receive: ReceiveInstance) => {
      WebAssembly.instantiate(first, { ...imports, placeholder }).then(
        ({ instance, module }) => {
          primary = instance.exports;
          build = buildOf(module);
          receive(instance, module);
        },
        (error: unknown) => reject(broken("the module's first part", error)),
      );
      return {};
    };
    // A name is given, so that the glue looks for no address of its own.
    create({ instantiateWasm, locateFile: (path) => path }).then(
      (module) => resolve({ module: module as Module, complete }),
      reject,
    );
  });
}

export const loadModule: LoadModule = async ({ first, deferred }) => {
  const read = () => (typeof deferred === "string" ? readNow(deferred) : deferred);
  return (await begin(first, read)).module;
};

/**
 * The module in a page's own thread, which may not wait for a file: without its second part calls into that
 * throw `Unavailable`, after which the module is not to be used any more.
 */
export async function loadHere(first: ArrayBuffer, deferred?: ArrayBuffer): Promise<Module> {
  const { module, complete } = await begin(first, () => {
    throw new Unavailable("the module's second part is not here");
  });
  if (deferred) await complete(deferred);
  return module;
}
