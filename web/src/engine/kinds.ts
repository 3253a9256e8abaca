/** Kinds of jobs, apart from what is known of their fields: the worker needs no catalogue. */
import type { JobKind } from "./request-types.js";

/** Kinds whose jobs go on side by side and show frames on the way. */
export function isRace(kind: JobKind): kind is "training" | "symmetry" {
  return kind === "training" || kind === "symmetry";
}
