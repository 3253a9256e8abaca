/** The verdict, and what it tries: loaded after the figures. */
export { verdictOf } from "./claims.js";
export type { Change, Claim } from "./case.js";
export { curesOf } from "./cures.js";
export type { Cure, Cures, Effect } from "./cures.js";
export { ails, tryRemedies } from "./remedies.js";
export type { Trial } from "./remedies.js";
export { whyOf } from "./why.js";
