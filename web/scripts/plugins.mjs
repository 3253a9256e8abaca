// Plugins of the page's build: what is changed of other people's code, and what must not come of ours.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceExactly, replaceOnce } from "./replace.mjs";

/** The module's parts as texts, for the single file. */
export const wasmText = (wasmDir, parts) => ({
  name: "initscope-wasm-text",
  resolveId: (id) => (id === "virtual:initscope-wasm" ? `\0${id}` : undefined),
  load: (id) =>
    id === "\0virtual:initscope-wasm"
      ? ["first", "deferred"]
          .map((name, i) => {
            const base64 = readFileSync(join(wasmDir, parts[i])).toString("base64");
            return `export const ${name} = "${base64}";`;
          })
          .join("\n")
      : undefined,
});

/** Emscripten's script is always given the module's bytes: no address of its own is needed. */
export const glue = {
  name: "initscope-glue",
  enforce: "pre",
  transform: (code, id) =>
    id.endsWith("initscope.mjs")
      ? replaceExactly(
          1, // once the first is gone
          replaceOnce(
            code,
            'new URL("initscope.wasm",import.meta.url).toString()',
            '"initscope.wasm"',
            "Emscripten's script",
          ),
          "import.meta.url",
          '""',
          "Emscripten's script",
        )
      : undefined,
};

/**
 * Plot makes a format for numbers when it is loaded, and with it the browser reads its locale data:
 * 22 of the 265 ms of script that the first view took. The page gives Plot texts, and needs none.
 */
export const lateFormat = {
  name: "initscope-late-format",
  transform: (code, id) => {
    if (!id.endsWith("/plot/src/format.js")) return undefined;
    const early = "export const formatDefault = formatAuto();";
    const late =
      'let auto;\nexport const formatDefault = (value) => typeof value === "string" ? value : (auto ??= formatAuto())(value);';
    return replaceOnce(code, early, late, "Plot's format.js");
  },
};

/**
 * Ends the build where chunks import one another in a circle, which groups made by hand can do: a class
 * would then extend what is not there yet, and the page would not come up.
 */
export const noCircles = {
  name: "initscope-no-circles",
  generateBundle(_, bundle) {
    const done = new Set();
    const follow = (file, path) => {
      if (path.includes(file))
        throw new Error(`chunks in a circle: ${[...path, file].join(" -> ")}`);
      if (done.has(file)) return;
      for (const next of bundle[file]?.imports ?? []) follow(next, [...path, file]);
      done.add(file);
    };
    for (const file of Object.keys(bundle)) follow(file, []);
  },
};
