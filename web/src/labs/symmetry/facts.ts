/** What the units of a layer have in common, judged from the frames up to one. */
import type { TrainingFrame, TrainingResult } from "../../engine/results.js";
import { frameAt } from "../outcome.js";

export interface UnitFacts {
  readonly units: number;
  /** Units that differ in a bit. */
  readonly distinct: number;
  readonly effectiveRank: number;
  /** Norm over each unit's weights of the gradient at this frame. */
  readonly gradients: Float64Array;
  /** Layers, from 1, whose weights have had gradients of exactly 0 at every frame so far. */
  readonly stillLayers: readonly number[];
  /** Layers whose biases have. */
  readonly stillBiases: readonly number[];
  readonly layers: number;
}

/** |dE/dw_i| of each unit i: the norm over its ingoing weights. */
export function unitGradients(frame: TrainingFrame): Float64Array {
  const { weightGradient, bias } = frame.units ?? {};
  const units = bias?.length ?? 0;
  const inputs = units > 0 ? (weightGradient?.length ?? 0) / units : 0;
  return Float64Array.from({ length: units }, (_, i) =>
    Math.hypot(...(weightGradient?.subarray(i * inputs, (i + 1) * inputs) ?? [])),
  );
}

function still(frames: readonly TrainingFrame[], of: "weightGradient" | "biasGradient"): number[] {
  const layers = frames[0]?.[of].length ?? 0;
  return Array.from({ length: layers }, (_, l) => l + 1).filter((l) =>
    frames.every((frame) => frame[of][l - 1] === 0),
  );
}

export function factsOf(result: TrainingResult, place: number): UnitFacts | undefined {
  const frame = frameAt(result, place);
  if (!frame?.units) return undefined;
  const seen = result.frames.slice(0, place + 1);
  return {
    units: frame.units.bias.length,
    distinct: frame.units.distinct,
    effectiveRank: frame.units.effectiveRank,
    gradients: unitGradients(frame),
    stillLayers: still(seen, "weightGradient"),
    stillBiases: still(seen, "biasGradient"),
    layers: frame.weight.length,
  };
}
