/** The verdict, and what it tries: loaded after the figures. */
export { verdictOf } from "./claims.js";
export type { Claim } from "./claims.js";
export { ails, tryRemedies } from "./remedies.js";
export type { Trial } from "./remedies.js";
export { whyOf } from "./why.js";
