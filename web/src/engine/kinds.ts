/** What the worker must know of a kind of request; it has no catalogue, for the core checks there. */
import type { JobKind } from "./request-types.js";

/** Kinds whose jobs go on side by side and show frames on the way. */
export function isRace(kind: JobKind): kind is "training" | "symmetry" {
  return kind === "training" || kind === "symmetry";
}
