// Builds the page in its shapes. Needs the wasm preset built first (scripts/build does both).
//   dist/site/                  the modular site
//   dist/site/initscope.html    the whole page in one file
//   dist/npm/                   the package: engine for browsers and Node, custom elements
// Usage: [INITSCOPE_SITE=https://HOST/PATH/] node build.mjs [OUTPUT_DIR]
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { writeCourse } from "./course.mjs";
import { withFrame } from "./frame.mjs";
import { collect, noticeOfBuild } from "./notice.mjs";
import { escape, fillWords, hashOf, LANGUAGES, withScript } from "./paint.mjs";
import { writeServiceWorker } from "./release.mjs";
import { exampleTexts, glue, lateFormat, leanPlot, noCircles, wasmText } from "./plugins.mjs";
import { replaceExactly, replaceOnce } from "./replace.mjs";
import { version } from "./version.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(web);
const wasmDir = join(root, "build/wasm/wasm");
const workDir = join(root, "build/web");
/** What wasm/CMakeLists.txt parts the module into. */
const parts = ["initscope.wasm", "initscope.deferred.wasm"];
/** The audit's examples: `checkpoints.mjs` makes them. */
const examples = join(web, "checkpoints");
/** The scripts of workers. */
const workers = ["worker.js", "audit-worker.js"];
const dist = process.argv[2] ?? join(root, "dist");
const generated = join(web, "src/generated");

const alias = (assets) => ({
  "@wasm": wasmDir,
  "@worker": workDir,
  "@assets": join(web, `src/engine/assets.${assets}.ts`),
});

/** Folders of the packages whose code is in an artefact; `all` is in each: the worker, the first paint. */
const held = { all: new Set(), site: new Set(), single: new Set(), npm: new Set() };

/** The licences of what is in these artefacts. */
const noticeFor = (...artefacts) =>
  noticeOfBuild(
    ["all", ...artefacts].flatMap((name) => [...held[name]]),
    root,
  );

const common = (assets, artefact) => ({
  configFile: false,
  root: web,
  base: "./",
  logLevel: "warn",
  resolve: { alias: alias(assets) },
  plugins: [
    wasmText(wasmDir, parts),
    exampleTexts(examples),
    glue,
    lateFormat,
    leanPlot,
    collect(held[artefact], root),
  ],
});

/** One script from one entry, not split. */
async function buildScript(script) {
  const { entry, format, assets, outDir, fileName, artefact = "all", external = [] } = script;
  await build({
    ...common(assets, artefact),
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      lib: {
        entry: join(web, entry),
        formats: [format],
        name: "initscope",
        fileName: () => fileName,
        cssFileName: "page",
      },
      rolldownOptions: { external, output: { codeSplitting: false } },
    },
  });
}

function generateTypes() {
  execFileSync(process.execPath, [
    join(web, "scripts/generate.mjs"),
    join(root, "build/wasm/catalogue.json"),
    generated,
  ]);
  cpSync(join(root, "build/wasm/results.ts"), join(generated, "results.ts"));
}

/** Words and the first paint's script, for the pages. */
async function readPaint() {
  const shared = { assets: "urls", outDir: workDir };
  const words = { entry: "src/i18n/index.ts", format: "es", fileName: "messages.mjs" };
  const script = { entry: "src/pages/first-paint.ts", format: "iife", fileName: "first-paint.js" };
  await buildScript({ ...shared, ...words });
  await buildScript({ ...shared, ...script });
  const i18n = await import(pathToFileURL(join(workDir, words.fileName)));
  for (const language of LANGUAGES) await i18n.pageWords.load(language);
  const code = readFileSync(join(workDir, script.fileName), "utf8").trim();
  return (html) => withScript(fillWords(withFrame(html), i18n), code);
}

async function buildSite(paint) {
  await build({
    ...common("urls", "site"),
    plugins: [
      ...common("urls", "site").plugins,
      noCircles,
      { name: "initscope-paint", transformIndexHtml: { order: "post", handler: paint } },
    ],
    build: {
      outDir: join(dist, "site"),
      emptyOutDir: true,
      target: "es2022",
      // Never inlined: a data: address would not pass the CSP.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: [
          ...["index", "embed", "bench"].map((page) => join(web, `${page}.html`)),
          ...writeCourse(web),
        ],
        // What the first view shares with parts that come later: a request for what all pages have, one for
        // what draws and one for what is said of a network, since many small files are larger together, and slower.
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              {
                name: "small",
                test: /src\/(engine\/(decimal|shown|state-length)|generated\/limits|i18n\/(han|numbers)|controls\/(draw-queue|printing))\.ts$/,
                priority: 2,
              },
              {
                name: "verdict",
                test: /src\/labs\/propagation\/(verdict\/|plan\.ts|net\/presets\.ts)/,
                priority: 1,
              },
              {
                name: "figures",
                test: /src\/(slots|controls\/(folded|formula|queued-element|tabs|styles|terms|why)|charts\/(theme|annotate|by-layer|layer-axis|series|rows|labels|plot|sheet)|labs\/(trend|trend-text|phase-text)|figures\/(drawing|export|room-change)|labs\/propagation\/(data|way|state|flow\/(density|drawing|geometry)))\.ts$|node_modules\/(lit|@lit|@observablehq|d3|internmap|isoformat|interval-tree)/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
  });
}

async function buildSingleFile(paint) {
  const outDir = join(workDir, "single");
  await buildScript({
    entry: "src/pages/single.ts",
    format: "iife",
    assets: "inline",
    artefact: "single",
    outDir,
    fileName: "page.js",
  });
  const script = readFileSync(join(outDir, "page.js"), "utf8").replaceAll("</script", "<\\/script");
  const style = readFileSync(join(outDir, "page.css"), "utf8");
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    `style-src ${hashOf(style)}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  // What a file alone has otherwise, or not at all: [how often it is there, what, what for it].
  const otherwise = [
    [1, /content="default-src[^"]*"/, `content="${policy}"`],
    [1, / data-course="[^"]*"/, ""],
    [2, /\s*<link rel="(icon|manifest)"[^>]*>/, ""],
    [2, 'href="./index.html"', 'href="#"'],
    [8, /\s*<a data-site[^>]*>.*?<\/a\s*>/s, ""],
    [8, /\s*<meta property="og:[^>]*>/, ""],
    [
      1,
      "</footer>",
      '<details><summary>{{ui.notices}}</summary><pre lang="en">@NOTICE@</pre></details></footer>',
    ],
    [1, /<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`],
    [1, /\s*<script type="module"[^>]*><\/script>/, ""],
  ];
  const bare = otherwise.reduce(
    (page, [count, wanted, by]) => replaceExactly(count, page, wanted, by, "index.html"),
    withFrame(readFileSync(join(web, "index.html"), "utf8")),
  );
  const painted = replaceOnce(
    paint(bare),
    "@NOTICE@",
    escape(noticeFor("single")),
    "the single file's footer",
  );
  const page = replaceOnce(
    painted,
    "</body>",
    `<script>${script}</script>\n  </body>`,
    "index.html",
  );
  writeFileSync(join(dist, "site/initscope.html"), page);
}

