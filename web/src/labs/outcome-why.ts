/** The section of the course that explains what became of a run. */
import type { Section } from "../generated/terms.js";
import { causesOf, outcomeOf } from "./outcome.js";
import type { Cause, Outcome } from "./outcome.js";
import type { Race } from "./race.js";

const PRODUCT = "why#a-product-of-many-factors";
const ZEROS = "constants#zeros-are-worse";

/** All of them, by what happened; and by why, which is the better answer where it is known. */
export const whys = {
  outcomes: {
    diverged: PRODUCT,
    frozen: ZEROS,
    stalled: "debugging#activations-by-layer",
    underway: undefined,
    partly: undefined,
    learned: "why#what-a-good-start-does",
  } satisfies Record<Outcome["kind"], Section | undefined>,
  causes: {
    zeroGradients: ZEROS,
    dead: "debugging#dead-units",
    exploding: PRODUCT,
    vanishingSignal: PRODUCT,
    vanishingGradient: "debugging#gradients-by-layer",
    saturated: "debugging#saturated-units",
    smallUpdates: "debugging#the-size-of-a-step",
  } satisfies Record<Cause["kind"], Section>,
  copies: "constants#the-symmetry-argument",
} as const;

const FAILED: readonly Outcome["kind"][] = ["diverged", "frozen", "stalled"];

export function outcomeWhy({ result }: Race, place: number, ended: boolean): Section | undefined {
  const { kind } = outcomeOf(result, place, ended);
  const cause = FAILED.includes(kind) ? causesOf(result, place)[0] : undefined;
  return cause ? whys.causes[cause.kind] : whys.outcomes[kind];
}
