/**
 * What the benchmark page measures: initscope's answers, as a page gets them (request, worker,
 * computation, copy), and the plain JavaScript that would take their place. Both write into an
 * array that they have.
 */
import type { Engine } from "../engine/client.js";
import { flattenInitialize } from "../engine/initialize.js";
import type { InitializeRequest } from "../engine/initialize.js";
import { timePerRun } from "./timing.js";

const SAMPLES = 1 << 20;
/** A run's time is the mean over at least this long; the clock of a page has steps of 0.1 ms. */
const ENOUGH = 40;
const ROUNDS = 5;

export type CaseId = "uniform" | "normal" | "truncated" | "orthogonal" | "propagation";

interface Case {
  readonly id: CaseId;
  /** Values of a run, for times a value; 0 where the run's own time says more. */
  readonly values: number;
  readonly ours: (engine: Engine) => () => Promise<unknown>;
  readonly plain?: (out: Float32Array) => void;
}

function draw(request: InitializeRequest): Case["ours"] {
  return (engine) => {
    const spec = flattenInitialize(request);
    let into = new Float32Array(request.shape.reduce((product, extent) => product * extent, 1));
    return async () => (into = await engine.initialize(spec, { into }));
  };
}
const shape = [1024, 1024];

function boxMuller(out: Float32Array): void {
  for (let i = 0; i + 1 < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    out[i] = radius * Math.cos(angle);
    out[i + 1] = radius * Math.sin(angle);
  }
}

/** Box and Muller's numbers, drawn again where they lie outside (-2, 2). */
function truncated(out: Float32Array): void {
  const pair = new Float32Array(2);
  for (let i = 0; i < out.length;) {
    boxMuller(pair);
    for (const value of pair) if (Math.abs(value) < 2 && i < out.length) out[i++] = value;
  }
}

export const cases: readonly Case[] = [
  {
    id: "uniform",
    values: SAMPLES,
    ours: draw({ scheme: "uniform", a: -1, b: 1, shape }),
    plain: (out) => {
      for (let i = 0; i < out.length; ++i) out[i] = 2 * Math.random() - 1;
    },
  },
  { id: "normal", values: SAMPLES, ours: draw({ scheme: "normal", shape }), plain: boxMuller },
  {
    id: "truncated",
    values: SAMPLES,
    ours: draw({ scheme: "trunc_normal", shape }),
    plain: truncated,
  },
  { id: "orthogonal", values: 0, ours: draw({ scheme: "orthogonal", shape: [256, 256] }) },
  {
    id: "propagation",
    values: 0,
    ours: (engine) => () =>
      engine.run("propagation", {
        depth: 50,
        width: 256,
        batch: 128,
        schemes: [{ scheme: "kaiming_normal" }],
      }),
  },
];

/** Medians in nanoseconds a run. */
export interface Measured {
  readonly ours: number;
  readonly plain: number | undefined;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Measures one case, both sides in turn. */
export async function measure(engine: Engine, { values, ours, plain }: Case): Promise<Measured> {
  const out = new Float32Array(values);
  const other = plain && (() => plain(out));
  const run = ours(engine);
  await run(); // the first run compiles
  other?.();
  const own: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < ROUNDS; ++round) {
    own.push(await timePerRun(run, ENOUGH));
    if (other) others.push(await timePerRun(other, ENOUGH));
  }
  return { ours: median(own), plain: other ? median(others) : undefined };
}
