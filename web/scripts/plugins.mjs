// Plugins of the page's build: what is changed of other people's code, and what must not come of ours.
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { replaceExactly, replaceOnce } from "./replace.mjs";

/** A file as a text, packed: `assets.inline.ts` unpacks it. */
const packed = (...path) => gzipSync(readFileSync(join(...path)), { level: 9 }).toString("base64");

/** The module's parts as texts, for the single file. */
export const wasmText = (wasmDir, parts) => ({
  name: "initscope-wasm-text",
  resolveId: (id) => (id === "virtual:initscope-wasm" ? `\0${id}` : undefined),
  load: (id) =>
    id === "\0virtual:initscope-wasm"
      ? ["first", "deferred"]
          .map((name, i) => `export const ${name} = "${packed(wasmDir, parts[i])}";`)
          .join("\n")
      : undefined,
});

/** The audit's examples as texts by their names, for the single file. */
export const exampleTexts = (folder) => ({
  name: "initscope-example-texts",
  resolveId: (id) => (id === "virtual:initscope-examples" ? `\0${id}` : undefined),
  load: (id) => {
    if (id !== "\0virtual:initscope-examples") return undefined;
    const texts = readdirSync(folder).map((file) => [
      basename(file, ".safetensors"),
      packed(folder, file),
    ]);
    return `export const examples = ${JSON.stringify(Object.fromEntries(texts.sort()))};`;
  },
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

/** Of a package of which figures use little: a module's text with what is kept, and the names that it had. */
async function leanModule(id, keep) {
  const whole = await import(pathToFileURL(id.split("?")[0]));
  const kept = keep(whole);
  const left = Object.keys(whole).filter((name) => !(name in kept));
  return [
    'const leftOut = () => { throw new Error("figures use none of this, and the build leaves it out"); };',
    ...Object.entries(kept).map(([name, code]) => `export const ${name} = ${code};`),
    `export { ${left.map((name) => `leftOut as ${name}`).join(", ")} };`,
  ].join("\n");
}

/** Steps of d3's viridis. */
const SHADES = 256;
const viridis = ({ interpolateViridis }) => {
  const shades = Array.from({ length: SHADES }, (_, i) => interpolateViridis((i + 0.5) / SHADES));
  return `(t) => ${JSON.stringify(shades)}[Math.max(0, Math.min(${SHADES - 1}, Math.floor(t * ${SHADES})))]`;
};

/**
 * Plot names every map projection and every colour scheme that d3 has, and a bundler cannot see that figures
 * draw no maps and take one scheme: 19 of the first view's 180 kB.
 */
export const leanPlot = {
  name: "initscope-lean-plot",
  transform: (code, id) => {
    if (/\/d3-geo\/dist\/[\w-]+\.mjs/.test(id))
      return leanModule(id, () => ({ geoTransform: "() => leftOut" })); // called when Plot is loaded
    if (/\/d3-scale-chromatic\/dist\/[\w-]+\.mjs/.test(id))
      return leanModule(id, (whole) => ({ interpolateViridis: viridis(whole) }));
    return undefined;
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
