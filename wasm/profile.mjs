// Runs on an instrumented module what the first view, its presets and a call for one tensor ask, for seven
// activations, and writes down which functions were called: wasm-split keeps those in the first part. Other
// activations may need the second, and every other lab does.
// Usage: node profile.mjs GLUE INSTRUMENTED CATALOGUE OUTPUT
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [glue, instrumented, catalogueFile, output] = process.argv.slice(2);
const catalogue = JSON.parse(readFileSync(catalogueFile, "utf8"));
const { default: create } = await import(pathToFileURL(glue));

let exports;
const module = await create({
  locateFile: (path) => path,
  instantiateWasm: (imports, receive) => {
    WebAssembly.instantiate(readFileSync(instrumented), imports).then(
      ({ instance, module: compiled }) => {
        exports = instance.exports;
        receive(instance, compiled);
      },
    );
    return {};
  },
});

/** A job from its check to its end, as the engine's server runs it. */
function run(kind, spec) {
  const issues = module.check(kind, spec, null);
  if (issues.length > 0) throw new Error(`${kind}: ${JSON.stringify({ spec, issues })}`);
  const job = module.start(kind, spec, null);
  while (job.advance()) job.progress();
  job.frames();
  job.result();
  job.delete();
}

/** What the engine sends: defaults, but for fields that follow others. */
const complete = (request, spec) => ({
  ...Object.fromEntries(
    catalogue.requests[request]
      .filter((field) => !field.follows)
      .map((field) => [field.id, field.default]),
  ),
  ...spec,
});

// Schemes that draw each element by itself from a distribution; others may bring more code.
const schemes = [
  "zeros",
  "ones",
  "constant",
  "uniform",
  "normal",
  "trunc_normal",
  "xavier_uniform",
  "xavier_normal",
  "kaiming_uniform",
  "kaiming_normal",
  "torch_linear",
  "edge_of_chaos",
  "siren",
];
for (const activation of ["relu", "linear", "leaky_relu", "tanh", "sigmoid", "gelu", "sin"]) {
  for (const scheme of ["normal", "xavier_normal", "kaiming_uniform"]) {
    const network = complete("propagation", { scheme, activation, width: 64, depth: 20 });
    run("propagation", network);
    run("meanField", network);
  }
}
for (const scheme of schemes) {
  const tensor = complete("initialize", { scheme, shape: [64, 32] });
  if (module.checkInitialize(tensor).length > 0 || module.initialize(tensor, null).length !== 2048)
    throw new Error(`initialize: ${JSON.stringify(tensor)}`);
  module.warnings(tensor);
  // Among them the first view itself; and every time in the memory of another network.
  run("propagation", complete("propagation", { scheme }));
  const bias = scheme === "edge_of_chaos" ? scheme : "torch_linear_bias";
  const biased = { scheme, bias, repeats: 3, width: 64, depth: 10 };
  run("propagation", complete("propagation", biased));
}

// What the verdict tries on the first view's network and its presets'.
for (const nonlinearity of ["relu", "linear", "leaky_relu"]) {
  const he = { scheme: "kaiming_normal", "scheme.nonlinearity": nonlinearity };
  run("propagation", complete("propagation", he));
}

// The counters are written over the end of the memory, which is not used any more.
const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory).buffer;
const size = exports.__write_profile(0, 0);
const at = memory.byteLength - size;
exports.__write_profile(at, size);
writeFileSync(output, new Uint8Array(memory, at, size));
