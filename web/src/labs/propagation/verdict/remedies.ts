/**
 * What might mend a network, and what came of it when it was tried: the network itself, with its
 * activation, depth, widths and inputs, is propagated under every remedy, and only what it did is told.
 */
import { activationOf } from "../../../engine/catalogue.js";
import type { Engine } from "../../../engine/client.js";
import { InitscopeError } from "../../../engine/errors.js";
import { sameScheme, schemeWith } from "../../../engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../../engine/request.js";
import type { CriticalPoint, PropagationResult, Theory } from "../../../engine/results.js";
import { repels } from "../../phase-text.js";
import { fittings, isFitting } from "./fitting.js";
import { HOLDS, reachOf, readingOf, STEADY, worstOf } from "./reading.js";
import type { Reading } from "./reading.js";
import { changeOfRemedy } from "./remedy.js";
import type { Reason, Remedy, Trial } from "./remedy.js";

export type { Remedy, Trial } from "./remedy.js";

/** Variance of biases with which bounded activations are usually made critical (Schoenholz et al. 2017). */
const USUAL_BIAS = 0.05;
/** Remedies that are offered at most, the best first. */
export const MOST_OFFERS = 3;
/** Who loses as much has not been mended, however much was lost before. */
const HOPELESS = 1e6;
/** Digits of a gain in a link: a half-stable point is left by less. */
const DIGITS = 9;
/** Two settings of one scheme whose losses differ by less are one advice. */
const ALIKE = 1.15;
const ABORTED: readonly string[] = ["cancelled", "superseded", "aborted", "unavailable"];

const round = (value: number) => Number(value.toPrecision(DIGITS));

const zeros = () => schemeWith("zeros");

/** Biases of this variance. */
function biasOf(sigmaB2: number): SchemeRequest {
  return sigmaB2 > 0
    ? schemeWith("edge_of_chaos", { sigma_b: round(Math.sqrt(sigmaB2)) })
    : zeros();
}

const isScaleFree = ({ activation }: PropagationRequest) => activationOf(activation).scaleFree;

/** The scheme that stands at a critical point; of scale-free activations He's, which has a name. */
function schemeAt(request: PropagationRequest, point: CriticalPoint): SchemeRequest {
  const { activation, negative_slope } = request;
  if (activation === "relu" || activation === "linear")
    return schemeWith("kaiming_normal", { nonlinearity: activation });
  if (activation === "leaky_relu")
    return schemeWith("kaiming_normal", { nonlinearity: activation, a: negative_slope });
  return schemeWith("edge_of_chaos", { sigma_w: round(Math.sqrt(point.sigmaW2)) });
}

const same = (a: Remedy, b: Remedy) => sameScheme(a.scheme, b.scheme) && sameScheme(a.bias, b.bias);

/** Of equal remedies the first. */
function distinct(remedies: readonly Remedy[]): Remedy[] {
  return remedies.filter((remedy, i) => remedies.findIndex((other) => same(remedy, other)) === i);
}

/**
 * What theory has to offer, none of it tried: the critical point with the biases that there are, with
 * none, and with those of `biased`; the half-stable one; and the gain that keeps Var(z) at 1. Points
 * that repel are no remedies, however critical they are.
 */
export function candidatesFor(
  request: PropagationRequest,
  { advice }: Theory,
  biased: CriticalPoint | undefined,
): readonly Remedy[] {
  // Below the half-stable q* all repel, at q* = 0 too, where chi_q is 1 and the next order decides.
  const unstable = (point: CriticalPoint) => repels(point) || point.q < advice.halfStableQ;
  const at = (reason: Reason, point: CriticalPoint, bias: SchemeRequest): Remedy[] =>
    Number.isNaN(point.sigmaW2) || unstable(point)
      ? []
      : [{ reason, scheme: schemeAt(request, point), bias, chiQ: point.chiQ }];
  if (isScaleFree(request))
    return distinct([
      ...at("critical", advice.withoutBias, request.bias),
      ...at("critical", advice.withoutBias, zeros()),
    ]);
  const gain: Remedy = {
    reason: "unitGain",
    scheme: schemeWith("xavier_normal", { gain: round(advice.unitVarianceGain) }),
    bias: zeros(),
    chiQ: advice.unitChiQ,
  };
  return distinct([
    ...at("critical", advice.critical, request.bias),
    ...(advice.halfStableQ > 0
      ? at("halfStable", { ...advice.halfStable, chiQ: 1 }, biasOf(advice.halfStable.sigmaB2))
      : at("critical", advice.withoutBias, zeros())),
    ...(biased ? at("critical", biased, biasOf(USUAL_BIAS)) : []),
    ...(repels({ chiQ: advice.unitChiQ }) ? [] : [gain]),
  ]);
}

