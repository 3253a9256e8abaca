/** What a remedy is: what it puts in place of what is there, why, and what came of it. */
import type { SchemeRequest } from "../../../engine/request.js";
import type { Theory } from "../../../engine/results.js";
import type { MadeFor } from "../net/presets.js";
import type { Reading } from "./reading.js";

/** What a button puts in place of the scheme, of the biases, of the net, and of the sine's frequency. */
export interface Change {
  readonly scheme: SchemeRequest;
  readonly bias: SchemeRequest;
  readonly net?: string;
  readonly widths?: undefined;
  readonly omega_0?: number;
}

/** Why a remedy is worth a trial. */
export type Reason =
  | "critical"
  | "halfStable"
  | "unitGain"
  | "orthogonal"
  | "measured"
  /** The frequency, and the blocks, that the scheme is made for. */
  | "tuned"
  | "home"
  | NetReason;
/** Of a net: another scheme, another scale of the branches, none of them, norms, and another head. */
export type NetReason = "scheme" | "scale" | "rezero" | "norm" | "normed" | "head" | "zeroHead";

export interface Remedy {
  readonly reason: Reason;
  readonly scheme: SchemeRequest;
  readonly bias: SchemeRequest;
  /** dq'/dq at the point that the remedy aims at; NaN where it aims at none. */
  readonly chiQ: number;
  /** The network's text where the remedy changes that, and what is changed in it. */
  readonly net?: string;
  readonly change?: string;
  /** The sine's frequency where the remedy changes that, and the blocks that it takes. */
  readonly omega_0?: number;
  readonly blocks?: MadeFor["blocks"];
}

export interface Trial {
  readonly remedy: Remedy;
  readonly reading: Reading;
  readonly theory: Theory;
  /** NaN for a network without a head. */
  readonly initialLoss: number;
}

/** What a remedy puts in place of what is there. A home says its widths itself. */
export function changeOfRemedy({ reason, scheme, bias, net, omega_0 }: Remedy): Change {
  return {
    scheme,
    bias,
    ...(net !== undefined && { net }),
    ...(reason === "home" && { widths: undefined }),
    ...(omega_0 !== undefined && { omega_0 }),
  };
}
