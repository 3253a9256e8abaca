/** What claims are, and what they are made of. */
import type { PropagationRequest, SchemeRequest } from "../../../engine/request.js";
import type { PropagationResult, Theory } from "../../../engine/results.js";
import type { Messages } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Words } from "../../../i18n/verdict.en.js";
import type { Reading, Way } from "./reading.js";

export type ClaimKind =
  | "signal"
  | "gradient"
  | "range"
  | "correlation"
  | "assumes"
  | "gap"
  | "departs"
  | "narrow"
  | "phase"
  | "depth"
  | "critical"
  | "trying"
  | "remedy"
  | "nothing";

export interface Claim {
  readonly kind: ClaimKind;
  readonly text: string;
  /** What the button beside it puts in place of the scheme, and of the biases. */
  readonly apply?: { readonly scheme: SchemeRequest; readonly bias: SchemeRequest };
}

export const FLOAT32_MOST = 3.4028234663852886e38;
export const FLOAT32_NORMAL = 1.1754943508222875e-38;

/** Everything that the claims are made of. */
export interface Case {
  readonly result: PropagationResult;
  readonly theory: Theory;
  readonly reading: Reading;
  readonly request: PropagationRequest;
  readonly scheme: SchemeRequest;
  readonly name: string;
  readonly words: Words;
  readonly messages: Messages;
}

export type Direction = "signal" | "gradient";

/** What theory says of the same way: the change from its start to its end; NaN where it is silent. */
export function predictedChange({ theory }: Case, direction: Direction): number {
  if (theory.gap) return NaN;
  if (direction === "signal") return (theory.secondMoment.at(-1) ?? NaN) / theory.input;
  return (theory.gradient[0] ?? NaN) / (theory.gradient.at(-1) ?? NaN);
}

/** A bound in two digits: rounded up, so that what was measured lies within. */
export function boundText(factor: number): string {
  const unit = 10 ** (Math.floor(Math.log10(factor)) - 1);
  return formatNumber(Math.ceil(factor / unit - 1e-9) * unit, 2);
}

export const changeOf = ({ first, last }: Way) => last / first;