/** The package's .d.ts files, from the same sources. */
function declareTypes(outDir) {
  const config = join(workDir, "tsconfig.package.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: join(web, "src"),
        outDir,
        typeRoots: [join(root, "node_modules/@types")],
        paths: { "@assets": [join(web, "src/engine/assets.urls.ts")] },
      },
      files: [
        "src/package/index.ts",
        "src/package/elements.ts",
        "src/package/anywidget.ts",
        "src/engine/assets.d.ts",
        "src/engine/emscripten.d.ts",
      ].map((file) => join(web, file)),
      include: [],
    }),
  );
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", config], {
    stdio: "inherit",
  });
}

async function buildPackage() {
  const outDir = join(dist, "npm");
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const shared = { format: "es", assets: "package", artefact: "npm", outDir };
  await buildScript({ ...shared, entry: "src/package/elements.ts", fileName: "elements.js" });
  await buildScript({
    ...shared,
    entry: "src/package/index.ts",
    fileName: "index.js",
    external: [/node\.js$/, /^node:/],
  });
  await buildScript({
    ...shared,
    entry: "src/package/node.ts",
    fileName: "node.js",
    external: [/^node:/],
  });
  // In one module, since notebooks load it from a text.
  await buildScript({
    ...shared,
    assets: "inline",
    entry: "src/package/anywidget.ts",
    fileName: "anywidget.mjs",
  });
  declareTypes(join(outDir, "types"));
  for (const worker of workers) cpSync(join(workDir, worker), join(outDir, worker));
  for (const part of parts) cpSync(join(wasmDir, part), join(outDir, part));
  cpSync(examples, join(outDir, "checkpoints"), { recursive: true });
  cpSync(join(root, "LICENSE"), join(outDir, "LICENSE"));
  writeFileSync(join(outDir, "NOTICE.txt"), noticeFor("npm"));
  cpSync(join(web, "npm-readme.md"), join(outDir, "README.md"));
  writeFileSync(
    join(outDir, "package.json"),
    JSON.stringify(
      {
        name: "initscope",
        version,
        description: "An oscilloscope for neural-network initialization",
        license: "MIT",
        type: "module",
        engines: { node: ">=20" },
        exports: {
          ".": { types: "./types/package/index.d.ts", default: "./index.js" },
          "./elements": { types: "./types/package/elements.d.ts", default: "./elements.js" },
          // For bundlers, which copy them beside the scripts.
          ...Object.fromEntries(parts.map((part) => [`./${part}`, `./${part}`])),
          "./anywidget": { types: "./types/package/anywidget.d.ts", default: "./anywidget.mjs" },
        },
        sideEffects: ["./elements.js"],
      },
      null,
      2,
    ) + "\n",
  );
}

generateTypes();
for (const [i, entry] of ["src/engine/worker.ts", "src/audit/worker.ts"].entries())
  await buildScript({
    entry,
    format: "iife",
    assets: "urls",
    outDir: workDir,
    fileName: workers[i],
  });
const paint = await readPaint();
await buildSite(paint);
await buildSingleFile(paint);
await buildPackage();
// The package's scripts on the site too, for pages that embed an element from there.
for (const file of ["elements.js", "index.js", "anywidget.mjs", ...workers, ...parts])
  cpSync(join(dist, "npm", file), join(dist, "site/lib", file));
for (const folder of ["site", "site/lib"])
  cpSync(examples, join(dist, folder, "checkpoints"), { recursive: true });
cpSync(join(root, "LICENSE"), join(dist, "site/LICENSE.txt"));
writeFileSync(join(dist, "site/NOTICE.txt"), noticeFor("site", "single", "npm"));
writeServiceWorker(join(dist, "site"), readFileSync(join(web, "src/pages/sw.js"), "utf8"));
// For the test that compares the notices with it.
const contents = Object.entries(held).map(([name, folders]) => [name, [...folders].sort()]);
writeFileSync(join(workDir, "contents.json"), JSON.stringify(Object.fromEntries(contents)));
