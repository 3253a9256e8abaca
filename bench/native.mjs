// Prints the native benchmark's table. Usage: node native.mjs BENCH_PROGRAM [--peers]
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { FLOPS, SAMPLES } from "./cases.mjs";
import { answerer, digits, interleave, processor, table } from "./table.mjs";

const [program, wantPeers] = process.argv.slice(2);
const ROUNDS = 9;
const python = "/usr/bin/python3";
const peersScript = join(import.meta.dirname, "native/peers.py");

// Settings that pin OpenBLAS to old kernels would slow the peers down.
const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _l2, ...environment } = process.env;
const peerEnvironment = { ...environment, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };

const sets = execFileSync(program, ["--list"], { encoding: "utf8" }).trim().split("\n");
const core = answerer(program, []);
const peers = wantPeers ? answerer(python, [peersScript], peerEnvironment) : undefined;

const SAMPLERS = ["uniform", "normal", "truncated"];
const HEAVY = [
  "forward_50x256",
  "forward_100x512",
  "net_12x256",
  "net_12x256_back",
  "orthogonal_256",
  "orthogonal_512",
  "resnet50",
  "gpt2",
];
/** Propagations: weights drawn, statistics taken, there and back. No peer does so. */
const WHOLE = ["plain_50x256_whole", "plain_100x512_whole", "net_12x256_whole"];
const PEERS = {
  uniform: ["numpy", "torch"],
  normal: ["numpy", "torch"],
  truncated: ["torch"],
  ...Object.fromEntries(HEAVY.map((name) => [name, ["torch"]])),
};

const measurements = new Map();
const best = sets.at(-1);
measurements.set("store", () => core.ask(`store ${best}`));
for (const name of [...SAMPLERS, ...HEAVY, ...WHOLE]) {
  const heavy = !SAMPLERS.includes(name);
  for (const set of heavy ? sets.slice(-2) : sets)
    measurements.set(`${name} ${set}`, () => core.ask(`${name} ${set}`));
  if (name === "uniform" || name === "normal")
    measurements.set(`std_${name}`, () => core.ask(`std_${name} ${best}`));
  if (peers)
    for (const peer of PEERS[name] ?? [])
      measurements.set(`${name} ${peer}`, () => peers.ask(`${name} ${peer}`));
}
const medians = await interleave(measurements, ROUNDS);
core.close();
peers?.close();

const TITLES = {
  uniform: "uniform (-1, 1)",
  normal: "normal (0, 1)",
  truncated: "truncated normal (-2, 2)",
  forward_50x256: "forward 50 x 256, batch 128",
  forward_100x512: "forward 100 x 512, batch 256",
  net_12x256: "pre-LN residual net 12 x 256",
  net_12x256_back: "the same, there and back",
  net_12x256_whole: "propagation of the same",
  plain_50x256_whole: "propagation 50 x 256",
  plain_100x512_whole: "propagation 100 x 512",
  orthogonal_256: "orthogonal 256 x 256",
  orthogonal_512: "orthogonal 512 x 512",
  resnet50: "ResNet-50, kaiming_normal",
  gpt2: "GPT-2 small, normal 0.02",
};
function quantity(name, nanoseconds) {
  if (SAMPLERS.includes(name)) return `${digits(nanoseconds / SAMPLES)} ns`;
  if (FLOPS[name]) return `${digits(FLOPS[name] / nanoseconds)} GFLOP/s`;
  return `${digits(nanoseconds / 1e6)} ms`;
}
const times = (key, own) => (medians.has(key) ? `${digits(medians.get(key) / own)}x` : "");
const rows = [];
for (const key of measurements.keys()) {
  const [name, set] = key.split(" ");
  if (!sets.includes(set)) continue;
  const own = medians.get(key);
  const share = SAMPLERS.includes(name)
    ? `${((100 * medians.get("store")) / own).toFixed(0)} %`
    : "";
  rows.push([
    TITLES[name],
    set,
    quantity(name, own),
    share,
    times(`std_${name}`, own),
    times(`${name} numpy`, own),
    times(`${name} torch`, own),
  ]);
}
console.log(`${processor()}, one thread, medians of ${ROUNDS} rounds in turn`);
if (peers)
  console.log(
    execFileSync(python, [peersScript, "--versions"], {
      encoding: "utf8",
      env: peerEnvironment,
    }).trim(),
  );
console.log(`store bandwidth: ${digits((4 * SAMPLES) / medians.get("store"))} GB/s (4 MiB)\n`);
console.log(table(["case", "set", "", "of store", "std", "NumPy", "PyTorch"], rows));
