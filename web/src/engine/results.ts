/**
 * What the engine answers: the core's results, copied into typed arrays of their own. The lists in wasm/
 * that make the objects also print their types.
 */
import type {
  DistributionResult,
  MatrixResult,
  PhaseResult,
  PlanResult,
  PropagationResult,
  Theory,
  TrainingResult,
} from "../generated/results.js";
import type { JobKind, SchemeRequest } from "./request.js";

export type * from "../generated/results.js";

export interface Results {
  distribution: DistributionResult;
  matrix: MatrixResult;
  propagation: PropagationResult;
  meanField: Theory;
  plan: PlanResult;
  phase: PhaseResult;
  training: TrainingResult;
  symmetry: TrainingResult;
}

/** One result for each scheme of a request, in its order. */
export type SchemeResults<K extends JobKind> = readonly {
  readonly scheme: SchemeRequest;
  readonly result: Results[K];
}[];

/** The buffers of every typed array in a result, to be transferred. */
export function buffersOf(value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.push(value.buffer as ArrayBuffer);
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) buffersOf(member, found);
  return found;
}
