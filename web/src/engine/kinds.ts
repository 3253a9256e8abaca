/** Kinds of jobs, apart from what is known of their fields: the worker needs no catalogue. */
import { races } from "../generated/jobs.js";
import type { JobKind, RaceKind } from "../generated/request-types.js";

/** Whether jobs of this kind go on side by side and show frames on the way. */
export function isRace(kind: JobKind): kind is RaceKind {
  return races.some((race) => race === kind);
}
