/** What theory says of a network, as far as the measurement agrees. */
import { catalogue } from "../../../engine/catalogue.js";
import type { PropagationRequest } from "../../../engine/request.js";
import { formatNumber } from "../../../i18n/numbers.js";
import { activationText } from "../../activation-text.js";
import { phaseText } from "../../phase-text.js";
import { changeOf, FLOAT32_MOST, FLOAT32_NORMAL, predictedChange } from "./case.js";
import type { Case, Claim, Direction } from "./case.js";
import { HOLDS, STEADY, worstOf } from "./reading.js";

/** Schoenholz et al. 2017: signals train through this many depth scales. */
const TRAINABLE_SCALES = 6;
/** Theory and a measurement that differ by less agree, whatever the band. */
const AGREEMENT = Math.log(2);
/** A band is wide where a typical network is this far below the mean, or a network from the typical one. */
const WIDE = Math.log(10);
/** Of the orders of magnitude that a gradient loses, the share by which its first layers may differ. */
const ON_COURSE = 0.1;
/** Of the orders that theory says, the share by which a network may differ where no band is known, up to one order. */
const UNBANDED = 0.2;

/** Logarithm's distance between what was measured and what theory says, and the band's half width. */
function distance(here: Case, direction: Direction): { off: number; band: number; shift: number } {
  const { theory, reading } = here;
  const spreads = direction === "signal" ? theory.secondMomentSpread : theory.gradientSpread;
  const spread = (direction === "signal" ? spreads.at(-1) : spreads[0]) ?? 0;
  const shift = theory.logNormal ? -spread / 2 : 0;
  const measured = changeOf(reading[direction]);
  const predicted = predictedChange(here, direction);
  const off = Math.log(measured) - Math.log(predicted) - shift;
  return { off, band: catalogue.limits.bandStd * Math.sqrt(spread), shift };
}

/** Where the measured line leaves the band, or where the band is so wide that its middle says little. */
function departures(here: Case): Claim[] {
  const { words, theory, reading, request, messages } = here;
  const claims: Claim[] = [];
  const { band, shift } = distance(here, "signal");
  const mean = theory.secondMoment.at(-1) ?? NaN;
  // A mean that float32 cannot hold is told as an overflow.
  if ((-shift > WIDE || band > WIDE) && mean > 0) {
    const end = (sign: number) => formatNumber(mean * Math.exp(shift + sign * band));
    const width = request.widths ? String(Math.min(...request.widths)) : String(request.width);
    claims.push({ kind: "narrow", text: words.narrow(width, end(-1), end(1), reading.depth) });
  }
  const texts = (["signal", "gradient"] as const)
    .filter((direction) => {
      const { off, band: half } = distance(here, direction);
      const lost = reading[direction].spread === Infinity;
      const expected = predictedChange(here, direction);
      if (Number.isNaN(expected) || Number.isNaN(changeOf(reading[direction]))) return false;
      // What float32 cannot hold is told by the way itself.
      if (lost) return expected > FLOAT32_NORMAL && expected < FLOAT32_MOST;
      const least =
        half > 0
          ? AGREEMENT
          : Math.min(WIDE, Math.max(AGREEMENT, UNBANDED * Math.abs(Math.log(expected))));
      return Math.abs(off) > Math.max(least, half);
    })
    .map((direction) =>
      words.departure(
        words[direction],
        formatNumber(changeOf(reading[direction])),
        formatNumber(predictedChange(here, direction)),
      ),
    );
  if (texts.length > 0)
    claims.push({ kind: "departs", text: words.departs(texts.join(messages.between.items)) });
  return claims;
}

/**
 * Whether what is true of many layers is true of these: their gradient changes as chi_1 to the depth
 * says, in theory and as it was measured; or the signal fails as its fate says.
 */
function reachesLimit(here: Case): boolean {
  const { theory, reading } = here;
  const { state } = theory;
  if (worstOf(reading) === Infinity)
    return reading.signal.overflow === undefined
      ? reading.signal.zero !== undefined && state.fate === "vanishes"
      : state.fate === "explodes";
  const expected = (reading.depth - 1) * Math.log(state.chi1);
  const predicted = Math.log(predictedChange(here, "gradient"));
  const seen = Math.log(changeOf(reading.gradient));
  const off = Math.abs(predicted - expected);
  if (!(off <= Math.max(AGREEMENT, ON_COURSE * Math.abs(expected)))) return false;
  if (state.phase === "critical") return Math.abs(seen) <= Math.log(HOLDS);
  return state.phase === "chaotic" ? seen >= -AGREEMENT : seen <= AGREEMENT;
}

const equalWidths = ({ widths = [] }: PropagationRequest) => new Set(widths).size <= 1;

function depthClaims({ theory: { state }, reading, words }: Case): Claim[] {
  const { depth } = reading;
  const scale = Math.min(state.xiGradient, Number.isNaN(state.xiC) ? Infinity : state.xiC);
  const layers = TRAINABLE_SCALES * scale;
  if (layers < 1) return []; // the phase has said it
  const text =
    layers <= 20 * depth
      ? words.trainable(formatNumber(layers, 2), depth)
      : worstOf(reading) <= HOLDS
        ? words.unlimited(depth)
        : "";
  return text ? [{ kind: "depth", text }] : [];
}

/** What holds in the limit, where this network is near to it; where not, what holds instead. */
export function theoryClaims(here: Case): Claim[] {
  const { theory, reading, request, words, messages } = here;
  if (here.net && theory.gap) return here.net.gap(here);
  if (theory.gap) return [{ kind: "gap", text: messages.captions.gaps[theory.gap](here.name) }];
  const left = departures(here);
  // Phases and critical points are those of a stack of layers that are all alike.
  if (here.net || !equalWidths(request)) return left;
  const { state, advice } = theory;
  if (left.length > 0 || !(state.chi1 > 0)) return left;
  if (!reachesLimit(here))
    return reading.depth > 1 && worstOf(reading) < Infinity
      ? [{ kind: "phase", text: words.inTheLimit(formatNumber(state.chi1, 4)) }]
      : [];
  const holds = worstOf(reading) <= HOLDS;
  const point = Number.isNaN(advice.critical.sigmaW2) ? advice.withoutBias : advice.critical;
  const critical: Claim[] = Number.isNaN(point.sigmaW2)
    ? [{ kind: "critical", text: words.noCritical(activationText(request)) }]
    : [];
  return [
    {
      kind: "phase",
      text:
        state.phase !== "critical" && reading.gradient.spread <= STEADY
          ? words.slow(formatNumber(state.chi1, 4), reading.depth)
          : phaseText(state, messages, holds),
    },
    ...depthClaims(here),
    ...critical,
  ];
}
