// Builds the web benchmark's page, runs it in Chromium and prints its table.
// Usage: node web.mjs BENCH_MODULE_FOLDER NATIVE_BENCH_PROGRAM
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { launchOptions } from "../web/scripts/chromium.mjs";
import { serve } from "../web/scripts/serve.mjs";
import { FLOPS, SAMPLES } from "./cases.mjs";
import { answerer, digits, interleave, processor, table } from "./table.mjs";

const [moduleFolder, nativeProgram] = process.argv.slice(2);
const here = import.meta.dirname;
const outDir = join(here, "../build/bench");
const ROUNDS = 9;

await build({
  configFile: false,
  root: join(here, "web"),
  logLevel: "error",
  resolve: { alias: { "@bench": moduleFolder } },
  // Emscripten's script is given the module's bytes.
  plugins: [
    {
      name: "glue",
      enforce: "pre",
      transform: (code, id) =>
        id.endsWith("initscope_bench.mjs")
          ? code
              .replace(/new URL\("initscope_bench.wasm",\s*import.meta.url\).toString\(\)/, '""')
              .replaceAll("import.meta.url", '""')
          : undefined,
    },
  ],
  build: {
    outDir,
    emptyOutDir: true,
    minify: true,
    lib: { entry: join(here, "web/page.js"), formats: ["es"], fileName: () => "page.js" },
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
mkdirSync(outDir, { recursive: true });
cpSync(join(moduleFolder, "initscope_bench.wasm"), join(outDir, "initscope_bench.wasm"));
for (const kind of ["", "-simd", "-threaded-simd"])
  cpSync(
    join(here, `web/node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`),
    join(outDir, `tfjs-backend-wasm${kind}.wasm`),
  );
writeFileSync(
  join(outDir, "index.html"),
  '<!doctype html><link rel="icon" href="data:," /><script type="module" src="page.js"></script>',
);

const site = await serve(outDir, 8800);
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(String(error)));
await page.goto(site.url);
await page.waitForFunction(() => globalThis.ready !== undefined);
await page.evaluate(() => globalThis.ready);
const names = await page.evaluate(() => globalThis.names);
const measure = (name) => page.evaluate((which) => globalThis.measure(which), name);
for (const name of names) await measure(name); // compiled, warm

// The same kernels natively, with four lanes, in the same run.
const native = answerer(nativeProgram, []);
const measurements = new Map(names.map((name) => [name, () => measure(name)]));
for (const name of ["uniform", "normal", "truncated", "forward_50x256", "net_12x256"])
  measurements.set(`${name} sse2`, () => native.ask(`${name} sse2`));
const medians = await interleave(measurements, ROUNDS);
native.close();
const version = browser.version();
await browser.close();
site.server.closeAllConnections();
site.server.close();

const PEERS = ["Math.random", "d3", "stdlib", "tfjs-cpu", "tfjs-wasm", "sse2"];
const CASES = [
  ["uniform (-1, 1)", "uniform", "uniform"],
  ["normal (0, 1)", "normal", "normal"],
  ["truncated normal (-2, 2)", "truncated", "truncated"],
  ["Glorot uniform 1024 x 1024", "uniform", "glorot_uniform"],
  ["He normal 1024 x 1024 (theirs truncated)", "truncated", "he_normal"],
  ["orthogonal 256 x 256", "orthogonal_256", "orthogonal_256"],
  ["forward 50 x 256, batch 128", "forward_50x256", "forward_50x256"],
  ["forward 100 x 512, batch 256", "forward_100x512", "forward_100x512"],
  ["pre-LN residual net 12 x 256, batch 128", "net_12x256", "net_12x256"],
];
const rows = CASES.map(([title, ours, theirs]) => {
  const own = medians.get(`${ours} initscope`);
  const sampler = !FLOPS[ours] && !ours.startsWith("orthogonal");
  const quantity = FLOPS[ours]
    ? `${digits(FLOPS[ours] / own)} GFLOP/s`
    : sampler
      ? `${digits(own / SAMPLES)} ns`
      : `${digits(own / 1e6)} ms`;
  const share = sampler ? `${((100 * medians.get("store initscope")) / own).toFixed(0)} %` : "";
  const ratios = PEERS.map((peer) => {
    const other = medians.get(`${theirs} ${peer}`);
    return other === undefined ? "" : `${digits(other / own)}x`;
  });
  return [title, quantity, share, ...ratios];
});
console.log(`${processor()}, Chromium ${version}, one thread, medians of ${ROUNDS} rounds in turn`);
// Ours trains 600 steps of four networks a run, with a page's frames; theirs 20 without.
const perStep = [
  medians.get("training initscope") / 2400,
  medians.get("training tfjs-wasm") / 80,
].map((time) => 1e9 / time);
console.log(
  `training 8 x 64 on 2000 points, batch 64: ${digits(perStep[0])} steps a second, ` +
    `tfjs-wasm ${digits(perStep[1])}: ${digits(perStep[0] / perStep[1])}x`,
);
console.log(
  `a propagation of the net, weights drawn, statistics taken, there and back: ` +
    `${digits(medians.get("net_12x256_whole initscope") / 1e6)} ms`,
);
console.log(
  `store bandwidth in WebAssembly: ${digits((4 * SAMPLES) / medians.get("store initscope"))} GB/s (4 MiB)\n`,
);
console.log(table(["case", "", "of store", ...PEERS.slice(0, -1), "native SSE2"], rows));