/** For networks in which independent weights of no scale hold: too deep for their width, or beyond theory. */
function lastResorts(request: PropagationRequest, trials: readonly Trial[]): readonly Remedy[] {
  const orthogonal = trials
    .filter(({ theory }) => theory.gap === "")
    .toSorted((a, b) => reachOf(b.reading) - reachOf(a.reading))
    .slice(0, 2)
    .map(({ theory, remedy }): Remedy => ({
      reason: "orthogonal",
      scheme: schemeWith("orthogonal", { gain: round(Math.sqrt(theory.point.sigmaW2)) }),
      bias: remedy.bias,
      chiQ: NaN,
    }));
  const lsuv: Remedy = {
    reason: "measured",
    scheme: schemeWith("lsuv"),
    bias: request.bias,
    chiQ: NaN,
  };
  return distinct([...orthogonal, lsuv]);
}

/** Propagates the network under each; what the core refuses, of this generator or this size, is left out. */
export async function propagated(
  engine: Engine,
  request: PropagationRequest,
  remedies: readonly Remedy[],
  signal: AbortSignal | undefined,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const remedy of remedies) {
    const { scheme, ...others } = changeOfRemedy(remedy);
    const given = { ...request, ...others, schemes: [scheme] };
    try {
      const [answer] = await engine.run("propagation", given, { signal });
      if (!answer) continue;
      const { result } = answer;
      const { theory, initialLoss } = result;
      trials.push({ remedy, reading: readingOf(result), theory, initialLoss });
    } catch (error) {
      if (!(error instanceof InitscopeError) || ABORTED.includes(error.reason)) throw error;
    }
  }
  return trials;
}

/** Whether a network is to be mended at all. */
export function ails(result: PropagationResult): boolean {
  return worstOf(readingOf(result)) > STEADY;
}

/** Tries what theory offers, the last resorts where nothing of it holds, and what schemes are made for. Costs a propagation each. */
export async function tryRemedies(
  engine: Engine,
  request: PropagationRequest,
  theory: Theory,
  signal?: AbortSignal,
): Promise<readonly Trial[]> {
  let biased: CriticalPoint | undefined;
  if (!isScaleFree(request)) {
    const other = { ...request, schemes: [schemeWith("edge_of_chaos")], bias: biasOf(USUAL_BIAS) };
    const [answer] = await engine.run("meanField", other, { signal });
    biased = answer?.result.advice.critical;
  }
  const first = candidatesFor(request, theory, biased);
  const trials = await propagated(engine, request, first, signal);
  const holding = trials.some(({ reading }) => worstOf(reading) <= HOLDS);
  const last = holding ? [] : lastResorts(request, trials);
  const fitting = await fittings(engine, request, { rows: null }, request.schemes, signal);
  return [...trials, ...(await propagated(engine, request, [...last, ...fitting], signal))];
}

/** Infinities are equal, which their difference is not. */
export const compare = (a: number, b: number) => (a === b ? 0 : a - b);

/** Whether a network is much better off: at most half of the orders of magnitude are lost, or it comes much further. */
export function improves(now: Reading, then: Reading): boolean {
  const [before, after] = [worstOf(now), worstOf(then)];
  if (after < HOPELESS && Math.log(after) <= Math.log(before) / 2) return true;
  return after > HOLDS && reachOf(then) >= Math.max(1.5 * reachOf(now) + 1, then.depth / 4);
}

/**
 * Of what was tried, what a network gains by: first what its scheme is made for, then those that hold, or
 * else the one that comes nearest, the best first.
 */
export function offersFor(now: Reading, trials: readonly Trial[]): readonly Trial[] {
  if (worstOf(now) <= STEADY) return [];
  const ranked = trials
    .filter(({ reading }) => improves(now, reading))
    .toSorted(
      ({ reading: a }, { reading: b }) =>
        compare(worstOf(a), worstOf(b)) || reachOf(b) - reachOf(a),
    );
  const fitting = ranked.filter(({ remedy }) => isFitting(remedy));
  const others = ranked.filter(({ remedy }) => !isFitting(remedy));
  const holding = others
    .filter(({ reading }) => worstOf(reading) <= HOLDS)
    .filter(
      (trial, i, all) =>
        !all
          .slice(0, i)
          .some(
            (other) =>
              other.remedy.scheme.scheme === trial.remedy.scheme.scheme &&
              worstOf(trial.reading) < ALIKE * worstOf(other.reading),
          ),
    );
  const kept = holding.length > 0 || fitting.length > 0 ? holding : others.slice(0, 1);
  return [...fitting, ...kept].slice(0, MOST_OFFERS);
}
