// The page of the web benchmark: every measurement by name, each in nanoseconds a run. The core's
// cases run in a WebAssembly module in this page's thread, as the peers do.
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { randomNormal, randomUniform } from "d3-random";
import stdNormal from "@stdlib/random-base-normal";
import stdUniform from "@stdlib/random-base-uniform";
import create from "@bench/initscope_bench.mjs";
import { timePerRun } from "../../web/src/pages/timing.ts";

const SAMPLES = 1 << 20;
const ENOUGH = 25; // milliseconds: the clock's steps are 0.1 ms
const out = new Float32Array(SAMPLES);

function fill(draw) {
  for (let i = 0; i < SAMPLES; ++i) out[i] = draw();
}

function boxMuller() {
  for (let i = 0; i < SAMPLES; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    out[i] = radius * Math.cos(angle);
    out[i + 1] = radius * Math.sin(angle);
  }
}

const measurements = {
  "uniform Math.random": () => fill(() => 2 * Math.random() - 1),
  "uniform d3": () => fill(d3Uniform),
  "uniform stdlib": () => fill(stdlibUniform),
  "normal Math.random": boxMuller,
  "normal d3": () => fill(d3Normal),
  "normal stdlib": () => fill(stdlibNormal),
};
const d3Uniform = randomUniform(-1, 1);
const d3Normal = randomNormal(0, 1);
const stdlibUniform = stdUniform.factory(-1, 1, { seed: 1 });
const stdlibNormal = stdNormal.factory(0, 1, { seed: 1 });

/** A tensor of TensorFlow.js, made and let go. */
const make = (backend, make) => async () => {
  await tf.setBackend(backend);
  make().dispose();
};
for (const backend of ["cpu", "wasm"]) {
  const name = `tfjs-${backend}`;
  measurements[`uniform ${name}`] = make(backend, () => tf.randomUniform([SAMPLES], -1, 1));
  measurements[`normal ${name}`] = make(backend, () => tf.randomNormal([SAMPLES]));
  measurements[`truncated ${name}`] = make(backend, () => tf.truncatedNormal([SAMPLES]));
  const square = [1024, 1024];
  measurements[`glorot_uniform ${name}`] = make(backend, () =>
    tf.initializers.glorotUniform({}).apply(square),
  );
  measurements[`he_normal ${name}`] = make(backend, () =>
    tf.initializers.heNormal({}).apply(square),
  );
  measurements[`orthogonal_256 ${name}`] = make(backend, () =>
    tf.initializers.orthogonal({}).apply([256, 256]),
  );
}

/** ReLU layers without biases: the fused product of TensorFlow.js. */
function forward(depth, width, batch) {
  let weights, input;
  return async () => {
    await tf.setBackend("wasm");
    weights ??= Array.from({ length: depth }, () =>
      tf.randomNormal([width, width], 0, Math.sqrt(2 / width)),
    );
    input ??= tf.randomNormal([batch, width]);
    let h = input.clone();
    for (const weight of weights) {
      const next = tf.fused.matMul({ a: h, b: weight, activation: "relu" });
      h.dispose();
      h = next;
    }
    h.dataSync();
    h.dispose();
  };
}
measurements["forward_50x256 tfjs-wasm"] = forward(50, 256, 128);
measurements["forward_100x512 tfjs-wasm"] = forward(100, 512, 256);

/** Residual blocks of a pre-LN transformer without its attention: depth, width and batch as in cases.cpp. */
function preNorm() {
  const [depth, width, batch] = [12, 256, 128];
  const dense = (inputs, outputs) => ({
    weight: tf.randomNormal([inputs, outputs], 0, Math.sqrt(2 / inputs)),
    bias: tf.zeros([outputs]),
  });
  // Fewer kernels than tf.layers.layerNormalization, which goes by batch normalization.
  const normalize = (x) => {
    const centered = x.sub(x.mean(1, true));
    return centered.mul(centered.square().mean(1, true).add(1e-5).rsqrt());
  };
  let blocks, input;
  return async () => {
    await tf.setBackend("wasm");
    blocks ??= Array.from({ length: depth }, () => [
      dense(width, 4 * width),
      dense(4 * width, width),
    ]);
    input ??= tf.randomNormal([batch, width]);
    const output = tf.tidy(() => {
      let x = input;
      for (const [wide, narrow] of blocks) {
        const h = tf.fused.matMul({
          a: normalize(x),
          b: wide.weight,
          bias: wide.bias,
          activation: "relu",
        });
        x = x.add(tf.fused.matMul({ a: h, b: narrow.weight, bias: narrow.bias }));
      }
      return x;
    });
    output.dataSync();
    output.dispose();
  };
}
measurements["net_12x256 tfjs-wasm"] = preNorm();

/** Steps of SGD of four networks of 8 x 64, batches of 64 out of 2000 points. */
function training(steps) {
  const SAMPLES = 2000;
  const BATCH = 64;
  const widths = [2, ...Array(8).fill(64), 2];
  let networks, x, y, optimizer;
  return async () => {
    await tf.setBackend("wasm");
    optimizer ??= tf.train.sgd(0.01);
    x ??= tf.randomNormal([SAMPLES, 2]);
    y ??= tf.oneHot(tf.randomUniform([SAMPLES], 0, 2, "int32"), 2).toFloat();
    networks ??= Array.from({ length: 4 }, () =>
      widths.slice(1).map((n, l) => ({
        weight: tf.variable(tf.randomNormal([widths[l], n], 0, Math.sqrt(2 / widths[l]))),
        bias: tf.variable(tf.zeros([n])),
      })),
    );
    for (let step = 0; step < steps; ++step) {
      const begin = [(step * BATCH) % (SAMPLES - BATCH), 0];
      for (const layers of networks)
        tf.tidy(() => {
          const labels = y.slice(begin, [BATCH, 2]);
          const input = x.slice(begin, [BATCH, 2]);
          optimizer.minimize(() => {
            let h = input;
            for (const [l, { weight, bias }] of layers.entries())
              h = tf.fused.matMul({
                a: h,
                b: weight,
                bias,
                activation: l + 1 < layers.length ? "relu" : "linear",
              });
            return tf.losses.softmaxCrossEntropy(labels, h);
          });
        });
    }
    networks[3][0].weight.dataSync();
  };
}
measurements["training tfjs-wasm"] = training(20);

async function start() {
  const folder = new URL("./", location.href).href;
  setWasmPaths(folder);
  setThreadsCount(1);
  const wasm = await (await fetch("initscope_bench.wasm")).arrayBuffer();
  const core = await create({ wasmBinary: wasm, locateFile: (path) => path });
  for (const name of [
    "store",
    "uniform",
    "normal",
    "truncated",
    "orthogonal_256",
    "forward_50x256",
    "forward_100x512",
    "net_12x256",
    "net_12x256_whole",
    "training",
  ])
    measurements[`${name} initscope`] = () => {
      if (!core.run(name, 1)) throw new Error(`no case ${name}`);
    };
  globalThis.names = Object.keys(measurements);
  globalThis.measure = (name) => timePerRun(measurements[name], ENOUGH);
}
globalThis.ready = start();
