/** An audit as the core might give it of a small model, for the tests of what the lab makes of it. */
import type { Audit, TensorReport } from "../../../web/src/labs/audit/types.js";

const statistics = {
  mean: 0,
  std: 0.1,
  min: -0.2,
  max: 0.2,
  excessKurtosis: 0,
  zeros: 0,
  nan: 0,
  inf: 0,
  firstNonfinite: null,
  subnormalF16: 0,
  underflowF16: 0,
} as const;

const structure = {
  rows: null,
  columns: null,
  rowSums: null,
  columnSums: null,
  neighbours: null,
  mean: null,
  edge: null,
} as const;

/** Half the width of PyTorch's own bound for 32 inputs, as float32 has it. */
export const BOUND = Math.fround(1 / Math.sqrt(32));

export const uniformLaw = {
  names: ["torch Linear", "kaiming_uniform_(a=sqrt(5))"],
  shape: "uniform",
  std: BOUND / Math.sqrt(3),
  bound: BOUND,
  distance: 0.01,
} as const;

export const normalLaw = (std: number, ...names: readonly string[]) =>
  ({ names, shape: "normal", std, bound: 0, distance: 0.02 }) as const;

/** Bins of 64 whose counts `of` gives between -1 and 1. */
function histogram(reach: number, of: (x: number) => number) {
  const counts = Float64Array.from({ length: 64 }, (_, i) => Math.round(of((i + 0.5) / 32 - 1)));
  return { from: -reach, to: reach, counts };
}

/** A tensor of which all that is not given is plain: 64 x 32 normal numbers of std 0.1. */
export function tensorOf(name: string, given: Partial<TensorReport> = {}): TensorReport {
  return {
    name,
    shape: [64, 32],
    dtype: "F32",
    count: 2048,
    statistics,
    certificate: "none",
    verdict: "consistent",
    why: "no_certificate",
    laws: [],
    seed: null,
    distance: null,
    structure,
    histogram: histogram(0.4, (x) => 60 * Math.exp(-8 * x * x)),
    rowNorms: Float32Array.from({ length: 64 }, (_, i) => 0.56 + 0.02 * Math.sin(3 * i)),
    rowStep: 1,
    fanIn: 32,
    fanOut: 64,
    findings: [],
    file: "model.safetensors",
    layout: "torch",
    tiedTo: null,
    unread: null,
    ...given,
  };
}

/** Each verdict, each kind of law, a seed with a gap in its stream, findings of every severity. */
export const model: Audit = {
  format: "safetensors",
  files: ["model.safetensors"],
  seed: 42,
  ledger: [
    { tensor: 0, seed: 42, offset: 0, words: 2048, proved: false },
    { tensor: 1, seed: 42, offset: 2048, words: 2048, proved: true },
    { tensor: 3, seed: 42, offset: 4200, words: 640, proved: true },
    { tensor: 4, seed: 7, offset: 100, words: 2048, proved: true },
  ],
  findings: [{ id: "symmetric", severity: "error", number: 1, place: "body.0.weight" }],
  tensors: [
    tensorOf("embedding.weight", {
      verdict: "not_at_init",
      why: "structure",
      distance: 0.31,
      seed: { seed: 42, offset: 0 },
      statistics: { ...statistics, std: 1.02 },
    }),
    tensorOf("body.0.weight", {
      verdict: "untouched",
      why: "lattice",
      certificate: "lattice",
      laws: [uniformLaw],
      seed: { seed: 42, offset: 2048 },
      distance: 0,
      statistics: { ...statistics, std: uniformLaw.std, excessKurtosis: -1.2 },
      histogram: histogram(BOUND, () => 32),
      findings: [
        { id: "symmetric", severity: "error", number: 4, place: "head.weight" },
        { id: "never_trained", severity: "warning", number: 1, place: "" },
      ],
    }),
    tensorOf("body.0.bias", {
      shape: [64],
      count: 64,
      verdict: "trivial",
      why: "zeros",
      statistics: { ...statistics, std: 0, min: 0, max: 0, zeros: 64 },
      histogram: { from: 0, to: 0, counts: new Float64Array(64) },
      rowNorms: new Float32Array(0),
    }),
    tensorOf("head.weight", {
      shape: [20, 32],
      count: 640,
      verdict: "untouched",
      why: "phase",
      certificate: "phase",
      laws: [normalLaw(0.1, "normal_(std=0.1)")],
      seed: { seed: 42, offset: 4200 },
      distance: 0,
      rowNorms: Float32Array.from({ length: 20 }, () => 0.57),
    }),
    tensorOf("head.half", {
      dtype: "F16",
      why: "sixteen_bits",
      laws: [
        normalLaw(0.25, "He normal", "kaiming_normal_", "variance_scaling(2)"),
        normalLaw(0.252),
      ],
      statistics: { ...statistics, std: 0.25, subnormalF16: 0.46 },
      findings: [
        { id: "wrong_fan", severity: "error", number: 2.41, place: "kaiming_normal_" },
        { id: "subnormal_f16", severity: "warning", number: 0.46, place: "" },
      ],
    }),
    tensorOf("head.steps", { dtype: "I64", verdict: "not_judged", why: "integers" }),
  ],
};
