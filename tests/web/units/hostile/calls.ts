/** Good calls of every entry, small ones, and the same with a value put in somewhere. */
import { toNpy } from "../../../../web/src/files/tensors.js";
import type { Path } from "./entries.js";

/** A training that is over at once. */
const race = {
  schemes: [{ scheme: "normal", std: 2 }],
  samples: 20,
  batch: 4,
  depth: 1,
  width: 4,
  steps: 2,
};

/** For each entry, arguments that it answers in a few milliseconds. */
export const goodCalls: Readonly<Record<string, readonly unknown[]>> = {
  load: [],
  catalogue: [],
  close: [],
  initialize: [{ scheme: "normal", shape: [2, 3], std: 2, seed: 1 }, {}],
  initializeSequence: [{ tensors: [{ scheme: "normal", shape: [2], std: 2 }], seed: 1 }, {}],
  initializeLayer: [{ layer: "Conv2d", args: { in_channels: 2, out_channels: 2, stride: 2 } }, {}],
  initializeModel: [
    { layers: [{ layer: "Linear", args: { in_features: 2, out_features: 3 } }] },
    {},
  ],
  netCode: ["torch", { schemes: [{ scheme: "normal", std: 2 }], depth: 2, width: 4 }, "en"],
  calculateGain: ["leaky_relu", 0.2],
  codeFor: [
    "torch",
    {
      scheme: { scheme: "normal", mean: 0, std: 1 },
      shape: [2, 3],
      layout: "torch",
      generator: "torch",
      seed: "1",
      facts: {},
    },
    "en",
  ],
  toNpy: [{ shape: [2], values: Float32Array.of(1, 2) }],
  toNpz: [[{ name: "w", shape: [2], values: Float32Array.of(1, 2) }]],
  toSafetensors: [[{ name: "w", shape: [2], values: Float32Array.of(1, 2) }]],
  torchText: [Float32Array.of(1, 2), [2]],
  matrix: [{ schemes: [{ scheme: "normal", std: 2 }], shape: [3, 4] }, {}],
  distribution: [
    { schemes: [{ scheme: "normal", std: 2 }], shape: [3, 4], samples: 100, bins: 4 },
    {},
  ],
  propagate: [
    {
      schemes: [{ scheme: "normal", std: 2 }],
      depth: 2,
      width: 4,
      batch: 4,
      bias: { scheme: "zeros" },
    },
    {},
  ],
  meanField: [
    { schemes: [{ scheme: "kaiming_normal", a: 0.1 }], depth: 2, width: 4, batch: 4 },
    {},
  ],
  plan: [
    { schemes: [{ scheme: "kaiming_normal", a: 0.1 }], depth: 2, width: 4, batch: 4, net: "dense" },
    {},
  ],
  phase: [{ schemes: [{ scheme: "normal", std: 2 }], depth: 2, width: 4, detail: "place" }, {}],
  audit: [[{ name: "w.npy", bytes: toNpy({ shape: [2], values: Float32Array.of(1, 2) }) }], {}],
  train: [race, {}],
  symmetry: [race, {}],
};

/** A copy with the value at the path; lists and objects on the way are made where there are none. */
export function withValue(whole: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list = Array.isArray(whole) ? [...(whole as unknown[])] : [];
    list[key] = withValue(list[key], rest, value);
    return list;
  }
  const object = typeof whole === "object" && whole !== null ? whole : {};
  return { ...object, [key]: withValue((object as Record<string, unknown>)[key], rest, value) };
}

/** Every path within a value: the fields that a good call has, beside those that types name. */
export function pathsWithin(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    path,
    ...keys.flatMap((key) =>
      pathsWithin((value as Record<string | number, unknown>)[key], [...path, key]),
    ),
  ];
}

/** What the package calls a place in a call: a field of an object by its path, all else by the argument. */
export function nameOf(
  path: Path,
  parameters: readonly string[],
  good: readonly unknown[],
): string {
  const [argument, ...fields] = path;
  const name = parameters[Number(argument)] ?? "";
  const inObject = fields.length > 0 && isObject(good[Number(argument)]);
  return (inObject ? fields : [name, ...fields]).join(".");
}

export function isObject(value: unknown): boolean {
  const list = Array.isArray(value) || ArrayBuffer.isView(value);
  return typeof value === "object" && value !== null && !list;
}

/** Numbers that look as if drawn, the same in every run (mulberry32). */
export function drawFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
