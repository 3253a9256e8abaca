/** What claims are, and what they are made of. */
import type { PropagationRequest, SchemeRequest } from "../../../engine/request.js";
import type { PropagationResult, Theory } from "../../../engine/results.js";
import type { Messages } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Words } from "../../../i18n/verdict.en.js";
import type { Reading, Way } from "./reading.js";
import type { Change, Remedy, Trial } from "./remedy.js";

export type { Change } from "./remedy.js";

export type ClaimKind =
  | "signal"
  | "gradient"
  | "range"
  | "correlation"
  | "assumes"
  | "home"
  | "gap"
  | "departs"
  | "narrow"
  | "phase"
  | "depth"
  | "critical"
  | "trying"
  | "remedy"
  | "nothing"
  | "loss";

export interface Claim {
  readonly kind: ClaimKind;
  readonly text: string;
  readonly apply?: Change;
  /** What `apply` is called. */
  readonly name?: string;
}

export const FLOAT32_MOST = 3.4028234663852886e38;
export { FLOAT32_NORMAL } from "../data.js";

/** Everything that the claims are made of. */
export interface Case {
  readonly result: PropagationResult;
  readonly theory: Theory;
  readonly reading: Reading;
  readonly request: PropagationRequest;
  readonly scheme: SchemeRequest;
  readonly name: string;
  /** Of a net those in which its blocks have names. */
  readonly words: Words;
  readonly messages: Messages;
  readonly net?: NetVerdict;
}

/** What the verdict on a net has of its own; it comes with what figures of nets need. */
export interface NetVerdict {
  readonly words: Words;
  /** Of what was tried, what a net under this scheme gains by. */
  offers(now: Reading, trials: readonly Trial[], scheme: SchemeRequest): readonly Trial[];
  /** Of what was tried, what is another network than the one under this scheme. */
  about(trials: readonly Trial[], scheme: SchemeRequest): readonly Trial[];
  /** What a remedy changes, or the name of its scheme. */
  setting(remedy: Remedy, name: string): string;
  /** The loss that a net's head begins with. */
  loss(here: Case, trials: readonly Trial[]): Claim[];
  /** Where theory ends. */
  gap(here: Case): Claim[];
}

export type Direction = "signal" | "gradient";

/** What theory says of the same way: the change from its start to its end; NaN where it is silent. */
export function predictedChange({ theory, reading }: Case, direction: Direction): number {
  if (theory.gap) return NaN;
  const [first = 0, last = 0] = [reading.places[0], reading.places.at(-1)];
  if (direction === "gradient")
    return (theory.gradient[first] ?? NaN) / (theory.gradient[last] ?? NaN);
  const start = first === 0 ? theory.input : (theory.secondMoment[first - 1] ?? NaN);
  return (theory.secondMoment[last] ?? NaN) / start;
}

/** A bound in two digits: rounded up, so that what was measured lies within. */
export function boundText(factor: number): string {
  const unit = 10 ** (Math.floor(Math.log10(factor)) - 1);
  return formatNumber(Math.ceil(factor / unit - 1e-9) * unit, 2);
}

export const changeOf = ({ first, last }: Way) => last / first;
